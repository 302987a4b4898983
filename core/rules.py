"""What a document asks of the things that are handed in, and what of it was not kept."""

from dataclasses import dataclass
from enum import StrEnum

from core.media import Trouble


class RuleKind(StrEnum):
    """What is limited."""

    DURATION = "duration"  # seconds of a film or a recording
    PAGES = "pages"  # of one paper; slides too
    SIZE = "size"  # megabytes of one file
    TYPES = "types"  # of files
    NOMINATIONS = "nominations"  # collectives or persons that a unit puts forward
    PIECES = "pieces"  # that a unit hands in
    AUTHORS = "authors"  # of one piece
    COUNTS_ONLY = "counts-only"  # figures, no names of children
    PARTS = "parts"  # of which a dossier consists


class Thing(StrEnum):
    """What a limit is about; words that mean the same here are one thing ("phóng sự", "video")."""

    FILM = "film"
    SOUND = "sound"
    ARTICLE = "article"
    REPORT = "report"
    PLAN = "plan"
    LESSON = "lesson"
    INITIATIVE = "initiative"
    ACHIEVEMENT = "achievement"  # what somebody has done, for an award
    SUMMARY = "summary"
    DOSSIER = "dossier"
    SLIDES = "slides"
    PICTURE = "picture"
    PRODUCT = "product"
    GROUP = "group"  # a collective that is nominated
    PERSON = "person"  # a person who is nominated
    ANY = "any"


PAPERS = (
    Thing.ARTICLE,
    Thing.REPORT,
    Thing.PLAN,
    Thing.LESSON,
    Thing.INITIATIVE,
    Thing.ACHIEVEMENT,
    Thing.SUMMARY,
    Thing.DOSSIER,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One rule. `quote` is a literal run of the document, in `passage` (a `Passage.place`).

    `most` and `least` count in the unit of `kind`, both included; None: not limited so. `types`: names of
    `core.file_types`. `stated` False: no sentence says so, it is how children's health data are kept here.
    """

    kind: RuleKind
    quote: str
    passage: int
    about: Thing = Thing.ANY
    most: int | None = None
    least: int | None = None
    types: tuple[str, ...] = ()
    stated: bool = True
    part: bool = False  # of a dossier: a file is taken for it only where it is called so
    parts: tuple[str, ...] = ()  # of the dossier, as the document names them


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that was not kept, or is likely not to be. `limit` None: `name` is too small a picture to be read, or,
    with a `trouble`, a file that nobody can open, maybe an archive.

    `name`: of the file; empty: the whole submission. `found`: in the limit's unit; a picture's shorter side in pixels.
    `before`: how many of `found` were handed in earlier. `missing`: parts that did not come, unless they lie in the
    files `unclear`, of which nothing says what they are.
    """

    limit: Limit | None
    name: str = ""
    found: int | None = None
    before: int = 0
    missing: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    trouble: Trouble = ""
    archive: bool = False

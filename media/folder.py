"""The folder in which a look leaves its copies of a picture, or says what to leave out of the copy of a film."""

from pathlib import Path


def clean_copy(out: Path) -> Path | None:
    """The copy that tells nothing but the picture or film, if there is one; its ending names its format."""
    return next(iter(sorted(out.glob("clean.*"))), None)


def thumb(out: Path) -> Path:
    """Where the small copy lies, if there is one; a JPEG."""
    return out / "thumb.jpg"


def blanks_of(out: Path) -> Path:
    """Where it is said what to blank in the copy of a film, if anything; media.blanks reads it."""
    return out / "blanks.json"


def forget(out: Path) -> None:
    """Remove copies that were begun, or made by an earlier look."""
    for copy in (*out.glob("clean.*"), thumb(out), blanks_of(out)):
        copy.unlink(missing_ok=True)

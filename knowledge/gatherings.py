"""What a document says of an event besides its day: where it is, who comes, and whether schools are among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.work import Obligation, Passage
from knowledge.fold import fold
from knowledge.volume import Volume

_PLACE = re.compile(r"\W*(?:dia diem|noi to chuc|tai)\b[^:]{0,20}:\s*")
_GUESTS = re.compile(r"\W*(?:du kien )?(?:thanh phan|doi tuong|dai bieu|moi|nguoi du|tham du)\b[^:]{0,40}:\s*")
_SCHOOLS = re.compile(
    r"\b(?:hieu truong|can bo quan ly|cbql|(?:cac|moi) (?:truong|don vi|co so)|co so (?:gdmn|mam non|giao duc)|"
    r"chu (?:co so|nhom|lop))\b"
)
_MEETS = re.compile(r"\b(?:hop|giao ban|hoi nghi|hoi thao|tap huan|chuyen de|so ket|tong ket|toa dam)\b")
_LONGEST = 12  # passages below one heading that are looked at


@dataclass(frozen=True, slots=True)
class Gathering:
    """Literal runs of the document; empty: it does not say. `schools`: they are among those who come."""

    place: str = ""
    guests: str = ""
    schools: bool = False


def gathering(volume: Volume, task: Obligation) -> Gathering:
    """Of the event's own passage and of those that stand beside it under the same line."""
    place = guests = ""
    for passage in _beside(volume, task):
        said = fold(passage.text)
        if not place and (found := _PLACE.match(said)):
            place = _rest(passage.text, found.end())
        elif not guests and (found := _GUESTS.match(said)):
            guests = _rest(passage.text, found.end())
    own = fold(f"{task.task} {task.snippet}")
    named = bool(_SCHOOLS.search(fold(guests))) or bool(_MEETS.search(own) and _SCHOOLS.search(own))
    return Gathering(place, guests, named)


def _beside(volume: Volume, task: Obligation) -> Iterator[Passage]:
    passages = volume.shelved.plan.passages
    own = passages[task.passage]
    yield own
    near = passages[max(0, own.place - _LONGEST) : own.place + _LONGEST]
    yield from (one for one in near if one.place != own.place and own.parent is not None and one.parent == own.parent)


def _rest(text: str, start: int) -> str:
    """What follows the label; folding keeps the places of NFC letters."""
    return text[start:].strip(" .;")

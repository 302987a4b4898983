"""Notices of a unit side by side, each with what it has come to; and the recipients of one, some at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.notices import Fate, Kind, Notice, Recipient
from noticing.report import tally
from noticing.reporting import Known
from records import notice_recipients
from records.session import Session


@dataclass(frozen=True, slots=True)
class Line:
    """A notice; `sent` of `all` places have it, `acked` of `asked` have said so."""

    notice: Notice
    sent: int
    all: int
    acked: int
    asked: int


async def lines(session: Session, notices: Sequence[Notice]) -> Sequence[Line]:
    """In their order. What is said to a reminder counts for the notice that it is about."""
    wanted = {one.id for one in notices} | {_root(one) for one in notices}
    found = await notice_recipients.of_several(session, wanted)
    made = []
    for one in notices:
        gone = tally(found[one.id], one.audience)
        word = tally(found[_root(one)], one.audience, asks=one.asks)
        made.append(Line(one, gone.fates[Fate.SENT], gone.all, word.acked, word.asked))
    return made


def filtered(known: Known, which: str) -> Sequence[tuple[Recipient, Recipient]]:
    """Each recipient that the filter of this name lets through, with the one whose acknowledgement counts for it.

    All, where there is no such filter.
    """
    asked = {(one.id, one.place.unit): one for one in known.asked}
    pairs = [(one, asked.get((one.place.first or one.id, one.place.unit), one)) for one in known.found]
    silent = {(one.id, one.place.unit) for one in known.silent}
    filters: Mapping[str, Callable[[Recipient, Recipient], bool]] = {
        "chua-nhan": lambda one, word: (word.id, word.place.unit) in silent,
        "da-nhan": lambda one, word: word.acked_at is not None,
        "chua-gui": lambda one, word: one.fate in (Fate.WAITING, Fate.HELD),
        "loi": lambda one, word: one.fate in (Fate.FAILED, Fate.UNKNOWN, Fate.UNREACHABLE, Fate.CANCELLED),
    }
    lets = filters.get(which)
    return [pair for pair in pairs if lets(*pair)] if lets else pairs


def _root(notice: Notice) -> int:
    """The id of the notice whose acknowledgements count."""
    return notice.about if notice.kind is Kind.REMINDER and notice.about else notice.id

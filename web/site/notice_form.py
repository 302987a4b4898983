"""The form of a notice: what stands in it, in a draft, in what was sent, in an address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.clock import VIETNAM
from core.notices import LONGEST, Notice
from noticing.composing import Wanted, Way
from web.site.frame import Visit

_WAYS = {way.value: way for way in Way}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`code`: under which it is kept and sent once; `revision`: of the draft that she saw, "0": there was none.

    `at`: as the field has it, "2023-12-05T07:30", Vietnam's clock; empty: at once.
    """

    code: str
    revision: str = "0"
    text: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    at: str = ""
    asks: bool = True
    draft: Notice | None = None


def blank(code: str) -> Sheet:
    """Nothing is written yet."""
    return Sheet(code)


def of_draft(draft: Notice) -> Sheet:
    """As it is kept."""
    at = f"{draft.starts_at.astimezone(VIETNAM):%Y-%m-%dT%H:%M}" if draft.starts_at else ""
    wanted = Wanted(Way.SAME)
    return Sheet(draft.code, str(draft.revision), draft.text, wanted, at, draft.asks, draft)


def in_form(visit: Visit) -> Sheet:
    """As it was sent."""
    return _from(visit.said, visit.chosen, visit.said("chu").replace("\r\n", "\n"))


def in_address(visit: Visit) -> Sheet:
    """The same without its words, of which the length is told: words stay out of addresses, which others keep."""
    query = visit.request.query
    length = visit.asked("dai")
    text = "x" * min(int(length), LONGEST) if length.isdecimal() and len(length) < 6 else ""
    return _from(visit.asked, lambda name: query.getall(name, ()), text)


def _from(said: Callable[[str], str], chosen: Callable[[str], Sequence[str]], text: str) -> Sheet:
    way = _WAYS.get(said("kieu"), Way.WORDS)
    units = tuple(dict.fromkeys(chosen("donvi")))
    wanted = Wanted(way, said("loi"), units, said("ds"), said("thieu"))
    return Sheet(said("ma"), said("ban"), text, wanted, said("luc"), said("xin") == "1")

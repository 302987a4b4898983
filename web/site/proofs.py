"""What was handed in: the queue and what came of it, as a list or as pictures; several are accepted at once.

`?tt=` which, `cua=minh` an officer's own unit's, `viec=3.12`, `donvi=`, `cho=7` days or more, `thang=2023-12`, `xep=`,
`trang=2`, `xem=anh` the pictures.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from core.clock import local_day
from core.codes import is_code
from core.errors import Refused
from core.texts import site_proofs as texts
from core.work import TaskRef
from evidence import proof_list
from evidence.proof_list import Stand, Wanted
from records.proofs import Order
from web.site.frame import HOME, Done, SitePage, Visit
from web.site.months import month_in

ADDRESS = f"{HOME}/minh-chung"
PAGE_SIZE, GALLERY_SIZE = 50, 24  # submissions
PICTURES, GALLERY_PICTURES = 4, 6  # of one of them
_TASK = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")
_KEPT = ("tt", "cua", "viec", "donvi", "cho", "thang", "xep", "xem")


@dataclass(frozen=True, slots=True)
class Cut:
    """What the address asks for; `kept`: as a query that asks for it again."""

    wanted: Wanted
    kept: dict[str, str]

    def address(self, to: str = ADDRESS, **other: str) -> str:
        """With some of it changed; an empty value goes."""
        said = {name: value for name, value in (self.kept | other).items() if value}
        return f"{to}?{urlencode(said)}" if said else to


def cut_of(visit: Visit) -> Cut:
    """What is no such thing is passed over: an old address shows the whole list."""
    stand = visit.asked("tt")
    said, days = visit.asked("thang"), visit.asked("cho")
    month = month_in(said, local_day(visit.now)) if said else None
    wanted = Wanted(
        Stand(stand) if stand in [*Stand] else None,
        visit.asked("cua") == "minh",
        month,
        TaskRef.parse(visit.asked("viec")) if _TASK.fullmatch(visit.asked("viec")) else None,
        visit.asked("donvi"),
        int(days) if days in map(str, texts.DAYS) else 0,
        Order(visit.asked("xep")) if visit.asked("xep") in [*Order] else Order.DUE,
    )
    return Cut(wanted, {name: visit.asked(name) for name in _KEPT if visit.asked(name)})


async def _show(visit: Visit) -> web.Response:
    cut, desk, gallery = cut_of(visit), visit.desk, visit.asked("xem") == "anh"
    number, size = _page(visit), GALLERY_SIZE if gallery else PAGE_SIZE
    its = await proof_list.scope(desk, visit.person, cut.wanted)
    found = await proof_list.listed(desk, its, cut.wanted, number, size)
    shown: dict[str, Any] = {"cut": cut, "its": texts, "scope": its, "found": found, "number": number}
    shown |= {"pages": max(1, -(-found.total // size)), "gallery": gallery, "address": ADDRESS}
    shown |= {"most": GALLERY_PICTURES if gallery else PICTURES, "ticked": visit.chosen("chon")}
    return visit.page("proofs.html", **shown)


async def _accept(visit: Visit) -> Done:
    """Those that are ticked."""
    codes = {one.upper() for one in visit.chosen("chon") if is_code(one)}
    if not codes:
        raise Refused(texts.NOTHING_TICKED)
    done = await proof_list.accept(visit.desk, visit.person, codes)
    if not done:
        raise Refused(texts.NONE_WAITS)
    return Done(texts.accepted_ticked(done, len(codes) - done), about=" ".join(sorted(codes)))


def _page(visit: Visit) -> int:
    said = visit.asked("trang")
    return int(said) if re.fullmatch("[1-9][0-9]{0,3}", said) else 1


PAGE = SitePage("/minh-chung", _show, texts.TITLE, acts={"nhanhet": _accept})

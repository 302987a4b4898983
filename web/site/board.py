"""The board of a month: who has handed in what; `?thang=2023-12`, else the month that it is.

`don-vi`: of a unit below. `ten`, `loc`, `viec`, `xep`: what of it is shown, and in which order (evidence.board_cut).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import web

from core.clock import local_day
from core.people import Level, Role
from core.texts import exports as exports_texts
from core.texts import site as texts
from core.texts import site_board
from core.work import TaskRef
from evidence.board import Board, behind, board, board_of, line_of, summary
from evidence.board_cut import Cut, Only, Order, narrowed
from knowledge.periods import Period
from web.site.board_table import CLASSES, lines
from web.site.frame import HOME, SitePage, Visit, nothing_here, refusal
from web.site.months import month_in

PROOF, NOTICES = f"{HOME}/minh-chung/", f"{HOME}/thong-bao/moi"
_LONGEST = 30  # characters of a task's reference


@dataclass(frozen=True, slots=True)
class Address:
    """Of this page: what was asked for."""

    asked: dict[str, str]

    def but(self, **changed: str) -> str:
        """The same with something else; `don_vi` stands for "don-vi", an empty value leaves it out."""
        new = self.asked | {name.replace("_", "-"): value for name, value in changed.items()}
        return f"{HOME}?{urlencode({name: value for name, value in new.items() if value})}"

    def of(self, unit: str) -> str:
        """All of a unit's in the same month."""
        return f"{HOME}?thang={quote(self.asked['thang'])}&don-vi={quote(unit)}"


async def _show(visit: Visit) -> web.StreamResponse:
    month = month_in(visit.asked("thang"), local_day(visit.now))
    if month is None:
        return refusal(400, texts.MONTH_TITLE, texts.MONTH)
    unit = visit.asked("don-vi") or visit.person.unit
    if unit == visit.person.unit:
        found: Board | None = await board(visit.desk, visit.person, month)
    else:
        found = await board_of(visit.desk, visit.person, unit, month)
    if found is None:
        return nothing_here()
    answer = visit.page(
        "board.html", its=site_board, files=exports_texts, **_frame(visit, month, unit), **_shown(visit, found)
    )
    if "gzip" in visit.request.headers.get("Accept-Encoding", ""):
        answer.enable_compression(web.ContentCoding.gzip)  # no form stands here, so no token to guess from its length
    return answer


def _frame(visit: Visit, month: Period, unit: str) -> dict[str, Any]:
    """Whose board it is, and where the others are."""
    line = [(code, visit.desk.short_name(code)) for code in line_of(visit.desk, visit.person, unit)]
    return {
        "month": month.first,
        "before": (month.first - timedelta(days=1)).replace(day=1),
        "after": month.last + timedelta(days=1),
        "today": local_day(visit.now),
        "line": line,
        "is_office": visit.person.role is Role.STAFF and visit.desk.asker(unit).level is not Level.SCHOOL,
    }


def _shown(visit: Visit, found: Board) -> dict[str, Any]:
    cut = _cut(visit)
    asked = {name: visit.asked(name) for name in ("thang", "don-vi", "ten", "loc", "viec", "xep")}
    shown, at = narrowed(found, cut), Address(asked)
    return {
        "board": found,
        "shown": shown,
        "cut": cut,
        "at": at,
        "to_task": f"{at.but(viec='')}&viec=",
        "summary": summary(found),
        "tasks": {str(one.task.ref): site_board.task(one.title, one.due) for one in found.columns},
        "late": behind(found),
        "lines": lines(shown.rows, PROOF, at.of),
        "classes": CLASSES,
        "proof": PROOF,
        "notices": NOTICES,
    }


def _cut(visit: Visit) -> Cut:
    """What is not known is not asked for."""
    only, order = visit.asked("loc"), visit.asked("xep")
    return Cut(
        visit.asked("ten"),
        Only(only) if only in [*Only] else None,
        TaskRef.parse(visit.asked("viec")[:_LONGEST]),
        Order(order) if order in [*Order] else Order.WORST,
    )


PAGE = SitePage("", _show, texts.BOARD)

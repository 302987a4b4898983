"""A published document: its tasks by month, its words, its history; and beside another: `/so-sanh?voi=12`."""

import asyncio
from typing import Any

from aiohttp import web

from core.texts import site_papers as texts
from evidence import papers
from knowledge.changed import note
from knowledge.comparing import Fate, compared
from knowledge.original import leaves, shown_at
from knowledge.volume import Volume
from records import drafts
from web.site.frame import HOME, SitePage, Visit, nothing_here
from web.site.paging import whole
from web.site.papers import PAPERS

_PAPER = f"{PAPERS}/{{id:[0-9]{{1,9}}}}"


async def _show(visit: Visit) -> web.Response:
    desk, me = visit.desk, visit.person
    volume = await papers.find(desk, me, int(visit.part("id")))
    if volume is None:
        return nothing_here()
    plan = volume.shelved.plan
    draft = await drafts.of_document(visit.session, volume.shelved.id, me.id, me.unit)
    values: dict[str, Any] = {
        "months": [
            (month, [(number, task, note(desk.index, volume, task)) for number, task in tasks])
            for month, tasks in papers.by_month(volume)
        ],
        "leaves": leaves(plan),
        "shown_at": shown_at(plan),
        "changed": papers.changed_in(desk, me, volume),
        "changes": papers.changed_by(desk, me, volume.shelved.id),
        "log": await drafts.log(visit.session, draft.id) if draft else (),
        "others": [(one, papers.year_of(one)) for one in papers.comparable(desk, me, volume)],
    }
    return visit.page("paper.html", its=texts, volume=volume, here=_address(volume), at=f"{HOME}{PAPERS}", **values)


async def _compare(visit: Visit) -> web.Response:
    desk, me, other = visit.desk, visit.person, whole(visit.asked("voi"))
    volume = await papers.find(desk, me, int(visit.part("id")))
    beside = await papers.find(desk, me, other) if other else None
    if volume is None or beside is None or beside.shelved.id == volume.shelved.id:
        return nothing_here()
    old, new = papers.in_order(volume, beside)
    rows = await asyncio.to_thread(compared, old, new)
    counts = [(fate.value, sum(row.fate is fate for row in rows)) for fate in Fate]
    values: dict[str, Any] = {"old": old, "new": new, "rows": rows, "counts": counts, "at": f"{HOME}{PAPERS}"}
    return visit.page("papers_compared.html", its=texts, **values)


def _address(volume: Volume) -> str:
    return f"{HOME}{PAPERS}/{volume.shelved.id}"


PAGE = SitePage(_PAPER, _show)
COMPARED = SitePage(f"{_PAPER}/so-sanh", _compare)

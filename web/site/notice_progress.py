"""How a notice stands: every recipient, what can be done with it, its report; `?loc=chua-nhan`, `?trang=2`.

Who may give the second person's word sees it too, while it waits for that.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from core.errors import Refused
from core.hours import Hours
from core.notices import LONGEST, Notice, Stage
from core.texts import notice_reports as report_texts
from core.texts import notices as texts
from core.texts import site_notices as site_texts
from evidence.desk import Desk
from noticing import steering
from noticing.approving import decide, who_may
from noticing.listing import filtered
from noticing.preview import preview
from noticing.reporting import Known, as_xlsx, known_of
from noticing.sheet import MIME
from noticing.telling import goes_on_at
from records import notices
from web.site.frame import Done, SitePage, Visit, nothing_here, onward, private
from web.site.notices import HEADS, NOTICES, WRITE
from web.site.paging import sheet

_HERE = "/thong-bao/{ma}"


async def _show(visit: Visit) -> web.StreamResponse:
    notice, decides = await _seen(visit)
    if notice is None:
        return nothing_here()
    if notice.stage is Stage.DRAFT:
        return onward(f"{WRITE}?nhap={notice.code}")
    known = await known_of(visit.desk, notice)
    which, hours = visit.asked("loc"), visit.site.house.hours
    values: dict[str, Any] = {
        "known": known,
        "stage": report_texts.stage(notice, visit.now, goes_on_at(notice, hours, visit.now)),
        "counts": report_texts.counts(
            known.counted.all, known.counted.fates, known.answered.asked, known.answered.acked
        ),
        "acts": () if decides else _offered(known),
        "corrects": not decides and _corrects(known),
        "approval": (await preview(visit.desk, notice, hours)).when if decides else "",
        "which": which,
        "sheet": sheet(visit, filtered(known, which)),
        "list": NOTICES,
    }
    return visit.page("notice_progress.html", its=site_texts, **values)


async def _report(visit: Visit) -> web.StreamResponse:
    """As chat makes it."""
    notice, decides = await _seen(visit)
    if notice is None or decides or notice.stage is Stage.DRAFT:
        return nothing_here()
    data = await asyncio.to_thread(as_xlsx, await known_of(visit.desk, notice))
    name = report_texts.file_name(notice.code, "xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return private(web.Response(body=data, content_type=MIME, headers=headers))


async def _seen(visit: Visit) -> tuple[Notice | None, bool]:
    """The notice, and whether she is asked for her word on it alone; None: there is none, or it is not hers."""
    found = await notices.by_code(visit.session, visit.part("ma"))
    if found is None:
        return None, False
    ours = found.unit == visit.person.unit
    if found.stage is Stage.ASKING and visit.person.id != found.author:
        decides = visit.person.id in await who_may(visit.desk, found)
        return (found, True) if decides else (found if ours else None, False)
    return (found if ours else None), False


def _offered(known: Known) -> list[tuple[str, str]]:
    """What can be done now, as chat offers it: the button's value and its words."""
    stage, wanted = known.notice.stage, list[tuple[str, str]]()
    if stage is Stage.GOING:
        wanted += [("dungtb", site_texts.PAUSE)]
    if stage is Stage.PAUSED:
        files = known.notice.why == report_texts.FILES
        wanted += [("tieptuctbthieu", site_texts.RESUME_WITHOUT) if files else ("tieptuctb", site_texts.RESUME)]
    if stage in (Stage.GOING, Stage.PAUSED, Stage.ASKING):
        wanted += [("huytb", site_texts.CANCEL)]
    if known.silent and stage is not Stage.GOING and not known.root.deleted_at:
        wanted += [("nhactb", site_texts.REMIND)]
    return wanted


def _corrects(known: Known) -> bool:
    going = known.notice.stage is Stage.GOING
    return not going and not known.root.deleted_at and any(one.sent_at for one in known.asked)


async def _ours(visit: Visit) -> Notice:
    """The unit's notice, no draft. Raises Refused."""
    found = await notices.by_code(visit.session, visit.part("ma"))
    if found is None or found.unit != visit.person.unit or found.stage is Stage.DRAFT:
        raise Refused(texts.NOT_FOUND)
    return found


def _steered(does: Callable[[Desk, Notice, Hours], Awaitable[str]]) -> Callable[[Visit], Awaitable[Done]]:
    async def act(visit: Visit) -> Done:
        notice = await _ours(visit)
        return Done(await does(visit.desk, notice, visit.site.house.hours), about=notice.code)

    return act


async def _resume_without(visit: Visit) -> Done:
    notice = await _ours(visit)
    said = await steering.resume(visit.desk, notice, visit.site.house.hours, without_files=True)
    return Done(said, about=notice.code)


async def _remind(visit: Visit) -> Done:
    """The draft, to be looked at and sent."""
    notice = await _ours(visit)
    made = await steering.reminder(visit.desk, notice, visit.person)
    return Done("", about=notice.code, to=f"{WRITE}?nhap={made.code}#xem-truoc")


async def _correct(visit: Visit) -> Done:
    """The same of a correction."""
    notice, words = await _ours(visit), visit.said("chu").replace("\r\n", "\n")
    if not words:
        raise Refused(report_texts.WHAT_CORRECT)
    if len(words) > LONGEST:
        raise Refused(texts.too_long(len(words)))
    made = await steering.correction(visit.desk, notice, visit.person, words)
    return Done("", about=notice.code, to=f"{WRITE}?nhap={made.code}#xem-truoc")


async def _approve(visit: Visit) -> Done:
    return await _decide(visit, approved=True)


async def _disapprove(visit: Visit) -> Done:
    return await _decide(visit, approved=False)


async def _decide(visit: Visit, *, approved: bool) -> Done:
    notice = await notices.by_code(visit.session, visit.part("ma"))
    if notice is None:
        raise Refused(texts.NOT_FOUND)
    said = await decide(visit.desk, notice, visit.person, visit.site.house.hours, approved=approved)
    ours = notice.unit == visit.person.unit
    return Done(said, about=notice.code, to="" if ours else NOTICES)


_ACTS = {
    "dungtb": _steered(steering.pause),
    "tieptuctb": _steered(steering.resume),
    "tieptuctbthieu": _resume_without,
    "huytb": _steered(steering.cancel),
    "nhactb": _remind,
    "dinhchinhtb": _correct,
    "duyettb": _approve,
    "khongduyettb": _disapprove,
}
PAGE = SitePage(_HERE, _show, roles=HEADS, acts=_ACTS)
REPORT = SitePage(f"{_HERE}/bao-cao.xlsx", _report, roles=HEADS)

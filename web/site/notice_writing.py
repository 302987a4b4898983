"""A notice is written: its words, whom it is for, when it goes; shown as each service will, then sent or tried.

`?nhap=CODE`: a draft. `?mau=NAME`: from a kept text. `?viec=3-12&tre=1`: to those that have not handed that in.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from aiohttp import web

from core.clock import VIETNAM
from core.codes import is_code
from core.errors import Refused
from core.notices import LONGEST, Audience, Kind, Notice, Stage
from core.texts import notice_reports as report_texts
from core.texts import notices as texts
from core.texts import site_notices as site_texts
from core.work import TaskRef
from noticing import running
from noticing.composing import Found, Wanted, audience_of, late, mark, unsaved
from noticing.confirming import confirm, try_out, why_not
from noticing.preview import preview
from records import notice_kept, notices
from records.codes import new_code
from web.pages import part
from web.site.frame import Done, SitePage, Visit, nothing_here, private
from web.site.notice_form import Sheet, blank, in_address, in_form, of_draft
from web.site.notice_views import around, shown_in
from web.site.notices import HEADS, NOTICES, WRITE


async def _show(visit: Visit) -> web.Response:
    sheet = await _asked(visit) if not visit.fault else await _typed(visit)
    if sheet is None:
        return nothing_here()
    found, notice, trouble = await _read(visit, sheet)
    values = await shown_in(visit, sheet, notice, found, trouble)
    return visit.page("notice_write.html", its=site_texts, **values, **await around(visit, sheet))


async def _count(visit: Visit) -> web.Response:
    """What the preview is now, for a form that is not sent; of its words the length alone."""
    sheet = in_address(visit)
    sheet = replace(sheet, draft=await _draft(visit, sheet.code))
    found, notice, trouble = await _read(visit, sheet)
    values = await shown_in(visit, sheet, notice, found, trouble, is_live=True)
    frame: dict[str, Any] = {"its": site_texts, "visit": visit, **values}
    return private(web.json_response({"preview": part("site/notice_preview.html", **frame)}))


async def _asked(visit: Visit) -> Sheet | None:
    """The form as the address asks for it; None: there is no such thing, or it is not hers."""
    if code := visit.asked("nhap"):
        draft = await _draft(visit, code)
        return of_draft(draft) if draft else None
    if ref := visit.asked("viec"):
        parsed = TaskRef.parse(ref.replace("-", "."))
        said = await late(visit.desk, visit.person.unit, parsed) if parsed else None
        wanted = Wanted(words=said.words, missing=str(parsed)) if said else Wanted()
        return replace(blank(new_code()), text=said.text, wanted=wanted) if said else None
    if name := visit.asked("mau"):
        kept = await notice_kept.find(visit.session, visit.person.unit, notice_kept.TEMPLATE, name)
        return replace(blank(new_code()), text=str(kept["text"])) if kept else None
    return blank(new_code())


async def _typed(visit: Visit) -> Sheet:
    """What she typed, on the draft as it stands now."""
    sheet = in_form(visit)
    draft = await _draft(visit, sheet.code)
    return replace(sheet, draft=draft, revision=str(draft.revision) if draft else "0")


async def _draft(visit: Visit, code: str) -> Notice | None:
    """The unit's draft of this code."""
    found = await notices.by_code(visit.session, code) if is_code(code) else None
    return found if found and found.unit == visit.person.unit and found.stage is Stage.DRAFT else None


async def _read(visit: Visit, sheet: Sheet) -> tuple[Found, Notice | None, str]:
    """Whom it is for, the notice that the form makes, and what is not clear yet; None: nothing can be shown."""
    draft = sheet.draft
    if draft is not None and draft.kind is not Kind.FIRST:
        found = Found(draft.audience)
    else:
        found = await audience_of(visit.desk, visit.person.unit, sheet.wanted, draft.audience if draft else Audience())
    try:
        at = _moment(sheet, visit.now)
    except Refused as why:
        return found, None, why.text
    if found.audience is None or found.trouble or not (sheet.text or (draft and draft.files)):
        return found, None, found.trouble if sheet.wanted != Wanted() else ""
    notice = draft or unsaved(
        visit.person.unit, visit.person, sheet.code, sheet.text, found.audience, visit.now, asks=sheet.asks
    )
    night = at is not None and not visit.site.house.hours.is_open(at)  # who names an hour at night means it
    fresh = replace(notice, text=sheet.text, audience=found.audience, asks=sheet.asks, starts_at=at, night=night)
    return found, fresh, ""


async def _look(visit: Visit) -> Done:
    """The draft is kept, and shown."""
    notice = await _kept(visit)
    return Done("", about=notice.code, to=f"{WRITE}?nhap={notice.code}#xem-truoc")


async def _send(visit: Visit) -> Done:
    """What was shown is confirmed, once."""
    return await _confirm(visit)


async def _send_at_night(visit: Visit) -> Done:
    """The same, whatever the hour."""
    return await _confirm(visit, night=True)


async def _confirm(visit: Visit, *, night: bool = False) -> Done:
    notice = await _kept(visit, night=night)
    house, desk = visit.site.house, visit.desk
    shown = await preview(desk, notice, house.hours)
    if not shown.reach.ways:
        raise Refused(texts.NOBODY)
    if visit.said("noi") != mark(shown.reach):
        raise Refused(texts.OTHERS_NOW if visit.said("noi") else site_texts.LOOK_FIRST)
    if why := await why_not(visit.session, notice, shown, str(notice.revision), str(len(shown.reach.ways))):
        raise Refused(why)
    said = await confirm(desk, notice, shown, visit.person, house.hours, second=house.confirm_notices)
    return Done(said, about=notice.code, to=f"{NOTICES}/{notice.code}")


async def _try(visit: Visit) -> Done:
    """A copy to herself."""
    notice = await _kept(visit)
    shown = await preview(visit.desk, notice, visit.site.house.hours)
    await try_out(visit.desk, notice, shown, visit.person)
    return Done(site_texts.TESTED, about=notice.code, to=f"{WRITE}?nhap={notice.code}#xem-truoc")


async def _drop(visit: Visit) -> Done:
    """The draft is thrown away."""
    sheet = in_form(visit)
    draft = await _draft(visit, sheet.code)
    if draft is not None:
        await running.drop(visit.session, draft, visit.now)
    return Done(texts.CANCELLED_DRAFT, about=sheet.code, to=NOTICES)


async def _kept(visit: Visit, *, night: bool = False) -> Notice:
    """The draft with what stands in the form. Raises Refused."""
    sheet = in_form(visit)
    draft, revision = await _held(visit, sheet.code)
    if revision != sheet.revision:
        raise Refused(texts.CHANGED_SINCE)
    if len(sheet.text) > LONGEST:
        raise Refused(texts.too_long(len(sheet.text)))
    found, notice, trouble = await _read(visit, replace(sheet, draft=draft))
    if notice is None:
        raise Refused(trouble or found.trouble or site_texts.NO_TEXT)
    values: dict[str, Any] = {"text": notice.text, "starts_at": notice.starts_at, "night": night or notice.night}
    if draft.kind is Kind.FIRST:
        values |= {"audience": notice.audience, "asks": notice.asks}
    return await notices.change(visit.session, draft, **values)


async def _held(visit: Visit, code: str) -> tuple[Notice, str]:
    """The draft under the code that the form was given, and its revision before; made now, where it is not there yet.

    Raises Refused, also where it was confirmed before.
    """
    if not is_code(code):
        raise Refused(texts.NOT_FOUND)
    code, me = code.upper(), visit.person
    made = await notices.write_as(visit.session, code, me.unit, me.id, visit.now)
    found = await notices.by_code(visit.session, code)
    if found is None or found.unit != me.unit:
        raise Refused(texts.NOT_FOUND)
    if found.stage is not Stage.DRAFT:
        before = report_texts.confirmed_before(found, report_texts.STAGES[found.stage])
        raise Refused(before if found.confirmed_at else texts.CANCELLED_DRAFT)
    return found, "0" if made else str(found.revision)


def _moment(sheet: Sheet, now: datetime) -> datetime | None:
    """When it is to go; None: at once. Raises Refused."""
    if not sheet.at:
        return None
    try:
        at = datetime.fromisoformat(sheet.at).replace(tzinfo=VIETNAM)
    except ValueError:
        raise Refused(texts.NO_TIME) from None
    if at <= now:
        raise Refused(site_texts.PAST)
    return at


_ACTS = {"xemtb": _look, "guitb": _send, "guitbngoaigio": _send_at_night, "thutb": _try, "bonhaptb": _drop}
PAGE = SitePage("/thong-bao/moi", _show, roles=HEADS, acts=_ACTS)
COUNT = SitePage("/thong-bao/moi/dem", _count, roles=HEADS)

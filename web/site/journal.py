"""What was done on the staff site, and who signed in: newest first, found by person, unit, act and day."""

from datetime import date
from typing import Any

from aiohttp import web

from core.texts import site_journal as texts
from evidence.journal import wanted
from records import site_acts, site_sessions
from web.site.frame import SitePage, Visit, refusal
from web.site.paging import SIZE, whole


async def _show(visit: Visit) -> web.Response:
    day = _day(visit.asked("ngay"))
    if visit.asked("ngay") and day is None:
        return refusal(400, texts.TITLE, texts.BAD_DAY)
    before = whole(visit.asked("truoc"), digits=18)
    act = visit.asked("viec") if visit.asked("viec") in texts.ACTS else ""
    which = await wanted(visit.desk, visit.person, visit.asked("ai"), visit.asked("donvi"), act, day, before)
    signed_in = visit.asked("loai") == "vao"
    source = site_sessions.wanted if signed_in else site_acts.wanted
    rows = await source(visit.session, which, SIZE + 1)
    values: dict[str, Any] = {
        "rows": rows[:SIZE],
        "older": rows[SIZE - 1].id if len(rows) > SIZE else None,
        "signed_in": signed_in,
        "about": _about,
    }
    return visit.page("journal.html", its=texts, **values)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _about(visit: Visit, words: str) -> str:
    """Codes of units by their names."""
    tree = visit.desk.index.tree
    return ", ".join(visit.desk.short_name(one) if one in tree.units else texts.word(one) for one in words.split())


PAGE = SitePage("/nhat-ky", _show, texts.TITLE)

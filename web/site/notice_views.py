"""What the form of a notice shows beside its fields: the preview, the units to tick, what is kept by name."""

from dataclasses import dataclass
from typing import Any

from core.notices import LONGEST, Audience, Notice
from core.people import Level
from core.texts import notices as texts
from core.work import TaskRef
from evidence.desk import title_of
from noticing.composing import Found, branches, concerns, mark
from noticing.preview import Preview, described, preview
from noticing.sending import read_as
from records import notice_kept
from web.site.frame import Visit
from web.site.notice_form import Sheet

_OFFICE = (texts.ALL_SCHOOLS, texts.PUBLIC, texts.PRIVATE_SCHOOLS, texts.PRINCIPALS)
_SCHOOL = (texts.MY_GROUP, texts.MY_TEACHERS)


@dataclass(frozen=True, slots=True)
class Shape:
    """How it looks in the chats of a service: what stands before its words, what after; `button`: that acknowledges."""

    platform: str
    group: bool
    before: str
    after: str
    button: bool


async def shown_in(
    visit: Visit, sheet: Sheet, notice: Notice | None, found: Found, trouble: str, *, is_live: bool = False
) -> dict[str, Any]:
    """The values of notice_preview.html. `is_live`: the words stand in the open page alone."""
    shown = await preview(visit.desk, notice, visit.site.house.hours) if notice else None
    return {
        "sheet": sheet,
        "trouble": trouble,
        "tasks": found.tasks,
        "shown": shown,
        "mark": mark(shown.reach) if shown else "",
        "shapes": _shapes(shown, sheet.text) if shown else (),
        "words": "" if is_live else sheet.text,
        "night": bool(shown and shown.at and notice and notice.starts_at is None),
        "now": visit.now,
        "second": visit.site.house.confirm_notices,
        "nobody": texts.NOBODY,
        "missing": _missing(visit, sheet),
    }


async def around(visit: Visit, sheet: Sheet) -> dict[str, Any]:
    """The values of what stands around it."""
    desk, unit = visit.desk, visit.person.unit
    is_school = desk.asker(unit).level is Level.SCHOOL
    lists = await notice_kept.names(visit.session, unit, notice_kept.LIST)
    templates = await notice_kept.names(visit.session, unit, notice_kept.TEMPLATE)
    before = described(desk, sheet.draft.audience) if sheet.draft and sheet.draft.audience != Audience() else ""
    return {
        "offered": _SCHOOL if is_school else _OFFICE,
        "example": texts.WHOM_SCHOOL if is_school else texts.WHOM_OFFICE,
        "branches": branches(desk, unit),
        "lists": lists,
        "templates": templates,
        "before": before,
        "longest": LONGEST,
    }


def _missing(visit: Visit, sheet: Sheet) -> str:
    """The title of the task that recipients have not handed in, where that was asked for."""
    ref = TaskRef.parse(sheet.wanted.missing)
    task = visit.desk.task(ref) if ref and concerns(visit.desk, visit.person.unit, ref) else None
    return title_of(task) if task else ""


def _shapes(shown: Preview, words: str) -> list[Shape]:
    """One for each service and kind of chat that it goes to."""
    kinds = dict.fromkeys((one.address.platform, one.group) for one in shown.reach.ways if one.address)
    made = []
    for platform, group in sorted(kinds):
        text, button = read_as(shown.letter, platform, group=group)
        before, after = shown.letter.text.removesuffix(words), text.removeprefix(shown.letter.text)
        made.append(Shape(platform, group, before, after, button))
    return made

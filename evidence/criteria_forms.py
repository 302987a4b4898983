"""The form of a unit's self-assessment, made from what is kept."""

from core.clock import local_day
from core.evidence import Submission
from core.file_names import portable
from core.texts import criteria as set_texts
from core.texts import criteria_form as texts
from core.texts.dates import day
from evidence.criteria import assessment, binding
from evidence.criteria_form import criteria_form
from evidence.desk import Desk
from records import criteria, criteria_work

FORM = "criteria"  # as a wish (records.sheets)
_LONGEST_NAME = 120  # UTF-16 units


async def form_of(desk: Desk, unit: str, set: int | None) -> tuple[bytes, str] | None:
    """The Excel file and its name; None: the set binds the unit no more, or there is none."""
    sets = await binding(desk, unit) if desk.index.tree.get(unit) else ()
    found = next((one for one in sets if one.id == set), None)
    if found is None:
        return None
    serving: dict[int, list[Submission]] = {}
    for id, submission in await criteria_work.serving(desk.session, unit, [one.id for one in found.criteria]):
        serving.setdefault(id, []).append(submission)
    office = desk.above(unit)
    name = portable(texts.file_name(found.name, desk.short_name(unit)), _LONGEST_NAME, texts.SHEET)
    data = criteria_form(
        await assessment(desk, unit, found),
        desk.unit_name(unit),
        office.name if office else "",
        day(local_day(desk.now)),
        serving,
    )
    return data, name


async def form_in_chat(desk: Desk, unit: str, set: int) -> tuple[bytes, str, str]:
    """The Excel file, its name and what is said of it; without bytes where there is none, and why."""
    named = await criteria.by_id(desk.session, set)
    made = await form_of(desk, unit, set)
    return (*made, texts.caption(named.name)) if named and made else (b"", "", set_texts.NO_SUCH_SET)

"""What the API answers, from what the staff site and the chat use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel

from core.clock import local_day
from core.evidence import AT_OFFICE, State
from core.people import Person
from core.site import ApiToken
from core.work import Due
from evidence import progress
from evidence.desk import Desk, title_of
from evidence.standing import Standing
from knowledge.cite import cite_task, label
from knowledge.meant_for import due_within
from knowledge.periods import Period, whole_month
from records import submissions
from web.api import models as m


class NotFound(Exception):
    """No such thing, or not the unit's to see."""


@dataclass(frozen=True, slots=True)
class Call:
    """Whose call it is: a token, and its maker as she is now."""

    desk: Desk
    token: ApiToken
    person: Person

    @property
    def line(self) -> tuple[str, ...]:
        """The codes of the unit and of those whose evidence it looks at."""
        return self.person.unit, *self.desk.below(self.person.unit)


async def me(call: Call, asked: m.Nothing) -> m.Me:
    return m.Me(token=call.token.name, unit=call.person.unit, unit_name=call.desk.unit_name(call.person.unit))


async def units(call: Call, asked: m.Nothing) -> m.Units:
    tree = call.desk.index.tree
    mine = tree.get(call.person.unit)
    found = [*([mine] if mine else []), *sorted(tree.below(call.person.unit), key=lambda unit: unit.code)]
    return m.Units(
        units=[
            m.UnitOut(
                code=unit.code,
                name=unit.name,
                level=unit.level.value,
                parent=unit.parent or None,
                ownership=unit.ownership.value if unit.ownership else None,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
            )
            for unit in found
        ]
    )


async def tasks(call: Call, asked: m.InMonth) -> m.Tasks:
    month, index = _month(call, asked), call.desk.index
    today = local_day(call.desk.now)
    found = {
        one.ref: one.task
        for unit in call.line
        for one in due_within(index, call.desk.asker(unit), month.first, month.last, today)
    }
    by_day = sorted(found.items(), key=lambda item: (item[1].due or month.last, item[0]))
    return m.Tasks(
        month=f"{month.first:%Y-%m}",
        tasks=[
            m.TaskOut(
                id=str(ref),
                title=title_of(task),
                due=task.due,
                before=task.until is not None and task.until.before,
                document=ref.document,
                document_name=label(index, index.by_id[ref.document]),
                sentence=cite_task(index, index.by_id[ref.document], task).quote,
            )
            for ref, task in by_day
        ],
    )


async def rows(call: Call, asked: m.ProgressAsked) -> m.Progress:
    """What waits within a school is not shown to its office, as on the board."""
    month = _month(call, asked)
    if asked.unit is not None and asked.unit not in call.line:
        raise NotFound
    own = await progress.of_unit(call.desk, call.person.unit, month)
    below = await progress.of_office(call.desk, call.person.unit, month)
    found = [_row(one) for ones in (own, *below.values()) for one in ones]
    wanted = [one for one in found if asked.unit in (None, one.unit) and asked.state in (None, one.state)]
    part = wanted[asked.offset : asked.offset + asked.limit]
    return m.Progress(month=f"{month.first:%Y-%m}", total=len(wanted), rows=part)


async def submission(call: Call, asked: "CodeAsked") -> m.SubmissionOut:
    found = await submissions.by_code(call.desk.session, asked.code)
    if found is None or found.giver.unit not in call.line or not _is_shown(call, found.giver.unit, found.state):
        raise NotFound
    handed = await submissions.with_files(call.desk.session, found)
    return m.SubmissionOut(
        code=found.code,
        unit=found.giver.unit,
        task=str(found.task) if found.task else None,
        title=found.title,
        due=found.due.day if found.due else None,
        state=found.state.value,
        handed_in_at=found.handed_in_at,
        files=[m.FileOut(name=one.name, mime=one.mime, size=one.size, sha256=one.sha256) for one in handed.files],
    )


async def documents(call: Call, asked: m.Nothing) -> m.Documents:
    scope = call.desk.index.scope(call.desk.asker(call.person.unit))
    newest = sorted(scope, key=lambda volume: -volume.shelved.id)
    return m.Documents(
        documents=[
            m.DocumentOut(
                id=one.shelved.id,
                unit=one.shelved.unit,
                number=one.shelved.plan.head.number,
                date=one.shelved.plan.head.date,
                title=one.shelved.plan.head.title,
                school_year=one.shelved.plan.head.school_year,
                tasks=len(one.shelved.plan.obligations),
            )
            for one in newest
        ]
    )


class CodeAsked(m.Asked):
    """Of the path."""

    code: m.Code


@dataclass(frozen=True, slots=True)
class Operation:
    """A GET below /api/v1: what it takes and gives; what is in braces comes from the path."""

    path: str
    says: str
    asks: type[BaseModel]
    gives: type[BaseModel]
    does: Callable[..., Awaitable[BaseModel]]


OPERATIONS = (
    Operation("/me", "Whose token this is", m.Nothing, m.Me, me),
    Operation("/units", "The unit and all below it", m.Nothing, m.Units, units),
    Operation("/tasks", "Tasks that are due in a month", m.InMonth, m.Tasks, tasks),
    Operation("/progress", "Who has handed in what, by unit and task", m.ProgressAsked, m.Progress, rows),
    Operation("/submissions/{code}", "One submission", CodeAsked, m.SubmissionOut, submission),
    Operation("/documents", "Published documents that the unit may read", m.Nothing, m.Documents, documents),
)


def _month(call: Call, asked: m.InMonth) -> Period:
    said = asked.month or f"{local_day(call.desk.now):%Y-%m}"
    return whole_month(int(said[:4]), int(said[5:]))


def _row(one: Standing) -> m.ProgressRow:
    due: Due | None = one.due
    return m.ProgressRow(
        unit=one.unit,
        task=str(one.ref),
        title=one.title,
        due=due.day if due else None,
        state=_state(one),
        days_late=one.late,
        handed_in_at=one.best.handed_in_at if one.best else None,
        submission=one.best.code if one.best else None,
    )


def _state(one: Standing) -> m.State:
    if one.best is None:
        return "missing"
    if one.best.state is State.ACCEPTED:
        return "accepted"
    if one.best.state is State.SUBMITTED:
        return "submitted"
    return "returned" if one.best.state is State.RETURNED else "missing"


def _is_shown(call: Call, unit: str | None, state: State) -> bool:
    return unit == call.person.unit or state in AT_OFFICE

"""The queue of evidence: by due day, by task, by unit or by age; and accepting all that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from core.clock import local_day
from core.evidence import Handed
from core.message import Choice, Inbound, Reply
from core.people import Person, Role
from core.texts import evidence as evidence_texts
from core.texts import queue as texts
from core.work import TaskRef
from evidence import review
from evidence.desk import Desk
from evidence.queue_names import tasks_called, units_called
from evidence.review import LOOK
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.queue_words import By, Wanted, command, read
from handlers.reviewing import reviewer

PAGE = 5
GROUPS = 8  # tasks or units of a page


@dataclass(frozen=True, slots=True)
class _Part:
    """What is shown of the queue; `what`: the task's reference or the unit's code, `name`: for people."""

    ones: Sequence[Handed]
    by: By = By.DUE
    what: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Queue:
    """All that waits for this person."""

    desk: Desk
    me: Person
    waiting: Sequence[Handed]

    def tasks(self) -> dict[str, _Part]:
        """By reference, in the order of their due days."""
        found: dict[str, list[Handed]] = {}
        for one in self.waiting:
            found.setdefault(str(one.submission.task or "-"), []).append(one)
        return {ref: _Part(ones, By.TASK, ref, _titled(ones)) for ref, ones in found.items()}

    def units(self) -> dict[str, _Part]:
        """By code, those with most first."""
        found: dict[str, list[Handed]] = {}
        for one in self.waiting:
            found.setdefault(one.submission.giver.unit or "", []).append(one)
        parts = {code: _Part(ones, By.UNIT, code, self.desk.short_name(code)) for code, ones in found.items()}
        return dict(sorted(parts.items(), key=lambda part: (-len(part[1].ones), part[1].name)))


async def show_queue(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A page of what waits for the reader's word; a pick shows one."""
    desk, me = desk_of(ctx), await reviewer(ctx)
    queue, wanted = _Queue(desk, me, await review.queue(desk, me)), read(rest)
    if not queue.waiting:
        return Reply(evidence_texts.QUEUE_EMPTY, private=True)
    part = _part(queue, wanted)
    if isinstance(part, Reply):
        return part
    if wanted.accept and me.role is Role.STAFF:
        return await _accept(queue, part, wanted.sure)
    return _page(queue, part, wanted.page)


def _part(queue: _Queue, wanted: Wanted) -> _Part | Reply:
    """What is meant, or what to pick from."""
    if wanted.by is By.AGE:
        return _Part(sorted(queue.waiting, key=lambda one: (one.waits_from, one.submission.id)), By.AGE)
    if not wanted.what:
        return _Part(queue.waiting) if wanted.by is By.DUE else _groups(queue, wanted.by, wanted.page)
    if wanted.by is not By.TASK:
        units = _unit(queue, wanted.what)
        if units is not None or wanted.by is By.UNIT:
            return units or _picks(queue, texts.no_unit(wanted.what))
    return _task(queue, wanted.what)


def _unit(queue: _Queue, words: str) -> _Part | Reply | None:
    """None: no unit is called so."""
    waiting = queue.units()
    codes = {*queue.desk.below(queue.me.unit), *waiting}
    called = units_called(queue.desk, codes, words)
    there = [part for code, part in waiting.items() if code in called]
    if len(there) == 1 == len(called):
        return there[0]
    if there:
        return Reply(texts.WHICH_UNIT, tuple(map(_pick, there[:GROUPS])), private=True)
    return _picks(queue, texts.nothing_of([*map(queue.desk.short_name, called[:3])])) if called else None


def _task(queue: _Queue, words: str) -> _Part | Reply:
    waiting = queue.tasks()
    if words in waiting:
        return waiting[words]
    if TaskRef.parse(words):
        return _picks(queue, texts.NOTHING_FOR_IT)
    called = [waiting[str(ref)] for ref in tasks_called(queue.desk, queue.waiting, words)]
    if len(called) == 1:
        return called[0]
    if called:
        return Reply(texts.WHICH_TASK, tuple(map(_pick, called[:GROUPS])), private=True)
    return _picks(queue, texts.no_task(words))


def _groups(queue: _Queue, by: By, page: int) -> Reply:
    """The tasks or units with how many wait of each."""
    parts = [*(queue.tasks() if by is By.TASK else queue.units()).values()]
    here = parts[(page - 1) * GROUPS : page * GROUPS]
    page, here = (page, here) if here else (1, parts[:GROUPS])
    more = [Choice(evidence_texts.MORE, command(by, page=page + 1))] * (len(parts) > page * GROUPS)
    head = texts.by_task if by is By.TASK else texts.by_unit
    return Reply(head(len(queue.waiting), len(parts)), (*map(_pick, here), *more), private=True)


def _page(queue: _Queue, part: _Part, page: int) -> Reply:
    today, ones = local_day(queue.desk.now), part.ones
    here = ones[(page - 1) * PAGE : page * PAGE]
    page, here = (page, here) if here else (1, ones[:PAGE])
    several = part.by is By.TASK and len({one.submission.due for one in ones}) > 1
    picks = [_one(queue.desk, one, part.by, named=several) for one in here]
    if len(ones) > page * PAGE:
        picks.append(Choice(evidence_texts.MORE, command(part.by, part.what, page + 1)))
    if len(ones) > 1 and queue.me.role is Role.STAFF:
        picks.append(Choice(texts.ACCEPT_ALL, command(part.by, part.what, accept=True)))
    oldest = min(one.waits_from for one in ones)
    said = texts.page(len(ones), oldest, today, part.name, by_age=part.by is By.AGE)
    return Reply(said, (*picks, *_ways(queue, part.by)), private=True)


def _one(desk: Desk, one: Handed, by: By, *, named: bool) -> Choice:
    """`named`: with the day that it is for, which others of the same task are not for."""
    unit = "" if by is By.UNIT else desk.short_name(one.submission.giver.unit)
    unit = evidence_texts.label(unit, one.submission.due) if named else unit
    title = "" if by is By.TASK else one.submission.title
    said = texts.line(one, unit, title, local_day(desk.now) if by is By.AGE else None)
    return Choice(said, f"{LOOK} {one.submission.code}")


def _ways(queue: _Queue, now: By) -> list[Choice]:
    """How else the queue may be seen, where that makes a difference."""
    many = {By.TASK: len(queue.tasks()) > 1, By.UNIT: len(queue.units()) > 1, By.AGE: len(queue.waiting) > 1}
    labels = {By.TASK: texts.BY_TASK, By.UNIT: texts.BY_UNIT, By.AGE: texts.BY_AGE}
    ways = [Choice(label, command(by)) for by, label in labels.items() if many[by]]
    return ways if now is By.DUE else [Choice(texts.BY_DUE, command(By.DUE))]


async def _accept(queue: _Queue, part: _Part, sure: str) -> Reply:
    """Asked once with how many and of what; anew where other ones wait by the time it is agreed to."""
    sum_, of = _sum(part), _of(queue, part)
    if sure != sum_:
        yes = Choice(texts.ACCEPT_ALL, command(part.by, part.what, sure=sum_))
        said = " ".join([*[texts.CHANGED] * bool(sure), texts.accept_all(len(part.ones), of)])
        return Reply(said, (yes, Choice(evidence_texts.NOT_NOW, "/huy")), private=True)
    done = await review.accept_all(queue.desk, [one.submission.id for one in part.ones], queue.me)
    return Reply(texts.accepted_all(done, of), private=True)


def _sum(part: _Part) -> str:
    """Other ones have another."""
    return f"{crc32(','.join(sorted(one.submission.code for one in part.ones)).encode()):08x}"


def _of(queue: _Queue, part: _Part) -> str:
    if part.by is By.UNIT:
        return texts.of_unit(part.name)
    return texts.of_task(part.name) if part.by is By.TASK else texts.of_all(len(queue.units()), len(queue.tasks()))


def _titled(ones: Sequence[Handed]) -> str:
    """The task with its day, where that is the same for all."""
    dues = {one.submission.due for one in ones}
    return texts.task(ones[0].submission.title, ones[0].submission.due if len(dues) == 1 else None)


def _pick(part: _Part) -> Choice:
    return Choice(texts.counted(part.name, len(part.ones)), command(part.by, part.what))


def _picks(queue: _Queue, said: str) -> Reply:
    """With the whole queue, and other ways to see it."""
    return Reply(said, (Choice(texts.BY_DUE, command(By.DUE)), *_ways(queue, By.DUE)), private=True)

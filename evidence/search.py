"""Search everywhere: the answer that the chat gives to these words, and what is called so within somebody's reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Generic, TypeVar

from core.answer import Answer, Citation
from core.clock import local_day
from core.codes import is_code
from core.evidence import Submission
from core.notices import Notice
from core.people import Asker, Member, Person, Role, Unit, manages, on_behalf
from core.texts import answers as say
from core.work import Due, TaskRef
from evidence import review
from evidence.desk import Desk, title_of
from knowledge.cite import label, sources
from knowledge.find_tasks import SURE
from knowledge.fold import fold, words
from knowledge.index import Hit
from knowledge.meant_for import Likely, binds, is_history
from knowledge.question import Question, understand
from knowledge.remembered import remembered_answer
from knowledge.sentences import shown
from records import found, memberships, notices, submissions

MOST = 10  # of a kind
LONGEST = 300  # characters of what is asked
_CANDIDATES = 40  # hits that are looked through
_NAME = 6  # words; nobody and no unit is looked for by more
_NOTICES = 200  # that are looked through, the newest
_PAPER = 0.5  # share of the words that a document's number, title and issuer hold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """At most MOST of a kind; `more`: there are others."""

    ones: Sequence[T]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A task that her own unit owes, or one right below her office; `month`: of whose board, None: of none."""

    ref: TaskRef
    title: str
    due: Due | None
    months: tuple[str, ...]  # YYYY-MM, of what has no day
    month: date | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A published document: its id, and what it is called."""

    id: int
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is called so."""

    tasks: Some[Task]
    submissions: Some[Submission]
    papers: Some[Paper]
    units: Some[Unit]
    people: Some[Member]
    notices: Some[Notice]

    @property
    def names_somebody(self) -> bool:
        """Whether the words are a name, and no question."""
        return bool(self.units.ones or self.people.ones)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing of any kind."""
        kinds = self.tasks, self.submissions, self.papers, self.units, self.people, self.notices
        return not any(kind.ones for kind in kinds)


def answer(desk: Desk, me: Person, asked: str) -> Answer:
    """As in chat."""
    return remembered_answer(desk.index, asked, _asker(desk, me), desk.now)


def told(answer: Answer) -> list[str]:
    """Its lines, those of "xem thêm" too, without the names of its sources: they stand with what is quoted."""
    lines = _without(answer.text, answer.citations)
    for part in answer.more:
        lines += _without(part, answer.later)
    return [line for line in lines if line != say.MORE_HINT]


def quoted(answer: Answer) -> list[Citation]:
    """What it rests on, each sentence once, as a person reads it."""
    cited = (replace(one, quote=shown(one.quote)) for one in (*answer.citations, *answer.later))
    return [*{(one.document_id, one.passage, one.quote): one for one in cited}.values()]


async def search(desk: Desk, me: Person, asked: str) -> Found:
    """What there is of each kind within her reach, as in chat: her own unit, and for an officer those below."""
    question = understand(asked, local_day(desk.now), desk.index.words)
    wanted = words(fold(asked))
    return Found(
        await _tasks(desk, me, question),
        await _submissions(desk, me, asked, wanted),
        _papers(desk, me, question),
        _units(desk, me, wanted),
        await _people(desk, me, wanted),
        await _notices(desk, me, asked, wanted),
    )


async def _tasks(desk: Desk, me: Person, question: Question) -> Some[Task]:
    owing = [desk.asker(unit) for unit in (me.unit, *_below(desk, me))]
    reading = [(asker, {volume.shelved.id for volume in desk.index.scope(asker)}) for asker in owing]
    hits = desk.index.search(question, desk.index.scope(_asker(desk, me)), "tasks", _CANDIDATES)
    mine = _some(
        one
        for hit in hits
        if hit.cover >= SURE and (one := _task_of(hit))
        if any(one.ref.document in reads and binds(one.task, asker) for asker, reads in reading)
    )
    moved = await desk.moved(me.unit, mine.ones)
    return Some([_as_shown(desk, one) for one in moved], mine.more)


def _task_of(hit: Hit) -> Likely | None:
    number = next((at for at, entry in enumerate(hit.volume.tasks.entries) if entry is hit.entry), None)
    if hit.entry.task is None or number is None:
        return None
    return Likely(TaskRef(hit.volume.shelved.id, number), hit.volume.unit, hit.entry.task, hit.score)


def _as_shown(desk: Desk, one: Likely) -> Task:
    due = one.task.until
    passed = is_history(desk.index.by_id[one.ref.document], one.task, local_day(desk.now))
    months = () if due else one.task.months
    return Task(one.ref, title_of(one.task), due, months, due.day if due and not passed else None)


async def _submissions(desk: Desk, me: Person, asked: str, wanted: Sequence[str]) -> Some[Submission]:
    """The log of her own unit is hers to read, and of the units below from when they have handed in."""
    if is_code(asked) and (one := await submissions.find(desk.session, asked)):
        if one.giver.unit == me.unit or await review.may_review(desk, me, one):
            return Some([one])
        return Some(())
    below = _below(desk, me)
    titles = [one for one in await found.titles(desk.session, me.unit, below) if _has(one, wanted)]
    return _some(iter(await found.titled(desk.session, me.unit, below, titles, MOST + 1)))


def _papers(desk: Desk, me: Person, question: Question) -> Some[Paper]:
    index = desk.index
    hits = index.search(question, index.scope(_asker(desk, me)), "cover", _CANDIDATES)
    good = (one.volume for one in hits if one.cover >= _PAPER)
    return _some(Paper(volume.shelved.id, label(index, volume)) for volume in good)


def _units(desk: Desk, me: Person, wanted: Sequence[str]) -> Some[Unit]:
    if len(wanted) > _NAME:
        return Some(())
    units = [unit for code in _line(desk, me) if (unit := desk.index.tree.get(code))]
    called = (unit for unit in units if _has(" ".join((unit.code, unit.name, *unit.aliases)), wanted))
    return _some(iter(sorted(called, key=lambda unit: (not unit.exists_on(local_day(desk.now)), unit.name))))


async def _people(desk: Desk, me: Person, wanted: Sequence[str]) -> Some[Member]:
    """Those whom she looks after."""
    if me.role is Role.TEACHER or len(wanted) > _NAME:
        return Some(())
    tree = desk.index.tree
    named = [one for one in await memberships.members(desk.session, _line(desk, me), [*Role]) if _has(one.name, wanted)]
    places = ((one, one.membership) for one in named)
    return _some(one for one, its in places if manages(tree, me.role, me.unit, its.unit, its.role))


async def _notices(desk: Desk, me: Person, asked: str, wanted: Sequence[str]) -> Some[Notice]:
    """Those that her unit has written, for who may write them."""
    if me.role is Role.TEACHER:
        return Some(())
    written = await notices.of_unit(desk.session, me.unit, _NOTICES)
    code = asked.strip().upper()
    return _some(one for one in written if one.code == code or _has(one.text, wanted))


def _line(desk: Desk, me: Person) -> list[str]:
    """Her own unit, and for who looks after others these."""
    tree = desk.index.tree
    if me.role is Role.ADMIN:
        return [*tree.units]
    return [me.unit, *(unit.code for unit in tree.below(me.unit))] if me.role is Role.STAFF else [me.unit]


def _below(desk: Desk, me: Person) -> tuple[str, ...]:
    """The units whose evidence her office looks at."""
    return desk.below(me.unit) if me.role is Role.STAFF else ()


def _asker(desk: Desk, me: Person) -> Asker:
    return on_behalf(me, desk.index.tree.get(me.unit))


def _has(text: str, wanted: Sequence[str]) -> bool:
    """Whether each of these folded words is one of its words, or begins one."""
    held = words(fold(text))
    return bool(wanted) and all(any(word.startswith(one) for word in held) for one in wanted)


def _some(ones: Iterator[T]) -> Some[T]:
    first = [*islice(ones, MOST + 1)]
    return Some(first[:MOST], len(first) > MOST)


def _without(text: str, cited: Sequence[Citation]) -> list[str]:
    return text.removesuffix(sources(cited)).strip().split("\n")

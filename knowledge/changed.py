"""What a later document has changed, said beside a task, or before words of the earlier one that are overtaken."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.answer import Answer, Citation
from core.texts import amendments as say
from core.work import Change, Effect, Obligation
from knowledge.amending import amended, history
from knowledge.cite import cite, cite_task, passage_of, sources, task_words
from knowledge.index import Index
from knowledge.volume import Volume


def change_of(volume: Volume, task: Obligation) -> Change | None:
    """What made this obligation as it stands; None: it is as its document has it. `task`: one of the volume's own."""
    if not volume.shelved.changes:
        return None
    number = next((n for n, one in enumerate(volume.shelved.plan.obligations) if one is task), None)
    return None if number is None else next(reversed(history(volume.shelved, number)), None)


def cite_now(index: Index, volume: Volume, task: Obligation) -> list[Citation]:
    """Where the task's day stands: in the words that changed it, then those that asked for it; else in its own."""
    change = change_of(volume, task)
    own = cite_task(index, volume, task)
    by = index.by_id.get(change.by) if change else None
    return [_of_change(index, by, change), own] if change and by else [own]


def note(index: Index, volume: Volume, task: Obligation) -> str:
    """Since when the day is another, and by which document; empty: it is as its document has it."""
    change = change_of(volume, task)
    return _note(index, volume, change) if change and change.effect is not Effect.REVOKED else ""


def words_now(volume: Volume, task: Obligation) -> str:
    """The later document's words about it; empty: there are none."""
    change = change_of(volume, task)
    return change.snippet if change else ""


def with_changes(index: Index, found: Answer) -> Answer:
    """The answer, with what is not so any more of the words that it rests on said before it."""
    lines, cited = overtaken(index, found)
    if not lines:
        return found
    body = found.text.removesuffix(sources(found.citations)).rstrip()
    citations = (*found.citations, *cited)
    return replace(found, text="\n".join([*lines, body, sources(citations)]), citations=citations)


def overtaken(index: Index, found: Answer) -> tuple[list[str], list[Citation]]:
    """What later documents have changed of what the answer quotes without saying so, and where they say it."""
    if not index.amended:
        return [], []
    said = {(one.document_id, one.quote) for one in found.citations}
    lines: list[str] = []
    cited: list[Citation] = []
    for citation in found.citations:
        volume = index.by_id.get(citation.document_id)
        for change in _changes_in(volume, citation) if volume else ():
            by = index.by_id.get(change.by)
            if volume and by and (change.by, change.snippet) not in said:
                line = _line(index, volume, change)
                lines += [line] * (line not in lines)
                one = _of_change(index, by, change)
                cited += [one] * (one not in cited)
    return lines, cited


def _changes_in(volume: Volume, citation: Citation) -> Iterator[Change]:
    """The last change of each obligation that these words hold, or are a part of."""
    first = volume.shelved.first
    if first is None:
        return
    for number, task in enumerate(first.obligations):
        here = task.passage == citation.passage and (task.snippet in citation.quote or citation.quote in task.snippet)
        changes = history(volume.shelved, number) if here else ()
        if changes and differ(task, volume.shelved.plan.obligations[number]):
            yield changes[-1]


def _line(index: Index, volume: Volume, change: Change) -> str:
    task = volume.shelved.plan.obligations[change.ref.number]
    by = paper(index, change)
    if change.effect is Effect.REVOKED:
        return say.not_any_more(task_words(task), task, by)
    return say.now(task_words(task), task, _note(index, volume, change))


def _note(index: Index, volume: Volume, change: Change) -> str:
    """Of the last change that moved it; one after that may have said the same again."""
    after = volume.shelved.plan.obligations[change.ref.number]
    for one in reversed(history(volume.shelved, change.ref.number)):
        if _time(before := _before(volume, one)) != _time(after):
            return say.since(before, one.since, paper(index, one))
    return ""


def steps(volume: Volume) -> Iterator[tuple[Change, Obligation, Obligation]]:
    """What later documents have changed of its obligations, in order: each as it stood before and after."""
    for change in volume.shelved.changes:
        whole = history(volume.shelved, change.ref.number)
        until = whole.index(change) if change in whole else 0
        yield change, _with(volume, change, whole[:until]), _with(volume, change, whole[: until + 1])


def differ(one: Obligation, other: Obligation) -> bool:
    """Whether one asks for another day than the other, or for nothing any more."""
    return (*_time(one), one.status) != (*_time(other), other.status)


def _time(task: Obligation) -> tuple[object, ...]:
    return task.start, task.due, task.rule, task.time, () if task.due else task.months


def _before(volume: Volume, change: Change) -> Obligation:
    """As it stood before this change."""
    whole = history(volume.shelved, change.ref.number)
    return _with(volume, change, whole[: whole.index(change)])


def _with(volume: Volume, change: Change, changes: Sequence[Change]) -> Obligation:
    """What this change is about, as these changes leave it."""
    shelved = volume.shelved
    first = replace(shelved, plan=shelved.first or shelved.plan, changes=(), first=None)
    return amended([first], changes)[0].plan.obligations[change.ref.number]


def paper(index: Index, change: Change) -> str:
    """How the later document is called."""
    plan = index.by_id[change.by].shelved.plan
    return say.paper(plan.head, plan.source_file)


def _of_change(index: Index, by: Volume, change: Change) -> Citation:
    return cite(index, by, passage_of(by, change.passage), change.snippet)

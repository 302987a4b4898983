"""What an officer should look at in a plan that was drafted from last year's: each with its reason, quick to answer."""

from collections.abc import Iterable, Iterator, Sequence

from core.texts import next_year as texts
from core.work import Doubt, DoubtKind, Part, Passage, Plan, Rule
from knowledge.doubts import out_of_order, worst_first
from knowledge.moving import Move
from knowledge.year_text import Year, cited_in, stages_in


def doubts_of_moves(new: Plan, old: Plan, moves: Sequence[Move | None], year: Year) -> tuple[Doubt, ...]:
    """Of a drafted plan; `old` and `moves` have a task for each of its tasks. The worst first."""
    told = [*_of_moves(new, old, moves), *_of_order(new, old), *_of_papers(new, year)]
    return worst_first(told)


def _of_moves(new: Plan, old: Plan, moves: Sequence[Move | None]) -> Iterator[Doubt]:
    """Each once; the rows of one week together."""
    seen: set[str] = set()
    for number, (task, before, how) in enumerate(zip(new.obligations, old.obligations, moves, strict=True)):
        if how is None or how.kind is None:
            continue
        if before.rule is Rule.IN_WEEK and how.due and how.said in seen:
            continue
        seen.add(how.said)
        asked = texts.WHICH_DAY if before.due else texts.KEEP_IT
        question = texts.KEEP if how.due else asked
        yield Doubt(task.line, how.said, how.kind, question, task.snippet, number)


def _of_order(new: Plan, old: Plan) -> Iterator[Doubt]:
    """Tiers and gatherings that moving has put in the wrong order."""
    before = {doubt.task for doubt in out_of_order(old)}
    return (doubt for doubt in out_of_order(new) if doubt.task not in before)


def _of_papers(new: Plan, year: Year) -> Iterator[Doubt]:
    """What only a person can put right: the papers it rests on, stages that are over."""
    bases = [(one, cited_in(one.text, one.part)) for one in new.passages if one.part is Part.BASIS]
    if count := sum(len(cited) for _, cited in bases):
        first, cited = next(one for one in bases if one[1])
        words = first.text[slice(*cited[0])]
        yield Doubt(first.line, texts.bases(count), DoubtKind.READER, texts.KEEP_IT, words)
    yield from _stages(new.passages, year)


def _stages(passages: Iterable[Passage], year: Year) -> Iterator[Doubt]:
    found: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages:
        if passage.part is not Part.BASIS:
            for stage in set(stages_in(passage.text)):
                found.setdefault(stage, []).append(passage)
    for (first, last), where in sorted(found.items()):
        if year.begins <= last <= year.begins + year.years:
            said = texts.stage_over(first, last, len(where))
            yield Doubt(where[0].line, said, DoubtKind.READER, texts.KEEP_IT, where[0].text)

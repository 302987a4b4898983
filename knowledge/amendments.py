"""What a paper says that it changes of earlier ones: another day, not any more, replaced as a whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.amendments import Amending
from core.work import Effect, Obligation, Part, Passage, Plan
from knowledge.amendment_rows import of_row
from knowledge.amendment_times import MAY_CHANGE, stretches, subject, timed, times_in
from knowledge.amendment_words import ADDS, KEEPS, LISTS_REVOKED, PAPER, Said, item_of, says, without_mover
from knowledge.blocks import mask
from knowledge.extract import calendar_of
from knowledge.moments import When
from knowledge.references import cited
from knowledge.years import Calendar

_LEAST = 4  # words; fewer do not say what they are about
_FEWEST = 2  # words; fewer are those of the time alone
_NOT_READ = (Part.HEAD, Part.CLOSING)
_LATER = re.compile(r"\b(?:thông báo|có văn bản|cụ thể|hướng dẫn)\b", re.IGNORECASE)
_ISSUED = re.compile(r"\bđã\s+(?:ban hành|gửi|có)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\W*(?:v/v|về việc|về)\s+", re.IGNORECASE)
_HIGHER = re.compile(r"BGD|NĐ-CP|TTg|QH\d*|NQ-|TT-B")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; `text` is a literal run of it, `raw` may hold markup, `shown` masks it."""

    passage: Passage
    start: int
    end: int

    @property
    def raw(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def shown(self) -> str:
        return mask(self.raw)


@dataclass(frozen=True, slots=True)
class _Paper:
    plan: Plan
    calendar: Calendar
    named: tuple[str, ...]  # the papers that its title, or the words before its first item, say it changes

    def calendar_at(self, passage: Passage) -> Calendar:
        return self.calendar.within(passage.months) if passage.months else self.calendar

    def own(self, passage: Passage, words: str) -> list[int]:
        """The numbers of the obligations made of these words of the passage."""
        tasks = enumerate(self.plan.obligations)
        return [number for number, task in tasks if task.passage == passage.place and task.snippet in words]

    def own_of_row(self, passage: Passage) -> list[int]:
        """The numbers of the obligations made of this row or of a list in it."""
        places = [(n, self.plan.passages[task.passage]) for n, task in enumerate(self.plan.obligations)]
        return [n for n, its in places if passage.place in (its.place, its.parent)]


def find(plan: Plan) -> tuple[Amending, ...]:
    """What the paper says that it changes, in its order; empty where it changes nothing.

    MOVED without `due` and `start`: it says that a day is moved, not to which.
    """
    paper = _Paper(plan, calendar_of(plan.head), _named(plan))
    found = [one for passage in plan.passages for one in _of_passage(passage, paper)]
    gone = {number for one in found if one.whole for number in one.numbers}
    return tuple(one for one in found if not _is_of_whole(one, gone)) or tuple(_by_title(paper))


def _is_of_whole(one: Amending, gone: set[str]) -> bool:
    """ "Các trường không thực hiện theo Công văn số …", which is replaced as a whole: that is said already."""
    names = bool(one.item or one.was) or not one.numbers
    return not one.whole and one.effect is Effect.REVOKED and not names and gone.issuperset(one.numbers)


def _of_passage(passage: Passage, paper: _Paper) -> Iterator[Amending]:
    if passage.part in _NOT_READ or not passage.text.strip():
        return
    context = _context(passage, paper)
    if passage.part is Part.ROW:
        listed = context is not None and context.effect is Effect.MOVED
        rows = of_row(passage, paper.plan.passages, paper.calendar_at(passage), listed)
        yield from _with_own(rows, passage, paper)
        if rows:
            return
    if context is None and not MAY_CHANGE.search(passage.text):
        return
    for sentence in _sentences(passage):
        yield from _of_sentence(sentence, paper, context)


def _of_sentence(sentence: Sentence, paper: _Paper, context: Said | None) -> Iterator[Amending]:
    shown = sentence.shown
    times = times_in(shown, paper.calendar_at(sentence.passage))
    new = [when for when in times if not when.former]
    said = says(shown, dated=bool(times), moved=any(when.was for when in times))
    if said is None and context and _continues(shown, context, new):
        said = context
    if said is None or _leads(sentence, said, new, paper):
        return
    base = Amending(said.effect, sentence.passage.place, sentence.raw.strip(), whole=said.whole)
    base = replace(base, numbers=_numbers(shown, sentence.passage, paper), item=_item(sentence, paper))
    if said.effect is Effect.MOVED:
        yield from _moves(base, sentence, times, paper)
        return
    old = next((when.due for when in times if when.due), None)
    own = tuple(paper.own(sentence.passage, sentence.raw))
    words = subject(without_mover(shown), times)
    yield replace(base, was=None if said.whole else old, words=words, own=() if said.whole else own)


def _moves(base: Amending, sentence: Sentence, times: Sequence[When], paper: _Paper) -> Iterator[Amending]:
    """One for each new time; each with the own obligations of that day, the first with those of old days too."""
    shown, own = without_mover(sentence.shown), paper.own(sentence.passage, sentence.raw)
    new = [when for when in times if not when.former]
    if not new and not (base.item or base.numbers or _LATER.search(shown)):
        return  # nothing tells what is moved, nor that its day is still to come
    if not new:
        old = next((when.due for when in times if when.former), None)
        yield replace(base, words=subject(shown, times), was=old, own=tuple(own))
        return
    given: set[int] = set()
    for place, when in enumerate(new):
        mine = [n for n in own if _is_of(paper.plan.obligations[n], when) and n not in given]
        given |= set(mine)
        left = [n for n in own if not any(_is_of(paper.plan.obligations[n], one) for one in new)] if not place else []
        start = new[place - 1].end if place else 0
        last = place + 1 == len(new)
        end = len(shown) if last else when.end
        if not last and len(subject(shown[start:end], [_shifted(when, start)]).split()) < _FEWEST:
            end = new[place + 1].start  # the time stands before its words
        inside = [_shifted(one, start) for one in times if start <= one.start and one.end <= end]
        words = subject(shown[start:end], inside)
        if place and len(words.split()) < 2 * _LEAST:
            words = f"{subject(shown[: new[0].start], ())} {words}".strip()
        yield timed(replace(base, words=words, was=when.was, own=tuple(sorted(mine + left))), when, shown)


def _is_of(task: Obligation, when: When) -> bool:
    if when.due is not None:
        return task.due == when.due
    return task.due is None and task.rule is when.rule and set(task.months) <= set(when.months)


def _shifted(when: When, by: int) -> When:
    return replace(when, start=when.start - by, end=when.end - by)


def _with_own(rows: Sequence[Amending], passage: Passage, paper: _Paper) -> Iterator[Amending]:
    own = paper.own_of_row(passage)
    for place, row in enumerate(rows):
        dues = {one.due for one in rows}
        mine = [n for n in own if (due := paper.plan.obligations[n].due) == row.due or due not in dues and not place]
        yield replace(row, own=tuple(mine), numbers=_numbers(passage.text, passage, paper))


def _sentences(passage: Passage) -> Iterator[Sentence]:
    return (Sentence(passage, start, end) for start, end in stretches(mask(passage.text)))


def _above(passage: Passage, paper: _Paper) -> Iterator[Passage]:
    """The lines it stands under, nearest first; before them the line that it goes on from, if that ends in a colon."""
    passages = paper.plan.passages
    before = passages[passage.place - 1] if passage.place else None
    if before and before.place != passage.parent and before.part not in _NOT_READ and _opens(before, passage):
        yield before
    while passage.parent is not None:
        passage = passages[passage.parent]
        yield passage


def _opens(before: Passage, passage: Passage) -> bool:
    return before.text.rstrip().endswith(":") and bool(item_of(mask(before.text))) and passage.part is not Part.ROW


def _context(passage: Passage, paper: _Paper) -> Said | None:
    """What the lines above say of the items under them: "Điều chỉnh thời hạn như sau:", "Bãi bỏ các nội dung sau:"."""
    for above in _above(passage, paper):
        shown = mask(above.text).strip()
        if above.part is Part.ROW or above.part in _NOT_READ:
            continue
        if ADDS.match(shown) and not item_of(shown):
            return None
        if LISTS_REVOKED.search(shown):
            return Said(Effect.REVOKED, 0, 0)
        said = says(shown, dated=False, moved=False) if shown.endswith(":") or above.part is Part.HEADING else None
        if said and not said.whole:
            return said if said.effect is not Effect.RESTATED else Said(Effect.MOVED, 0, 0)
    return None


def _continues(shown: str, context: Said, new: Sequence[When]) -> bool:
    if ADDS.match(shown) or len(shown.split()) < _LEAST:
        return False
    return bool(new) if context.effect is Effect.MOVED else not KEEPS.search(shown)


def _leads(sentence: Sentence, said: Said, new: Sequence[When], paper: _Paper) -> bool:
    """Whether it only opens the list of what is changed."""
    if said.whole or new or not sentence.shown.rstrip().endswith(":"):
        return False
    place = sentence.passage.place
    following = paper.plan.passages[place + 1 : place + 2]
    return any(p.parent == place or said.effect is Effect.MOVED for p in following)


def _item(sentence: Sentence, paper: _Paper) -> str:
    """Of the sentence, behind that of the line it stands under."""
    own = item_of(sentence.shown)
    above = next((item for one in _above(sentence.passage, paper) if (item := item_of(mask(one.text)))), "")
    return ".".join(filter(None, (above, own))) if not own.startswith(above) else own or above


def _numbers(shown: str, passage: Passage, paper: _Paper) -> tuple[str, ...]:
    """Of the paper that is changed: named in the sentence, above it, or by the paper as a whole."""
    for words in (shown, *(mask(one.text) for one in _above(passage, paper))):
        if found := _cited(words, paper.plan):
            return found
    return () if PAPER.search(shown) else paper.named


def _cited(words: str, plan: Plan) -> tuple[str, ...]:
    return tuple(one for one in cited(words) if one != plan.head.number and not _HIGHER.search(one))


def _named(plan: Plan) -> tuple[str, ...]:
    """The papers that its title says it changes, else that its first words say were issued."""
    title = _ABOUT.sub("", plan.head.title or "")
    if found := _cited(title, plan):
        return found
    for passage in plan.passages:
        if passage.part in (Part.TEXT, Part.LEAD, Part.BASIS) and _ISSUED.search(passage.text):
            return _cited(mask(passage.text), plan)
    return ()


def _by_title(paper: _Paper) -> list[Amending]:
    """A title says that days are moved, and no sentence: each day that the paper gives is a new one."""
    title = _ABOUT.sub("", paper.plan.head.title or "")
    said = says(title, dated=False, moved=False)
    if said is None or said.effect is not Effect.MOVED:
        return []
    about = subject(title, ())
    return [
        Amending(
            Effect.MOVED, task.passage, task.snippet, paper.named, "", f"{about} {task.task}".strip(), None,
            task.start, task.due, task.rule, task.time, own=(number,),
        )
        for number, task in enumerate(paper.plan.obligations)
        if task.due and not ADDS.match(paper.plan.passages[task.passage].text)
    ]  # fmt: skip

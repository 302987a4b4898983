"""What a passage says: the best sentence, checked to hold the kind of thing that was asked for, quoted whole."""

import re

from core.answer import Answer, Citation
from core.texts import answers as say
from core.work import Part, Passage
from knowledge.asks import Ask
from knowledge.cite import cite, passage_of
from knowledge.due import Reach
from knowledge.index import Hit
from knowledge.question import Question
from knowledge.rivals import rival_readings, which
from knowledge.school_years import school_year, school_year_name
from knowledge.screens import SCREEN, paged
from knowledge.sentences import runs, shortened, shown

AS_GOOD = 0.9
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d+)*|[a-zđ])[.)]\s+")


def answer_fact(question: Question, reach: Reach, hits: list[Hit]) -> Answer | None:
    """The answer from these sentences; None where they are of a year that was not asked for."""
    hits, warning = _of_year(question, reach, hits)
    if not hits:
        return None
    if rivals := rival_readings(question, hits):
        return which(question, reach, rivals)
    chosen = _chosen(question, reach, hits)
    blocks = [_block(question, hit, hits) for hit in chosen]
    citations: list[Citation] = []
    lines: list[str] = [warning] if warning else []
    for number, (hit, block) in enumerate(zip(chosen, blocks, strict=True), 1):
        lines += _lines(reach, question, hit, block, citations, number if _apart(chosen) else 0)
    if _apart(chosen):
        lines.insert(len([warning] if warning else []), say.WHICH)
    return paged(lines, [], citations, [], "fact")


def _apart(chosen: list[Hit]) -> bool:
    """Whether the sentences come from different documents."""
    return len({hit.volume.shelved.id for hit in chosen}) > 1


def _of_year(question: Question, reach: Reach, hits: list[Hit]) -> tuple[list[Hit], str]:
    """Hits of the year asked for; of this year or the newest before it, with a warning that it is older."""
    if question.school_year is not None:
        name = school_year_name(question.school_year)
        asked = [h for h in hits if h.volume.year == question.school_year or name in h.entry.text.replace(" ", "")]
        return asked, ""
    now = school_year(reach.today)
    best = hits[0].score
    close = [hit for hit in hits if hit.score >= 0.75 * best]
    years = {hit.volume.year for hit in close if hit.volume.year is not None}
    past = [y for y in years if y <= now]
    if not past:
        return hits, ""
    newest = max(past)
    kept = [hit for hit in close if hit.volume.year in (newest, None)]
    if hits[0].volume.year not in (newest, None) and kept and kept[0].score < AS_GOOD * best:
        newest = hits[0].volume.year or newest
        kept = [hit for hit in close if hit.volume.year in (newest, None)]
    warning = say.of_year(school_year_name(newest)) if newest < now and _dated_fact(question) else ""
    return kept, warning


def _dated_fact(question: Question) -> bool:
    return question.wants(Ask.PERCENT, Ask.COUNT) or "nam nay" in question.said


def _chosen(question: Question, reach: Reach, hits: list[Hit]) -> list[Hit]:
    """The best sentence; a second where it is as good, or where it answers a part of the question left open."""
    first = hits[0]
    others = [h for h in hits[1:] if h.entry.passage != first.entry.passage or h.volume is not first.volume]
    if question.wants(Ask.COUNT, Ask.PERCENT):
        for hit in others:
            if hit.score >= 0.95 * first.score and hit.entry.text != first.entry.text:
                return [first, hit]
    second = _for_the_rest(question, reach, first)
    return [first, second] if second else [first]


def _for_the_rest(question: Question, reach: Reach, first: Hit) -> Hit | None:
    """The sentence of the same document that speaks of what the first leaves out, where that is much."""
    if first.cover > 0.85:
        return None
    index = reach.index
    hits = index.search(question, [first.volume], "sentences", limit=12)
    gains = [(index.cover_of(question, [first.entry, hit.entry]) - first.cover, hit) for hit in hits]
    gain, hit = max(gains, key=lambda found: found[0], default=(0.0, first))
    return hit if gain >= 0.18 else None


def _block(question: Question, hit: Hit, hits: list[Hit]) -> list[Passage]:
    """The passage and, where a list is asked for or opened, the whole block under its lead line."""
    volume = hit.volume
    passage = passage_of(volume, hit.entry.passage)
    below = _descendants(hit, passage)
    opens = passage.text.rstrip().endswith(":") or question.wants(Ask.LIST)
    if below and (opens or passage.part in (Part.LEAD, Part.HEADING)):
        return [passage, *below]
    lead = volume.shelved.plan.passages[passage.parent] if passage.parent is not None else None
    if lead is None or passage.part is not Part.ITEM or lead.part is not Part.LEAD:
        return [passage]
    if question.wants(Ask.LIST):
        return [lead, *_descendants(hit, lead)]
    return [lead, *_beside(hit, hits)] if question.wants(Ask.YES_NO) else [passage]


def _beside(hit: Hit, hits: list[Hit]) -> list[Passage]:
    """The hit's passage and those of the same list that speak of the subject as well."""
    here = passage_of(hit.volume, hit.entry.passage)
    near = {h.entry.passage for h in hits if h.volume is hit.volume and h.score >= AS_GOOD * hit.score}
    family = hit.volume.children.get(here.parent or 0, ())
    return [p for p in family if p.place == here.place or p.place in near]


def _descendants(hit: Hit, passage: Passage) -> list[Passage]:
    found: list[Passage] = []
    for child in hit.volume.children.get(passage.place, ()):
        found += [child, *_descendants(hit, child)]
    return found[:40]


def _lines(
    reach: Reach, question: Question, hit: Hit, block: list[Passage], citations: list[Citation], number: int
) -> list[str]:
    index, volume = reach.index, hit.volume
    prefix = f"{number}. " if number else ""
    if len(block) > 1:
        for passage in block:
            citations.append(cite(index, volume, passage, passage.text.strip()))
        return [prefix + _lead(block[0]), *_listed(block[1:])]
    quotes = [hit.entry.text] if question.wants(Ask.PERCENT) else _runs(reach, question, hit, block[0])
    citations += [cite(index, volume, block[0], run) for run in quotes]
    return [prefix + say.quote(shown(run)) for run in quotes]


def _lead(passage: Passage) -> str:
    """The sentence that opens a list."""
    said = runs(passage.text)
    return shown(said[-1] if len(passage.text) > 200 and said[-1].rstrip().endswith(":") else passage.text)


def _listed(items: list[Passage]) -> list[str]:
    """The items of a list, shortened where whole they would not fit a screen."""
    whole = [say.plain_item(i, _NUMBERED.sub("", shown(item.text))) for i, item in enumerate(items, 1)]
    return whole if sum(map(len, whole)) <= SCREEN else [shortened(line, 110) for line in whole]


def _runs(reach: Reach, question: Question, hit: Hit, passage: Passage) -> list[str]:
    """The sentence, and those of its passage that speak of what it leaves out; of a short passage all of it."""
    whole = passage.text.strip()
    if "\t" in whole or len(whole) <= 320 or question.wants(Ask.LIST, Ask.PAPER) and len(whole) <= 700:
        return [hit.entry.text if "\t" in whole else whole]
    chosen = [hit.entry]
    for entry in (e for e in hit.volume.sentences.entries if e.passage == passage.place and e is not hit.entry):
        gain = reach.index.cover_of(question, [*chosen, entry]) - reach.index.cover_of(question, chosen)
        if gain >= 0.06 and len(chosen) < 3:
            chosen.append(entry)
    return sorted((entry.text for entry in chosen), key=whole.find)

"""What a passage says: the best sentence, checked to hold the kind of thing that was asked for, quoted whole."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.answer import Answer, Citation
from core.texts import answers as say
from core.work import Part, Passage
from knowledge.asks import Ask
from knowledge.cite import cite, passage_of
from knowledge.due import Reach
from knowledge.fold import fold
from knowledge.index import Hit
from knowledge.lexicon import LIGHT, STOP
from knowledge.periods import school_year, school_year_name
from knowledge.places import place_shift
from knowledge.question import Question
from knowledge.screens import SCREEN, paged
from knowledge.sentences import runs, shortened, shown

GOOD = 0.54  # share of the subject that a sentence must speak of
LONELY = 0.75  # the same, where no two words of the subject stand together in the sentence
SETTLED = 0.35  # the same, where the sentence holds the hours named, or the address or number asked for
SURE = 0.75  # the same, where a deadline is asked for and only a sentence is found
NEARBY = 0.4  # the same, to be worth showing beside "the documents do not say"
SAME_FIELD = 0.3  # below this the question is not about anything on the shelf
AS_GOOD = 0.9

_NUMBER_WORD = r"một(?! số| trong)|hai|ba|bốn|sáu|bảy|tám|chín|mười"
_COUNTED = re.compile(rf"(?<![\w/.,:])(?:\d+(?:[.,]\d+)?(?![\w/:.,]*[/:h])%?|{_NUMBER_WORD})(?!\w)", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"\d{1,2}\s*h\s*\d*|\d{1,2}\s*giờ\s*\d+|\d+\s*/\s*\d+(?:\s*/\s*\d+)?"
    r"|(?:năm|tháng|ngày|thứ|số|giai đoạn|mục|điều)\s+\d+(?:\s*-\s*\d+)?"
    r"|\b20\d\d\b|^\s*\d+\s*[.\t)]",
    re.IGNORECASE,
)
_CHECKS: tuple[tuple[Ask, Callable[[str], object]], ...] = (
    (Ask.PHONE, re.compile(r"(?<!\d)(?:\+84|0)[\d. ]{8,12}\d").search),
    (Ask.EMAIL, re.compile(r"\S+@\S+").search),
    (Ask.MONEY, re.compile(r"\d[\d.,]*\s*(?:đồng|đ\b|triệu|nghìn|tỷ|vnđ)", re.IGNORECASE).search),
    (Ask.SECRET, re.compile(r"mật khẩu", re.IGNORECASE).search),
    (Ask.PENALTY, re.compile(r"phạt|kỷ luật|xử lý|khiển trách|trừ điểm|cắt thi đua", re.IGNORECASE).search),
    (
        Ask.CHANNEL,
        re.compile(
            r"@|https?://|www\.|\bqua\b|hệ thống|phần mềm|hộp thư|một cửa|trực tiếp|zalo|bản giấy|bưu|\btại\b|về",
            re.IGNORECASE,
        ).search,
    ),
    (Ask.NAME, re.compile(r"[“\"]|\btên\b").search),
    (Ask.HOUR, re.compile(r"\d{1,2}\s*(?:h|giờ|:\d\d)").search),
    (Ask.PERCENT, re.compile(r"\d\s*%").search),
    (
        Ask.WHEN,
        re.compile(
            r"\d{1,2}\s*/\s*\d|tháng|năm|tuần|quý|hàng|hằng|ngày|học kỳ|dịp|trước|sau|khi", re.IGNORECASE
        ).search,
    ),
)
_DATED = re.compile(r"\d{1,2}\s*/\s*\d|(?:tháng|ngày|năm)\s*\d|hàng|hằng|(?:đầu|cuối) năm", re.IGNORECASE)
_NAMED = re.compile(r"(?:[Ôô]ng|[Bb]à|[Cc]ô|[Tt]hầy|[Đđ]ồng chí|[Đđ]/c)\s+[A-ZĐ]")
_PERSON = re.compile(r"(?<!\w)(?:co|thay|chi|anh|ong|ba) (?!so |giao |hieu |nao |phu )([a-z]+)")
_WHO_IS = re.compile(r"(?<!\w)(?:ai la (?!nguoi)|la ai(?!\w))")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that answers."""

    hit: Hit
    passage: Passage


def fact_hits(question: Question, reach: Reach) -> list[Hit]:
    """Sentences that speak of the subject and hold what is asked for, best first."""
    hits = reach.search(question, "sentences")[:24]
    hits = [hit for hit in hits if hit.cover >= _enough(question, reach, hit) and _holds(question, hit)]
    lists = question.wants(Ask.LIST)
    hits.sort(
        key=lambda hit: (
            -hit.score - _amends(hit) - place_shift(reach, question, hit) - (_opens_list(hit) if lists else 0.0)
        )
    )
    return hits


def _amends(hit: Hit) -> float:
    """What is added to the word of a paper that changes an earlier one: it is the later word."""
    title = f" {fold(hit.volume.shelved.plan.head.title or '')} "
    return 0.15 if _AMENDING.search(title) else 0.0


def _enough(question: Question, reach: Reach, hit: Hit) -> float:
    """The share of the subject that must be spoken of; hours named in the question settle much."""
    hours = {token for token in question.tokens if _HOUR.fullmatch(token)}
    timed = bool(hours) and hours <= hit.entry.words
    reached = question.wants(Ask.CHANNEL) and bool(_CHANNEL.search(hit.entry.text))
    if timed or reached or question.wants(Ask.PHONE, Ask.EMAIL):
        return SETTLED
    telling = max(map(reach.index.weight, question.topic), default=0.0)
    return GOOD if _in_company(question, hit, telling) else LONELY


def _in_company(question: Question, hit: Hit, telling: float) -> bool:
    """Whether two neighbouring words of the subject stand side by side in the sentence or above it."""
    full = [t if w == 1.0 else "" for t, w in zip(question.tokens, question.weights, strict=True)]
    if sum(map(bool, full)) == 1:
        return telling >= 3.0  # one common syllable proves nothing
    pairs = [f"{a} {b}" for a, b in zip(full, full[1:], strict=False) if a and b]
    return not pairs or any(pair in hit.entry.pairs or pair in hit.entry.context_pairs for pair in pairs)


def _opens_list(hit: Hit) -> float:
    """What is added to a hit that opens a list, where a list is asked for."""
    passage = passage_of(hit.volume, hit.entry.passage)
    opens = passage.part in (Part.LEAD, Part.HEADING) and bool(hit.volume.children.get(passage.place))
    named = any(f" {word} " in f" {' '.join(hit.entry.tokens)} " for word in _REQUIREMENTS)
    return 0.15 * opens + 0.1 * (opens and named)


_HOUR = re.compile(r"\d{1,2}h(?:\d\d)?")
_AMENDING = re.compile(r"(?<!\w)(?:dieu chinh|bai bo|thay the|sua doi|dinh chinh)(?!\w)")
_CHANNEL = re.compile(r"@|https?://|zalo|phần mềm|hệ thống|hộp thư|một cửa", re.IGNORECASE)
_REQUIREMENTS = ("tieu chi", "dieu kien", "yeu cau", "tieu chuan", "gom", "goi y", "bao gom")


def _holds(question: Question, hit: Hit) -> bool:
    """The slot check: a question for a number, day, address … is answered only by a sentence that holds one."""
    text = hit.entry.text
    if any(question.wants(ask) and not check(text) for ask, check in _CHECKS):
        return False
    if question.wants(Ask.WHEN) and question.wants(Ask.DUE) and (hit.cover < SURE or not _DATED.search(text)):
        return False
    if question.wants(Ask.COUNT) and not question.wants(Ask.PERCENT, Ask.HOUR) and not _counts(question, hit):
        return False
    if question.wants(Ask.PHONE, Ask.EMAIL) and (person := _PERSON.search(question.said)):
        return person[1] in hit.entry.words
    return not _WHO_IS.search(question.said) or bool(_NAMED.search(text))


def _counts(question: Question, hit: Hit) -> bool:
    if question.wants(Ask.LIST):
        return True
    said = _NO_COUNT.sub(" ", hit.entry.text)
    unit = _counted_thing(question)
    listed = _is_list(hit) and (unit in hit.entry.words or hit.entry.text.count("“") >= 2)
    if unit in hit.entry.words and not listed:
        return bool(
            re.search(rf"(?:\d|mot|hai|ba|bon|sau|bay|tam|chin|muoi)\W*(?:\w+ ){{0,2}}{unit}(?!\w)", fold(said))
        )
    return bool(_COUNTED.search(said)) or listed


def _counted_thing(question: Question) -> str:
    """What is counted: "mấy trang" -> "trang"; empty where nothing follows."""
    match = re.search(r"(?<!\w)(?:may|bao nhieu) (\w+)", question.said)
    return match[1] if match and match[1] not in STOP | LIGHT else ""


def _is_list(hit: Hit) -> bool:
    return bool(hit.volume.children.get(hit.entry.passage)) or hit.entry.text.count("“") >= 2


def answer_fact(question: Question, reach: Reach, hits: list[Hit]) -> Answer | None:
    """The answer from these sentences; None where they are of a year that was not asked for."""
    hits, warning = _of_year(question, reach, hits)
    if not hits:
        return None
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
    whole = [f"– {shown(item.text)}" for item in items]
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


def no_answer(question: Question, reach: Reach) -> Answer:
    """Nothing on the shelf says it: off topic, another year, or silent, with the nearest thing that is said."""
    hits = reach.search(question, "sentences")[:12]
    if not hits or hits[0].cover < SAME_FIELD:
        return Answer(say.OFF_TOPIC, "off_topic", False)
    if question.school_year is not None and (other := _other_year(question, hits)):
        return Answer(other, "none", False)
    return _nearest(reach, hits[0], say.NOT_SAID)


def _nearest(reach: Reach, hit: Hit, told: str) -> Answer:
    """`told`, and the nearest thing that the documents do say, where it is near."""
    if hit.cover < NEARBY:
        return Answer(told, "none", False)
    passage = passage_of(hit.volume, hit.entry.passage)
    quote = say.quote(shortened(shown(hit.entry.text), 200))
    citation = cite(reach.index, hit.volume, passage, hit.entry.text)
    return paged([told, say.NEAREST, quote], [], [citation], [], "none", found=False)


def no_deadline(question: Question, reach: Reach) -> Answer:
    """No document in reach gives a deadline for what is asked."""
    found = no_answer(question, reach)
    return replace(found, text=found.text.replace(say.NOT_SAID, say.NO_DEADLINE))


def _other_year(question: Question, hits: list[Hit]) -> str:
    assert question.school_year is not None
    years = sorted({h.volume.year for h in hits if h.cover >= GOOD and h.volume.year is not None})
    if not years or question.school_year in years:
        return ""
    return say.wrong_year(school_year_name(question.school_year), ", ".join(map(school_year_name, years)))


def spoken_of(question: Question, text: str) -> bool:
    """Whether every topic word stands in this text (for tests and tools)."""
    words = set(fold(text).split())
    return all(token in words for token in question.topic)

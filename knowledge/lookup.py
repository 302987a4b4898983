"""Questions about papers: which, what number, what day, by whom, on what basis, to whom."""

import re

from core.answer import Answer, Citation
from core.people import Level
from core.texts import answers as say
from core.work import Part
from knowledge.asks import Ask
from knowledge.cite import cite, head_passage, holding, passage_of
from knowledge.due import Reach
from knowledge.index import Hit, SheetName
from knowledge.question import Question
from knowledge.screens import paged
from knowledge.sentences import shown
from knowledge.volume import Volume

_PAPER_WORD = re.compile(
    r"(?<!\w)(?:cong van|ke hoach|thong tu|quyet dinh|nghi quyet|nghi dinh|chi thi|van ban|huong dan|ket luan)(?!\w)"
)
_ISSUED = re.compile(r"(?<!\w)(?:ban hanh|ra (?:ngay|khi|thang)|ky (?:ngay|khi)|ngay ky|de ngay|ra doi)(?!\w)")
_CODE = re.compile(r"(?<![\w/,.])\d{2,5}(?![\w%/,.-]| ?%)")
_NO_SO = r"(?! (?:lieu|luong|may|bao|hieu|cong|van|ke|quyet|\d))"  # "so lieu" is no Sở
_ISSUER = tuple(
    (level, re.compile(rf"(?<!\w){words}(?!\w)"))
    for level, words in (
        (Level.DEPARTMENT, rf"(?:cua )?so(?: giao duc)?{_NO_SO}"),
        (Level.MINISTRY, r"(?:cua |do )?(?:bo(?! (?:tieu|tai|phan|may|sung))|chinh phu|thu tuong)"),
        (Level.DISTRICT, r"cua phong(?! (?:tranh|chong|chay))"),
        (Level.COMMUNE, r"cua (?:xa|phuong)"),
        (Level.OTHER, r"uy ban"),
    )
)
GOOD = 0.5  # share of the subject that a clause naming a paper must speak of
OWN = 0.4  # the same for a document on the shelf, of which there are few


def is_lookup(question: Question) -> bool:
    """Whether a paper itself is asked about."""
    said = question.said
    if question.wants(Ask.SIGNER, Ask.BASIS):
        return True
    if not _PAPER_WORD.search(said):
        return False
    return bool(
        question.wants(Ask.NUMBER, Ask.PAPER, Ask.ADDRESSEE)
        or _ISSUED.search(said)
        or _codes(question)
        and not question.wants(Ask.DUE)
        or not question.asks - {Ask.YES_NO}
    )


def answer_lookup(question: Question, reach: Reach) -> Answer | None:
    """The answer about a paper on the shelf or one that a document names; None where none is meant."""
    level = _asked_level(question)
    covers = _ranked(question, reach, "cover", level)
    if question.wants(Ask.SIGNER):
        return _signed(reach, covers)
    if question.wants(Ask.BASIS):
        return _basis(reach, covers)
    if question.wants(Ask.ADDRESSEE):
        return _addressed(reach, covers)
    papers = _named(question, _ranked(question, reach, "papers", level))
    if not question.wants(Ask.NUMBER) and papers and not _codes(question) and _said_better(question, reach, papers[0]):
        return None
    best_cover = covers[0].score if covers else 0.0
    if papers and (papers[0].score >= best_cover or _codes(question)):
        return _clauses(reach, papers)
    if (
        covers
        and covers[0].cover >= OWN
        and (question.wants(Ask.NUMBER) or _ISSUED.search(question.said) and question.wants(Ask.WHEN))
    ):
        return _about_itself(question, reach, covers[0].volume)
    return _clauses(reach, papers) if papers else None


def _said_better(question: Question, reach: Reach, paper: Hit) -> bool:
    """Whether a sentence speaks of the subject so much better that no paper is meant."""
    best = reach.search(question, "sentences")[:1]
    return bool(best) and best[0].cover >= paper.cover + 0.2


def _asked_level(question: Question) -> Level | None:
    return next((level for level, pattern in _ISSUER if pattern.search(question.said)), None)


def _ranked(question: Question, reach: Reach, sheet: SheetName, level: Level | None) -> list[Hit]:
    """Hits, those of the asked issuer raised, others lowered."""
    found = reach.search(question, sheet)[:12]
    hits = []
    for hit in found:
        mine = hit.entry.paper.level if hit.entry.paper else hit.volume.shelved.plan.head.level
        shift = 0.0 if level is None or mine is None else 0.25 if mine is level else -0.35
        hits.append(Hit(hit.volume, hit.entry, hit.score + shift, hit.cover))
    return sorted(hits, key=lambda hit: -hit.score)


def _named(question: Question, hits: list[Hit]) -> list[Hit]:
    """The paper with the asked number where one is; else the well covered, the best and its equals."""
    codes = _codes(question)
    numbered = [hit for hit in hits if hit.entry.paper and codes & set(re.findall(r"[1-9]\d*", hit.entry.paper.number))]
    if codes:
        return numbered[:1]
    good = [hit for hit in hits if hit.cover >= GOOD]
    return [hit for hit in good if hit.score >= 0.93 * good[0].score][:3]


def _codes(question: Question) -> set[str]:
    """The numbers of papers in the question, without leading zeros; years are none."""
    return {str(int(code)) for code in _CODE.findall(question.said) if not code.startswith("20")}


def _clauses(reach: Reach, hits: list[Hit]) -> Answer:
    citations: list[Citation] = []
    lines: list[str] = []
    for hit in hits:
        citation = cite(reach.index, hit.volume, passage_of(hit.volume, hit.entry.passage), hit.entry.text)
        if shown(hit.entry.text) not in lines:
            lines.append(shown(hit.entry.text))
            citations.append(citation)
    return paged([say.quote(line) for line in lines], [], citations, [], "document")


def _about_itself(question: Question, reach: Reach, volume: Volume) -> Answer:
    """The number or the day of a document on the shelf; blanks are said to be blank."""
    head = volume.shelved.plan.head
    lines: list[str] = []
    citations: list[Citation] = []
    number = head.number_as_written or ""
    if question.wants(Ask.NUMBER) or not _ISSUED.search(question.said):
        lines.append(say.paper_number(head.number) if head.number else say.no_number(shown(number)))
        citations.append(_quoted(reach, volume, number))
    if not question.wants(Ask.NUMBER) or head.date_as_written:
        written = head.date_as_written or ""
        if written:
            lines.append(say.paper_day(shown(written)))
            citations.append(_quoted(reach, volume, written))
        if not head.date and head.date_month:
            lines.append(say.paper_month(head.date_month))
    return paged(lines, [], citations, [], "document")


def _quoted(reach: Reach, volume: Volume, run: str) -> Citation:
    passage = holding(volume, run) if run else head_passage(volume)
    return cite(reach.index, volume, passage, run if run and run in passage.text else passage.text)


def _signed(reach: Reach, covers: list[Hit]) -> Answer:
    for hit in covers:
        head = hit.volume.shelved.plan.head
        if head.signer:
            citation = _quoted(reach, hit.volume, head.signer)
            return paged([say.signer(head.signer, head.signer_title or "")], [], [citation], [], "document")
        break
    return Answer(say.NO_SIGNER, "none", False)


def _basis(reach: Reach, covers: list[Hit]) -> Answer | None:
    """What the document rests on: every paper named in its opening."""
    volume = covers[0].volume if covers else reach.volumes[0]
    basis = {p.place for p in volume.shelved.plan.passages if p.part is Part.BASIS}
    found = [e for e in volume.papers.entries if e.passage in basis]
    if not found:
        return None
    citations = [cite(reach.index, volume, passage_of(volume, e.passage), e.text) for e in found]
    lines = [say.counted(len(found)), *(say.plain_item(i, shown(e.text)) for i, e in enumerate(found, 1))]
    return paged(lines, [], citations, [], "document")


def _addressed(reach: Reach, covers: list[Hit]) -> Answer | None:
    for hit in covers[:1]:
        names = hit.volume.shelved.plan.head.addressees
        if names:
            return paged([say.addressees(names)], [], [_quoted(reach, hit.volume, names[0])], [], "document")
    return None

"""Two documents that answer the same question differently: ask back, with both readings."""

from core.answer import Answer
from core.message import Choice
from core.texts import answers as say
from knowledge.asks import Ask
from knowledge.cite import cite, passage_of, sources
from knowledge.due import Reach
from knowledge.index import Hit
from knowledge.question import Question
from knowledge.sentences import shortened, shown
from knowledge.volume import Volume, tokens_of

ENOUGH = 0.62  # share of the subject that both must speak of


def rival_readings(question: Question, hits: list[Hit]) -> list[Hit]:
    """The best sentence of each of two documents, where the question does not tell which is meant; else nothing.

    Only numbers are asked back about: two quotas of two programmes must not be taken for one another.
    """
    if not question.wants(Ask.COUNT) or question.wants(Ask.PERCENT, Ask.HOUR):
        return []
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(hit.volume.shelved.id, hit)
    rivals = [hit for hit in best.values() if hit.cover >= ENOUGH and hit.volume.year == hits[0].volume.year][:2]
    if len(rivals) < 2 or _named(question, rivals):
        return []
    return rivals


def paper_name(volume: Volume) -> str:
    """The document's title, or its file's name where it has none."""
    return volume.shelved.plan.head.title or volume.shelved.plan.source_file


def within(question: str, paper: str) -> str:
    """The same question, asked of one document; `asked_within` reads it."""
    return f"{question} trong “{paper}”"


def asked_within(question: str, reach: Reach) -> tuple[str, Reach]:
    """The question and where to look: in the document that it names at its end, if it names one in reach."""
    bare, _, paper = question.removesuffix("”").partition(" trong “")
    named = tuple(volume for volume in reach.volumes if paper and paper_name(volume) == paper)
    return (bare, Reach(reach.index, reach.asker, reach.now, named)) if named else (question, reach)


def _named(question: Question, rivals: list[Hit]) -> bool:
    """Whether two neighbouring words of the question stand in one document's title and not in the other's."""
    first, second = (f" {' '.join(tokens_of(hit.volume.shelved.plan.head.title or ''))} " for hit in rivals)
    pairs = [f" {a} {b} " for a, b in zip(question.tokens, question.tokens[1:], strict=False)]
    return any((pair in first) != (pair in second) for pair in pairs)


def which(question: Question, reach: Reach, rivals: list[Hit]) -> Answer:
    """Both readings, and the question which is meant; picking one asks anew of that document alone."""
    citations = [cite(reach.index, h.volume, passage_of(h.volume, h.entry.passage), h.entry.text) for h in rivals]
    papers = [paper_name(h.volume) for h in rivals]
    titles = [shortened(name, 60) for name in papers]
    told = [
        say.plain_item(i, say.reading(title, shown(hit.entry.text)))
        for i, (title, hit) in enumerate(zip(titles, rivals, strict=True), 1)
    ]
    choices = tuple(
        Choice(shortened(f"{i}. {title}", 40), within(question.text, name))
        for i, (title, name) in enumerate(zip(titles, papers, strict=True), 1)
    )
    text = "\n".join([say.WHICH, *told, sources(citations)])
    return Answer(text, "unclear", True, tuple(citations), choices=choices)

"""Naming a document and a place in it; every quote is a literal run."""

from collections.abc import Sequence

from core.answer import Citation
from core.texts import answers as say
from core.work import Obligation, Part, Passage
from knowledge.index import Index
from knowledge.sentences import shortened, shown
from knowledge.volume import Volume


def label(index: Index, volume: Volume) -> str:
    """How the document is called: type, number, short title, issuer, date."""
    head = volume.shelved.plan.head
    unit = index.tree.get(volume.unit)
    name = " ".join(filter(None, (head.doc_type, head.number)))
    title = shortened(head.title or volume.shelved.plan.source_file, 90)
    written = f"{head.date:%d/%m/%Y}" if head.date else (head.date_month or "")
    if not head.date and written:
        written = f"{written[5:7]}/{written[:4]}"
    issuer = ", ".join(filter(None, (unit.name if unit else "", written)))
    return f"{name} {title}".strip() + (f" ({issuer})" if issuer else "")


def cite(index: Index, volume: Volume, passage: Passage, quote: str) -> Citation:
    """The citation of a literal run of this passage."""
    return Citation(
        document_id=volume.shelved.id,
        document=label(index, volume),
        source_file=volume.shelved.plan.source_file,
        section=passage.section,
        row=passage.row,
        quote=quote,
        passage=passage.place,
        line=passage.line,
    )


def passage_of(volume: Volume, place: int) -> Passage:
    """The passage at this place of the document."""
    return volume.shelved.plan.passages[place]


def cite_paper(index: Index, volume: Volume) -> Citation:
    """The citation of a document as a whole: the words of its title, or its first passage."""
    passages = volume.shelved.plan.passages
    opening = (volume.shelved.plan.head.title or "")[:25]
    passage = next((p for p in passages if opening and opening in p.text), head_passage(volume))
    return cite(index, volume, passage, passage.text.strip())


def cite_task(index: Index, volume: Volume, task: Obligation) -> Citation:
    """The citation of a task: the clause that holds its date, or its own words."""
    return cite(index, volume, passage_of(volume, task.passage), task.snippet)


def head_passage(volume: Volume) -> Passage:
    """The first passage of the head; the first of all where none is marked."""
    passages = volume.shelved.plan.passages
    return next((p for p in passages if p.part is Part.HEAD), passages[0])


def holding(volume: Volume, run: str) -> Passage:
    """The first passage that holds this literal run; the head's where none does."""
    return next((p for p in volume.shelved.plan.passages if run in p.text), head_passage(volume))


def sources(citations: Sequence[Citation]) -> str:
    """The lines that name the sources, one a document, with the places in it; rows of one month together."""
    places: dict[str, dict[str, list[str]]] = {}
    for citation in citations:
        block, _, row = citation.row.rpartition("/")
        where = say.block(block) if block else say.place(citation.section, citation.row)
        rows = places.setdefault(citation.document, {}).setdefault(where, [])
        if block and row not in rows:
            rows.append(row)
    return "\n".join(
        say.source(document, _some([say.rows_of(where, rows) for where, rows in found.items() if where]))
        for document, found in places.items()
    )


def _some(found: list[str], limit: int = 4) -> str:
    return "; ".join(found[:limit]) + ("…" if len(found) > limit else "")


def task_words(task: Obligation) -> str:
    """The task as a person reads it."""
    if len(task.task) < 30 and task.task[:12] in task.snippet:
        return shortened(shown(task.snippet), 200)  # a task so short was cut off at its number
    about, _, clause = shown(task.task).replace(".:", ":").rstrip(" .;:(").rpartition(": ")
    if not about:
        return shortened(clause, 200)
    return f"{shortened(about, 130)}: {clause}"

"""The contents of a dossier as a Word file, with the heading lines of an official paper."""

from core.dossier import Dossier, Item
from core.texts import dossier as texts
from core.texts import dossier_criteria as by_texts
from core.texts.files import size
from evidence.paper import heading, line, new_paper, packed, table

_WIDTHS = (16, 103, 26, 32, 80)  # mm


def contents_docx(dossier: Dossier) -> bytes:
    """The file."""
    paper = new_paper(texts.TITLE, dossier.unit, landscape=True)
    heading(paper, dossier.office, dossier.unit)
    line(paper, texts.HEADING, bold=True, centred=True)
    line(paper, ", ".join(filter(None, (texts.part(dossier), texts.as_of(dossier)))), italic=True, centred=True)
    line(paper, f"{texts.complete(dossier.given, dossier.due, dossier.by)}.", centred=True)
    if own := texts.own_total(dossier):
        line(paper, f"{own}.", centred=True)
    names, as_printed = (by_texts.PRINTED_COLUMNS, _by_criteria) if dossier.by else (texts.PRINTED_COLUMNS, _texts)
    for programme in dossier.programmes:
        heading_ = programme.name if dossier.by else f"{programme.number}. {programme.name}"
        if heading_:
            line(paper, heading_, bold=True)
        line(paper, texts.complete(programme.given, programme.due, dossier.by), italic=True)
        table(paper, _WIDTHS, names, map(as_printed, programme.items))
    return packed(paper)


def _by_criteria(item: Item) -> tuple[str, ...]:
    return item.mark, item.title, texts.own_score(item), texts.standing(item), "\n".join(_proofs(item))


def _texts(item: Item) -> tuple[str, ...]:
    return f"{item.number}", item.title, texts.due(item), texts.standing(item), "\n".join(_proofs(item))


def _proofs(item: Item) -> list[str]:
    said = []
    for proof in item.proofs:
        files = [f"{one.file.name or texts.FILE} ({size(one.file.size)})" for one in proof.exhibits]
        files += [f"{one.name or texts.FILE} ({texts.withheld(one)})" for one in proof.withheld]
        said.append(texts.served_for(proof) + "".join(f"\n– {file}" for file in files))
    return said

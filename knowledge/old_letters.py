"""A document written for the fonts of before Unicode, by its letters -> the same in Unicode, and a note."""

from dataclasses import replace

from core.texts import reading as texts
from knowledge.blocks import Block, Paragraph, Source
from knowledge.old_fonts import Old, fits_better, modern, recognised

_SOFT = "\u00ad"


def in_unicode(source: Source) -> Source:
    """The document; as it was where its letters are Unicode already."""
    old = recognised(block.text for block in source.blocks)
    blocks, again = (
        tuple(_plain(_changed(block, old) if old else block) for block in some)
        for some in (source.blocks, source.again)
    )
    notes = (texts.old_letters(source.name, old.value),) if old else ()
    return replace(source, blocks=blocks, again=again, notes=(*source.notes, *notes))


def _plain(block: Block) -> Block:
    """Without hyphens that only show where a line breaks."""
    if _SOFT not in block.text:
        return block
    text = block.text.replace(_SOFT, "")
    if isinstance(block, Paragraph):
        return replace(block, text=text)
    return replace(block, cells=tuple(cell.replace(_SOFT, "") for cell in block.cells), text=text)


def _changed(block: Block, old: Old) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_better(block.text, old))
    cells, text, at = [], "", 0
    for start, cell in zip(block.starts(), block.cells, strict=True):  # every cell stays a run of the row's text
        cells.append(_better(cell, old))
        text += block.text[at:start] + cells[-1]
        at = start + len(cell)
    return replace(block, cells=tuple(cells), text=text + block.text[at:])


def _better(text: str, old: Old) -> str:
    changed = modern(text, old)
    return changed if fits_better(text, changed) else text

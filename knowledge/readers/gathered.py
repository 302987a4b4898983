"""Several files in one, a letter or an archive -> one document; each block says in which file it stands."""

from dataclasses import dataclass, field, replace

from core.errors import BadInput
from core.work import Spot
from knowledge.blocks import Block, Row, Source


@dataclass(slots=True)
class Gathered:
    """Takes in file after file; lines and tables are counted on."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    again: list[Block] = field(default_factory=list)
    doubtful: bool = False
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # what was said of files that could not be read
    line: int = 0
    table: int = 0

    def add(self, source: Source, file: str = "") -> None:
        """`file`: its name inside; "": what stands outside of any."""
        moved = [_moved(block, self.line, self.table, file) for block in source.blocks]
        self.again += [_moved(block, self.line, self.table, file) for block in source.again] or moved
        self.doubtful |= bool(source.again)
        self.blocks += moved
        self.table = max([self.table, *(block.table for block in moved if isinstance(block, Row))])
        self.line = max([self.line, *(block.line + block.text.count("\n") + 1 for block in moved)])
        self.notes += source.notes

    def source(self) -> Source:
        """The whole; the notes of what was left out come last."""
        again = tuple(self.again) if self.doubtful else ()
        return Source(self.name, tuple(self.blocks), (*self.notes, *self.refused), again)

    def refuse(self, bad: BadInput) -> None:
        """One file inside cannot be read; the others are."""
        self.refused.append(bad.text)


def _moved(block: Block, lines: int, tables: int, file: str) -> Block:
    """The block below so many lines and tables."""
    spot = replace(block.spot or Spot(), file=file) if file else block.spot
    moved: Block = replace(block, line=block.line + lines, spot=spot)
    return replace(moved, table=moved.table + tables) if isinstance(moved, Row) else moved

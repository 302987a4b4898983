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
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # what was said of files that could not be read
    line: int = 0
    table: int = 0

    def add(self, source: Source, file: str = "") -> None:
        """`file`: its name inside; "": what stands outside of any."""
        last, tables = self.line, self.table
        for block in source.blocks:
            spot = replace(block.spot or Spot(), file=file) if file else block.spot
            moved: Block = replace(block, line=block.line + last, spot=spot)
            if isinstance(moved, Row):
                moved = replace(moved, table=moved.table + tables)
                self.table = max(self.table, moved.table)
            self.line = max(self.line, moved.line + moved.text.count("\n") + 1)
            self.blocks.append(moved)
        self.notes += source.notes

    def source(self) -> Source:
        """The whole; the notes of what was left out come last."""
        return Source(self.name, tuple(self.blocks), (*self.notes, *self.refused))

    def refuse(self, bad: BadInput) -> None:
        """One file inside cannot be read; the others are."""
        self.refused.append(bad.text)

"""Holds the current index; swapped whole when units or documents change."""

from core.people import UnitTree
from knowledge.index import Index
from knowledge.workdays import Workdays

NEVER = -1  # no revision has been loaded


class Shelf:
    """One per process. Who asks during a swap goes on with the index it got."""

    def __init__(self, workdays: Workdays | None = None) -> None:
        self.workdays = workdays or Workdays()
        self._index = Index.of((), UnitTree.of(()), self.workdays)
        self.revision = NEVER

    def current(self) -> Index:
        """The newest index."""
        return self._index

    def count_by(self, workdays: Workdays) -> None:
        """From the next index on deadlines are counted by this calendar; it is to be built at once."""
        self.workdays, self.revision = workdays, NEVER

    def put(self, index: Index, revision: int) -> None:
        """Swap; `revision` is what the index was made from."""
        self._index, self.revision = index, revision

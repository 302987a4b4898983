"""What every module that reads a kind of file offers as `read`."""

from typing import Protocol

from knowledge.blocks import Source


class Reader(Protocol):
    """Fills the document model. Raises BadInput, with what to do, for what cannot be read."""

    def __call__(self, name: str, data: bytes, /) -> Source: ...

"""What an office has put into the store of shared material."""

from dataclasses import dataclass
from datetime import datetime

from core.message import StoredFile


@dataclass(frozen=True, slots=True)
class Material:
    """An accepted submission in the store of `office`; `files`: what the office put in, as far as it is still shown.

    `typed`: the office's own title; empty: the task's. `unit` and `office` are codes.
    """

    submission: int
    code: str
    unit: str
    office: str
    typed: str
    task: str
    put_at: datetime
    files: tuple[StoredFile, ...]

    @property
    def title(self) -> str:
        return self.typed or self.task

"""The files of a notice: fetched like all that people send, and sent on as others are shown them."""

from collections.abc import Sequence

from core.message import StoredFile
from records.session import Session


async def stored(session: Session, files: Sequence[int]) -> list[StoredFile]:
    """Those that are kept, in their order."""
    return []

"""What goes wrong while a hostile file is read, as a value."""

from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from core.media import Looked, Trouble


class Bad(Exception):
    """The file is not to be read further."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def guarded(known: Looked, work: Callable[[], Looked]) -> Looked:
    """What `work` finds; where it fails, what is known so far and the trouble."""
    try:
        return work()
    except Bad as bad:
        return replace(known, trouble=bad.trouble)
    except (MemoryError, RecursionError, Image.DecompressionBombError):
        return replace(known, trouble="bomb")
    except Exception:  # bytes made to harm make a reader raise whatever they like
        return replace(known, trouble="broken")

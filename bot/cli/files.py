"""Files named on the command line: read and written, their faults in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import BadInput
from core.texts import commands as texts


@contextmanager
def named(path: Path) -> Iterator[None]:
    """What goes wrong with the file is said with its name. Raises BadInput."""
    try:
        yield
    except FileNotFoundError:
        raise BadInput(texts.no_file(str(path))) from None
    except IsADirectoryError:
        raise BadInput(texts.is_folder(str(path))) from None
    except PermissionError:
        raise BadInput(texts.not_allowed(str(path))) from None
    except OSError as error:
        raise BadInput(texts.file_trouble(str(path), error.strerror or type(error).__name__)) from None


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises BadInput."""
    with named(path):
        return path.read_bytes()

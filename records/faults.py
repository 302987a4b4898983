"""What goes wrong with a database that a person can mend: unreachable, no right, full, damaged."""

from alembic.util import CommandError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, TimeoutError

_BUGS = (DataError, IntegrityError, ProgrammingError)


def can_be_mended(fault: Exception) -> bool:
    """Whether the database's owner can do something about it; else it is a bug, or no fault of the database."""
    return isinstance(fault, DBAPIError | TimeoutError | CommandError) and not isinstance(fault, _BUGS)

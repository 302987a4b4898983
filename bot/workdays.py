"""The table of working days, as the settings name it: whatever is wrong with it, the service goes on without that."""

from dataclasses import dataclass, field

import structlog

from bot.settings import Settings
from core.csv_lines import decode
from core.errors import BadInput
from core.texts import workdays as texts
from knowledge.workday_table import Table, read_table
from knowledge.workdays import Workdays

_log = structlog.get_logger()
_Mark = tuple[int, int]  # by which a change of the file is seen: when it was written, in ns, and its size in bytes


@dataclass(frozen=True, slots=True)
class Read:
    """The calendar, and in one line what is wrong with the table; empty: nothing. `whole` False: none could be read."""

    workdays: Workdays = field(default_factory=Workdays)
    fault: str = ""
    whole: bool = True


def read_workdays(settings: Settings) -> Read:
    """Never raises: a deadline is reminded of even while the table is wrong."""
    path = settings.workdays_file
    if path is None:
        return Read()
    try:
        table: Table = read_table(decode(path.read_bytes()))
    except FileNotFoundError:
        return Read(fault=texts.no_file(str(path)), whole=False)
    except OSError:
        return Read(fault=texts.unreadable(str(path)), whole=False)
    except BadInput as bad:
        return Read(fault=texts.no_form(str(path), bad.text), whole=False)
    return Read(Workdays(table.moved), texts.faulty(str(path), table.faults) if table.faults else "")


class Watched:
    """The table as it was read at the start, `first`, and whenever the file has changed since."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._mark = _mark(settings)
        self.first = read_workdays(settings)

    def look(self) -> Workdays | None:
        """The calendar, where the file has changed and can be read; None: what was read before stays."""
        mark = _mark(self._settings)
        if mark == self._mark:
            return None
        self._mark = mark
        read = read_workdays(self._settings)
        if read.fault:
            _log.warning("workdays.faulty", fault=read.fault)
        if not read.whole:
            return None
        _log.info("workdays.read", days=len(read.workdays.moved))
        return read.workdays


def _mark(settings: Settings) -> _Mark | None:
    """None: there is no such file."""
    try:
        found = settings.workdays_file.stat() if settings.workdays_file else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found else None

"""The table of working days, as the settings name it: whatever is wrong with it, the service starts without that."""

from dataclasses import dataclass, field

from bot.settings import Settings
from core.csv_lines import decode
from core.errors import BadInput
from core.texts import workdays as texts
from knowledge.workday_table import Table, read_table
from knowledge.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Read:
    """The calendar, and in one line what is wrong with the table; empty: nothing."""

    workdays: Workdays = field(default_factory=Workdays)
    fault: str = ""


def read_workdays(settings: Settings) -> Read:
    """Never raises: a deadline is reminded of even while the table is wrong."""
    path = settings.workdays_file
    if path is None:
        return Read()
    try:
        table: Table = read_table(decode(path.read_bytes()))
    except FileNotFoundError:
        return Read(fault=texts.no_file(str(path)))
    except OSError:
        return Read(fault=texts.unreadable(str(path)))
    except BadInput as bad:
        return Read(fault=texts.no_form(str(path), bad.text))
    return Read(Workdays(table.moved), texts.faulty(str(path), table.faults) if table.faults else "")

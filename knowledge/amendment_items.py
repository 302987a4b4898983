"""Where in its paper an obligation stands, as others name it: "mục 7 phần III"."""

from core.work import Obligation
from knowledge.fold import fold


def at_item(item: str, task: Obligation) -> bool:
    """Whether the task stands at this item ("7", "iii.7") of its paper, or below it: by its section or its row."""
    wanted = item.split(".")
    section = [part for part in fold(task.section).split(".") if part]
    row = [part for part in fold(task.row).split("/") if part]
    if wanted == row[-1:]:
        return True
    return any(section[i : i + len(wanted)] == wanted for i in range(len(section)))

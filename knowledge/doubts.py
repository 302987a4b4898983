"""What a person should look at before trusting a reading; only where there is a reason."""

from collections.abc import Sequence

from core.work import Doubt
from knowledge.setting import Found


def doubts_of(found: Sequence[Found]) -> tuple[Doubt, ...]:
    """Days that do not exist, years that contradict the paper, weekdays that do not match; each said once."""
    seen: dict[tuple[int, str], Doubt] = {}
    for one in found:
        if one.when and one.when.doubt:
            doubt = Doubt(one.task.line, one.when.doubt)
            seen[doubt.line, doubt.message] = doubt
    return tuple(seen.values())

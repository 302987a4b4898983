"""The names in a unit's name as they are said in a question: "vinh bao", "hai phong"."""

from functools import lru_cache

from core.people import Unit
from knowledge.unit_names import proper_name


@lru_cache(maxsize=4096)
def proper_names(unit: Unit) -> tuple[str, ...]:
    """The names without the words of their kind, folded, its own first; a ministry has none."""
    return tuple(filter(None, map(proper_name, unit.name.split(","))))

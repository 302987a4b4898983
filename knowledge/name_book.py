"""The names of all units, folded once: who is called so is looked up, however many there are."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from core.people import Unit, UnitTree
from knowledge.unit_names import canonical, folded, proper_name
from knowledge.unit_words import proper_names

NEAR = 85.0  # of 100 (rapidfuzz's ratio): one letter of eight
_LOOKED_AT = 50  # of the nearest names, those of units that may be meant are kept

Names = dict[str, tuple[str, ...]]  # the codes of the units that are called so


@dataclass(frozen=True)
class NameBook:
    """Of a tree that does not change. The names are folded when the first is looked up, or when `prepare` is called."""

    tree: UnitTree

    def prepare(self) -> int:
        """What takes its time, done now; how many names there are."""
        return len(self._codes) + len(self._spelled)

    def called(self, name: str, among: Collection[str]) -> Sequence[Unit]:
        """The units among these codes that are called so: by code, else by name or alias, else by the proper name."""
        code = self._codes.get(name.strip().casefold())
        if code is not None and code in among:
            return [self.tree.units[code]]
        spelled = folded(name), canonical(name), proper_name(name) or folded(name)
        for said, names in zip(spelled, self._layers, strict=True):
            if found := [self.tree.units[code] for code in names.get(said, ()) if code in among]:
                return found
        return []

    def near(self, name: str, among: Collection[str], limit: int = 3) -> Sequence[Unit]:
        """Those that are called almost so, the nearest first; nobody is taken for meant by that."""
        wanted = proper_name(name) or folded(name)
        hits = process.extract(wanted, self._spelled, scorer=fuzz.ratio, score_cutoff=NEAR, limit=_LOOKED_AT)
        codes = dict.fromkeys(code for said, _, _ in hits for code in self._layers[2][said] if code in among)
        return [self.tree.units[code] for code in codes][:limit]

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {code.casefold(): code for code in self.tree.units}

    @cached_property
    def _layers(self) -> tuple[Names, Names, Names]:
        """By the name as it is written, with its short forms made one, and without the words of its kind."""
        return self._by(folded), self._by(canonical), _grouped(self._proper())

    @cached_property
    def _spelled(self) -> list[str]:
        return [*self._layers[2]]

    def _by(self, key: Callable[[str], str]) -> Names:
        units = self.tree.units.values()
        return _grouped((key(name), unit.code) for unit in units for name in (unit.name, *unit.aliases))

    def _proper(self) -> Iterator[tuple[str, str]]:
        for unit in self.tree.units.values():
            yield from ((name, unit.code) for name in proper_names(unit)[:1])


def _grouped(pairs: Iterable[tuple[str, str]]) -> Names:
    found: dict[str, dict[str, None]] = {}
    for name, code in pairs:
        found.setdefault(name, {})[code] = None
    return {name: tuple(sorted(codes)) for name, codes in found.items()}

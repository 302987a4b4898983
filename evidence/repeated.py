"""What was handed in before, by the same unit or by another: told to who gives it and to who decides on it."""

from collections.abc import Sequence
from itertools import groupby

from core.evidence import Submission
from core.texts import evidence as texts
from evidence.desk import Desk
from records import facts
from records.facts import Repeat


async def to_giver(desk: Desk, submission: Submission) -> list[str]:
    """A sentence for each earlier submission of the own unit; of others it is only told that there are."""
    found = await _repeats(desk, submission, within=submission.giver.unit)
    own = [one for one in found if one.unit == submission.giver.unit]
    others = [one for one in found if one.unit != submission.giver.unit]
    said = [
        texts.again_of_own(len(ones), code, ones[0].title, ones[0].at, exact=exact)
        for (code, exact), ones in _grouped(own)
    ]
    return [*said, *([texts.again_of_others(len(others), exact=all(one.exact for one in others))] if others else [])]


async def to_office(desk: Desk, submission: Submission) -> list[str]:
    """A sentence for each, with the unit's name."""
    return [
        texts.again_for_office(len(ones), desk.short_name(ones[0].unit), code, ones[0].at, exact=exact)
        for (code, exact), ones in _grouped(await _repeats(desk, submission, within=None))
    ]


async def _repeats(desk: Desk, submission: Submission, within: str | None) -> Sequence[Repeat]:
    """Among the units of the same office; `within`: of which also what its principal has not let go yet."""
    unit = submission.giver.unit
    if unit is None:
        return ()
    office = desk.above(unit)
    units = {unit, *(desk.below(office.code) if office else ())}
    return await facts.repeats(desk.session, submission.id, sorted(units), within)


def _grouped(found: Sequence[Repeat]) -> list[tuple[tuple[str, bool], list[Repeat]]]:
    def key(one: Repeat) -> tuple[str, bool]:
        return one.code, one.exact

    return [(code, list(ones)) for code, ones in groupby(sorted(found, key=key), key)]

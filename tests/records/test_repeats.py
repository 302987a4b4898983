"""What was handed in before is found along indices, and is what a comparison with every picture would find."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from core.evidence import DONE, Giver, State
from core.media import NEAR, Looked, bands, near, near_bands
from core.message import Address
from core.people import Level, Unit
from records import facts, submissions
from records.evidence_tables import SubmissionRow
from records.facts import Repeat
from records.file_tables import FileRow, ReceivedRow
from records.session import Begin, Session
from records.submissions import Part
from records.units import import_units
from tests.fakes.clock import START

UNITS = ("A", "B", "C")
OF_OFFICE = ("A", "B")
ALIKE = 3  # looks that the pictures have, each with some bits changed


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=NEAR))
def test_of_two_near_pictures_one_has_the_others_band_or_a_neighbour_of_it(picture: int, changed: set[int]) -> None:
    other = f"{picture ^ sum(1 << bit for bit in changed):016x}"
    its = bands(other)
    assert its is not None
    assert near(f"{picture:016x}", other)
    assert any(value in values for value, values in zip(its, near_bands(f"{picture:016x}"), strict=True))


@dataclass(frozen=True)
class _Given:
    """A submission as it was made up."""

    id: int
    code: str
    unit: str
    state: State
    files: tuple[tuple[str, str, str], ...]  # name, SHA-256, hash


@pytest.mark.parametrize("seed", range(4))
async def test_the_same_is_found_as_by_comparing_all(begin: Begin, seed: int) -> None:
    rng = random.Random(seed)
    looks = [rng.getrandbits(64) for _ in range(ALIKE)]
    async with begin() as session:
        made = await _district(session, rng, looks)
        found = 0
        for one in made:
            for within in (None, one.unit):
                there = await facts.repeats(session, one.id, OF_OFFICE, within)
                assert there == _compared(one, made, within)
                found += len(there)
        assert found > 50


async def test_pictures_are_looked_up_by_their_bands(begin: Begin, engine: AsyncEngine) -> None:
    rng = random.Random(5)
    async with begin() as session:
        [one, *_] = await _district(session, rng, [rng.getrandbits(64)])
        many = [f"{number:064d}" for number in range(5_000)]
        await _files(session, [(sha256, f"{rng.getrandbits(64):016x}") for sha256 in many])
        template = {"platform": "fake", "chat": "1", "sender": "1", "unit": "A", "state": "stored"}
        rows = [{**template, "key": sha256, "sha256": sha256, "submission_id": one.id} for sha256 in many]
        await session.execute(insert(ReceivedRow), [{**row, "received_at": START, "ready_at": START} for row in rows])
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ANALYZE")
    asked: list[tuple[str, Any]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        asked.append((statement, parameters))

    async with begin() as session:
        last = await _gives(session, rng, "A", State.SUBMITTED, [rng.getrandbits(64) for _ in range(3)])
        event.listen(engine.sync_engine, "before_cursor_execute", listen)
        await facts.repeats(session, last.id, OF_OFFICE, None)
        event.remove(engine.sync_engine, "before_cursor_execute", listen)
    plans = [await _plan(engine, *one) for one in asked]
    by_band = "\n".join(next(plan for plan in plans if any("ix_file_facts_band" in step for step in plan)))
    assert all(f"ix_file_facts_band{number}" in by_band for number in range(1, 6)), by_band
    whole = [step for plan in plans for step in plan if "file_facts" in step or "received" in step]
    assert not [step for step in whole if step.lstrip(" ->").startswith(("Seq Scan", "SCAN"))], plans


async def _district(session: Session, rng: random.Random, looks: Sequence[int]) -> list[_Given]:
    await import_units(session, [Unit(code, code, Level.SCHOOL) for code in UNITS])
    states = (State.SUBMITTED, State.ACCEPTED, State.HELD, State.RETURNED, State.WITHDRAWN)
    made: list[_Given] = []
    for _ in range(40):
        pictures = [_changed(rng, rng.choice(looks)) for _ in range(rng.randint(1, 7))]
        made.append(await _gives(session, rng, rng.choice(UNITS), rng.choice(states), pictures))
    return made


def _changed(rng: random.Random, picture: int) -> int:
    """Some are near each other, some just are not."""
    for bit in rng.sample(range(64), rng.choice((0, 1, 3, 4, 5, 6, 9))):
        picture ^= 1 << bit
    return picture


async def _gives(session: Session, rng: random.Random, unit: str, state: State, pictures: Sequence[int]) -> _Given:
    giver = Giver(Address("fake", "1"), "1", unit=unit)
    id = await submissions.open_new(session, giver, Part(), START)
    await session.execute(
        update(SubmissionRow).where(SubmissionRow.id == id).values(state=state, title=f"việc {id}", handed_in_at=START)
    )
    hashes = [f"{picture:016x}" if rng.random() > 0.1 else "" for picture in pictures]
    files = [(f"{number}.jpg", f"{hash or id:>064}", hash) for number, hash in enumerate(hashes)]  # equal ones are one
    await _files(session, [(sha256, hash) for _, sha256, hash in files])
    for name, sha256, _ in files:
        session.add(
            ReceivedRow(
                key=f"{id}:{name}",
                platform="fake",
                chat="1",
                sender="1",
                unit=unit,
                name=name,
                sha256=sha256,
                submission_id=id,
                state="stored",
                received_at=START,
                ready_at=START,
            )  # fmt: skip
        )
    await session.flush()
    return _Given(id, (await submissions.hold(session, id)).code, unit, state, tuple(files))


async def _files(session: Session, files: Sequence[tuple[str, str]]) -> None:
    known = {sha256 for sha256, _ in files if await session.get(FileRow, sha256)}
    new = {sha256: hash for sha256, hash in files if sha256 not in known}
    if new:
        rows = [{"sha256": sha256, "size": 1, "mime": "image/jpeg", "stored_at": START} for sha256 in new]
        await session.execute(insert(FileRow), rows)
    for sha256, hash in new.items():
        await facts.note(session, sha256, Looked("image/jpeg", phash=hash), None, None)


def _compared(mine: _Given, all_given: Sequence[_Given], within: str | None) -> list[Repeat]:
    """By looking at each of the others."""
    before = [one for one in reversed(all_given) if one.id < mine.id and one.unit in OF_OFFICE]
    before = [one for one in before if one.state in DONE or (one.state is State.HELD and one.unit == within)]
    found = []
    for name, sha256, hash in mine.files:
        others = [(one, file) for one in before for file in one.files]
        same = next((one for one, file in others if file[1] == sha256), None)
        alike = same or next((one for one, file in others if near(file[2], hash)), None)
        if alike:
            found.append(Repeat(name, alike.code, alike.unit, f"việc {alike.id}", START, same is not None))
    return found


async def _plan(engine: AsyncEngine, statement: str, parameters: Any) -> list[str]:
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            return [str(row[0]) for row in await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
        found = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row.detail for row in found]

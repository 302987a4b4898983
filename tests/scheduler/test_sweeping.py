"""Bytes leave their home while the same bytes come back: whatever comes first, what is confirmed is there."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import BinaryIO

import pytest

from records import files, unwanted
from records.files import FileStore, Kept
from records.home import Unreachable
from records.keeping import keep
from records.session import Begin
from scheduler.sweeping import LEAVING, sweep
from tests.fakes.clock import StillClock

PHOTO = b"\xff\xd8\xff\xe0 a photo that came before"
SHA256 = hashlib.sha256(PHOTO).hexdigest()


@dataclass
class Shelf:
    """A home that can be stopped in the midst of a removal."""

    there: dict[str, bytes] = field(default_factory=dict)
    removing: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)
    trouble: Unreachable | None = None
    before_sending: Callable[[], None] = lambda: None

    def take(self, sha256: str, source: Path) -> None:
        known = sha256 in self.there
        self.before_sending()
        if not known:
            self.there[sha256] = source.read_bytes()

    def bring(self, sha256: str, into: BinaryIO) -> None:
        into.write(self.there[sha256])

    def size(self, sha256: str) -> int | None:
        return len(self.there[sha256]) if sha256 in self.there else None

    def remove(self, sha256: str) -> None:
        self.removing.set()
        assert self.go_on.wait(20)
        if self.trouble:
            raise self.trouble
        self.there.pop(sha256, None)

    def try_out(self) -> None:
        pass


@dataclass
class Stage:
    """A photo that lies in its home, was deleted, and has been unwanted for long."""

    begin: Begin
    clock: StillClock
    home: Shelf
    store: FileStore  # of the machine that sweeps
    other: FileStore  # of the machine to which the photo comes

    async def opens(self) -> "Stage":
        self.home.there[SHA256] = PHOTO
        async with self.begin() as session:
            await unwanted.add(session, [SHA256], self.clock())
        self.clock.move(LEAVING)
        self.home.go_on.set()
        return self

    async def comes(self) -> Kept:
        coming = self.other.coming()
        coming.write_bytes(PHOTO)
        return await keep(self.begin, self.other, self.clock, coming)

    async def is_named(self, kept: Kept) -> None:
        async with self.begin() as session:
            await files.note(session, kept, self.clock())

    async def sweeps(self) -> None:
        await sweep(self.begin, self.store, self.clock)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> Stage:
    home = Shelf()
    mine, other = (FileStore(tmp_path / name, home) for name in ("one", "two"))
    mine.coming()
    return await Stage(begin, clock, home, mine, other).opens()


async def test_what_nothing_names_leaves_its_home(here: Stage) -> None:
    await here.sweeps()
    assert here.home.there == {}


async def test_what_came_back_and_no_row_names_yet_stays(here: Stage) -> None:
    kept = await here.comes()
    await here.sweeps()
    await here.is_named(kept)
    await here.sweeps()
    assert here.home.there == {SHA256: PHOTO}


async def test_what_is_found_there_while_it_comes_is_not_swept_before_it_is_confirmed(here: Stage) -> None:
    """The sweep runs whole, between asking the home for the bytes and sending them."""
    loop = asyncio.get_running_loop()
    here.home.before_sending = lambda: asyncio.run_coroutine_threadsafe(here.sweeps(), loop).result(20)
    await here.is_named(await here.comes())
    assert here.home.there == {SHA256: PHOTO}


async def test_what_comes_in_the_midst_of_its_removal_waits_and_is_sent_anew(here: Stage) -> None:
    here.home.go_on.clear()
    sweeping = asyncio.create_task(here.sweeps())
    await asyncio.to_thread(here.home.removing.wait, 20)
    with pytest.raises(Unreachable):
        await here.comes()
    with pytest.raises(Unreachable):
        await here.is_named(Kept(SHA256, len(PHOTO), "image/jpeg"))
    here.home.go_on.set()
    await sweeping
    assert here.home.there == {}
    await here.is_named(await here.comes())
    here.clock.move(timedelta(days=1))
    await here.sweeps()
    assert here.home.there == {SHA256: PHOTO}


async def test_two_that_sweep_do_not_remove_the_same(here: Stage) -> None:
    here.home.go_on.clear()
    sweeping = asyncio.create_task(here.sweeps())
    await asyncio.to_thread(here.home.removing.wait, 20)
    here.home.removing.clear()
    await sweep(here.begin, here.other, here.clock)
    assert not here.home.removing.is_set()
    here.home.go_on.set()
    await sweeping


async def test_a_mark_of_who_died_ends_with_its_lease(here: Stage) -> None:
    async with here.begin() as session:
        assert await unwanted.mark(session, here.clock() - LEAVING, here.clock(), 5) == [SHA256]
    with pytest.raises(Unreachable):
        await here.comes()
    here.clock.move(unwanted.LEASE)
    await here.is_named(await here.comes())
    await here.sweeps()
    assert here.home.there == {SHA256: PHOTO}


@pytest.mark.parametrize(("reason", "waits"), [("trouble", True), ("denied", False)])
async def test_what_could_not_be_removed_may_come_back(here: Stage, reason: str, waits: bool) -> None:
    """At once where the home has said no; where it said nothing, once the request cannot be under way any more."""
    here.home.trouble = Unreachable("denied" if reason == "denied" else "trouble")
    with pytest.raises(Unreachable):
        await here.sweeps()
    if waits:
        with pytest.raises(Unreachable):
            await here.comes()
        here.clock.move(unwanted.LEASE)
    await here.is_named(await here.comes())
    assert here.home.there == {SHA256: PHOTO}


async def test_what_is_deleted_again_is_unwanted_from_then_on(here: Stage) -> None:
    """Not from the first time: something may have been on its way since."""
    async with here.begin() as session:
        await unwanted.add(session, [SHA256], here.clock())
    await here.sweeps()
    assert here.home.there == {SHA256: PHOTO}

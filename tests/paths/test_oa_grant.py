"""The Official Account's grant among several processes, some of which die: renewed once, never lost in silence."""

import asyncio
import multiprocessing
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from bot.oa_tokens import KeptTokens
from core.errors import Act
from core.texts import consent as texts
from records.grants import LEASE, Grant
from records.session import Begin
from tests.bot.oa_service import alerts, grant_of, served
from tests.fakes.clock import START, StillClock
from tests.fakes.zalo_oa_oauth import Fault, OAuth
from tests.fakes.zalo_oa_renewer import renew

PROCESSES = 8
EXPIRED = START + timedelta(hours=26)

_fork = multiprocessing.get_context("forkserver")


@pytest.fixture
def oauth(clock: StillClock) -> OAuth:
    return OAuth(clock)


@pytest.fixture
async def url(oauth: OAuth) -> AsyncIterator[str]:
    async with served(oauth) as address:
        yield address


@pytest.fixture
async def stale(oauth: OAuth, url: str, begin: Begin, clock: StillClock) -> str:
    """The first access token of a grant that began with the settings' refresh token; its time is over."""
    tokens = KeptTokens(grant_of(begin, clock, url))
    await tokens.seed(oauth.issue()[1])
    token = await tokens.access()
    oauth.refreshes = 0
    clock.now = EXPIRED
    return token


class Renewers:
    """Processes of ours, and what each of them was told."""

    def __init__(self, database_url: str, url: str, stale: str, folder: Path) -> None:
        self._database, self._url, self._stale, self._folder = database_url, url, stale, folder
        _fork.set_forkserver_preload(["tests.fakes.zalo_oa_renewer"])

    def start(self, name: str, now: StillClock, together: Barrier | None = None) -> BaseProcess:
        args = (self._database, self._url, now(), self._stale, self._folder / name, together)
        process = _fork.Process(target=renew, args=args)
        process.start()
        return process

    async def end(self, process: BaseProcess) -> int | None:
        """Its exit code; meanwhile the service, which is in this process, goes on answering."""
        await asyncio.to_thread(process.join, 60)
        return process.exitcode

    def told(self, name: str) -> str:
        return (self._folder / name).read_text()


@pytest.fixture
def renewers(database_url: str, url: str, stale: str, tmp_path: Path) -> Renewers:
    return Renewers(database_url, url, stale, tmp_path)


async def _kept(begin: Begin, clock: StillClock, url: str) -> Grant:
    return await grant_of(begin, clock, url).now_kept()


@pytest.mark.covers("E2.1")
async def test_eight_processes_renew_once_and_all_go_on(
    renewers: Renewers, oauth: OAuth, clock: StillClock, begin: Begin, url: str
) -> None:
    together = _fork.Barrier(PROCESSES)
    names = [f"told-{number}" for number in range(PROCESSES)]
    started = [renewers.start(name, clock, together) for name in names]
    assert [await renewers.end(process) for process in started] == [0] * PROCESSES

    assert (oauth.refreshes, oauth.calls) == (1, 2)  # the other call was for the first pair
    (token,) = {renewers.told(name) for name in names}
    assert oauth.is_valid(token)
    kept = await _kept(begin, clock, url)
    assert (kept.lost, kept.access, kept.generation) == (False, token, 3)
    assert await alerts(begin) == []


async def _killed(process: BaseProcess, oauth: OAuth, renewers: Renewers) -> None:
    """Killed as soon as its call has reached the service."""
    async with asyncio.timeout(60):
        await oauth.came.wait()
    process.kill()
    assert await renewers.end(process) == -signal.SIGKILL


@pytest.mark.covers("E2.1")
async def test_the_next_one_succeeds_where_the_renewer_died_before_the_service_heard_of_it(
    renewers: Renewers, oauth: OAuth, clock: StillClock, begin: Begin, url: str
) -> None:
    oauth.came.clear()
    oauth.faults = [Fault(silent="before")]
    await _killed(renewers.start("dead", clock), oauth, renewers)
    held = await _kept(begin, clock, url)

    clock.move(LEASE)
    assert await renewers.end(renewers.start("next", clock)) == 0
    assert oauth.is_valid(renewers.told("next"))
    assert (oauth.refreshes, held.lost, await alerts(begin)) == (1, False, [])


@pytest.mark.covers("E2.1")
async def test_the_operator_is_told_where_the_renewer_died_with_the_new_pair(
    renewers: Renewers, oauth: OAuth, clock: StillClock, begin: Begin, url: str
) -> None:
    oauth.came.clear()
    oauth.faults = [Fault(silent="after")]
    await _killed(renewers.start("dead", clock), oauth, renewers)
    assert await alerts(begin) == []

    clock.move(LEASE)
    assert await renewers.end(renewers.start("next", clock)) == 0
    assert renewers.told("next") == f"{Act.OPERATOR}: {texts.NO_GRANT}"
    assert (await _kept(begin, clock, url)).lost
    (alert,) = await alerts(begin)
    assert texts.NO_GRANT in alert

    await KeptTokens(grant_of(begin, clock, url)).seed(oauth.issue()[1])  # a token from the console
    assert await renewers.end(renewers.start("mended", clock)) == 0
    assert oauth.is_valid(renewers.told("mended"))
    assert await alerts(begin) == []

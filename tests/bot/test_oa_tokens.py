"""The kept token: seeded, renewed ahead of time, by one; what is lost is said, and nothing is said of tokens."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.oa_tokens import KeptTokens
from core.errors import Act, FetchFailed
from core.texts import consent as texts
from core.tokens import TokenPair
from records import grants
from records.grants import LEASE
from records.session import Begin
from records.tables import GrantRow
from tests.bot.oa_service import PUBLIC_URL, alerts, grant_of, served
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_oauth import APP, SECRET, App, Fault, OAuth


@pytest.fixture
def oauth(clock: StillClock) -> OAuth:
    return OAuth(clock)


@pytest.fixture
async def url(oauth: OAuth) -> AsyncIterator[str]:
    async with served(oauth) as address:
        yield address


@pytest.fixture
async def tokens(oauth: OAuth, url: str, begin: Begin, clock: StillClock) -> KeptTokens:
    """Begun with a refresh token of the console, the first pair fetched."""
    tokens = KeptTokens(grant_of(begin, clock, url), clock.sleep)
    await tokens.seed(oauth.issue()[1])
    await tokens.access()
    return tokens


async def _failure(tokens: KeptTokens, stale: str = "") -> tuple[str, Act]:
    with pytest.raises(FetchFailed) as failure:
        await (tokens.renew(stale) if stale else tokens.access())
    return failure.value.reason, failure.value.act


@pytest.mark.covers("E2.1")
async def test_a_token_is_renewed_seven_hours_before_its_end(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock
) -> None:
    first = await tokens.access()
    clock.move(timedelta(hours=17, minutes=59))
    await tokens.renew_if_due()
    assert (await tokens.access(), oauth.refreshes) == (first, 1)
    clock.move(timedelta(minutes=1))
    await tokens.renew_if_due()
    await tokens.renew_if_due()
    assert oauth.refreshes == 2
    assert await tokens.access() != first


@pytest.mark.covers("E2.1")
async def test_a_token_that_has_ended_is_renewed_for_all_who_ask_at_once(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock
) -> None:
    stale = await tokens.access()
    clock.move(timedelta(hours=25))
    assert not oauth.is_valid(stale)
    asked = [tokens.access() for _ in range(5)] + [tokens.renew(stale) for _ in range(5)]
    (token,) = set(await asyncio.gather(*asked))
    assert oauth.is_valid(token)
    assert oauth.refreshes == 2


async def test_who_asks_goes_away_and_the_renewal_is_finished(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin, url: str
) -> None:
    clock.move(timedelta(hours=25))
    oauth.came.clear()
    asking = asyncio.create_task(tokens.access())
    await oauth.came.wait()
    asking.cancel()
    await asyncio.wait([asking])
    await tokens.close()
    assert oauth.is_valid((await grant_of(begin, clock, url).now_kept()).access)
    assert oauth.refreshes == 2


@pytest.mark.parametrize(
    "fault", [Fault(cut="before"), Fault(body=b"<html>", status=502), Fault(body=b"")], ids=["cut", "gateway", "empty"]
)
async def test_a_lost_answer_is_asked_for_once_more(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin, fault: Fault
) -> None:
    """Where the service heard of the first call, the second is refused, and the grant honestly lost."""
    clock.move(timedelta(hours=25))
    oauth.faults = [fault]
    if fault.cut == "before":
        assert oauth.is_valid(await tokens.access())
        assert await alerts(begin) == []
    else:
        assert await _failure(tokens) == (texts.NO_GRANT, Act.OPERATOR)
        assert len(await alerts(begin)) == 1
    assert oauth.calls == 3


async def test_while_the_service_is_out_of_reach_nothing_is_lost(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin
) -> None:
    clock.move(timedelta(hours=25))
    oauth.faults = [Fault(cut="before"), Fault(cut="before")]
    assert await _failure(tokens) == (texts.OFFLINE, Act.NOBODY)
    assert oauth.is_valid(await tokens.access())
    assert await alerts(begin) == []


async def test_a_port_where_nobody_listens_is_not_an_answer(
    tokens: KeptTokens, begin: Begin, clock: StillClock
) -> None:
    clock.move(timedelta(hours=25))
    nobody = KeptTokens(grant_of(begin, clock, "http://127.0.0.1:9"), clock.sleep)
    assert await _failure(nobody) == (texts.OFFLINE, Act.NOBODY)
    await tokens.access()


@pytest.mark.parametrize("code", [-14020, -118, -1])
async def test_any_refusal_needs_a_new_consent_and_says_where(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin, code: int
) -> None:
    held = await tokens.access()
    oauth.faults = [Fault(code=code)]
    clock.move(timedelta(hours=18))
    await tokens.renew_if_due()
    (alert,) = await alerts(begin)
    assert f"{PUBLIC_URL}/zalo-oa/consent?link=" in alert
    assert await tokens.access() == held  # seven hours to consent in

    clock.move(timedelta(hours=7))
    calls = oauth.calls
    assert await _failure(tokens) == (texts.NO_GRANT, Act.OPERATOR)
    assert (await alerts(begin), oauth.calls) == ([alert], calls)


@pytest.mark.parametrize(("code", "words"), [(-14002, texts.APP_OFF), (-14004, texts.WRONG_SECRET)])
async def test_what_a_setting_mends_does_not_end_the_grant(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin, code: int, words: str
) -> None:
    clock.move(timedelta(hours=25))
    oauth.faults = [Fault(code=code)]
    assert await _failure(tokens) == (words, Act.OPERATOR)
    assert await alerts(begin) == [words]
    assert oauth.is_valid(await tokens.access())
    assert await alerts(begin) == []


@pytest.mark.covers("E2.1")
async def test_the_grant_to_another_app_ends_ours(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin
) -> None:
    stale = await tokens.access()
    oauth.apps["another"] = App()
    oauth.issue("another")
    assert not oauth.is_valid(stale)
    assert await _failure(tokens, stale) == (texts.STALE, Act.NOBODY)  # fetched this minute: the token is not at fault
    clock.move(timedelta(minutes=1))
    assert await _failure(tokens, stale) == (texts.NO_GRANT, Act.OPERATOR)
    assert len(await alerts(begin)) == 1


async def test_a_token_pasted_once_begins_once_and_a_new_one_mends(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin, url: str
) -> None:
    old, new = "pasted long ago", oauth.issue()[1]
    clock.move(timedelta(hours=25))
    await tokens.seed(old)
    assert await _failure(tokens) == (texts.NO_GRANT, Act.OPERATOR)
    await tokens.seed(new)
    assert await alerts(begin) == []
    token = await tokens.access()
    for seen in (old, new):  # a restart, and a replica with the settings of yesterday
        restarted = KeptTokens(grant_of(begin, clock, url))
        await restarted.seed(seen)
        assert await restarted.access() == token


async def test_with_another_app_secret_the_kept_tokens_are_of_no_use(
    tokens: KeptTokens, clock: StillClock, begin: Begin, url: str
) -> None:
    other = KeptTokens(grant_of(begin, clock, url, secret="another secret"))
    assert await _failure(other) == (texts.NO_GRANT, Act.OPERATOR)
    assert await tokens.access()


async def test_a_holder_that_slept_past_its_lease_still_brings_the_pair(
    tokens: KeptTokens, clock: StillClock, begin: Begin, url: str
) -> None:
    grant = grant_of(begin, clock, url)
    held = await grant.now_kept()
    async with begin() as session:
        assert await grants.lease(session, APP, held.generation, clock())
        assert await grants.lease(session, APP, held.generation, clock()) is None
        clock.move(LEASE)
        assert await grants.lease(session, APP, held.generation, clock())
        assert await grants.lose(session, APP, held.generation, "used")  # the second found the token used up
        pair = TokenPair("a", "r", timedelta(hours=25))
        assert await grants.save(session, grant.sealer, APP, held.generation, pair, clock())
        assert not await grants.save(session, grant.sealer, APP, held.generation, pair, clock())
    kept = await grant.now_kept()
    assert (kept.access, kept.lost, kept.generation) == ("a", False, held.generation + 1)


async def test_tokens_and_secrets_are_nowhere_to_be_read(
    tokens: KeptTokens, oauth: OAuth, clock: StillClock, begin: Begin, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    grant = grant_of(begin, clock, url)
    kept = await grant.now_kept()
    hidden = [kept.access, kept.refresh, SECRET]
    with capture_logs() as logs:
        for fault in (Fault(cut="after"), Fault(code=-14004), Fault(body=b"\xff")):
            oauth.faults = [fault]
            clock.move(timedelta(hours=25))
            with pytest.raises(FetchFailed) as failure:
                await tokens.access()
            hidden += [(await grant.now_kept()).refresh]
            await tokens.seed(oauth.issue()[1])
    async with begin() as session:
        row = (await session.scalars(select(GrantRow))).one()
        stored = f"{row.access} {row.refresh} {row.seed_hash} {row.reason}"
    written = f"{logs} {caplog.text} {failure.value!r} {kept!r} {grant!r} {tokens!r} {stored} {await alerts(begin)}"
    assert logs
    assert not [secret for secret in hidden if secret and secret in written]

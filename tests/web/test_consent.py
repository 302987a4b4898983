"""The consent page over HTTP, from the operator's link to the stored pair, and everything that may go wrong."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from yarl import URL

from core.errors import FetchFailed
from core.message import Address, Outbound
from core.texts import consent as texts
from core.texts.oa_errors import PERMISSION_REVOKED
from records import outbox
from records.alerts import NEWS, raise_alert
from records.session import Begin
from tests.bot.oa_service import alerts
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_oauth import APP, Fault
from tests.web.consent_stage import Operator, button_of, operating


@pytest.fixture
async def operator(begin: Begin, clock: StillClock) -> AsyncIterator[Operator]:
    async with operating(begin, clock) as one:
        yield one


@pytest.mark.covers("E2.1")
async def test_from_the_link_to_a_token_that_the_service_accepts(operator: Operator, clock: StillClock) -> None:
    with pytest.raises(FetchFailed):
        await operator.tokens.access()
    (alert,) = await alerts(operator.begin)
    assert await operator.consent.link() in alert
    async with operator.begin() as session:  # what the account itself has told is over with it
        await raise_alert(session, f"{NEWS}zalo_oa:1", PERMISSION_REVOKED, clock())
        await outbox.put(session, Outbound(Address("zalo_oa", "7"), "Chào"), "notice:1", clock())
        (held,) = await outbox.claim(session, ["zalo_oa"], clock(), timedelta(seconds=30), 9)
        await outbox.mark_failed(session, held.id, f"{outbox.HELD}no grant", clock() + timedelta(hours=1))

    back = await operator.consents(await operator.begins())
    status, page = await operator.opens(back)
    assert (status, texts.DONE in page) == (200, True)
    assert operator.oauth.is_valid(await operator.tokens.access())
    assert await alerts(operator.begin) == []
    async with operator.begin() as session:
        assert await outbox.next_ready(session, ["zalo_oa"], clock() - timedelta(seconds=1)) == clock()


@pytest.mark.covers("E2.1")
async def test_a_link_and_a_code_work_once(operator: Operator) -> None:
    link = await operator.consent.link()
    back = await operator.consents(await operator.begins())
    await operator.opens(back)
    calls = operator.oauth.calls
    assert await operator.opens(back) == (403, await _said(operator, back, texts.NOT_EXPECTED))
    assert await operator.opens(link) == (403, await _said(operator, link, texts.LINK_WRONG))

    await operator.begins()  # with a new link, the old code comes again
    without_state = str(URL(back).without_query_params("state"))
    status, page = await operator.opens(without_state)
    assert (status, texts.code_refused(-14010) in page) == (502, True)
    assert operator.oauth.calls == calls + 1
    assert operator.oauth.is_valid(await operator.tokens.access())


async def _said(operator: Operator, address: str, words: str) -> str:
    """The page, which must say these words."""
    _, page = await operator.opens(address)
    assert words in page
    return page


@pytest.mark.parametrize(
    "address",
    ["", "?link=", "?link=0123456789abcdef", "?link=%C3%BC", "?link=%ED%A0%80", "?code=x&oa_id=1", "?code=x&state=y"],
)
async def test_strangers_get_nowhere(operator: Operator, address: str) -> None:
    status, page = await operator.opens(operator.consent.grant.callback + address)
    assert (status, 'class="button"' in page, operator.oauth.calls) == (403, False, 0)


async def test_a_state_that_is_not_ours_is_refused(operator: Operator) -> None:
    back = await operator.consents(await operator.begins())
    status, page = await operator.opens(str(URL(back).update_query(state="0" * 64)))
    assert (status, texts.FORGED in page, operator.oauth.calls) == (403, True, 0)
    assert (await operator.opens(back))[0] == 200  # the real one still works


async def test_a_link_from_the_console_has_no_state_and_counts_for_an_hour_after_ours_was_opened(
    operator: Operator,
) -> None:
    await operator.begins()
    operator.clock.move(timedelta(minutes=59))
    callback, challenge = operator.consent.grant.callback, await operator.consent.challenge()
    code = operator.oauth.code(challenge=challenge)
    assert (await operator.opens(f"{callback}?code={code}&oa_id=1"))[0] == 200

    await operator.begins()
    operator.clock.move(timedelta(hours=1))
    code = operator.oauth.code(challenge=challenge)
    status, page = await operator.opens(f"{callback}?code={code}&oa_id=1")
    assert (status, texts.NOT_EXPECTED in page) == (403, True)


@pytest.mark.covers("E2.1")
async def test_a_code_is_good_for_ten_minutes_and_for_its_verifier(operator: Operator) -> None:
    back = await operator.consents(await operator.begins())
    operator.clock.move(timedelta(minutes=10))
    status, page = await operator.opens(back)
    assert (status, texts.code_refused(-14010) in page) == (502, True)

    another = operator.oauth.code(challenge="of another verifier")
    assert (await operator.opens(f"{operator.consent.grant.callback}?code={another}&oa_id=1"))[0] == 502
    assert (await operator.opens(await operator.consents(button_of(page))))[0] == 200  # the button on the same page


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(code=-14002), texts.APP_OFF),
        (Fault(code=-14004), texts.WRONG_SECRET),
        (Fault(code=-14003), "Callback URL"),
        (Fault(cut="before"), texts.NO_ANSWER),
        (Fault(cut="after"), texts.NO_ANSWER),
        (Fault(body=b"<html>", status=502), texts.NO_ANSWER),
    ],
    ids=["inactive", "secret", "redirect", "cut before", "cut after", "no answer of theirs"],
)
async def test_what_went_wrong_and_what_to_do_is_said(operator: Operator, fault: Fault, words: str) -> None:
    back = await operator.consents(await operator.begins())
    operator.oauth.faults = [fault]
    status, page = await operator.opens(back)
    assert (status, words in page) == (502, True)
    again = await operator.consents(button_of(page))
    assert (await operator.opens(again))[0] == 200


@pytest.mark.covers("E2.1")
async def test_a_wrong_secret_and_an_inactive_app_at_the_service_itself(begin: Begin, clock: StillClock) -> None:
    async with operating(begin, clock, "wrong") as operator:
        status, page = await operator.opens(await operator.consents(await operator.begins()))
        assert (status, texts.WRONG_SECRET in page) == (502, True)
        back = await operator.consents(await operator.begins())
        operator.oauth.apps[APP].active = False
        status, page = await operator.opens(back)
        assert (status, texts.APP_OFF in page) == (502, True)


async def test_the_service_itself_refuses_another_callback(operator: Operator) -> None:
    operator.oauth.apps[APP].callback = "https://elsewhere.example/zalo"
    status, page = await operator.opens(await operator.begins())
    assert (status, "-14003" in page) == (200, True)

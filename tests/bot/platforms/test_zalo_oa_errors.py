"""Every refusal of an Official Account: who must act, and in which words it is told."""

from datetime import timedelta

import pytest

from bot.platforms.zalo_oa import ZaloOA
from bot.platforms.zalo_oa_errors import MEANINGS, Do, not_had, not_sent
from core.errors import Act, FetchFailed, SendFailed
from core.message import Address, Outbound
from core.texts import oa_errors as texts
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_oa_people import Person
from tests.fakes.zalo_oa_server import ZaloOAServer

WHO = {
    Act.OPERATOR: [-204, -205, -209, -212, -219, -221, -223, -224, -237, -238, -241, -242, -320, -321]
    + [-216, -220, -401, 216, 401, -124, -109, -115, -131, -135, -137],
    Act.OTHER_CHANNEL: [-213, -227, -230, -232, -305, -311, -114, -118, -119],
    Act.GONE: [-217, -244, -403],
    Act.NOBODY: [-32, 429, -100, -155, -200, -201, -210, -211, -214, -218, -233, -234, -235, -240, -248, -249]
    + [-108, -133, -144, -147, -1121, -1122],
}
LISTED = [
    *(-32, -100, -155, -200, -201, -204, -205, -209, -212, -219, -223, -210, -211, -218, -213, -214, -216, -220, -217),
    *(-221, -224, -227, -230, -232, -233, -235, -248, -249, -234, -237, -238, -241, -403, -240, -242, -244, -305, -311),
    *(-320, -321, -108, -109, -131, -1121, -1122, -114, -118, -119, -115, -137, -124, -133, -135, -144, -147),
]


def test_every_code_of_the_documentation_has_a_meaning() -> None:
    assert set(LISTED) <= MEANINGS.keys()
    assert sorted(code for codes in WHO.values() for code in codes) == sorted(MEANINGS)


@pytest.mark.parametrize(("act", "code"), [(act, code) for act, codes in WHO.items() for code in codes])
async def test_a_refusal_over_the_wire_says_who_must_act(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, act: Act, code: int
) -> None:
    oa_server.fail(Fault("/v3.0/oa/message/cs", code=code, description="in Zalo's words", times=2))
    with pytest.raises(SendFailed) as failed:
        await oa.send(Outbound(Address("zalo_oa", hoa.id), "Chào cô"))
    assert (failed.value.act, failed.value.unknown) == (act, False)
    assert failed.value.reason == f"{MEANINGS[code].text} ({code}: in Zalo's words)"
    assert failed.value.retry_in == {
        Do.NEXT_MINUTE: timedelta(minutes=1),
        Do.LATER: timedelta(hours=1),
        Do.OPERATOR: timedelta(hours=1),
        Do.RENEW: timedelta(hours=1),
    }.get(MEANINGS[code].do)
    assert oa_server.transcript(hoa) == []


async def test_a_code_that_nobody_told_us_of_is_given_up_with_its_number(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person
) -> None:
    oa_server.fail(Fault("/v3.0/oa/message/cs", code=-9999, description="?" * 1000))
    with pytest.raises(SendFailed) as failed:
        await oa.send(Outbound(Address("zalo_oa", hoa.id), "Chào cô"))
    assert (failed.value.act, failed.value.retry_in) == (Act.NOBODY, None)
    assert failed.value.reason.startswith(f"{texts.UNKNOWN} (-9999: ???")
    assert len(failed.value.reason) < 300


@pytest.mark.covers("E0.2")
async def test_a_path_that_is_not_there_is_a_404(oa_server: ZaloOAServer, oa: ZaloOA) -> None:
    with pytest.raises(Exception, match="404"):
        await oa.client.get("/v3.0/oa/group/listgroup")


def test_reasons_name_code_and_words() -> None:
    assert not_sent(-230, "").reason == f"{texts.WINDOW_CLOSED} (-230)"
    failed = not_had(-224, "Upgrade")
    assert isinstance(failed, FetchFailed)
    assert (failed.reason, failed.act) == (f"{texts.PLAN_TOO_LOW} (-224: Upgrade)", Act.OPERATOR)

"""What an Official Account says of itself, and its template messages, over real HTTP."""

from datetime import UTC, datetime

import pytest

from bot.platforms.zalo_oa import ZaloOA
from bot.platforms.zalo_oa_account import About, OwnGroup, Quota
from bot.platforms.zalo_oa_templates import international
from core.errors import Act, FetchFailed, SendFailed
from core.message import Address, Outbound
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_oa_people import Person
from tests.fakes.zalo_oa_server import OneGrant, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID, OA_ID


async def test_connecting_learns_which_account_it_is(oa_server: ZaloOAServer) -> None:
    oa = ZaloOA.open(APP_ID, "key", OneGrant(), oa_server.url)
    await oa.connect()
    assert oa.account.about == About(OA_ID, "Nhắc Việc", True, "Tăng trưởng", "01/06/2027", True)
    await oa.close()


@pytest.mark.parametrize(("code", "act"), [(-224, Act.OPERATOR), (-216, Act.OPERATOR), (-32, Act.NOBODY)])
async def test_what_cannot_be_learned_says_who_must_act(
    oa_server: ZaloOAServer, oa: ZaloOA, code: int, act: Act
) -> None:
    oa_server.fail(Fault("/v2.0/oa/getoa", code=code, times=2))
    with pytest.raises(FetchFailed) as failed:
        await oa.connect()
    assert failed.value.act is act


@pytest.mark.parametrize("body", [b'{"error": 0}', b'{"error": 0, "data": []}', b"x"])
async def test_an_answer_that_nobody_can_read_breaks_nothing(oa_server: ZaloOAServer, oa: ZaloOA, body: bytes) -> None:
    for path in ("/v2.0/oa/getoa", "/v3.0/oa/group/getgroupsofoa"):
        oa_server.fail(Fault(path, body=body))
    with pytest.raises(FetchFailed):
        await oa.connect()
    with pytest.raises(FetchFailed):
        await oa.account.groups()


async def test_a_lost_grant_is_told_to_who_asks(oa_server: ZaloOAServer) -> None:
    class Lost(OneGrant):
        async def access(self) -> str:
            raise FetchFailed("no grant", act=Act.OPERATOR)

    with pytest.raises(FetchFailed, match="no grant") as failed:
        await ZaloOA.open(APP_ID, "key", Lost(), oa_server.url).connect()
    assert failed.value.act is Act.OPERATOR


@pytest.mark.covers("E2.3", "E2.6")
async def test_what_is_left_of_the_plan(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    oa_server.world.switches.free = 0
    await oa.send(Outbound(Address("zalo_oa", hoa.id), "Chào cô"))
    assert await oa.account.message_quota() == [Quota("cs-asset-1", "cs", 500, 499, "", "01/06/2027")]
    assert await oa.account.group_quota() == [
        Quota("gmf-asset-1", "gmf100", status="available", valid_through="01/06/2027")
    ]


@pytest.mark.covers("E2.6")
async def test_all_groups_are_listed_page_by_page(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    made = [oa_server.group(f"Nhóm {number}", hoa) for number in range(120)]
    found = await oa.account.groups()
    assert [group.id for group in found] == [group.id for group in made]
    made[0].lapses()
    off = OwnGroup(made[0].id, "Nhóm 0", False, 1, made[0].group.link, "10/01/2024")
    assert await oa.account.group(made[0].id) == off


@pytest.mark.covers("E2.7")
async def test_a_template_reaches_who_was_long_silent(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, clock: StillClock
) -> None:
    oa_server.template("nhac-han", ten=30, han=10)
    clock.now = datetime(2024, 1, 4, 1, tzinfo=UTC)  # a month later
    values = {"ten": "Hoa", "han": "05/12"}
    sent = await oa.send_template("nhac-han", values, user_id=hoa.id)
    by_phone = await oa.send_template("nhac-han", values, phone=f"0{hoa.user.phone[2:]}", tracking_id="viec-7")
    assert oa_server.transcript(hoa) == ["Nhắc Việc: (template) nhac-han: han=05/12, ten=Hoa"] * 2
    assert list(hoa.user.messages) == [sent, by_phone]
    assert oa_server.asked("/business/message/template")[-1].params["tracking_id"] == "viec-7"


@pytest.mark.covers("E2.7")
@pytest.mark.parametrize(
    ("template", "values", "code", "act"),
    [
        ("?", {}, -109, Act.OPERATOR),
        ("nhac-han", {}, -1122, Act.NOBODY),
        ("nhac-han", {"ten": "ộ" * 31}, -1121, Act.NOBODY),
    ],
)
async def test_templates_are_checked(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, template: str, values: dict[str, str], code: int, act: Act
) -> None:
    oa_server.template("nhac-han", ten=30)
    for whom in ({"user_id": hoa.id}, {"phone": hoa.user.phone, "tracking_id": "1"}):
        with pytest.raises(SendFailed, match=rf"\({code}:") as failed:
            await oa.send_template(template, values, **whom)
        assert failed.value.act is act


@pytest.mark.covers("E2.7")
async def test_a_template_by_uid_needs_a_cloud_account_and_money(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person
) -> None:
    template = oa_server.template("nhac-han")
    switches = oa_server.world.switches
    switches.money = False
    for whom, code in (({"user_id": hoa.id}, -321), ({"phone": hoa.user.phone, "tracking_id": "1"}, -115)):
        with pytest.raises(SendFailed, match=rf"\({code}:") as failed:
            await oa.send_template("nhac-han", {}, **whom)
        assert failed.value.act is Act.OPERATOR
    switches.cloud_account = False
    with pytest.raises(SendFailed, match="-320"):
        await oa.send_template("nhac-han", {}, user_id=hoa.id)
    template.by_uid = False
    with pytest.raises(SendFailed, match="-249"):
        await oa.send_template("nhac-han", {}, user_id=hoa.id)
    template.status = "PENDING_REVIEW"
    with pytest.raises(SendFailed, match="-131"):
        await oa.send_template("nhac-han", {}, user_id=hoa.id)


@pytest.mark.covers("E2.7")
async def test_the_day_has_so_many_templates(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, clock: StillClock
) -> None:
    oa_server.template("a").cap = 1
    oa_server.template("b")
    oa_server.world.switches.templates = 2
    await oa.send_template("a", {}, user_id=hoa.id)
    with pytest.raises(SendFailed, match="-147") as failed:
        await oa.send_template("a", {}, user_id=hoa.id)
    assert failed.value.retry_in is not None
    with pytest.raises(SendFailed, match="-144"):
        await oa.send_template("b", {}, user_id=hoa.id)
    clock.now = datetime(2023, 12, 5, 1, tzinfo=UTC)
    await oa.send_template("b", {}, user_id=hoa.id)


@pytest.mark.covers("E2.7")
async def test_promotions_rest_at_night(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, clock: StillClock) -> None:
    oa_server.template("moi").tag = 3
    clock.now = datetime(2023, 12, 4, 15, tzinfo=UTC)  # 22:00 in Vietnam
    for whom, code in (({"user_id": hoa.id}, -234), ({"phone": hoa.user.phone, "tracking_id": "1"}, -133)):
        with pytest.raises(SendFailed, match=rf"\({code}:") as failed:
            await oa.send_template("moi", {}, **whom)
        assert failed.value.retry_in is not None


async def test_a_number_without_zalo(oa_server: ZaloOAServer, oa: ZaloOA) -> None:
    oa_server.template("nhac-han")
    with pytest.raises(SendFailed, match="-118") as failed:
        await oa.send_template("nhac-han", {}, phone="0912345678", tracking_id="1")
    assert failed.value.act is Act.OTHER_CHANNEL


@pytest.mark.parametrize("written", ["0912 345 678", "+84912345678", "84912345678", "(091) 234-5678"])
def test_phones_are_written_as_the_service_wants_them(written: str) -> None:
    assert international(written) == "84912345678"


@pytest.mark.parametrize("written", ["", "912345678", "0912", "hoa", "+1 202 555 0100"])
def test_what_is_no_number_is_not_sent_to(written: str) -> None:
    with pytest.raises(SendFailed):
        international(written)

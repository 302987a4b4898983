"""One person on Telegram and on Zalo, through the running service: linked, asked once where to write, written to there;
and choices by number on Zalo, where there are no buttons."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from core.choices import listed
from core.message import Address
from core.people import Role
from core.texts import joining as texts
from core.texts import members, notices
from core.texts.chat import CANCELLED
from core.texts.choices import no_such_choice
from core.texts.delivery import sent_another_way
from records import groups, people
from tests.fakes.clock import StillClock
from tests.fakes.telegram_people import Person as OnTelegram
from tests.fakes.zalo_bot_people import Group as ZaloGroup
from tests.fakes.zalo_bot_people import Person as OnZalo
from tests.fakes.zalo_bot_people import seen
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.paths.conftest import PAUSE, Town

SCHOOL, OFFICE = "VB-HOAPHUONG", "PGD-AL"
ASKED_BACK = "An Lão được đề xuất khen mấy?"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def zalo(clock: StillClock) -> AsyncIterator[ZaloBotServer]:
    async with ZaloBotServer(clock) as server:
        server.world.switches.loopback_webhooks = True
        yield server


@pytest.fixture
def also_set(zalo: ZaloBotServer) -> dict[str, object]:
    return {
        "zalo_bot_token": SecretStr(zalo.token),
        "zalo_bot_api_url": zalo.url,
        "zalo_bot_mode": "webhook",
        "zalo_bot_webhook_secret": SecretStr("mot-bi-mat-dai"),
    }


@dataclass(frozen=True)
class Zalo:
    """What people read there."""

    town: Town
    server: ZaloBotServer

    async def reads(self, where: OnZalo | ZaloGroup, act: Callable[[], object]) -> str:
        """What the bot writes there after this was done."""
        before = len(self.answers(where))
        act()
        await self.server.until(lambda: len(self.answers(where)) > before, within=10)
        await self.town.clock.sleep(PAUSE)
        return self.answers(where)[before]

    async def asks(self, person: OnZalo, text: str) -> str:
        return await self.reads(person, lambda: person.says(text))

    def answers(self, where: OnZalo | ZaloGroup) -> list[str]:
        mine = [message for message in where.chat.messages.values() if message["from"]["is_bot"]]
        return [seen(str(message["text"]), str(message.get("parse_mode", ""))) for message in mine]


@pytest.fixture
async def phone(town: Town, zalo: ZaloBotServer) -> Zalo:
    await zalo.until(lambda: zalo.asked("setWebhook"))
    return Zalo(town, zalo)


class TestOnePersonOnTwoServices:
    async def test_she_is_asked_once_where_to_write_and_written_to_there(self, town: Town, phone: Zalo) -> None:
        huong = await town.resident("Hương", SCHOOL, Role.PRINCIPAL)
        lan, there = await town.resident("Lan", SCHOOL, Role.TEACHER), phone.server.person("Lan Nguyễn")
        linked = await phone.asks(there, f"tham gia {await _code(town, lan)}")
        assert linked.startswith(f"{texts.channel_linked('Lan')}\n\n{texts.WHICH_CHANNEL}\n\n1. ")
        place = linked.splitlines().index(f"1. {texts.by_channel('telegram')}") + 1
        assert linked.splitlines()[place] == f"2. {texts.by_channel('zalo_bot')}"
        assert await phone.asks(there, "2") == texts.channel_chosen("zalo_bot")
        assert "Zalo (nhận tin)" in await town.asks(lan, "/taikhoan")

        await town.asks(lan, "tháng này nộp gì?")  # Telegram is where she was seen last
        on_telegram = len(town.answers(lan))
        await town.asks(huong, "xoá giáo viên Lan")
        told = await phone.reads(there, lambda: huong.taps(members.REMOVE))
        assert told == members.you_are_removed(_name(town))
        assert len(town.answers(lan)) == on_telegram

    async def test_the_choice_is_kept_when_a_third_account_is_linked(self, town: Town, phone: Zalo) -> None:
        lan, there = await town.resident("Lan", SCHOOL, Role.TEACHER), phone.server.person("Lan")
        await phone.asks(there, f"tham gia {await _code(town, lan)}")
        await phone.asks(there, texts.by_channel("telegram").lower())
        again = phone.server.person("Lan, máy mới")
        assert await phone.asks(again, f"tham gia {await _code(town, lan)}") == texts.channel_linked("Lan")

    async def test_a_number_shared_on_a_second_service_asks_the_same(self, town: Town, phone: Zalo) -> None:
        lan = phone.server.person("Lan")
        async with town.begin() as session:
            known = await people.add_person(session, "Lan", SCHOOL, Role.TEACHER, phone="0912345678")
            await people.link(session, "zalo_bot", lan.id, known.id, town.clock())
        here = town.server.person("Lan", phone="84912345678")
        await town.reads(here, here.starts)
        joined = await town.reads(here, here.sends_contact)
        assert joined["text"] == f"{texts.joined(_name(town), Role.TEACHER)}\n\n{texts.WHICH_CHANNEL}"
        chosen = await town.reads(here, lambda: here.taps(texts.by_channel("telegram")))
        assert chosen["text"] == texts.channel_chosen("telegram")

    async def test_who_has_blocked_the_preferred_one_is_written_to_on_the_other(self, town: Town, phone: Zalo) -> None:
        huong = await town.resident("Hương", SCHOOL, Role.PRINCIPAL)
        lan, there = await town.resident("Lan", SCHOOL, Role.TEACHER), phone.server.person("Lan")
        await phone.asks(there, f"tham gia {await _code(town, lan)}")
        await phone.asks(there, "2")
        there.blocks()
        await town.asks(huong, "xoá giáo viên Lan")
        told = await town.reads(lan, lambda: huong.taps(members.REMOVE))
        assert told["text"] == sent_another_way("zalo_bot", members.you_are_removed(_name(town)))


class TestANoticeOnBoth:
    async def test_it_is_counted_by_service_and_acknowledged_on_each(self, town: Town, phone: Zalo) -> None:
        hanh = await town.resident("Hạnh", "PGD-VB", Role.STAFF)
        huong = await town.resident("Hương", SCHOOL, Role.PRINCIPAL)
        mai = phone.server.person("Mai")
        async with town.begin() as session:
            known = await people.add_person(session, "Mai", "VB-ANHDUONG", Role.PRINCIPAL)
            await people.link(session, "zalo_bot", mai.id, known.id, town.clock())
        await phone.asks(mai, "trợ giúp")
        await town.asks(hanh, "thông báo")
        await town.asks(hanh, "Họp 8h thứ Năm.")
        preview = await town.asks(hanh, "các trường")
        assert "• Telegram: 1 nơi, 1 tin" in preview
        assert "• Zalo (bot): 1 nơi, 1 tin; tháng này còn 29" in preview
        read = len(phone.answers(mai))
        await town.reads(hanh, lambda: hanh.taps(notices.SEND))
        await phone.server.until(lambda: len(phone.answers(mai)) > read, within=10)
        assert "Họp 8h thứ Năm." in phone.answers(mai)[-1]
        await town.server.until(lambda: "đã xong." in town.answers(hanh)[-1]["text"], within=10)
        await town.clock.sleep(PAUSE)
        assert (await phone.asks(mai, "đã nhận")).startswith("Đã ghi: Lớp MN độc lập tư thục Ánh Dương")
        acked = await town.reads(huong, lambda: huong.taps(notices.ACK))
        assert acked["text"].startswith("Đã ghi: MN Hoa Phượng")
        assert "• báo đã nhận: 2/2" in await town.asks(hanh, "tiến độ thông báo")


class TestNumbersOnZalo:
    """A list instead of buttons."""

    @pytest.fixture
    async def hanh(self, town: Town, phone: Zalo) -> OnZalo:
        """An officer, on a day when the documents leave two answers open."""
        town.clock.now = datetime(2025, 5, 6, 2, tzinfo=UTC)
        hanh = phone.server.person("Hạnh")
        async with town.begin() as session:
            known = await people.add_person(session, "Hạnh", OFFICE, Role.STAFF)
            await people.link(session, "zalo_bot", hanh.id, known.id, town.clock())
        return hanh

    async def test_in_a_group_a_number_picks_from_the_list_above(self, town: Town, phone: Zalo, hanh: OnZalo) -> None:
        group, mai = phone.server.group("Tổ"), phone.server.person("Mai")
        group.adds_bot()
        async with town.begin() as session:
            await groups.bind(session, Address("zalo_bot", group.id), OFFICE)
        found = town.knows(ASKED_BACK, OFFICE, Role.STAFF)
        asked = await phone.reads(group, lambda: hanh.says(ASKED_BACK, to=group, mention=True))
        assert _bare(asked) == _bare(listed(found.text, found.choices))
        picked = town.knows(found.choices[1].value, OFFICE, Role.STAFF).text
        assert _bare(await phone.reads(group, lambda: hanh.says("2", to=group, mention=True))) == _bare(picked)
        assert await phone.reads(group, lambda: mai.says("7", to=group, mention=True)) == no_such_choice(2)
        assert _bare(await phone.reads(group, lambda: mai.says("số 2", to=group, mention=True))) == _bare(picked)

    async def test_a_list_of_long_ago_is_not_meant(self, town: Town, phone: Zalo, hanh: OnZalo) -> None:
        await phone.asks(hanh, ASKED_BACK)
        await phone.asks(hanh, "tháng này nộp gì?")
        assert await phone.asks(hanh, "2") == no_such_choice(0)
        await phone.asks(hanh, ASKED_BACK)
        town.clock.move(timedelta(days=1))
        assert await phone.asks(hanh, "2") == no_such_choice(0)

    async def test_the_number_of_a_question_asked_since_counts_from_the_newest_list(
        self, town: Town, phone: Zalo, hanh: OnZalo
    ) -> None:
        await phone.asks(hanh, ASKED_BACK)
        left = await phone.asks(hanh, "rời đơn vị")
        assert left.startswith(texts.leave(_name(town, OFFICE)))
        assert await phone.asks(hanh, "2") == CANCELLED
        assert "chuyên viên" in await phone.asks(hanh, "/taikhoan")


async def _code(town: Town, lan: OnTelegram) -> str:
    return str(re.findall(r"\w{4}-\w{4}", await town.asks(lan, "nối kênh khác"))[0])


def _name(town: Town, unit: str = SCHOOL) -> str:
    return town.index.tree.units[unit].name


def _bare(text: str) -> str:
    return "".join(text.split())

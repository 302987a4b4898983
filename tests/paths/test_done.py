"""Four local services at once: a principal joins on Zalo, a teacher on Telegram, an officer binds a group of the
Official Account; each asks and is answered in the service's own manner; a PDF sent on Zalo ends up received."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, FormData
from pydantic import SecretStr

from bot.cli.run import serve
from bot.service import listen
from bot.settings import Settings, read_settings
from core.people import Asker, Role
from core.texts import joining as texts
from knowledge.answer import answer
from records.invitations import Invitation, invite
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.telegram_server import TelegramServer
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.fakes.zalo_oa_oauth import APP, OAuth
from tests.fakes.zalo_oa_server import SECRET_KEY, ZaloOAServer
from tests.knowledge.library import founding
from tests.paths.conftest import move_in
from web.app import WEBHOOKS

PRINCIPALS, TEACHERS, OFFICERS = "PRIN-2345", "TEAC-2345", "OFFI-2345"
BOT_SECRET = "mot-bi-mat-dai"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Country:
    """The running service and the three chat services that it knows, each over HTTP."""

    clock: StillClock
    address: str
    telegram: TelegramServer
    bot: ZaloBotServer
    account: ZaloOAServer

    async def until(self, seen: Callable[[], object], within: float = 10.0) -> None:
        """Returns once it is true, five seconds later by the clock; the services' transcripts are no events."""
        self.clock.move(timedelta(seconds=5))  # people take their time
        async with asyncio.timeout(within):
            while not seen():  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@pytest.fixture
async def country(begin: Begin, clock: StillClock, database_url: str, tmp_path: Path) -> AsyncIterator[Country]:
    await move_in(begin, clock)
    await _invited(begin, clock)
    oauth, stop = OAuth(clock), asyncio.Event()
    async with TelegramServer(clock) as telegram, ZaloBotServer(clock) as bot, ZaloOAServer(clock, oauth) as account:
        bot.world.switches.loopback_webhooks = True
        with listen("127.0.0.1", 0) as listening:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            settings = _settings(database_url, tmp_path, address, telegram, bot, account, oauth)
            running = asyncio.create_task(serve(settings, clock, listening, stop))
            found = Country(clock, address, telegram, bot, account)
            try:
                await found.until(lambda: telegram.asked("deleteWebhook") and bot.asked("setWebhook"))
                assert await account.webhook.save(address + WEBHOOKS["zalo_oa"])
                yield found
            finally:
                stop.set()
                await asyncio.wait_for(running, 15)


async def test_each_joins_asks_and_is_answered_and_a_pdf_is_received(country: Country) -> None:
    await _principal_joins_on_zalo(country)
    await _teacher_joins_on_telegram(country)
    await _officer_binds_a_group(country)
    await _principal_hands_in_a_pdf(country)


async def _principal_joins_on_zalo(country: Country) -> None:
    """By a typed code; choices are a numbered list."""
    huong, bot = country.bot.person("Phạm Thị Hương"), country.bot
    huong.says("Chào em")
    await country.until(lambda: "/thamgia" in _last(bot.transcript(huong)))
    huong.says(f"tham gia {PRINCIPALS.lower()}")
    await country.until(lambda: texts.WHO_ARE_YOU in _last(bot.transcript(huong)))
    number = re.search(r"(\d)\. Phạm Thị Hương", _last(bot.transcript(huong)))
    assert number, bot.transcript(huong)
    huong.says(number[1])
    await country.until(lambda: texts.i_am("Phạm Thị Hương") in _last(bot.transcript(huong)))
    huong.says("thang nay nop gi")
    expected = _known("VB-HOAPHUONG", Role.PRINCIPAL)
    await country.until(lambda: _bare(expected) in _bare("".join(bot.transcript(huong)[-2:])))
    huong.says("mời giáo viên")  # Telegram's link helps those who are there
    await country.until(lambda: "https://t.me/nhacviec_bot?start=" in _last(bot.transcript(huong)))


async def _teacher_joins_on_telegram(country: Country) -> None:
    """By a deep link; choices are buttons."""
    lan, telegram = country.telegram.person("Nguyễn Thị Lan"), country.telegram
    lan.starts(TEACHERS)
    await country.until(lambda: "[Nguyễn Thị Lan]" in _last(telegram.transcript(lan)))
    lan.taps("Nguyễn Thị Lan")
    await country.until(lambda: texts.i_am("Nguyễn Thị Lan") in _last(telegram.transcript(lan)))
    lan.says("thang nay nop gi")
    expected = _known("VB-HOAPHUONG", Role.TEACHER)
    await country.until(lambda: _bare(expected) in _bare("".join(telegram.transcript(lan)[-2:])))
    assert "[Xem thêm]" in _last(telegram.transcript(lan))


async def _officer_binds_a_group(country: Country) -> None:
    """A group of the Official Account, whose whole traffic is heard; who asked is named."""
    hanh, account = country.account.person("Vũ Thị Hạnh"), country.account
    hanh.follows()
    hanh.says(f"tham gia {OFFICERS}")
    await country.until(lambda: "[Vũ Thị Hạnh]" in _last(account.transcript(hanh)))
    hanh.taps("Vũ Thị Hạnh")
    await country.until(lambda: texts.i_am("Vũ Thị Hạnh") in _last(account.transcript(hanh)))
    group = account.group("Các trường Vĩnh Bảo", hanh)
    hanh.says("Chào cả nhà", to=group)  # among themselves
    hanh.says("[@3886132808788080000] /thamgia MN Hoa Phượng", to=group)
    await country.until(lambda: "Xong!" in _last(account.transcript(group)))
    assert len(account.transcript(group)) == 3
    assert "Hoa Phượng" in _last(account.transcript(group))
    hanh.says("[@3886132808788080000] tháng này nộp gì?", to=group)
    await country.until(lambda: "05/12/2023" in _last(account.transcript(group)))
    assert "@Vũ Thị Hạnh" in _last(account.transcript(group))


async def _principal_hands_in_a_pdf(country: Country) -> None:
    """Zalo passes no files on to bots: the link to the upload page takes its place, and the chat gets the receipt."""
    thu, bot = country.bot.person("Đỗ Thị Thu"), country.bot
    thu.says(f"tham gia {PRINCIPALS}")
    await country.until(
        lambda: "Xong!" in _last(bot.transcript(thu)) or texts.WHO_ARE_YOU in _last(bot.transcript(thu))
    )
    thu.sends_file("ke-hoach.pdf")
    await country.until(lambda: "/upload/" in _last(bot.transcript(thu)))
    link = re.search(rf"{re.escape(country.address)}/upload/\S+", _last(bot.transcript(thu)))
    assert link
    await _uploads(link[0], "ke-hoach.pdf", b"%PDF-1.4\n" + b"x" * 50_000)
    await country.until(lambda: "Đã nhận ke-hoach.pdf (50 kB)" in _last(bot.transcript(thu)))


async def _uploads(page: str, name: str, content: bytes) -> None:
    """As a browser without scripts does: the form, then "Xong"."""
    form = FormData()
    form.add_field("files", content, filename=name, content_type="application/octet-stream")
    async with ClientSession() as client:
        async with client.post(page, data=form) as sent:
            assert (sent.status, name in await sent.text()) == (200, True)
        async with client.post(f"{page}/done") as done:
            assert "Đã nhận 1 tệp" in await done.text()


async def _invited(begin: Begin, clock: StillClock) -> None:
    until = clock() + timedelta(days=1)
    async with begin() as session:
        await invite(session, Invitation("VB-HOAPHUONG", Role.PRINCIPAL), 5, until, PRINCIPALS)
        await invite(session, Invitation("VB-HOAPHUONG", Role.TEACHER), 5, until, TEACHERS)
        await invite(session, Invitation("PGD-VB", Role.STAFF), 5, until, OFFICERS)


def _settings(
    database: str,
    folder: Path,
    address: str,
    telegram: TelegramServer,
    bot: ZaloBotServer,
    account: ZaloOAServer,
    oauth: OAuth,
) -> Settings:
    chosen = {
        "database_url": SecretStr(database),
        "data_dir": folder,
        "public_url": address,
        "telegram_token": SecretStr(telegram.token),
        "telegram_api_url": telegram.url,
        "zalo_bot_token": SecretStr(bot.token),
        "zalo_bot_api_url": bot.url,
        "zalo_bot_mode": "webhook",
        "zalo_bot_webhook_secret": SecretStr(BOT_SECRET),
        "zalo_oa_app_id": APP,
        "zalo_oa_app_secret": SecretStr(oauth.apps[APP].secret),
        "zalo_oa_secret_key": SecretStr(SECRET_KEY),
        "zalo_oa_refresh_token": SecretStr(oauth.issue()[1]),
        "zalo_oa_api_url": account.url,
        "zalo_oa_business_url": account.business_url,
        "zalo_oauth_url": account.url,
    }
    return read_settings(None).model_copy(update=chosen)


def _known(unit: str, role: Role) -> str:
    asker = founding().tree.units[unit]
    return answer(founding(), "thang nay nop gi", Asker(asker, role, asker.level), StillClock()()).text


def _last(lines: list[str]) -> str:
    return lines[-1] if lines else ""


def _bare(text: str) -> str:
    return "".join(text.split())

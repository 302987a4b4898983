"""How the service and its channels are, on the staff site: for officers, by sign and word, without secrets."""

import re
from datetime import timedelta
from pathlib import Path

from bot.health import Health
from core.capabilities import ZALO_BOT, ZALO_OA
from core.health import Level
from core.message import Address, Outbound
from core.platform import Platform
from core.texts import site_channels
from core.texts import site_health as texts
from core.tokens import TokenPair
from knowledge.shelf import Shelf
from media.clamd import Clamd
from records import alerts, grants, outbox, usage
from records.documents import revision
from records.sealing import Sealer
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform
from tests.web.dossier_stage import DossierStage
from tests.web.site_stage import BOARD, site_of
from tests.web.units_stage import opened, visitors

HEALTH, CHANNELS = f"{BOARD}/suc-khoe", f"{BOARD}/kenh"
SECRET = "5555666677"  # of a chat, and in what a service has said
CONNECTED = {"telegram": True, "zalo_bot": False}


def levels(page: str) -> dict[str, Level]:
    """Of each thing that is shown."""
    found = re.findall(r'<tr class="(\w+)">\s*<th scope="row">([^<]+)</th>', page)
    return {subject: Level(level) for level, subject in found}


async def put(here: DossierStage, platform: str, reason: str, name: str) -> None:
    """A message that was given up."""
    async with here.begin() as session:
        message = Outbound(Address(platform, SECRET), f"thư riêng {name}")
        await outbox.put(session, message, name, here.clock())
        [claimed] = await outbox.claim(session, [platform], here.clock(), timedelta(minutes=1), 1)
        await outbox.mark_failed(session, claimed.id, reason, None)


async def test_officers_see_what_works_and_what_to_do(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await opened(begin, clock, tmp_path / "files")
    here.store.root.mkdir(parents=True, exist_ok=True)
    shelf = Shelf()
    async with begin() as session:
        shelf.put(here.school.index, await revision(session))
    platforms: dict[str, Platform] = {
        "telegram": here.school.platform,
        "zalo_bot": FakePlatform("zalo_bot", ZALO_BOT),
        "zalo_oa": FakePlatform("zalo_oa", ZALO_OA),
    }
    health = Health(clock, here.store.root, shelf, platforms, CONNECTED, Clamd(f"unix:{tmp_path}/no-clamd"))
    app = site_of(here, secure=False, machine=health.machine)
    async with visitors(here, app) as site:
        for who, status in (("lan", 404), ("huong", 404), ("hanh", 200), ("khanh", 200), ("tuan", 200), ("quan", 200)):
            visitor = await site.get(who)
            assert [await visitor.status(page) for page in (HEALTH, CHANNELS)] == [status] * 2, who
        hanh = await site.get("hanh")
        assert texts.NOT_YET in await hanh.reads(HEALTH)
        await health.look()
        found = levels(await hanh.reads(HEALTH))
        good = {subject for subject, level in found.items() if level is Level.GOOD}
        assert good >= {texts.OUTBOX, texts.LOST, texts.ALERTS, texts.DATABASE, texts.INDEX, texts.CLOCK, texts.FACES}
        assert found[texts.channel("telegram")] is Level.GOOD
        assert (found[texts.channel("zalo_bot")], found[texts.SCANNER]) == (Level.WRONG, Level.WRONG)
        assert texts.DISK in found

        await put(here, "zalo_bot", f"refused: chat {SECRET} is not there", "a")
        await put(here, "zalo_bot", f"refused: {SECRET}", "b")
        await put(here, "zalo_bot", "held: quota", "c")
        async with begin() as session:
            await alerts.raise_alert(session, "x", f"alert {SECRET}", clock())
            await outbox.put(session, Outbound(Address("telegram", SECRET), "chờ"), "waits", clock())
            await usage.count(session, "zalo_bot", 100, clock())
            await grants.replace(session, Sealer("x"), "app", TokenPair(SECRET, SECRET, timedelta(hours=25)), clock())
        health.ran("wake", True)
        health.ran("forget", False)
        clock.move(timedelta(minutes=11))
        page = await hanh.reads(HEALTH)
        found = levels(page)
        assert [found[one] for one in (texts.OUTBOX, texts.LOST, texts.ALERTS)] == [Level.DOUBT] * 3
        assert found[texts.JOBS] is Level.WRONG  # nothing has run for so long
        assert texts.lost(3, 0) in page
        clock.move(timedelta(hours=1))
        health.ran("wake", True)
        shelf.revision -= 1
        found = levels(await hanh.reads(HEALTH))
        assert [found[one] for one in (texts.OUTBOX, texts.JOBS, texts.INDEX)] == [
            Level.WRONG,
            Level.DOUBT,
            Level.DOUBT,
        ]

        shown = await hanh.reads(CHANNELS)
        for words in (
            site_channels.lost(2, site_channels.reason("refused: x")),
            site_channels.lost(1, site_channels.reason("quota")),
            site_channels.quota(100, 100, ZALO_BOT.per_month - 100),
            site_channels.state(False),
            site_channels.GRANT,
        ):
            assert words in shown
        for text in (page, shown):
            for secret in (SECRET, "thư riêng", str(tmp_path), "is not there", "http://", "https://"):
                assert secret not in text

"""Albums come as many messages, late, in any order, and the process dies in between: one submission, one receipt."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.capabilities import TELEGRAM, WEB_CHAT, ZALO_BOT, ZALO_OA
from core.platform import Limits
from records import received
from records.session import Begin
from scheduler.fetch import LEASE
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

SERVICES: Mapping[str, Limits] = {"telegram": TELEGRAM, "zalo_bot": ZALO_BOT, "zalo_oa": ZALO_OA, "web": WEB_CHAT}
RUNS = 25  # of each service
FILES = [f"p{number}" for number in range(10)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("service", SERVICES)
async def test_ten_photos_spread_over_twelve_seconds_are_one_submission_with_one_receipt(
    begin: Begin, clock: StillClock, tmp_path: Path, service: str
) -> None:
    limits = replace(SERVICES[service], users=0, per_month=0)
    here = await District(begin, clock, tmp_path / "files", service, limits).opens()
    chance = random.Random(service)
    for run in range(RUNS):
        before = len(here.read_by("huong"))
        await _album_comes(here, chance, f"album{run}" if limits.albums else "", f"{run}-")
        await here.passes(timedelta(minutes=1))
        await here.passes(LEASE)
        receipts = here.read_by("huong")[before:]
        assert len(receipts) == 1, receipts
        assert receipts[0].startswith("Đã nhận 10 ảnh")
        assert sorted(await here.files_of((await here.rows())[-1].id)) == [f"{run}-{file}" for file in FILES]
    assert len(await here.rows()) == RUNS


async def _album_comes(here: District, chance: random.Random, album: str, prefix: str) -> None:
    """In any order, over 1 to 12 seconds; what runs dies now and then and is started anew."""
    files = chance.sample(FILES, len(FILES))
    spread = chance.uniform(1, 12)
    moments = sorted(chance.uniform(0, spread) for _ in files)
    with_words, last = chance.randrange(len(files)), 0.0
    for number, (file, moment) in enumerate(zip(files, moments, strict=True)):
        here.clock.move(timedelta(seconds=moment - last))
        last = moment
        await here.sends_one("huong", f"{prefix}{file}", "ảnh tháng này" if number == with_words else "", album=album)
        await here.school.works()
        match chance.randrange(4):
            case 0:
                await here.fetcher.fetch_ready()
            case 1:
                await _dies_while_fetching(here)
            case _:
                here.starts_anew()


async def _dies_while_fetching(here: District) -> None:
    """What was claimed stays claimed until its lease ends."""
    async with here.begin() as session:
        await received.claim(session, here.name, here.clock(), LEASE, 2)
    here.starts_anew()

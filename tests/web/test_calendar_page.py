"""The calendar of the staff site: what chat's /lich and the phone's calendar say, day by day, each her own."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.evidence import State
from core.texts import calendar as chat_texts
from core.texts import site_calendar as texts
from knowledge.periods import whole_month
from knowledge.workdays import Workdays
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import BOARD
from tests.web.units_stage import opened, visitors

CALENDAR = f"{BOARD}/lich"
TITLE = "trước 05/12: Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    return await opened(begin, clock, tmp_path / "files")


def on(page: str, day: date) -> str:
    """What stands on this day of the grid."""
    [cell] = re.findall(rf'<td[^>]*><p class="date"><time datetime="{day}">.*?</td>', page, re.DOTALL)
    return str(cell)


async def test_each_sees_what_is_due_of_her_own_line(here: DossierStage) -> None:
    await here.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED, "VB-ANHDUONG")
    path, monday = f"{CALENDAR}?thang=2023-12", date(2023, 12, 4)
    async with visitors(here) as site:
        pages = {
            who: await (await site.get(who)).reads(path) for who in ("lan", "huong", "mai", "hanh", "khanh", "quan")
        }
        assert {who for who, page in pages.items() if TITLE in on(page, monday)} == {"lan", "huong", "mai", "hanh"}
        assert f"✓ {TITLE}" in on(pages["mai"], monday)
        assert f"{TITLE} – 1/2 đơn vị đã nộp" in on(pages["hanh"], monday)
        assert "đơn vị đã nộp" not in pages["huong"]
        assert "Vĩnh Bảo" not in pages["khanh"].partition("<main")[2]
        hanh = await site.get("hanh")
        assert await hanh.status(f"{CALENDAR}?thang=2023-13") == 400
        november = await hanh.reads(f"{CALENDAR}?thang=2023-11")
        assert '<time datetime="2023-11-30">' in november
        assert '<time datetime="2023-12-01">' not in november
        assert f'href="{BOARD}?thang=2023-12"' in on(pages["hanh"], monday)


async def test_it_tells_of_the_same_reminders_as_chat_and_of_days_off(here: DossierStage) -> None:
    said = await here.says("huong", "/lich")
    days = re.findall(r"\d\d/\d\d", re.findall(r"cân - đo.*\n(nhắc [\d/, ]+)", said)[0])
    assert days
    async with visitors(here) as site:
        page = await (await site.get("huong")).reads(f"{CALENDAR}?thang=2023-12")
        reminded = {day.strftime("%d/%m") for day in _december() if "cân - đo" in _told(on(page, day))}
        assert reminded >= set(days)
        assert "free" in on(page, date(2023, 12, 9))
        assert texts.TODAY in on(page, date(2023, 12, 4))
        january = await (await site.get("huong")).reads(f"{CALENDAR}?thang=2024-01")
        assert "Tết Dương lịch" in on(january, date(2024, 1, 1))
        here.school.index = replace(here.school.index, workdays=Workdays({date(2023, 12, 9): True}))
        page = await (await site.get("huong")).reads(f"{CALENDAR}?thang=2023-12")
        assert texts.WORKED in on(page, date(2023, 12, 9))


async def test_the_link_for_a_phone_is_the_one_of_chat(here: DossierStage) -> None:
    async with visitors(here) as site:
        lan = await site.get("lan")
        status, page = await lan.presses(CALENDAR, "linklich")
        assert (status, len(re.findall(r"https://nhacviec\.example\.vn/calendar/[\w-]{43}\.ics", page))) == (200, 1)
        assert (await here.says("lan", "link lịch")).startswith("Lịch riêng của thầy/cô đã có link")
        assert ".ics" not in await lan.reads(CALENDAR)
        assert texts.LINK in await (await site.get("huong")).reads(CALENDAR)
        assert chat_texts.REVOKED in (await lan.presses(CALENDAR, "thuhoilich"))[1]
        assert chat_texts.NOTHING_TO_REVOKE in (await lan.presses(CALENDAR, "thuhoilich"))[1]


def _told(cell: str) -> str:
    return cell.partition("<details")[2]


def _december() -> list[date]:
    month = whole_month(2023, 12)
    return [date(2023, 12, day) for day in range(1, month.last.day + 1)]

"""doctor: whether the scanner for malware answers, and how old its signatures are."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.checks.finding import Finding, Premises
from bot.checks.scanner import scanner
from bot.settings import read_settings
from tests.bot.cli_settings import Desk, line
from tests.fakes.clamd import FakeClamd

MADE = datetime(2023, 12, 3, 9, 30, tzinfo=UTC)  # the signatures of FakeClamd

pytestmark = pytest.mark.usefixtures("logs_as_they_were")


async def found(desk: Desk, address: str, age: timedelta = timedelta(0)) -> list[Finding]:
    settings = read_settings(None).model_copy(update={"clamav": address})
    return list(await scanner(Premises(settings, None, lambda: MADE + age, desk.env)))


async def test_a_scanner_that_answers(desk: Desk) -> None:
    async with FakeClamd() as clamd:
        [finding] = await found(desk, clamd.address, timedelta(days=7))
    assert finding.line == "✓ Quét mã độc: ClamAV 1.4.6 trả lời, mẫu nhận diện ngày 03/12/2023."


async def test_signatures_of_more_than_a_week_are_a_doubt(desk: Desk) -> None:
    async with FakeClamd() as clamd:
        [finding] = await found(desk, clamd.address, timedelta(days=9))
    assert finding.line.startswith("! Quét mã độc: ClamAV 1.4.6 trả lời, nhưng mẫu nhận diện đã cũ 9 ngày")
    assert "freshclam" in finding.text


async def test_a_scanner_that_does_not_say_how_old_it_is(desk: Desk) -> None:
    async with FakeClamd(version="ClamAV 1.4.6") as clamd:
        [finding] = await found(desk, clamd.address)
    assert finding.line == "✓ Quét mã độc: ClamAV 1.4.6 trả lời."


async def test_a_scanner_out_of_reach_is_said_with_what_to_do(desk: Desk) -> None:
    async with FakeClamd() as clamd:
        address = clamd.address
    desk.sets({"CLAMAV": address})
    code, lines = await desk.types("doctor")
    assert code == 1
    assert "NHACVIEC_CLAMAV" in line("✗ Quét mã độc: không hỏi được ClamAV", address, lines)


async def test_without_the_setting_nothing_is_said(desk: Desk) -> None:
    _, lines = await desk.types("doctor")
    assert not any("Quét mã độc" in one for one in lines)

"""doctor: whether scans and old Office files can be read here."""

import pytest

from bot.checks.finding import Premises
from bot.checks.readers import readers
from bot.settings import read_settings
from core.health import Level
from knowledge.readers import office, tesseract
from tests.bot.cli_settings import Desk
from tests.fakes.clock import StillClock

pytestmark = pytest.mark.usefixtures("logs_as_they_were")


@pytest.mark.parametrize(
    ("there", "vietnamese", "says"),
    [
        (None, False, "✓ Đọc ảnh quét: không dùng (chưa cài Tesseract), nên ảnh và PDF quét không đọc được."),
        ("/usr/bin/tesseract", False, "! Đọc ảnh quét: có Tesseract nhưng thiếu tiếng Việt"),
        ("/usr/bin/tesseract", True, "✓ Đọc ảnh quét: có Tesseract với tiếng Việt."),
    ],
)  # fmt: skip
async def test_what_reads_scans(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, there: str | None, vietnamese: bool, says: str
) -> None:
    monkeypatch.setattr(tesseract, "program", lambda: there)
    monkeypatch.setattr(tesseract, "reads_vietnamese", lambda: vietnamese)
    found = await readers(Premises(read_settings(None), None, StillClock(), desk.env))
    assert found[0].line.startswith(says)


@pytest.mark.parametrize(
    ("there", "says"), [(None, "apt install libreoffice"), ("/usr/bin/soffice", "có LibreOffice.")]
)
async def test_what_reads_old_office_files_is_no_fault_where_it_is_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, there: str | None, says: str
) -> None:
    monkeypatch.setattr(office, "program", lambda: there)
    found = await readers(Premises(read_settings(None), None, StillClock(), desk.env))
    assert found[1].level is Level.GOOD
    assert says in found[1].text

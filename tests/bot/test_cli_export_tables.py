"""export registrations, certificates: tables as Excel files; of a unit that exists; never over a file that is there."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.app import main
from core.activities import Activity, Scale
from core.clock import system_clock
from core.people import Role
from core.texts import activities as texts
from core.texts import certificates
from records import activities, people
from records.session import migrate, open_engine, opener
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
FAIR = Activity("Ngày hội gia đình", Scale.DISTRICT, "tháng 12")


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the samples and an activity of MN Quang Trung; where the operator types."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NHACVIEC_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'data' / 'nhacviec.db'}")
    await migrate(engine)
    await District(opener(engine), StillClock(), tmp_path / "data" / "files").opens()
    async with opener(engine)() as session:
        lien = await people.add_person(session, "Ngô Liên", "AL-QUANGTRUNG", Role.PRINCIPAL)
        await activities.add(session, "AL-QUANGTRUNG", FAIR, None, lien.id, system_clock())
    await engine.dispose()
    return tmp_path


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["export", *words])
    said = capsys.readouterr()
    return code, (said.out + said.err).strip()


def test_what_schools_have_registered(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "registrations", "--unit", "PGD-AL", "--out", "dang-ky.xlsx"
    assert typed(capsys, *words) == (0, "Đã ghi dang-ky.xlsx: 1 hoạt động.")
    [row] = list(load_workbook(here / "dang-ky.xlsx")[texts.SHEET].iter_rows(min_row=2, values_only=True))
    assert row[:6] == ("MN Quang Trung, huyện An Lão, Hải Phòng", 1, FAIR.title, "huyện", FAIR.when, "Ngô Liên")
    assert typed(capsys, *words) == (1, "dang-ky.xlsx: đã có tệp này; hãy chọn tên khác cho --out.")


def test_an_empty_list_of_certificates_is_a_table_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "certificates", "--unit", "SO-HP", "--out", "giay.xlsx"
    assert typed(capsys, *words) == (0, "Đã ghi giay.xlsx: 0 giấy chứng nhận.")
    [head] = list(load_workbook(here / "giay.xlsx")[certificates.SHEET].iter_rows(values_only=True))
    assert head == certificates.COLUMNS


@pytest.mark.parametrize("kind", ["registrations", "certificates"])
def test_wrong_use_is_one_line(here: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    code, said = typed(capsys, kind, "--unit", "nowhere", "--out", "x.xlsx")
    assert (code, said.count("\n")) == (2, 0)
    assert not (here / "x.xlsx").exists()

"""export dossier: the same ZIP as by a link; never over a file that is there; faults in one line."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.app import main
from core.evidence import State
from core.texts.dossier import EXPORT_NO_DETECTOR
from media import blurring
from records.session import migrate, open_engine, opener
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.media.crowd import needs_a_detector
from tests.media.made import photo, saved
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
PICTURE = saved(photo(), "JPEG")


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the samples and one picture; where the operator types."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NHACVIEC_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'data' / 'nhacviec.db'}")
    await migrate(engine)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "data" / "files")
    await stage.opens()
    await stage.gives(WEIGHING, {"Ảnh.jpg": PICTURE}, State.ACCEPTED)
    await engine.dispose()
    return tmp_path


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["export", *words])
    said = capsys.readouterr()
    return code, (said.out + said.err).strip()


def test_the_zip_is_written_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("dossier", "--unit", "MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng", "--month", "2023-12", "--out", "a.zip")
    code, said = typed(capsys, *words)
    assert (code, said.split(".")[0]) == (0, "Đã ghi a")
    assert "1 tệp minh chứng" in said
    with ZipFile(here / "a.zip") as packed:
        assert packed.testzip() is None
        assert [name.rpartition("/")[2] for name in packed.namelist()] == ["Mục lục.xlsx", "Mục lục.docx", "Ảnh.jpg"]
    before = (here / "a.zip").read_bytes()
    assert typed(capsys, *words) == (1, "a.zip: đã có tệp này; hãy chọn tên khác cho --out.")
    assert (here / "a.zip").read_bytes() == before
    assert sorted(path.name for path in here.iterdir()) == ["a.zip", "data"]


@needs_a_detector
def test_faces_are_blurred_before_the_zip_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = typed(capsys, "dossier", "--unit", "VB-HOAPHUONG", "--blurred", "--out", "a.zip")
    assert (code, "1 tệp minh chứng" in said) == (0, True)
    with ZipFile(here / "a.zip") as packed:
        [picture] = [packed.read(name) for name in packed.namelist() if name.endswith(".jpg")]
    assert picture.startswith(JPEG[:3])
    assert picture != PICTURE


def test_where_no_faces_can_be_found_none_is_written(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blurring, "_START", "print('null')")
    code, said = typed(capsys, "dossier", "--unit", "VB-HOAPHUONG", "--blurred", "--out", "a.zip")
    assert (code, said) == (1, EXPORT_NO_DETECTOR)
    assert not list(here.glob("a.zip*"))


def test_the_files_come_from_the_bucket_or_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cloud: Cloud
) -> None:
    for name, value in cloud.settings.items():
        monkeypatch.setenv(f"NHACVIEC_{name}", value)
    for path in (here / "data" / "files").glob("??/*"):
        cloud.puts(cloud.key(path.parent.name + path.name), path.read_bytes())
    shutil.rmtree(here / "data" / "files")
    words = ("dossier", "--unit", "VB-HOAPHUONG", "--out", "a.zip")
    cloud.wire.cut()
    code, said = typed(capsys, *words)
    assert (code, said.count("\n")) == (1, 0)
    assert said.startswith("Nơi lưu tệp không dùng được. Xem mạng, NHACVIEC_STORAGE_ENDPOINT")
    assert not list(here.glob("a.zip*"))
    cloud.wire.mend()
    assert typed(capsys, *words)[0] == 0
    with ZipFile(here / "a.zip") as packed:
        assert packed.read(packed.namelist()[2]) == PICTURE


@pytest.mark.parametrize(
    ("words", "code", "fault"),
    [
        (("dossier", "--unit", "VB-HOAPHUONG"), 2, "thiếu --out"),
        (("dossier", "--unit", "Trường không có", "--out", "a.zip"), 2, "không có đơn vị “Trường không có”"),
        (("dossier", "--unit", "PGD-VB", "--month", "12/2023", "--out", "a.zip"), 2, "phải là tháng dạng NĂM-THÁNG"),
        (
            ("dossier", "--unit", "PGD-VB", "--out", "no/where/a.zip"),
            1,
            "không có tệp này; hãy kiểm tra tên",
        ),
        (("matrix", "--unit", "PGD-VB", "--out", "a.zip"), 2, "không có “matrix”"),
        ((), 2, "thiếu LỆNH"),
    ],
)
def test_a_fault_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, fault: str
) -> None:
    got, said = typed(capsys, *words)
    assert (got, said.count("\n")) == (code, 0)
    assert fault in said
    assert not list(here.glob("a.zip*"))

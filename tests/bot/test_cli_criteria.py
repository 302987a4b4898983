"""criteria import and list: all of a file or nothing, faults in one line; the dossier by such a set."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.app import main

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "criteria" / "truong-hanh-phuc-mau.csv"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A data folder with the sample units."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NHACVIEC_DATABASE_URL", raising=False)
    assert main(["units", "import", str(SAMPLES / "units.csv")]) == 0
    capsys.readouterr()
    return tmp_path


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main([*words])
    said = capsys.readouterr()
    return code, (said.out + said.err).strip()


def given(file: Path, *more: str) -> tuple[str, ...]:
    return "criteria", "import", str(file), "--unit", "PGD-VB", "--name", "Trường hạnh phúc", *more


def test_a_set_is_checked_given_and_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = typed(capsys, *given(SAMPLE, "--check"))
    assert code == 0
    assert said.startswith("Đọc được 12 tiêu chí trong 4 nhóm, tối đa 100 điểm của bộ “Trường hạnh phúc”")
    assert typed(capsys, "criteria", "list")[1].startswith("Chưa có bộ tiêu chí nào.")
    assert typed(capsys, *given(SAMPLE))[1].startswith("Đã lưu bộ tiêu chí “Trường hạnh phúc”")
    assert "12 tiêu chí giữ nguyên" in typed(capsys, *given(SAMPLE))[1]
    assert typed(capsys, "criteria", "list", "--unit", "VB-HOAPHUONG") == (
        0,
        "PGD-VB\tTrường hạnh phúc\t12 tiêu chí trong 4 nhóm, tối đa 100 điểm\tPhòng GDĐT huyện Vĩnh Bảo, Hải Phòng",
    )
    assert typed(capsys, "criteria", "list", "--unit", "DH-HOASIM")[1].startswith("Chưa có bộ tiêu chí nào.")


def test_a_bad_line_or_use_gives_nothing_and_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = here / "bo.csv"
    bad.write_text("Số,Tiêu chí,Điểm\n1,Sân,10\n2,Lớp,x\n", encoding="utf-8")
    code, said = typed(capsys, *given(bad))
    assert code == 1
    assert said.startswith(f"{bad}: chưa nhập gì vì 1 lỗi. dòng 3: không hiểu điểm tối đa “x”")
    assert "\n" not in said
    assert typed(capsys, "criteria", "list")[1].startswith("Chưa có")
    assert typed(capsys, *given(here / "none.xlsx"))[0] == 1
    assert typed(capsys, *given(SAMPLE)[:-1], "x" * 101)[0] == 2
    assert typed(capsys, *given(SAMPLE)[:-1], " ")[0] == 2
    assert typed(capsys, "criteria", "import", str(SAMPLE), "--unit", "NOWHERE", "--name", "A")[0] != 0


def test_the_dossier_is_put_in_order_by_a_set(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = ("export", "dossier", "--unit", "VB-HOAPHUONG", "--out", "a.zip")
    code, said = typed(capsys, *export, "--criteria", "hạnh phúc")
    assert (code, said) == (
        1,
        "không rõ bộ tiêu chí “hạnh phúc”; đơn vị này chưa có bộ nào, xem: bot.py criteria list.",
    )
    typed(capsys, *given(SAMPLE))
    assert "các bộ đang có: Trường hạnh phúc." in typed(capsys, *export, "--criteria", "xanh")[1]
    assert not (here / "a.zip").exists()
    code, said = typed(capsys, *export, "--criteria", "hanh phuc")
    assert (code, said.split(". ")[-1]) == (0, "0/12 tiêu chí có minh chứng (0%).")
    with ZipFile(here / "a.zip") as packed:
        assert packed.namelist() == ["Mục lục.xlsx", "Mục lục.docx"]
    assert typed(capsys, *export[:-1], "b.zip", "--criteria", "hạnh phúc", "--month", "2023-12")[0] == 2

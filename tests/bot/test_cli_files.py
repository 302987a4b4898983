"""What the commands do with files: units, people, plans, batches of questions."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import main
from bot.cli.progress import bar
from tests.made_documents.word import word_of

pytestmark = pytest.mark.usefixtures("logs_as_they_were")

SAMPLES = Path(__file__).parents[2] / "samples"
PLANS = sorted((SAMPLES / "plans").glob("*.txt"))
CORRECTION = SAMPLES / "corrections" / "vinhbao-dieu-chinh-hoc-ky-1.txt"
VINH_BAO = SAMPLES / "plans" / "seed-2-vinhbao-trongtam-thang-2023.txt"
SCHOOL = "MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a house of its own: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    for name in ("DATABASE_URL", "TELEGRAM_TOKEN"):
        monkeypatch.delenv(f"NHACVIEC_{name}", raising=False)

    def run(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def house(run: Run) -> Run:
    """The sample units and people are known."""
    assert run("units", "import", SAMPLES / "units.csv")[0] == 0
    assert run("people", "import", SAMPLES / "people.csv")[0] == 0
    return run


def test_units_and_people_come_in_once(run: Run) -> None:
    assert "16 mới" in run("units", "import", SAMPLES / "units.csv")[1]
    assert "0 mới, 0 thay đổi, 16 giữ nguyên" in run("units", "import", SAMPLES / "units.csv")[1]
    first, again = (run("people", "import", SAMPLES / "people.csv")[1] for _ in range(2))
    assert " 0 giữ nguyên" in first
    assert " 0 mới, 0 thay đổi" in again


def test_a_list_with_one_bad_line_is_not_imported_at_all(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("code,name,level,parent\nA,Sở A,department,\nB,MN B,school,Q\n", encoding="utf-8")
    code, said, fault = run("units", "import", file)
    assert (code, said, fault.count("\n")) == (1, "", 1)
    assert "units.csv" in fault
    assert "dòng 3" in fault
    file.write_text("code,name,level,parent\nB,MN B,school,A\n", encoding="utf-8")
    assert "“A”" in run("units", "import", file)[2]  # A was not kept


def test_people_may_name_their_unit_by_name_but_it_must_be_known(house: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f'name,unit,role\nHà,"{SCHOOL}",teacher\nHạ,MN Nào Đó,teacher\n', encoding="utf-8")
    code, _, fault = house("people", "import", file)
    assert code == 1
    assert "dòng 3: không có đơn vị “MN Nào Đó”" in fault
    assert "dòng 2" not in fault


def test_what_is_extracted_comes_as_one_object_a_line(run: Run, tmp_path: Path) -> None:
    code, said, _ = run("extract", "--json", *PLANS)
    read = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert [plan["source_file"] for plan in read] == [path.name for path in PLANS]
    assert all({"document", "obligations", "warnings"} <= set(plan) for plan in read)
    assert not (tmp_path / "data").exists()


def test_what_is_extracted_is_shown_to_people_with_its_dates(run: Run) -> None:
    said = run("extract", VINH_BAO)[1]
    assert VINH_BAO.name in said
    assert "05/12/2023" in said
    assert "Việc có ngày" in said


def test_a_document_is_taken_in_once_and_published_later(house: Run) -> None:
    assert "bản nháp" in house("ingest", VINH_BAO)[1]
    assert "không thêm lần nữa" in house("ingest", VINH_BAO)[1]
    assert not _asked(house)["found"]
    assert "nay là đã công bố" in house("ingest", VINH_BAO, "--publish")[1]
    assert _asked(house)["found"]


def test_what_a_document_changes_of_earlier_ones_is_said_and_taken_only_where_that_is_asked(house: Run) -> None:
    house("ingest", VINH_BAO, "--publish")
    asked = ("ask", "số liệu học kỳ 1 nộp ngày nào", "--unit", SCHOOL, "--now", "2023-12-02T08:00:00+07:00")
    line = "nhiệm vụ học kỳ I: từ 05/12 sang 08/12"
    said = house("ingest", CORRECTION)[1]
    assert "chưa đổi (đổi khi công bố: --publish --amend)" in said
    assert line in said
    assert "chưa đổi (đổi luôn: thêm --amend)" in house("ingest", CORRECTION, "--publish")[1]
    assert "(hạn cũ" not in house(*asked)[1]
    assert house("ingest", CORRECTION, "--amend")[0] == 2
    code, said, _ = house("ingest", CORRECTION, "--publish", "--amend")
    assert (code, "Đã đổi việc của văn bản trước:" in said, line in said) == (0, True, True)
    told = house(*asked)[1]
    assert told.startswith("Trước ngày 08/12/2023")
    assert "(hạn cũ 05/12, đổi từ ngày 01/12 theo Công văn số 735/GDĐT-MN)" in told
    assert told.count("Việc: ") == 1  # what only says it anew is no task of its own
    answer = json.loads(house(*asked, "--json")[1])
    assert [one["due"] for one in answer["items"]] == ["2023-12-08"]
    assert answer["citations"][0]["quote"] in CORRECTION.read_text("utf-8")
    again = json.loads(house("ingest", CORRECTION, "--publish", "--amend", "--json")[1])
    assert again["changes"] == []


def test_a_copy_under_another_name_with_other_line_ends_is_the_same_document(house: Run, tmp_path: Path) -> None:
    copy = tmp_path / "bản sao.txt"
    copy.write_bytes(VINH_BAO.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    first = json.loads(house("ingest", VINH_BAO, "--json")[1])
    again = json.loads(house("ingest", copy, "--json")[1])
    assert (first["status"], again["status"]) == ("added", "known")
    assert first["id"] == again["id"]


def test_the_issuer_is_found_in_each_sample_plan(house: Run) -> None:
    said = [json.loads(line) for line in house("ingest", "--json", *PLANS)[1].splitlines()]
    assert [one["unit"] for one in said] == ["SO-HP", "PGD-VB", "PGD-AL", "SO-HP", "PGD-DH"]


def test_a_word_plan_is_shown_taken_in_and_answered_from(house: Run, tmp_path: Path) -> None:
    plan = tmp_path / "kế hoạch.docx"
    plan.write_bytes(word_of(VINH_BAO.read_text("utf-8")))
    code, said, fault = house("extract", plan)
    assert (code, fault) == (0, "")
    assert "trước 05/12/2023" in said
    assert "bảng 1, hàng " in said
    assert not re.search(r"dòng \d", said)
    assert "đã công bố" in house("ingest", plan, "--publish")[1]
    assert (
        "05/12"
        in house("ask", "số liệu học kỳ 1 nộp ngày nào", "--unit", SCHOOL, "--now", "2023-11-20T08:00:00+07:00")[1]
    )


def test_a_word_file_that_is_broken_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "hỏng.docx"
    plan.write_bytes(word_of(VINH_BAO.read_text("utf-8"))[:9000])
    code, said, fault = run("extract", plan)
    assert (code, said, fault.count("\n")) == (1, "", 1)
    assert "hỏng.docx bị hỏng" in fault


def test_one_bad_file_is_named_and_leaves_the_others_untouched(house: Run, tmp_path: Path) -> None:
    (tmp_path / "trống.txt").write_bytes(b"")
    (tmp_path / "ảnh.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    code, said, fault = house("ingest", tmp_path / "trống.txt", VINH_BAO, tmp_path / "ảnh.txt", tmp_path / "không.txt")
    assert code == 1
    assert VINH_BAO.name in said
    assert [name in line for name, line in zip(("trống", "ảnh", "không"), fault.splitlines(), strict=True)] == [
        True
    ] * 3


def test_where_the_issuer_is_not_certain_it_is_asked_for(house: Run, tmp_path: Path) -> None:
    file = tmp_path / "ghi-chép.txt"
    file.write_text("Các trường nộp báo cáo trước ngày 05/12/2023.\n", encoding="utf-8")
    code, _, fault = house("ingest", file)
    assert code == 1
    assert "--unit" in fault
    assert house("ingest", file, "--unit", "pgd vĩnh bảo")[0] == 0


def test_the_issuer_can_be_corrected(house: Run) -> None:
    house("ingest", VINH_BAO)
    assert json.loads(house("ingest", VINH_BAO, "--unit", "PGD-AL", "--json")[1])["unit"] == "PGD-AL"


def test_a_question_is_answered_with_its_source(house: Run) -> None:
    house("ingest", "--publish", *PLANS)
    asked = _asked(house)
    assert asked["found"]
    assert "05/12" in asked["answer"]
    text = VINH_BAO.read_text(encoding="utf-8")
    assert asked["citations"]
    for citation in asked["citations"]:
        assert citation["source_file"] == VINH_BAO.name
        assert citation["quote"] in text
        assert set(citation) == {"document", "source_file", "section", "row", "quote"}
    for item in asked["items"]:
        assert set(item) == {"task", "due", "rule", "months", "from_unit_level", "to_unit_level"}


def test_a_question_while_nothing_is_known_is_answered_so(house: Run) -> None:
    code, said, _ = house("ask", "tháng này nộp gì", "--unit", SCHOOL)
    assert code == 0
    assert said.strip()


def test_a_batch_is_answered_line_by_line_in_order(house: Run, tmp_path: Path) -> None:
    house("ingest", VINH_BAO, "--publish")
    lines = [
        {"id": "b", "now": "2023-12-01T08:00:00+07:00", "role": "teacher", "unit": SCHOOL, "question": "t12 nop gi"},
        {"id": 7, "now": "2023-12-01", "role": "district", "unit": "PGD-VB", "question": "", "more": 1},
        {"id": "a", "question": "xin chào"},
    ]
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text("\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    assert house("ask", "--batch", batch, "--out", out)[0] == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["b", 7, "a"]
    assert all(list(a) == ["id", "answer", "kind", "found", "citations", "items"] for a in answers)
    assert house("ask", "--batch", batch)[1] == out.read_text(encoding="utf-8")


def test_every_bad_line_of_a_batch_is_named(house: Run, tmp_path: Path) -> None:
    batch = tmp_path / "in.jsonl"
    bad = [
        '{"id": 1, "question": "hạn?"}',
        "[1]",
        '{"id": 1',
        '{"question": "hạn?"}',
        '{"id": true, "question": "hạn?"}',
        '{"id": 1}',
        '{"id": 1, "question": 5}',
        '{"id": 1, "question": "hạn?", "unit": "MN Nào Đó"}',
        '{"id": 1, "question": "hạn?", "role": "king"}',
        '{"id": 1, "question": "hạn?", "now": "31/6"}',
    ]
    batch.write_text("\n".join(bad), encoding="utf-8")
    code, _, fault = house("ask", "--batch", batch, "--out", tmp_path / "out.jsonl")
    assert (code, fault.count("\n")) == (2, 1)
    assert [f"dòng {line}:" in fault for line in range(1, 11)] == [False] + [True] * 9
    assert not (tmp_path / "out.jsonl").exists()


def test_a_batch_that_is_not_utf8_is_said_so(house: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes('{"id": 1, "question": "hạn?"}'.encode("cp1258", "replace") + b"\xff")
    code, _, fault = house("ask", "--batch", tmp_path / "in.jsonl")
    assert code == 2
    assert "UTF-8" in fault


def test_an_invitation_shows_its_code(house: Run) -> None:
    code, said, _ = house("invite", "--unit", "Mầm non Hoa Phượng", "--role", "teacher", "--uses", "20")
    assert code == 0
    assert "/thamgia " in said
    assert "20 người" in said


def test_the_bar_fills_up() -> None:
    assert [bar(done, 10)[:32].count("#") for done in (0, 5, 10)] == [0, 15, 30]
    assert "5/10" in bar(5, 10)


def _asked(house: Run) -> dict[str, Any]:
    said = house("ask", "tháng này nộp gì", "--unit", SCHOOL, "--now", "2023-12-01", "--json")[1]
    answer: dict[str, Any] = json.loads(said)
    return answer


def test_a_code_is_drawn_as_a_poster_and_taken_back(house: Run, tmp_path: Path) -> None:
    for kind in ("html", "svg", "png"):
        code, said, _ = house("invite", "--person", "Phạm Thị Hương", "--poster", tmp_path / f"ma.{kind}")
        assert code == 0
        assert (tmp_path / f"ma.{kind}").stat().st_size > 300
    page = (tmp_path / "ma.html").read_text(encoding="utf-8")
    assert "viewBox" in page
    code_of_it = said.split("/thamgia ")[1][:9]
    assert [house("invite", "--revoke", code_of_it)[0] for _ in range(2)] == [0, 1]
    assert house("people", "confirm")[0] == 0
    assert house("people", "confirm", "7")[0] == 1

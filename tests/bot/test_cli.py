"""Every command: its help, and what is said in one line when it is used wrongly or cannot work."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import main
from bot.cli.program import parser

pytestmark = pytest.mark.usefixtures("logs_as_they_were")

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "demo",
    "run",
    "setup",
    "doctor",
    "extract",
    "ingest",
    "ask",
    "units",
    "people",
    "invite",
    "export",
    "outbox",
    "broadcast",
)


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # away from a developer's .env
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    for name in ("DATABASE_URL", "TELEGRAM_TOKEN", "TELEGRAM_MODE"):
        monkeypatch.delenv(f"NHACVIEC_{name}", raising=False)


@pytest.mark.parametrize(
    "command",
    [*COMMANDS, "units import", "people import", "export dossier", "export calendar", "outbox list", "outbox retry"],
)
def test_every_command_explains_itself_with_an_example_that_works(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.startswith("Cách dùng: ")
    for english in ("usage:", "options:", "positional", "show this help"):
        assert english not in said
    examples = [line.strip() for line in said.split("Ví dụ:\n")[1].splitlines()]
    assert examples
    for example in examples:
        words = shlex.split(example.split(" > ")[0])
        assert words[:2] == ["python", "bot.py"]
        assert parser().parse_args(words[2:]).run


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(re.search(rf"^    {command}\b", said, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ([], "thiếu LỆNH"),
        (["dance"], "không có “dance”"),
        (["extract"], "thiếu FILE"),
        (["extract", "a.txt", "--yaml"], "không hiểu --yaml"),
        (["extract", "a.txt", "--js"], "không hiểu --js"),
        (["ask", "hạn?", "--now", "31/6"], "không phải thời điểm"),
        (["ask", "hạn?", "--now", "2025-02-29"], "không phải thời điểm"),
        (["ask", "hạn?", "--role", "king"], "không có “king”"),
        (["ask", "hạn?", "--unit"], "cần có giá trị"),
        (["ask"], "chưa có câu hỏi"),
        (["ask", "hạn?", "--batch", "a.jsonl"], "chỉ dùng một trong hai"),
        (["ask", "hạn?", "--out", "a.jsonl"], "--out chỉ dùng cùng --batch"),
        (["demo", "--port", "99999"], "từ 1 đến 65535"),
        (["demo", "--no-open=1"], "không nhận giá trị"),
        (["invite", "--unit", "A"], "cần --unit và --role"),
        (["invite", "--unit", "A", "--role", "teacher", "--uses", "0"], "từ 1 đến 1000"),
        (["invite", "--unit", "A", "--role", "district"], "không có “district”"),
        (["units"], "thiếu LỆNH"),
        (["outbox", "retry"], "số của tin, hoặc --all"),
        (["outbox", "retry", "1", "--all"], "số của tin, hoặc --all"),
        (["outbox", "retry", "x"], "phải là một số"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(words: list[str], fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = _one_line(capsys)
    assert fault in said
    assert "--help" in said


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["units", "import", "nowhere.csv"], "không có tệp này"),
        (["units", "import", "."], "thư mục"),
        (["people", "import", "nowhere.csv"], "không có tệp này"),
        (["extract", "nowhere.txt"], "không có tệp này"),
        (["ingest", "nowhere.txt"], "không có tệp này"),
        (["ask", "--batch", "nowhere.jsonl"], "không có tệp này"),
        (["run"], "setup"),
        (["outbox", "retry", "7"], "outbox list --failed"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_one_line(
    words: list[str], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    assert fault in _one_line(capsys)


def test_a_unit_that_is_not_known_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["ask", "hạn?", "--unit", "X"], ["invite", "--unit", "X", "--role", "teacher"]):
        assert main(words) == 2
        assert "units import" in _one_line(capsys)  # none is known yet


@pytest.mark.parametrize(
    "address", ["postgresql://u:secret@127.0.0.1:1/x", "sqlite:////proc/nowhere/x.db", "mysql://u:secret@h/x", "?"]
)
def test_a_database_that_cannot_be_used_is_said_in_one_line_without_its_password(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", address)
    assert main(["ask", "hạn?"]) == 1
    said = _one_line(capsys)
    assert "NHACVIEC_DATABASE_URL" in said
    assert "secret" not in said


def test_a_file_that_is_no_database_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.db").write_text("đây không phải cơ sở dữ liệu" * 99, encoding="utf-8")
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite:///{tmp_path / 'x.db'}")
    assert main(["ask", "hạn?"]) == 1
    assert "cơ sở dữ liệu" in _one_line(capsys)


def test_a_bad_setting_stops_every_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("NHACVIEC_PORT", "eighty")
    assert main(["ask", "hạn?"]) == 1
    assert "NHACVIEC_PORT" in _one_line(capsys)


def test_the_script_runs_the_program() -> None:
    shown = subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), "extract"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (shown.returncode, shown.stdout, shown.stderr.count("\n")) == (2, "", 1)


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    plan = ROOT / "samples" / "plans" / "seed-2-vinhbao-trongtam-thang-2023.txt"
    command = [sys.executable, str(ROOT / "bot.py"), "extract", str(plan)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def _one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err

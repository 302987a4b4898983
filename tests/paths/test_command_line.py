"""From a fresh house to answers with the commands of the README, typed as a user types them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.cli.arguments import asker_of, instant
from bot.cli.batch import line_out
from knowledge.answer import answer
from tests.knowledge.library import ROOT, founding

SAMPLES = ROOT / "samples"
PLANS = sorted((SAMPLES / "plans").glob("*.txt"))
MONTHLY = SAMPLES / "plans" / "seed-2-vinhbao-trongtam-thang-2023.txt"
ASKED = (
    ("a", "2023-12-01T08:00:00+07:00", "teacher", "VB-HOAPHUONG", "thang nay nop gi"),
    ("b", "2023-12-01T08:00:00+07:00", "district", "Phòng GDĐT huyện Vĩnh Bảo, Hải Phòng", "tháng này phòng nộp gì?"),
    (3, "2025-02-17", "teacher", "DH-HOASIM", "giá vàng hôm nay"),
)
DOCUMENT = {
    *("doc_type", "number", "number_blank", "issuing_body", "level", "province", "district", "place", "date"),
    *("date_precision", "title", "school_year", "addressees", "replaces", "contacts"),
}
OBLIGATION = {
    *("section", "row", "snippet", "task", "kind", "months", "start", "due", "due_rule", "time", "recurrence"),
    *("from_unit_level", "to_unit_level", "channel", "deliverable", "status", "note"),
}


def test_the_commands_lead_from_the_lists_to_the_answers_of_the_chat(tmp_path: Path) -> None:
    assert "16 mới" in _type(tmp_path, "units", "import", SAMPLES / "units.csv")
    assert "14 mới" in _type(tmp_path, "people", "import", SAMPLES / "people.csv")
    published = _type(tmp_path, "ingest", *PLANS, "--publish", "--json").splitlines()
    assert [json.loads(line)["status"] for line in published] == ["added"] * len(PLANS)
    questions = [dict(zip(("id", "now", "role", "unit", "question"), line, strict=True)) for line in ASKED]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in questions), encoding="utf-8")
    assert _type(tmp_path, "ask", "--batch", file).splitlines() == [_known(*line) for line in ASKED]


def test_an_extract_has_the_shape_of_the_contract_and_quotes_its_file(tmp_path: Path) -> None:
    read: dict[str, Any] = json.loads(_type(tmp_path, "extract", "--json", MONTHLY))
    assert {"source_file", "document", "obligations", "warnings"} <= read.keys()
    assert read["document"].keys() >= DOCUMENT
    assert read["source_file"] == MONTHLY.name
    assert len(read["obligations"]) >= 90
    text = MONTHLY.read_text("utf-8")
    for obligation in read["obligations"]:
        assert obligation.keys() >= OBLIGATION
        assert obligation["snippet"] in text
    assert not (tmp_path / "data").exists()


def _known(id: str | int, now: str, role: str, unit: str, question: str) -> str:
    index = founding()
    asker = next(one for one in index.tree.units.values() if unit in (one.code, one.name))
    return line_out(id, answer(index, question, asker_of(asker, role), instant(now)))


def _type(folder: Path, *words: object) -> str:
    """What the command prints; its standard error must be empty."""
    done = subprocess.run(
        [sys.executable, ROOT / "bot.py", *map(str, words)],
        cwd=folder,
        env={"NHACVIEC_DATA_DIR": str(folder / "data"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout

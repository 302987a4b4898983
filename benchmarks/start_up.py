"""A cold start: one `bot.py ask` on the sample plans, from the shell to the answer, beside bare Python."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
ROUNDS = 5


def run() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        _bot(folder, "units", "import", str(SAMPLES / "units.csv"))
        _bot(folder, "ingest", "--publish", *map(str, sorted((SAMPLES / "plans").glob("*.txt"))))
        asked = min(
            _bot(folder, "ask", "tháng này nộp gì", "--unit", "VB-HOAPHUONG", "--now", "2023-12-01")
            for _ in range(ROUNDS)
        )
    bare = min(_timed([sys.executable, "-c", "pass"], {}) for _ in range(ROUNDS))
    print(f"asked and answered from cold in {asked:.2f} s; bare Python {bare:.2f} s (best of {ROUNDS})")


def _bot(folder: str, *arguments: str) -> float:
    return _timed([sys.executable, str(ROOT / "bot.py"), *arguments], {"NHACVIEC_DATA_DIR": folder})


def _timed(command: list[str], settings: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=os.environ | settings, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started

"""The founding documents as scanned pages: the days that stand, those that are withheld, those that are wrong."""

import time
from collections import Counter
from pathlib import Path

from core.texts.dates import DAY_UNREAD
from core.work import DoubtKind, Plan
from knowledge.extract import extract
from knowledge.readers import read_file, scan
from tests.made_documents.agree import Told, days
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.pdf import browser, html, printed
from tests.made_documents.scan import as_pdf, pages

SEEDS = (2, 4, 9, 15)  # scanners on which nothing was tuned; 0 and 1 were


def run() -> None:
    """A line for each document and scanner, and one for all; what is not installed is left out, with a word."""
    if browser() is None or not scan.is_there():
        print("scans: no Chromium to print the samples with, or no Tesseract with Vietnamese")
        return
    started, whole = time.perf_counter(), Counter[str]()
    for path in PLANS:
        whole += _of(path)
    took = time.perf_counter() - started
    print(f"all, in {took:,.0f} seconds: {_told(whole)}; found {whole['right'] / whole['days']:.2f}")


def _of(path: Path) -> Counter[str]:
    asked = days(extract(read_file(path.name, path.read_bytes())))
    made = printed(html(paper(path)))
    whole = Counter[str]()
    for seed in SEEDS:
        counted = _counted(asked, extract(read_file("a.pdf", as_pdf(pages(made, seed=seed)))))
        print(f"{path.stem}, scanner {seed}: {_told(counted)}", flush=True)
        whole += counted
    return whole


def _counted(asked: Counter[Told], plan: Plan) -> Counter[str]:
    """`unticked`: days that stand and would be published without a person's tick."""
    found = days(plan)
    to_tick = {doubt.task for doubt in plan.doubts if doubt.kind is DoubtKind.SCANNED}
    return Counter(
        days=asked.total(),
        right=(asked & found).total(),
        withheld=sum(task.note == DAY_UNREAD for task in plan.obligations),
        wrong=(found - asked).total(),
        unticked=sum(bool(task.due) and at not in to_tick for at, task in enumerate(plan.obligations)),
    )


def _told(counted: Counter[str]) -> str:
    return ", ".join(f"{word} {counted[word]}" for word in ("days", "right", "withheld", "wrong", "unticked"))

"""The founding documents as scanned pages: the days that stand, those that are withheld, those that are wrong."""

from core.texts.dates import DAY_UNREAD
from knowledge.extract import extract
from knowledge.readers import read_file, scan
from tests.made_documents.agree import days
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.pdf import browser, html, printed
from tests.made_documents.scan import as_pdf, pages

SEEDS = (2, 4, 9, 15)  # scanners on which nothing was tuned; 0 and 1 were


def run() -> None:
    """A line for each document and scanner; what is not installed is left out, with a word."""
    if browser() is None or not scan.is_there():
        print("scans: no Chromium to print the samples with, or no Tesseract with Vietnamese")
        return
    for path in PLANS:
        asked = days(extract(read_file(path.name, path.read_bytes())))
        made = printed(html(paper(path)))
        for seed in SEEDS:
            plan = extract(read_file("a.pdf", as_pdf(pages(made, seed=seed))))
            found, withheld = days(plan), sum(task.note == DAY_UNREAD for task in plan.obligations)
            print(
                f"{path.stem}, scanner {seed}: days {asked.total()}, right {(asked & found).total()}, "
                f"withheld {withheld}, wrong {(found - asked).total()}"
            )

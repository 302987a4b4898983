"""The office's list of certificates: what it has selected for its store, with who made it."""

import re

from core.answer import Citation
from core.certificates import Granted, Product
from core.people import Asker
from core.texts import certificates as texts
from evidence.certifying import grant
from evidence.desk import Desk
from evidence.tables import Table, xlsx
from knowledge.author_names import authors_said
from knowledge.cite import cite
from knowledge.fold import fold
from knowledge.sentences import runs
from records import authors, library

SHEET = "certificates"  # as a wish (records.sheets)
_RULE = re.compile(r"chi cap giay chung nhan doi voi tac gia")


async def granted(desk: Desk, office: str) -> Granted:
    """From what the office itself has selected and is still shown."""
    _, selected = await library.find(desk.session, [office], (), None, 0)
    said = await authors.of(desk.session, [one.submission for one in selected])
    return grant(
        Product(one.code, one.title, one.unit, said[one.submission].names or authors_said(said[one.submission].caption))
        for one in reversed(selected)  # in the order they were put in
    )


async def table(desk: Desk, office: str) -> tuple[bytes, str, int]:
    """The Excel file, what is said of it, how many certificates."""
    found = await granted(desk, office)
    rows = [
        (
            texts.HOLDERS[one.holder],
            texts.to_whom(one, desk.unit_name(one.unit)),
            desk.unit_name(one.unit),
            len(one.products),
            texts.products(one.products),
            texts.why(one),
            texts.to_check(one) or None,
        )
        for one in found.certificates
    ]
    left = [(desk.unit_name(one.unit), one.title, one.code, texts.NAMELESS) for one in found.nameless]
    sheets = [
        Table(texts.SHEET, texts.COLUMNS, rows, (16, 40, 40, 12, 60, 50, 40)),
        Table(texts.MISSING_SHEET, texts.MISSING_COLUMNS, left, (40, 60, 12, 24)),
    ]
    return xlsx(sheets), texts.made(desk.short_name(office), len(rows)), len(rows)


def rule_for(desk: Desk, asker: Asker) -> Citation | None:
    """The sentence that says so; None: no document that the asker may read does."""
    for volume in desk.index.scope(asker):
        for passage in volume.shelved.plan.passages:
            for run in runs(passage.text):
                if _RULE.search(fold(run)):
                    return cite(desk.index, volume, passage, run)
    return None

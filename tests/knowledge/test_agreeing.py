"""Two looks at a picture: what they do not share is not told, and a person is asked; figures alone are compared."""

from datetime import date

import pytest
from PIL import Image

from core.texts.dates import DAY_UNREAD
from core.work import DoubtKind, Plan, Rule, Spot
from knowledge.blocks import Block, Paragraph, Row, Source
from knowledge.extract import extract
from knowledge.readers import read_file
from knowledge.readers.gathered import Gathered
from knowledge.readers.second_look import looked_again, unknown
from knowledge.readers.tesseract import Seen

HEAD = """PHÒNG GD&ĐT HUYỆN AN LÃO
Số: 12/PGDĐT-GDMN
An Lão, ngày 03 tháng 11 năm 2025
V/v báo cáo học kỳ I năm học 2025-2026
Kính gửi: Hiệu trưởng các trường mầm non trong huyện
"""
SENT = "Các trường gửi báo cáo về Phòng GD&ĐT trước {}."


def blocks(text: str) -> tuple[Block, ...]:
    found = read_file("cong-van.txt", text.encode()).blocks
    return tuple(Paragraph(one.line, one.text, Spot(page=1, scanned=True)) for one in found)


def read(first: str, second: str = "", head: str = HEAD, head_again: str = "") -> Plan:
    again = blocks((head_again or head) + (second or first)) if second or head_again else ()
    return extract(Source("anh.jpg", blocks(head + first), (), again))


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("ngày 05/12/2025", "ngày 06/12/2025", ("05/12/2025", "06/12/2025")),
        ("ngày 05/12/2025", "ngày 00/00/0000", ("05/12/2025",)),
        ("16 giờ ngày 05/12/2025", "15 giờ ngày 05/12/2025", ("16:00", "15:00")),
        ("ngày 15/5/2028", "ngày 15/5/2026", ("15/05/2028", "15/05/2026")),
        ("ngày 05/12", "ngày 05/11", ("05/12/2025", "05/11/2025")),
    ],
)
def test_what_two_looks_do_not_share_is_not_told_but_asked(first: str, second: str, asked: tuple[str, ...]) -> None:
    plan = read(SENT.format(first), SENT.format(second))
    [task], [doubt] = plan.obligations, [one for one in plan.doubts if one.kind is DoubtKind.SCANNED]
    assert (task.due, task.start, task.rule, task.time, task.note) == (None, None, None, None, DAY_UNREAD)
    assert first.split()[-1] in task.snippet
    assert doubt.task == 0
    assert all(reading in doubt.message for reading in asked), doubt.message
    assert {one.kind for one in plan.doubts} == {DoubtKind.SCANNED}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("thứ Hai ngày 05/12/2025", "là thứ Sáu"),
        ("ngày 20/10/2025", "sớm hơn ngày ban hành"),
        ("ngày 05/12/2029", "xa năm học"),
    ],
)
def test_a_day_that_both_see_but_the_paper_contradicts_is_asked_too(said: str, why: str) -> None:
    plan = read(SENT.format(said))
    assert [task.due for task in plan.obligations] == [None]
    [doubt] = plan.doubts
    assert (doubt.kind, doubt.task) == (DoubtKind.SCANNED, 0)
    assert why in doubt.message
    written = extract(read_file("cong-van.txt", (HEAD + SENT.format(said)).encode()))
    assert [bool(task.due) for task in written.obligations] == [True]  # what was typed is the paper's own word


def test_the_other_days_of_the_paper_stand_each_with_its_tick() -> None:
    body = f"1. {SENT.format('ngày 05/12/2025')}\n2. {SENT.format('ngày 09/12/2025')}\n"
    plan = read(body, body.replace("09/12", "08/12"))
    assert [(task.due, task.rule) for task in plan.obligations] == [(date(2025, 12, 5), Rule.BEFORE), (None, None)]
    assert [one.task for one in plan.doubts if one.kind is DoubtKind.SCANNED] == [0, 1]


def test_years_that_follow_from_a_head_in_doubt_are_in_doubt() -> None:
    unclear = HEAD.replace("2025-2026", "2023-2024").replace("năm 2025", "năm 2023")
    plan = read(SENT.format("ngày 05/12"), head_again=unclear)
    assert [task.due for task in plan.obligations] == [None]
    assert (plan.head.date, plan.head.date_month, plan.head.school_year) == (None, None, None)
    assert [(one.kind, one.task) for one in plan.doubts] == [(DoubtKind.SCANNED, None), (DoubtKind.SCANNED, 0)]


def test_of_several_files_each_is_compared_with_itself() -> None:
    whole = Gathered("a.zip")
    whole.add(Source("một.txt", (*blocks(HEAD), Row(9, 1, ("1", "Họp"), "1\tHọp"))), "một.txt")
    first, second = (blocks(HEAD + SENT.format(day)) for day in ("ngày 05/12/2025", "ngày 08/12/2025"))
    whole.add(Source("hai.jpg", first, (), second), "hai.jpg")
    whole.add(Source("ba.txt", first), "ba.txt")
    days = {plan.file: day for plan, day in _days(extract(whole.source()))}
    assert days == {"hai.jpg": None, "ba.txt": date(2025, 12, 5)}


def _days(plan: Plan) -> list[tuple[Spot, date | None]]:
    return [(plan.passages[task.passage].spot or Spot(), task.due) for task in plan.obligations]


def seen(text: str, at: int, sure: float = 95.0, top: int = 100) -> Seen:
    return Seen(text, at, top, 80, 20, sure)


LINE = ("báo", "cáo", "trước", "ngày", "05/12.")


@pytest.mark.parametrize(
    ("again", "sure", "told"),
    [
        (("trước", "ngày", "05/12."), 95.0, "05/12."),
        (("trưóc", "ngày", "05 /12"), 95.0, "05/12."),  # of words and blanks the first look is believed
        (("trước", "ngày", "06/12."), 95.0, "06/12."),
        (("trước", "8", "ngày", "05/12."), 95.0, "00/00."),  # a figure more: which is which is not known
        ((), 95.0, "00/00."),
        (("trước", "ngày", "05/12."), 40.0, "00/00."),
    ],
)
def test_figures_are_compared_and_known_where_both_looks_are_sure(
    again: tuple[str, ...], sure: float, told: str
) -> None:
    words = [seen(text, 100 + 100 * at, sure if "12" in text else 95.0) for at, text in enumerate(LINE)]
    shown: list[Image.Image] = []

    def look(picture: Image.Image, mode: int) -> list[Seen]:
        shown.append(picture)
        return [seen(text, 40 + 100 * at, top=44) for at, text in enumerate(again)]

    page = Image.new("L", (1000, 400), 255)
    assert looked_again(page, words, 60.0, look) == [*LINE[:-1], told]
    assert [picture.width < 500 and picture.height < 150 for picture in shown] == [True]  # only the figure's run


def test_a_page_without_figures_is_not_looked_at_again() -> None:
    assert looked_again(Image.new("L", (9, 9)), [seen("Họp", 0)], 60.0, lambda *_: pytest.fail("looked")) == ["Họp"]


def test_what_nobody_knows_is_no_day_and_no_hour() -> None:
    assert unknown("17h30-05/12/2025") == "99h00-00/00/0000"

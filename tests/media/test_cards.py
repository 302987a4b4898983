"""Pictures of the board: words keep within their boxes, every letter is there, and they are light for a phone."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import get_args

import pytest
from PIL import Image

from core.texts import pictures as texts
from evidence.owing import Mark
from media import month_card, progress_card
from media.canvas import ACCENT, WIDTH, Box, Canvas, letters
from media.month_card import MOST_LINES, DueDay, DueLine, MonthCard
from media.progress_card import MOST_NAMES, Name, ProgressCard, Share
from media.signs import LOOKS

LONG = "Trường Mầm non Tư thục Song ngữ Quốc tế Hoa Hướng Dương Thuỷ Nguyên Cơ sở 2"
TASK = f"Tổng hợp báo cáo kết quả và thống kê số liệu thực hiện nhiệm vụ học kỳ I của {LONG}"
ENDLESS = "Nghiêng" * 40
FOOT = "Tính đến 08:00 ngày 06/12/2023"
MARKS: Sequence[Mark] = get_args(Mark)


def progress(name: str, part: int, whole: int, names: int) -> ProgressCard:
    shares = [Share(mark, whole, texts.state(mark)) for mark in MARKS]
    missing = [Name("overdue", name)] * names
    aside = texts.on_time(part, whole, part, whole)
    units = texts.handed_in("trường")
    return ProgressCard(name, name, part, whole, units, aside, shares, texts.behind(names), missing, name, FOOT)


def month(words: str, lines: int, first: date = date(2023, 10, 1)) -> MonthCard:
    days = {day: DueDay(MARKS[day % len(MARKS)], texts.tasks(100)) for day in range(1, 30)}
    due = [DueLine(MARKS[number % len(MARKS)], "05/12", words) for number in range(lines)]
    return MonthCard(words, words, first, first, texts.WEEKDAYS, days, due, words, FOOT)


DRAWN = {
    "nothing": lambda: progress_card.draw(ProgressCard("", "MN", 0, 0, "việc", "", [], "", [], "", FOOT)),
    "usual": lambda: progress_card.draw(progress("MN Hoa Phượng", 7, 9, 3)),
    "longest": lambda: progress_card.draw(progress(LONG, 500, 500, MOST_NAMES)),
    "tasks": lambda: progress_card.draw(progress(TASK, 9999, 9999, 5)),
    "few tasks": lambda: progress_card.draw(progress(TASK, 1, 2, 3)),
    "one word": lambda: progress_card.draw(progress(ENDLESS, 123456, 123456, MOST_NAMES)),
    "month": lambda: month_card.draw(month(TASK, MOST_LINES)),
    "month of few": lambda: month_card.draw(month(TASK, 4)),
    "month of one word": lambda: month_card.draw(month(ENDLESS, MOST_LINES)),
    "month without tasks": lambda: month_card.draw(month("", 0, date(2023, 2, 1))),
}


@pytest.mark.parametrize("name", DRAWN)
def test_words_keep_within_their_boxes_and_apart_and_the_picture_is_light(name: str) -> None:
    canvas = DRAWN[name]()
    assert len(canvas.placed) > 3
    data = canvas.png()
    assert len(data) < 150_000
    with Image.open(BytesIO(data)) as picture:
        assert picture.width == WIDTH
        assert WIDTH <= picture.height <= WIDTH * 5 // 4
        whole = Box(0, 0, *picture.size)
    for _, box, ink in canvas.placed:
        for outer in (box, whole):
            assert outer.left - 1 <= ink.left, (box, ink)
            assert ink.right <= outer.right + 1, (box, ink)
            assert outer.top - 1 <= ink.top, (box, ink)
            assert ink.bottom <= outer.bottom + 1, (box, ink)
    inks = [ink for _, _, ink in canvas.placed if ink.right > ink.left]
    crossed = [(a, b) for place, a in enumerate(inks) for b in inks[place + 1 :] if crosses(a, b)]
    assert crossed == []


def crosses(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def test_figures_and_states_are_never_cut() -> None:
    for name, figure in (("longest", "500/500"), ("tasks", "9999/9999"), ("one word", "123456/123456")):
        words = [one.words for one in DRAWN[name]().placed]
        assert figure in words
        assert {figure.partition("/")[0], *map(texts.state, MARKS)} <= set(words)


def test_the_large_figure_can_be_read_on_a_thumbnail() -> None:
    canvas = DRAWN["usual"]()
    largest = max((ink for _, _, ink in canvas.placed), key=lambda ink: ink.bottom - ink.top)
    assert (largest.bottom - largest.top) * 200 / WIDTH > 28  # pixels, where the picture is 200 wide
    with Image.open(BytesIO(canvas.png())) as picture:
        small = picture.convert("RGB").resize((200, 200 * picture.height // WIDTH), Image.Resampling.LANCZOS)
    scale = 200 / WIDTH
    figure = small.crop((int(largest.left * scale), int(largest.top * scale), 120, int(largest.bottom * scale)))
    dark = sum(figure.convert("L").histogram()[:110])
    assert dark > 0.12 * figure.width * figure.height
    assert ACCENT.startswith("#0f")  # dark on light


@pytest.mark.parametrize("bold", [False, True])
def test_every_vietnamese_letter_is_there_with_its_marks(bold: bool) -> None:
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    made = [unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưy" for tone in tones]
    wanted = [*made, *(one.upper() for one in made), *"đĐ0123456789/·…()–%:"]
    shapes = [letters(one, 60, bold=bold) for one in wanted]
    assert letters("\uffff", 60, bold=bold) not in shapes
    assert len(set(shapes)) == len(wanted)


def test_every_state_has_a_sign_of_its_own() -> None:
    assert set(LOOKS) == set(MARKS)
    drawn = {(look.lines, look.dots, look.ring) for look in LOOKS.values()}
    assert len(drawn) == len(MARKS)
    canvas = Canvas(WIDTH)
    assert canvas.placed == []

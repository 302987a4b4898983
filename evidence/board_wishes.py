"""Pictures and files of the board that were asked for in chat: what each is made from, and how."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import partial
from io import BytesIO

from core.people import Person
from core.texts import exports as export_texts
from core.texts import pictures as texts
from core.work import TaskRef
from evidence import pictures
from evidence.board_files import book_of, report
from evidence.board_xlsx import Book, board_xlsx
from evidence.desk import Desk
from knowledge.periods import Period, whole_month
from media import month_card, progress_card
from media.progress_card import ProgressCard
from records import people
from records.sheets import Wish

EXCEL, WORD, MONTH, TASK, SCHOOL, CALENDAR = "excel", "word", "month", "task", "school", "calendar"

Made = tuple[bytes, str, str]  # the file, its name, what is said of it; no bytes: there is none, and why
Make = Callable[[], Made]  # takes a moment; needs the database no more


def kind_of(what: str) -> str:
    """As a wish (records.sheets)."""
    return f"board-{what}"


async def prepare(desk: Desk, wish: Wish) -> Make:
    """As who asked may see it now: it may be another than when she asked."""
    person = await people.in_a_unit(desk.session, wish.person)
    if person is None:
        return lambda: (b"", "", export_texts.GONE)
    return await _PREPARED[wish.kind](desk, person, wish)


async def _excel(desk: Desk, person: Person, wish: Wish) -> Make:
    return partial(_packed, await book_of(desk, person, _month(wish)))


def _packed(book: Book) -> Made:
    out = BytesIO()
    board_xlsx(book, out)
    name = export_texts.file_name("tien-do", book.month, "xlsx")
    return out.getvalue(), name, export_texts.caption(export_texts.EXCEL, book.month, book.at)


async def _word(desk: Desk, person: Person, wish: Wish) -> Make:
    month, write = _month(wish).first, await report(desk, person, _month(wish))
    said = export_texts.caption(export_texts.WORD, month, desk.now)
    return lambda: (write(), export_texts.file_name("bao-cao-tien-do", month, "docx"), said)


async def _of_month(desk: Desk, person: Person, wish: Wish) -> Make:
    return _drawn(await pictures.month_card(desk, person, _month(wish)), "tien-do", wish.about)


async def _of_task(desk: Desk, person: Person, wish: Wish) -> Make:
    words, _, day = wish.about.partition(" ")
    ref = TaskRef.parse(words)
    assert ref
    return _drawn(await pictures.task_card(desk, person, ref, date.fromisoformat(day)), "viec", day)


async def _of_school(desk: Desk, person: Person, wish: Wish) -> Make:
    return _drawn(await pictures.school_card(desk, person, wish.unit, _month(wish)), "phieu-truong", wish.about)


def _drawn(card: ProgressCard | None, kind: str, when: str) -> Make:
    if card is None:
        return lambda: (b"", "", texts.NOTHING)
    said = texts.caption(card.title, card.kicker, card.part, card.whole, card.words)
    return lambda: (progress_card.draw(card).png(), texts.file_name(kind, when), said)


async def _calendar(desk: Desk, person: Person, wish: Wish) -> Make:
    card = await pictures.calendar_card(desk, person, _month(wish))
    said = texts.calendar_caption(card.title, card.kicker)
    return lambda: (month_card.draw(card).png(), texts.file_name("lich", wish.about), said)


def _month(wish: Wish) -> Period:
    first = date.fromisoformat(f"{wish.about}-01")
    return whole_month(first.year, first.month)


_PREPARED: Mapping[str, Callable[[Desk, Person, Wish], Awaitable[Make]]] = {
    kind_of(EXCEL): _excel,
    kind_of(WORD): _word,
    kind_of(MONTH): _of_month,
    kind_of(TASK): _of_task,
    kind_of(SCHOOL): _of_school,
    kind_of(CALENDAR): _calendar,
}
KINDS = frozenset(_PREPARED)

"""What is said of books that are kept by the day, and of counters; see core/texts/evidence.py.

What is shown of a month is 30 characters wide.
"""

from collections.abc import Sequence
from datetime import date
from textwrap import wrap

from core.answer import Citation
from core.daily import BOOKS, Book, Kept, Rhythm
from core.message import StoredFile
from core.texts.answers import place, source
from core.texts.dates import day as full
from core.texts.dates import weekday
from core.texts.evidence import what

NAMES = {
    "kiem-thuc": "kiểm thực, lưu mẫu",
    "giao-thuc-pham": "giao nhận thực phẩm tay ba",
    "thuc-don": "thực đơn, tài chính",
    "giao-nhan-tre": "ký giao nhận trẻ",
    "tin-bai": "tin bài",
    "bai-dang": "bài đăng",
}
CAPTIONS = {  # with which a photo comes
    "kiem-thuc": "kiểm thực",
    "giao-thuc-pham": "giao nhận thực phẩm",
    "thuc-don": "thực đơn",
    "giao-nhan-tre": "giao nhận trẻ",
    "tin-bai": "tin bài",
    "bai-dang": "bài đăng",
}
_EVERY = {Rhythm.DAY: "mỗi ngày làm việc", Rhythm.WEEK: "mỗi tuần một lần"}
WIDTH = 30  # characters of a line on a phone

ONLY_HEADS = "Bật, tắt sổ là việc của hiệu trưởng. Cán bộ Phòng, Sở xem số ngày: sổ tháng này"
ONLY_MEMBERS = "Sổ theo ngày dành cho người của trường. Thầy/cô tham gia trước: /thamgia MÃ"
ONLY_SCHOOLS = "Ảnh trong sổ chỉ người của trường xem được. Cán bộ Phòng, Sở xem số ngày: sổ tháng này"
WHICH_ON, WHICH_OFF = "Thầy/cô bật sổ nào?", "Thầy/cô tắt sổ nào?"
ALL_ON, NONE_ON = "Trường đã bật đủ các sổ rồi. Xem: sổ tháng này", "Trường chưa bật sổ nào. Hiệu trưởng nhắn: bật sổ"
WHICH_TO_WRITE = "Thầy/cô ghi vào sổ nào?"
NOBODY_KEEPS = "Chưa trường nào bật sổ theo ngày."
NOT_NOW, NOT_INTO_IT = "Để sau", "Không ghi sổ"
TODAY = "Ghi hôm nay"
NO_SUCH_DAY = "Không có ngày ấy nên tôi chưa ghi vào sổ. Thầy/cô xem lại ngày giúp tôi."
ENTERED_BEFORE = "Lần gửi này đã ở trong sổ hoặc đã nộp cho việc khác rồi."
NOTHING_SHOWN = "Ngày ấy chưa có ảnh nào cho xem được."
WITH_NAMES = (
    "Tôi không ghi vào sổ: sổ này không nhận tên trẻ, danh sách trẻ. Lời kèm tôi không giữ, tệp không ai xem được nữa. "
    "Thầy/cô chụp che tên rồi gửi lại; nếu không có tên cháu nào thì gửi kèm chữ: giao nhận trẻ, không có tên"
)
COUNTED_BEFORE = "Tin, bài này đã đếm rồi nên tôi không đếm thêm."


def name(book: Book) -> str:
    """ "sổ kiểm thực, lưu mẫu"; a counter by its own name."""
    return NAMES[book.id] if book.counts else f"sổ {NAMES[book.id]}"


def title(book: Book) -> str:
    """ "Kiểm thực, lưu mẫu" """
    return NAMES[book.id].capitalize()


def choice(book: Book) -> str:
    """On a button."""
    return name(book)[0].upper() + name(book)[1:]


def short(day: date) -> str:
    """thứ Sáu 01/12"""
    return f"{weekday(day)} {day:%d/%m}"


def switched_on(book: Book, unit: str, first: date, rule: Citation | None) -> str:
    """To the head of the school."""
    late = "Tuần nào" if book.rhythm is Rhythm.WEEK else "Ngày làm việc nào"
    lines = [
        f"Đã bật {name(book)} của {unit}, {_EVERY[book.rhythm]}, tính từ {short(first)}.",
        f"Ai trong trường cũng gửi ảnh vào được, kèm chữ, ví dụ: {CAPTIONS[book.id]} hôm nay",
        f"{late} không có, sáng ngày làm việc sau tôi báo riêng hiệu trưởng. Không dùng nữa: tắt {name(book)}",
    ]
    return "\n".join([*lines, *_quoted(rule)])


def already_on(book: Book) -> str:
    return f"{choice(book)} đang bật rồi. Xem: {name(book)} tháng này"


def switched_off(book: Book) -> str:
    return f"Đã tắt {name(book)}: tôi không báo thiếu nữa. Những ngày đã ghi vẫn còn, xem: {name(book)} tháng này"


def not_on(book: Book) -> str:
    return f"{choice(book)} chưa bật ở trường thầy/cô. Hiệu trưởng nhắn: bật {name(book)}"


def send_for(book: Book, day: date) -> str:
    """Before the photos come."""
    names = "\nẢnh không có tên trẻ giúp tôi." if book.nameless else ""
    return f"Thầy/cô gửi ảnh ngay tại đây, tôi ghi vào {name(book)}, {short(day)}.{names}"


def to_come(day: date) -> str:
    """A day that is not here yet."""
    return f"Ngày {short(day)} chưa tới nên tôi chưa ghi vào sổ. Thầy/cô ghi cho hôm nay, hay để sau?"


def entered(book: Book, day: date, files: Sequence[StoredFile], all_files: int, late: int, kept: Kept) -> str:
    """Under the receipt. `all_files`: of that day, with these; `late`: days after it."""
    more = f" (cả ngày: {all_files})" if all_files > len(files) else ""
    behind = f", ghi muộn {late} ngày" if late else ""
    line = f"Đã ghi vào {name(book)}, {weekday(day)} {full(day)}: {what(files)}{more}{behind}."
    count = f"Tháng {day.month}: có {len(kept.there)}/{kept.asked} {_unit(book)}." if kept.asked else ""
    return "\n".join(filter(None, (line, count)))


def of_month(month: date, books: Sequence[str]) -> str:
    """All books of a school."""
    return "\n".join([f"Sổ theo ngày, tháng {month:%m/%Y}", *books])


def nothing_in(month: date) -> str:
    """Of a month in which the school kept no book, or not this one."""
    return f"Tháng {month:%m/%Y} trường chưa bật sổ này, chưa ghi gì."


def kept(stand: Kept, month: date, *, now: bool = False, off: bool = False) -> str:
    """One book of a month. `now`: what today or this week asks for is not there yet; `off`: it is kept no more."""
    book = stand.book
    lines = ["", *_wrapped(f"• {title(book)}" + (" (đã tắt)" if off else ""))]
    none = f"Chưa có {_unit(book)} nào"
    lines.append(
        f"Có {len(stand.there)}/{stand.asked} {_unit(book)}" + (":" if stand.there else "") if stand.asked else none
    )
    lines += _wrapped(" ".join(_in(month, day) for day in stand.there))
    if stand.missing:
        lines += _wrapped("Thiếu: " + " ".join(_in(month, day) for day in stand.missing))
    if now:
        lines.append("Tuần này chưa có" if book.rhythm is Rhythm.WEEK else "Hôm nay chưa có")
    return "\n".join(lines)


def of_unit(unit: str, stands: Sequence[Kept]) -> str:
    """To an office: how many days, of one school."""
    lines = ["", *_wrapped(unit)]
    for one in stands:
        lines += _wrapped(f"• {CAPTIONS[one.book.id]}: {len(one.there)}/{one.asked} {_unit(one.book)}")
    return "\n".join(lines)


def of_office(office: str, books: Sequence[tuple[Book, int, int, int]]) -> str:
    """To who is further up: of an office's schools, by book how many of them, what is there, what was asked for."""
    lines = ["", *_wrapped(office)]
    for book, schools, there, asked in books:
        lines += _wrapped(f"• {CAPTIONS[book.id]}: {schools} trường, {there}/{asked}")
    return "\n".join(lines)


def photos(book: Book, day: date, count: int, more: int) -> str:
    """Above the photos of a day."""
    return f"{choice(book)}, {weekday(day)} {full(day)}: {count} tệp." + (f" Còn {more} tệp nữa." if more else "")


def see(book: Book, day: date) -> str:
    """On a button; typed it is understood too."""
    return f"Xem sổ {CAPTIONS[book.id]} {day:%d/%m}"


def missed(unit: str, lines: Sequence[tuple[Book, Sequence[date]]]) -> str:
    """To the principal, in the morning: what was not entered. It is said once."""
    said = [
        f"• {title(book)}: {'tuần' if book.rhythm is Rhythm.WEEK else 'ngày'} {', '.join(map(short, days))}"
        for book, days in lines
    ]
    book, days = lines[0]
    how = f"Có rồi thì gửi ảnh kèm chữ, ví dụ: {CAPTIONS[book.id]} {days[-1]:%d/%m}"
    return "\n".join([f"Sổ theo ngày của {unit} còn thiếu:", *said, how])


def counted(book: Book, count: int, target: int | None, when: str = "") -> str:
    """ "đã có 2/3 học kỳ này, còn 1 tin bài học kỳ này"; `when`: the term or month, empty: this one."""
    when = when or ("học kỳ này" if book.rhythm is Rhythm.TERM else "tháng này")
    if target is None:
        return f"{choice(book)}: đã có {count} {when}."
    left = f", còn {target - count} {NAMES[book.id]} {when}" if count < target else ", đủ chỉ tiêu"
    return f"{choice(book)}: đã có {count}/{target} {when}{left}."


def counter(book: Book, said: str, rule: Citation | None, target: int | None) -> str:
    """What was asked: how many there are, and who says how many there are to be."""
    unset = [] if target or book.rhythm is not Rhythm.TERM else ["Văn bản tôi có không nêu chỉ tiêu."]
    how = f"Thêm: gửi liên kết hoặc ảnh kèm chữ: {CAPTIONS[book.id]}"
    return "\n".join([said, *unset, how, *_quoted(rule)])


def counters_of(lines: Sequence[str], rule: Citation | None) -> str:
    """To an office: of its schools."""
    return "\n".join([*lines, *_quoted(rule)])


def of_school(unit: str, count: int, target: int | None) -> str:
    return f"• {unit}: {count}/{target}" if target else f"• {unit}: {count}"


def counts_of_office(office: str, count: int, schools: int, enough: int | None) -> str:
    """To who is further up: of the schools of an office."""
    return f"• {office}: {count}, {schools} trường" + ("" if enough is None else f", {enough} trường đủ chỉ tiêu")


def _in(month: date, day: date) -> str:
    return f"{day:%d}" if day.month == month.month else f"{day:%d/%m}"


def _unit(book: Book) -> str:
    return {Rhythm.DAY: "ngày", Rhythm.WEEK: "tuần"}.get(book.rhythm, "bài")


def _quoted(rule: Citation | None) -> list[str]:
    if rule is None:
        return []
    return [f"“{rule.quote.strip(' -·•')}”", source(rule.document, place(rule.section, rule.row))]


def _wrapped(text: str) -> list[str]:
    return wrap(text, WIDTH)


assert NAMES.keys() == CAPTIONS.keys() == {book.id for book in BOOKS}

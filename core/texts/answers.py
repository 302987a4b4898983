"""The sentences of an answer: functions of values, so that no date or number gets in but from a value."""

from collections.abc import Sequence
from datetime import date

from core.message import Choice
from core.people import Level
from core.texts.dates import in_time, month, when
from core.work import Obligation

NOTHING_SHELVED = (
    "Kho văn bản còn trống nên tôi chưa có gì để trả lời. Cán bộ phụ trách cần đưa kế hoạch vào kho trước."
)
NOTHING_IN_SCOPE = (
    "Kho chưa có văn bản nào của đơn vị thầy/cô hay cấp trên. Thầy/cô nhờ cán bộ phụ trách đưa văn bản vào kho nhé."
)
EMPTY = "Thầy/cô muốn hỏi việc gì ạ? Ví dụ: “tháng này nộp gì?”"
OFF_TOPIC = (
    "Câu này không thuộc phạm vi của tôi: tôi chỉ trả lời về việc, hạn nộp và nội dung các văn bản đã có trong kho. "
    "Thầy/cô thử hỏi: “tháng này nộp gì?”"
)
OTHER_SCHOOLS = "Tôi chỉ có văn bản về giáo dục mầm non; câu hỏi về cấp học khác không thuộc phạm vi này."
OTHER_PLACE = "Tôi chỉ trả lời từ văn bản của đơn vị thầy/cô và cấp trên, không xem được văn bản của nơi khác."
NOT_SAID = "Văn bản trong kho không nêu điều này."
TAKES_PLACE = "Văn bản có nêu sự kiện trong thời gian này:"
NO_DEADLINE = "Văn bản trong kho không nêu hạn của việc này."
NEAREST = "Điều gần nhất mà văn bản có nói:"
NEAREST_PAPER = "Văn bản gần nhất trong kho:"
MORE = "xem thêm"
MORE_HINT = "Nhắn “xem thêm” để đọc tiếp."
NO_HOUR = "Văn bản không nêu ngày giờ cụ thể."
UNKNOWN_DONE = "Muốn biết đơn vị đã nộp việc nào, thầy/cô nhắn: tiến độ"
WHICH = "Có mấy văn bản cùng nói việc này, thầy/cô hỏi theo văn bản nào?"


_TIER = {
    Level.SCHOOL: "trường", Level.TEACHER: "giáo viên", Level.DISTRICT: "Phòng", Level.COMMUNE: "xã/phường",
    Level.DEPARTMENT: "Sở", Level.MINISTRY: "Bộ", Level.OTHER: "cơ quan khác",
}  # fmt: skip


def tier(level: Level | None) -> str:
    """Who, in one word; empty where not named."""
    return _TIER.get(level, "") if level else ""


def receiver(task: Obligation) -> str:
    """ " → Phòng", or nothing."""
    return f" → {tier(task.to_level)}" if task.to_level else ""


def item(number: int, what: str, task: Obligation, safe: date | None, passed: bool) -> str:
    """One line of a list of deadlines."""
    mark = " (đã qua)" if passed else ""
    return f"{number}. {what}{receiver(task)}: {when(task, safe)}{mark}"


def plain_item(number: int, what: str) -> str:
    """One line of a list of tasks without a date."""
    return f"{number}. {what}"


def deadlines_head(period: str, who: str, count: int) -> str:
    """Opens a list of deadlines."""
    return f"{_capital(period)}, {who} có {count} việc có hạn:"


def activities_head(count: int) -> str:
    """Opens the tasks without a date."""
    return f"Việc khác trong kỳ, văn bản không nêu hạn nộp ({count} việc):"


def activities_left_out(count: int) -> str:
    """Says how many tasks without a date are not listed yet."""
    return f"Ngoài ra còn {count} việc, văn bản không nêu hạn nộp."


def nothing_due(period: str, who: str) -> str:
    """No deadline in the period, though a document covers it."""
    return f"{_capital(period)}, văn bản không nêu hạn nộp nào của {who}."


def nothing_due_but(period: str, who: str, count: int) -> str:
    """No deadline in the period, but tasks."""
    return f"{_capital(period)}, văn bản không nêu hạn nộp nào của {who}; có {count} việc:"


def no_such_day(day: str) -> str:
    """A day that no calendar has was asked about."""
    return f"Lịch không có ngày {day}. Thầy/cô xem lại ngày giúp tôi nhé."


def no_plan(period: str) -> str:
    """No document in reach covers the period."""
    return f"Kho chưa có kế hoạch nào cho {period} của đơn vị thầy/cô, nên tôi không nêu hạn nào."


def no_deadlines_but_duties(doc_type: str, count: int) -> str:
    """A document without any date, with duties."""
    return f"{doc_type or 'Văn bản'} không nêu hạn nộp nào; có {count} nhiệm vụ:"


def for_others(whose: str, what: str, task: Obligation) -> str:
    """A deadline that binds other schools only."""
    return f"Chỉ dành cho {whose}: {what}: {when(task, None)}."


def only_for(whose: str) -> str:
    """Says that a deadline binds other schools only."""
    return f"Việc này chỉ dành cho {whose}."


NON_PUBLIC = "cơ sở ngoài công lập"


def overdue_head(count: int) -> str:
    """Opens the list of what is past."""
    return f"Đã qua hạn {count} việc:"


def nothing_overdue(who: str) -> str:
    """No deadline is past."""
    return f"Theo văn bản trong kho, {who} chưa có việc nào quá hạn."


def left(days: int, task: Obligation) -> str:
    """How long is left until the day as written, and until when one is in time; negative: how long it is past."""
    if days < 0:
        return f"Đã quá hạn {-days} ngày"
    until = task.until
    if until is None or not until.before:
        return f"Còn {days} ngày" if days else "Hạn là hôm nay"
    if days == 0:
        return "Hôm nay là ngày chốt"
    return f"Còn {days} ngày nữa đến {until.day:%d/%m}, ngày cuối còn kịp là {until.last:%d/%m}"


def status(days: int, task: Obligation) -> str:
    """Whether a task is overdue, as a sentence's head."""
    return "Chưa quá hạn" if days > 0 else left(days, task)


def single(what: str, task: Obligation, safe: date | None) -> str:
    """One task and its date."""
    return f"{_capital(when(task, None))}{receiver(task)}{in_time(safe)}.\nViệc: {what}"


def channel(value: str) -> str:
    """How to hand in."""
    return f"Gửi qua: {value}"


def other_tier(task: Obligation) -> str:
    """Says that a date belongs to another tier."""
    return f"Đây là hạn của {tier(task.from_level)}."


def yes(is_so: bool) -> str:
    """The head of an answer to "is it …?"."""
    return "Đúng." if is_so else "Không phải."


def quote(text: str) -> str:
    """The sentence of the document."""
    return f"“{text}”"


def reading(title: str, quote_: str) -> str:
    """One of two readings: the document and its words."""
    return f"{title}: “{quote_}”"


def source(label: str, place: str) -> str:
    """Where it stands."""
    return f"📄 {label}{', ' + place if place else ''}"


def source_label(label: str, place: str) -> str:
    """A source in one line, for platforms that can unfold it."""
    return f"{label}{', ' + place if place else ''}"


def more_choice() -> tuple[Choice, ...]:
    """The button that goes on with a long answer."""
    return (Choice(MORE.capitalize(), MORE),)


def place(section: str, row: str) -> str:
    """Section or block and row, as people say it."""
    if "/" in row:
        block, _, number = row.rpartition("/")
        return f"tháng {block}, mục {number}"
    parts = [f"mục {section}" if section and not section.startswith(("mục", "bảng")) else section]
    if row:
        parts.append(f"dòng {row}")
    return ", ".join(filter(None, parts))


def block(name: str) -> str:
    """A month block of a table: "12/2023" -> "tháng 12/2023"; other blocks keep their name."""
    return f"tháng {name}" if name[:1].isdigit() else name


def rows_of(where: str, rows: Sequence[str]) -> str:
    """A place and the rows in it."""
    return f"{where}, mục {', '.join(rows)}" if rows else where


def of_year(year: str) -> str:
    """Warns that the newest word on this is of an earlier school year."""
    return f"Theo văn bản năm học {year} (kho chưa có văn bản mới hơn về việc này):"


def wrong_year(year: str, have: str) -> str:
    """The year asked for is not on the shelf."""
    return f"Kho chưa có văn bản năm học {year} về việc này; chỉ có của năm học {have}."


def no_number(written: str) -> str:
    """A paper whose number is blank."""
    return f"Văn bản không ghi số (để trống: “{written}”)."


def paper_number(number: str) -> str:
    """A paper's number."""
    return f"Số {number}."


def paper_day(written: str) -> str:
    """A paper's date, as written."""
    return f"Văn bản ghi: “{written}”."


def paper_month(ym: str) -> str:
    """A paper whose day is blank."""
    return f"Ban hành {month(ym)}; ngày để trống trong văn bản."


def signer(name: str, title: str) -> str:
    """Who signed."""
    return f"Người ký: {name}{' (' + title + ')' if title else ''}."


NO_SIGNER = "Văn bản trong kho không có tên người ký."


def addressees(names: Sequence[str]) -> str:
    """To whom a paper is written."""
    return f"Văn bản gửi: {'; '.join(names)}."


def counted(count: int) -> str:
    """How many, before a list."""
    return f"{count} mục, gồm:"


def in_months(phrases: Sequence[str]) -> str:
    """The months of a repeated task."""
    return f"{len(phrases)} lần: {'; '.join(phrases)}." if len(phrases) > 1 else f"{_capital(phrases[0])}."


def now_running(what: str) -> str:
    """The item of a programme that is on."""
    return f"Đang ở: {what}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What a person is asked to look at in a document that was read: one sentence and one question each."""

from collections.abc import Sequence
from datetime import date

from core.texts.dates import NO_DAY, day, months, until, weekday, when
from core.work import Due, Obligation

KEEP = "Giữ như đã đọc?"
WHICH_DAY = "Đúng ra là ngày nào?"
WHO_GETS = "Gửi về đâu?"
SAME_ROW = "Có phải cùng một việc với dòng trên không?"
RIGHT_DATE = "Ngày này đúng chưa?"
UNREAD_HEAD = "Ngày ban hành trong ảnh chưa rõ, nên tôi để trống."


def scanned(due: date) -> str:
    """Read from a picture."""
    return f"Ngày {day(due)} đọc từ ảnh, chữ số có thể sai."


def unread(readings: Sequence[Obligation], why: str = "") -> str:
    """Two looks at a picture do not share it, else `why` it cannot be; `readings`: the task as each has it."""
    said = " hay ".join(dict.fromkeys(when(one, None).removesuffix(f", {NO_DAY}") for one in readings))
    return f"{why or f'Chữ số trong ảnh chưa rõ: {said}?'} Tôi để trống ngày."


def far(due: Due, school_year: str) -> str:
    """A day that lies years after the paper."""
    return f"{_limit(due)} xa năm học {school_year} của văn bản."


def other_month(due: Due, block: Sequence[str]) -> str:
    """A day far from the months that it stands under."""
    return f"{_limit(due)} nằm dưới {months(block)}."


def tiers(school: Due, office: Due) -> str:
    """The office's day is not after the schools'."""
    return f"Trường nộp {until(school)}, cấp trên lại gửi đi {until(office)}: hạn cấp trên không sau hạn trường."


def past(due: Due, issued: date) -> str:
    """Due before the paper."""
    return f"{_limit(due)} sớm hơn ngày ban hành {day(issued)}."


def words_and_figure(words: str) -> str:
    """ "05 (bốn)" """
    return f"Số và chữ không khớp: “{words}”."


def counted(said: int, found: int, words: str) -> str:
    """A list that is not as long as it is said to be."""
    return f"Văn bản ghi {said} nhưng liệt kê {found}: “{words}”."


def order(event: date, due: Due) -> str:
    """A gathering before its reports."""
    return f"Hội nghị ngày {day(event)}, nhưng báo cáo cho việc này nộp {until(due)}."


def receiver(words: str) -> str:
    """Cut off, or of no known tier."""
    return f"Không rõ nơi nhận: “{words}”."


def joined(words: str) -> str:
    """A row without month and number."""
    return f"Dòng không có số thứ tự: “{words}”, đã đọc là phần tiếp của dòng trên."


def closed(due: Due, working: date) -> str:
    """On a Sunday or holiday; `working` is the last working day in time."""
    name = weekday(due.day)
    on = f"ngày nghỉ ({name})" if due.day.weekday() < 6 else name
    return f"{_limit(due)} rơi vào {on}; ngày làm việc cuối là {weekday(working)} {day(working)}."


def soon(due: Due, issued: date) -> str:
    """Hardly any time."""
    return f"{_limit(due)} quá sát ngày ban hành {day(issued)}."


def _limit(due: Due) -> str:
    """ "Hạn trước 05/12/2025", "Hạn 05/12/2025" """
    said = until(due)
    return f"{said[0].upper()}{said[1:]}" if said.startswith("hạn ") else f"Hạn {said}"

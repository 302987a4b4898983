"""What is said of who speaks in the stead of a principal who is away.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from datetime import date

from core.evidence import State, Submission

ONLY_PRINCIPALS = "Việc uỷ quyền dành cho hiệu trưởng; trường chưa có hiệu trưởng dùng Nhắc Việc thì cán bộ Phòng làm."
WHOM = "Thầy/cô muốn nói tới ai?"
NO_DAY = "Tôi chưa thấy ngày nào từ hôm nay trở đi. Thầy/cô gõ ngày giúp tôi, ví dụ: đến 10/12"
HOW = "Thầy/cô gõ, ví dụ: uỷ quyền cho cô Lan đến 10/12"
HOW_OFFICE = "Thầy/cô gõ kèm tên trường, ví dụ: uỷ quyền cho Lan trường Hoa Phượng đến 10/12"
_NOBODY = "Chưa có ai đang được uỷ quyền."
NOBODY, NOBODY_OFFICE = f"{_NOBODY} {HOW}", f"{_NOBODY} {HOW_OFFICE}"
NOT_RUNNING = "Người này không đang được uỷ quyền."
YOURS_IS_OVER = "Thầy/cô không còn được uỷ quyền nữa. Việc này thầy/cô để hiệu trưởng quyết giúp tôi."
_MAY = "xác nhận minh chứng"


def until_when(name: str) -> str:
    return f"Uỷ quyền cho {name} đến ngày nào? Thầy/cô gõ ngày, ví dụ: đến 10/12"


def too_far(days: int, last: date) -> str:
    return f"Tôi chỉ nhận uỷ quyền tối đa {days} ngày, đến {last:%d/%m/%Y}. Thầy/cô gõ lại ngày giúp tôi."


def nobody_called(words: str) -> str:
    return f"Tôi không thấy giáo viên nào tên “{words}” mà thầy/cô uỷ quyền được. Xem danh sách: /giaovien"


def has_a_principal(unit: str) -> str:
    """To an office."""
    return f"{unit} có hiệu trưởng dùng Nhắc Việc, nên hiệu trưởng tự uỷ quyền. Thầy/cô báo hiệu trưởng giúp tôi."


def appointed(name: str, until: date, *, linked: bool) -> str:
    """To who appointed; `linked`: the deputy uses the bot."""
    said = f"Từ bây giờ đến hết ngày {until:%d/%m/%Y}, {name} {_MAY} thay hiệu trưởng."
    if linked:
        return f"{said} Tôi đã báo cho người ấy. Thôi sớm hơn thì nhắn: thôi uỷ quyền"
    return f"{said}\n⚠️ {name} chưa dùng Nhắc Việc. Thầy/cô lấy mã cho người ấy: mời giáo viên {name}"


def you_are_appointed(by: str, unit: str, until: date) -> str:
    """To the deputy."""
    return (
        f"{by} uỷ quyền cho thầy/cô {_MAY} của {unit} thay hiệu trưởng đến hết ngày {until:%d/%m/%Y}. "
        "Đồng nghiệp gửi gì, tôi sẽ hỏi thầy/cô. Xem cái đang chờ: /duyet"
    )


def line(name: str, unit: str, until: date) -> str:
    """`unit` empty: the reader's own."""
    return f"• {name}{f', {unit}' if unit else ''}: đến hết ngày {until:%d/%m/%Y}"


def listed(lines: Sequence[str]) -> str:
    return "Đang được uỷ quyền:\n" + "\n".join(lines)


def end(name: str) -> str:
    return f"Thôi uỷ quyền: {name}"


def ended(name: str, *, told: bool) -> str:
    """To who ended it; `told`: the deputy could be written to."""
    return f"Đã thôi uỷ quyền cho {name}{' và báo cho người ấy' if told else ''}."


def yours_ended(by: str, unit: str) -> str:
    """To who was a deputy."""
    return f"{by} đã thôi uỷ quyền: từ giờ hiệu trưởng {unit} tự {_MAY}. Cảm ơn thầy/cô!"


def in_your_stead(name: str, submission: Submission, state: State) -> str:
    """To the principal: what her deputy has decided. `submission` as it stood before."""
    if state is State.KEPT:
        return f"{name} thay thầy/cô giữ lại {submission.code}, không ghi vào việc nào."
    title = f": {submission.title}" if submission.title else ""
    held_back = "chưa nộp" if submission.state is State.HELD else "đã rút lại"
    done = "đã nộp" if state is State.SUBMITTED else held_back
    return f"{name} {done} {submission.code} thay thầy/cô{title}."

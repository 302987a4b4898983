"""What the page of the search says.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence

from core.answer import Citation
from core.evidence import State, Submission
from core.notices import Notice
from core.people import Member
from core.texts.answers import place
from core.texts.dates import months, until
from core.texts.joining import role_name
from core.texts.members import line
from core.texts.notice_reports import STAGES
from core.texts.notices import pick
from core.work import Due

TITLE = "Tìm"
HOW = "Thầy/cô ghi câu hỏi như khi hỏi bot, hoặc tên việc, mã, số văn bản, tên đơn vị, tên người vào ô Tìm ở đầu trang."
QUOTES_SHOWN = 3
ANSWER, QUOTED = "Trả lời", "Trích văn bản"
TASKS, SUBMISSIONS, PAPERS = "Việc", "Minh chứng", "Văn bản"
UNITS, PEOPLE, NOTICES = "Đơn vị", "Người", "Thông báo"
NOTHING = "Không có việc, minh chứng, văn bản, đơn vị, người hay thông báo nào có đủ các từ này."
_STATES = {
    State.COMING: "đang nhận tệp",
    State.UNPLACED: "chưa chọn việc",
    State.KEPT: "giữ, không ghi vào việc nào",
    State.QUESTIONED: "chờ người gửi xem lại",
    State.HELD: "chờ hiệu trưởng xác nhận",
    State.SUBMITTED: "đã nộp, chờ xem",
    State.RETURNED: "bị trả lại",
    State.ACCEPTED: "đã được nhận",
    State.WITHDRAWN: "đã rút lại",
}


def results_for(asked: str) -> str:
    return f"Tìm: {asked}"


def more(most: int) -> str:
    return f"Chỉ nêu {most} mục đầu. Thầy/cô ghi thêm từ để tìm hẹp hơn."


def more_quoted(count: int) -> str:
    return f"Xem thêm {count} câu trích"


def task(title: str, due: Due | None, in_months: Sequence[str]) -> str:
    """`in_months`: of what has no day."""
    said = until(due) if due else months(in_months) if in_months else ""
    return f"{title} ({said})" if said else title


def submission(one: Submission, unit: str) -> str:
    return f"{one.code} · {one.title or _STATES[State.UNPLACED]} · {unit} · {_STATES[one.state]}"


def person(one: Member, unit: str) -> str:
    return f"{line(one.name, unit, linked=one.linked)} · {role_name(one.membership.role)}"


def notice(one: Notice) -> str:
    return f"{one.code} · {pick(one, STAGES[one.stage])}"


def source(one: Citation) -> str:
    return ", ".join(filter(None, (one.document, place(one.section, one.row))))

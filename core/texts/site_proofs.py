"""What the pages of evidence on the staff site say; words as in chat (core/texts/evidence.py, queue.py, asking.py).

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from datetime import date

from core.answer import Citation
from core.clock import VIETNAM
from core.evidence import Event, Handed, State, Submission, days_late
from core.texts import asking
from core.texts.answers import place as place_of
from core.texts.answers import source_label
from core.texts.asking import how_far
from core.texts.dates import until
from core.texts.evidence import REASONS as REASONS  # what chat offers is offered here
from core.texts.evidence import late, what
from core.texts.evidence import withdrawn as withdrawn  # in chat too
from core.texts.files import size
from core.texts.privacy import deleted

TITLE, LIST, GALLERY = "Minh chứng", "Danh sách", "Xem ảnh"
STANDS = {"cho": "Chờ thầy/cô", "nhan": "Đã nhận", "tra": "Đã trả lại", "het": "Tất cả trong tháng"}
BELOW, OWN = "Của các đơn vị", "Của đơn vị mình"
FILTER, TASK, UNIT, AGE, SORT, MONTH, SHOW = "Lọc", "Việc", "Đơn vị", "Chờ từ", "Xếp theo", "Tháng", "Xem"
ALL_TASKS, ALL_UNITS = "Mọi việc", "Mọi đơn vị"
DAYS = {0: "Bao lâu cũng được", 3: "3 ngày trở lên", 7: "7 ngày trở lên", 14: "14 ngày trở lên"}
ORDERS = {"han": "Hạn gần trước", "cho": "Chờ lâu nhất trước", "donvi": "Đơn vị", "viec": "Việc"}
NOTHING = "Không có minh chứng nào."
NO_PICTURES = "Không có ảnh nào ở trang này."
TICK_ALL, ACCEPT_TICKED = "Chọn tất cả ở trang này", "Nhận các lần đã chọn"
NOTHING_TICKED = "Thầy/cô chọn ít nhất một lần nộp rồi bấm lại giúp tôi."
NONE_WAITS = "Các lần nộp đã chọn không còn chờ thầy/cô nữa, nên tôi chưa nhận lần nào."
NEWER, OLDER = "Trang trước", "Trang sau"
NO_TASK = "Chưa rõ việc"

BACK, PREVIOUS, NEXT = "Về danh sách", "Lần trước", "Lần sau"
DOCUMENT, FILES, LOG, DECIDE = "Văn bản", "Tệp", "Nhật ký", "Thầy/cô quyết"
DUE, GIVEN, CODE, CAPTION, SHARED, STEAD = "Hạn", "Nộp lúc", "Mã", "Lời kèm", "Dùng chung tệp với", "Xác nhận"
WARNINGS, INSIDE = "Cần xem kỹ", "Trong tệp"
NO_FILES = "Không có tệp nào để xem."
UNSEEN = "Thầy/cô xem được trạng thái và nhật ký; tệp thì người quyết mới xem được."
NO_SOUND = "Trình duyệt không phát được tệp này. Thầy/cô bấm tên tệp để tải về."
ACCEPT, SEND_BACK, ASK, EXTEND = "Nhận", "Trả lại", "Hỏi lại", "Gia hạn"
WHY, OTHER_WHY, QUESTION, UNTIL = "Vì sao trả lại?", "Lý do khác hoặc nói rõ thêm", "Câu hỏi cho đơn vị", "Hạn mới"
CONFIRM, NOT_YET, ANYWAY, TAKE_BACK = "Nộp", "Chưa nộp", "Vẫn nộp như vậy", "Rút lại"
ANSWER, YOUR_ANSWER = "Trả lời", "Câu trả lời cho cấp trên"
TAKE_BACK_HOW = "Rút lại thì lần nộp này không tính là đã nộp nữa."
NOT_NOW = "Việc này không làm được nữa: lần nộp đã đổi, hoặc không do thầy/cô quyết. Thầy/cô xem lại bên dưới."
NO_REASON = "Thầy/cô chọn hoặc ghi lý do trả lại giúp tôi."
NO_QUESTION = "Thầy/cô ghi câu hỏi rồi bấm lại giúp tôi."
NO_ANSWER = "Thầy/cô ghi câu trả lời rồi bấm lại giúp tôi."
NO_DAY = "Thầy/cô ghi hạn mới từ hôm nay trở đi, ví dụ 10/12."
KEYS_OFF, KEYS_ON = "Tắt phím tắt", "Bật phím tắt"
_SHOW_KEYS = ("?", "mở, đóng bảng này")
LIST_KEYS = (("j", "lần dưới"), ("k", "lần trên"), ("x", "chọn, bỏ chọn"), ("Enter", "mở"), _SHOW_KEYS)
_STATES = {
    State.COMING: "Tệp đang đến",
    State.UNPLACED: "Chưa rõ việc",
    State.KEPT: "Giữ, không ghi vào việc nào",
    State.QUESTIONED: "Chưa đúng quy định của văn bản, chờ người nộp",
    State.HELD: "Chờ hiệu trưởng xác nhận",
    State.SUBMITTED: "Đã nộp, chờ xem",
    State.RETURNED: "Bị trả lại",
    State.ACCEPTED: "Đã được nhận",
    State.WITHDRAWN: "Đã rút lại",
}


def state(submission: Submission) -> str:
    return _STATES[submission.state]


def title(submission: Submission) -> str:
    return submission.title or NO_TASK


def due(submission: Submission) -> str:
    """With a capital; empty: it has no due day."""
    words = until(submission.due) if submission.due else ""
    return words[:1].upper() + words[1:]


def given(submission: Submission) -> str:
    """When, and how late."""
    at = submission.handed_in_at or submission.opened_at
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}{late(days_late(submission.due, at))}"


def files(handed: Handed) -> str:
    return deleted(handed.submission) if handed.submission.deleted_at else what(handed.files)


def line(handed: Handed, waits: int, *, waiting: bool, sees: bool) -> str:
    """Under the task in the list."""
    submission = handed.submission
    said = [due(submission), f"nộp {given(submission)}", files(handed) if sees else ""]
    said += ["nộp lại"] * submission.again + [f"chờ {waits} ngày"] * (waiting and waits > 0)
    return " · ".join(filter(None, said)) + how_far(handed.talk)


def found(count: int) -> str:
    return f"{count} lần nộp"


def page(number: int, pages: int) -> str:
    return f"Trang {number}/{pages}"


def counted(name: str, count: int) -> str:
    """In a list to pick from."""
    return f"{name or NO_TASK} ({count})"


def tick(unit: str, submission: Submission) -> str:
    """The name of a box."""
    return f"Chọn {unit}: {title(submission)}, mã {submission.code}"


def more_pictures(count: int) -> str:
    return f"+{count} ảnh"


def picture(number: int, name: str) -> str:
    """What a screen reader says of it: nobody has described it."""
    return f"Ảnh {number}: {name}"


def weight(count: int) -> str:
    return size(count)


def place(at: int, of: int) -> str:
    """Where one stands in the list."""
    return f"{at}/{of}"


def happened(event: Event) -> str:
    return asking.happened(event)


def moved(day: date) -> str:
    return f"đã gia hạn đến {day:%d/%m/%Y}"


def in_stead(name: str) -> str:
    return f"{name} xác nhận thay hiệu trưởng."


def quoted(quote: str) -> str:
    """The sentence of the document."""
    return f"“{' '.join(quote.split())}”"


def cited(citation: Citation) -> str:
    """Where it stands."""
    return source_label(citation.document, place_of(citation.section, citation.row))


def keys(
    *, decides: bool = False, confirms: bool = False, asks: bool = False, answers: bool = False
) -> list[tuple[str, str]]:
    """Which keys do something on the page of one submission."""
    found = [("a", "nhận" if decides else "nộp")] * (decides or confirms)
    found += [("t", "trả lại: đến ô lý do")] * decides
    found += [("h", "hỏi lại: đến ô câu hỏi" if asks else "trả lời: đến ô câu trả lời")] * (asks or answers)
    return [*found, ("j hoặc →", "lần sau"), ("k hoặc ←", "lần trước"), _SHOW_KEYS]


def keys_of(found: Sequence[tuple[str, str]]) -> str:
    """All of them in a line."""
    return f"Phím tắt: {', '.join(key.partition(' ')[0] for key, _ in found)}"


def accepted_ticked(done: int, gone: int) -> str:
    rest = f" {gone} lần nộp không còn chờ nên tôi bỏ qua." if gone else ""
    return f"Đã nhận {done} lần nộp và báo cho từng đơn vị.{rest}"

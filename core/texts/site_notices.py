"""What the pages about notices say; what is the same in chat stands in core.texts.notices and notice_reports.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Mapping
from datetime import datetime

from core.clock import VIETNAM
from core.notices import Fate, Notice, Recipient, Stage
from core.texts import notice_reports, notices
from core.texts.evidence import label
from core.work import Due

NOTICES = "Thông báo"
NEW, EDIT = "Soạn thông báo", "Sửa bản nháp"
NONE = "Không có thông báo nào."
LIST_STATES, ALL, SHOW = "Tình trạng", "Tất cả", "Xem"
STATES = notice_reports.STAGES
FATES = notice_reports.FATES
BEGINNING, WHEN, REACHED, ACKED = "Nội dung", "Lúc", "Đã gửi", "Báo đã nhận"
OLDER, NEWER = "Cũ hơn", "Mới hơn"
NOT_ASKED = "không xin báo nhận"

# written
TEXT, TEXT_HINT = "Nội dung", "Kính gửi thầy/cô…"
TEMPLATES, LISTS = "Mẫu đã lưu", "Danh sách đã lưu"
WHOM = "Gửi cho"
BY_WORDS, WORDS_LABEL = "Gõ lời", "Nơi nhận, gõ như trong chat"
BY_TICKING, SEARCH = "Đánh dấu đơn vị", "Tìm đơn vị"
BY_LIST, AS_BEFORE = "Theo danh sách đã lưu", "Như đã chọn"
ONLY_MISSING, WHICHEVER = "Chỉ nơi chưa nộp", "Không lọc theo việc"
TIME, TIME_HINT = "Gửi lúc", "Để trống: gửi ngay, trong giờ làm việc. Ghi giờ nghỉ thì tôi gửi đúng giờ ấy."
ASKS = "Xin mỗi nơi báo đã nhận"
FILES_IN_CHAT = "Muốn kèm ảnh, tệp: thầy/cô soạn trong chat riêng với bot."
PREVIEW, LOOK, DROP = "Xem trước", "Xem trước (lưu nháp)", "Bỏ bản nháp"
NOTHING_YET = "Thầy/cô ghi nội dung và nơi nhận, rồi xem trước ở đây. Chưa gửi cho ai."
NO_TEXT = "Thầy/cô ghi nội dung thông báo giúp tôi."
PAST = "Giờ gửi đã qua. Thầy/cô chọn giờ khác, hoặc để trống để gửi ngay."
LOOK_FIRST = "Thầy/cô xem lại nơi nhận trong phần Xem trước rồi bấm Gửi."
NO_SUCH_TASK = "Tôi không thấy việc này trong các việc mà đơn vị thầy/cô theo dõi."
GROUP, PRIVATE = "trong nhóm", "nhắn riêng"
SEND_NIGHT, TEST, ACK = notices.SEND_NIGHT, notices.TEST, notices.ACK
BUTTON = "Nút dưới tin"
SECOND = "Ở đây cần người thứ hai duyệt: bấm Gửi thì tôi nhờ duyệt, duyệt xong mới gửi."
TESTED = "Tôi gửi riêng thầy/cô một tin thử trong chat. Chưa gửi cho ai khác."

# on its way
UNIT, PLACE, CHANNEL, OUTCOME, WORD = "Đơn vị", "Nơi nhận", "Kênh", "Kết quả", "Báo đã nhận"
FILTER = "Lọc"
FILTERS: Mapping[str, str] = {
    "": "Tất cả",
    "chua-nhan": "Chưa báo nhận",
    "da-nhan": "Đã báo nhận",
    "chua-gui": "Chờ gửi",
    "loi": "Không gửi được, chưa rõ",
}
READ_UNKNOWN = "Zalo, Telegram không cho biết ai đã đọc; chỉ biết ai đã báo nhận."
PAUSE, RESUME, CANCEL = notice_reports.PAUSE, notice_reports.RESUME, notice_reports.CANCEL
RESUME_WITHOUT, REMIND = notice_reports.RESUME_WITHOUT, notice_reports.REMIND
EXCEL = notice_reports.EXCEL
CORRECT, CORRECT_LABEL = "Soạn đính chính", "Nội dung đính chính (gửi đúng những nơi đã nhận bản cũ)"
APPROVE, DISAPPROVE = notices.APPROVE, notices.DISAPPROVE
NOBODY_HERE = "Không có nơi nhận nào như vậy."
BEFORE, AFTER, PAGES = "Trang trước", "Trang sau", "Các trang của danh sách"
WHEN_APPROVED = "duyệt xong thì gửi"
WORDS_OF_IT = "Nội dung đã gửi"
DROPPED = notices.CANCELLED_DRAFT


def please_hand_in(title: str, due: Due | None, *, is_past: bool) -> str:
    """To the schools that have not handed it in; for an officer to change."""
    late = "đã quá hạn mà chưa nộp" if is_past else "chưa nộp"
    return (
        f"Kính gửi thầy/cô, đơn vị {late}: {label(title, due)}. "
        "Nhờ thầy/cô nộp sớm giúp; có gì vướng, thầy/cô nhắn lại để cùng gỡ. Trân trọng cảm ơn."
    )


def beginning(notice: Notice) -> str:
    """How it is named among others."""
    return notices.DELETED if notice.deleted_at else notices.beginning(notice.text) or "Tệp"


def heading(notice: Notice) -> str:
    return f"Thông báo {notice.code}"


def when(notice: Notice) -> str:
    """When it was confirmed, or written; when it is to go, where that is later."""
    if notice.stage is Stage.GOING and notice.starts_at and notice.confirmed_at:
        at = max(notice.starts_at, notice.confirmed_at)
    else:
        at = notice.confirmed_at or notice.made_at
    return moment(at)


def moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def of(part: int, whole: int) -> str:
    return f"{part}/{whole}"


def acked(asks: bool, part: int, whole: int) -> str:
    return of(part, whole) if asks or part else NOT_ASKED


def shape(platform: str, group: bool) -> str:
    """Where a message looks so."""
    return f"{notice_reports.channel(platform)}, {GROUP if group else PRIVATE}"


def send(at: datetime | None, now: datetime) -> str:
    """The button."""
    return notices.send_at(at, now) if at else notices.SEND


def outcome(one: Recipient) -> str:
    """What has become of it, when, and why where it went wrong."""
    said = FATES[one.fate]
    said += f" {moment(one.sent_at)}" if one.sent_at and one.fate is Fate.SENT else ""
    return f"{said}: {notice_reports.why(one)}" if one.reason else said


def word(one: Recipient) -> str:
    """Who has acknowledged, and when."""
    return f"{one.acked_by or notice_reports.SOMEBODY}, {moment(one.acked_at)}" if one.acked_at else ""


def place(one: Recipient) -> str:
    return one.name or notice_reports.GROUP


def channel(one: Recipient) -> str:
    return notice_reports.channel(one.place.address.platform) if one.place.address else "–"


def missing(title: str) -> str:
    return f"{ONLY_MISSING}: {title}"


def count(units: int) -> str:
    return f"{units} đơn vị"


def page(number: int, of: int, total: int) -> str:
    return f"Trang {number}/{of}, {total} nơi"

"""What a calendar of due days says, and what is said in chat of the link to it.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from datetime import date, datetime

from core.clock import VIETNAM
from core.texts import dates
from core.texts.files import moment
from core.work import Due, Kind, Obligation, Status

DONE = "✓ "
FILE_NAME = "nhac-viec.ics"
PRODUCT = "-//Nhac Viec//Lich han nop//VI"

# in chat
NO_ADDRESS = (
    "Máy chủ chưa có địa chỉ công khai nên chưa mở lịch được. Thầy/cô nhờ người phụ trách đặt PUBLIC_URL giúp tôi."
)
ONLY_HEADS = "Lịch chung của đơn vị do hiệu trưởng hoặc cán bộ đơn vị lấy. Lịch riêng của thầy/cô: nhắn link lịch"
NEW, REVOKE = "Link mới", "Thu hồi link"
NOTHING_TO_REVOKE = "Lịch này không có link nào đang mở."
REVOKED = "Đã thu hồi. Link lịch ấy không mở được nữa; lịch trên máy sẽ không cập nhật. Lấy link khác: nhắn link lịch"
NEEDS_A_PERSON = "Thầy/cô tham gia đơn vị đã, rồi tôi mới mở lịch riêng được."
OFFER = "Xem trong lịch điện thoại"

# on the command line
EXPORT = "Xuất các hạn của một đơn vị ra tệp lịch .ics, mở được trong lịch điện thoại."
OUT = "tệp .ics sẽ ghi; đã có thì không ghi đè"
EXAMPLE = "export calendar --unit VB-HOAPHUONG --month 2023-12 --out lich.ics"


def name(units: Sequence[str]) -> str:
    """Of the calendar, as the phone lists it."""
    return f"Hạn nộp – {', '.join(units)}"


def title(task: Obligation, words: str, due: Due, *, done: bool, unit: str = "") -> str:
    """ "trước 05/12: Nộp hồ sơ sáng kiến": as the paper says it. `unit`: where it must be told."""
    at = task.time.replace("-", "–") if task.time else ""
    if task.kind is Kind.EVENT:
        said = f"{at} {words}".strip()
    elif due.before:
        said = f"{dates.until_short(due)}: {words}"
    elif at and task.due == due.day:
        said = f"trước {at} {due.day:%d/%m}: {words}"
    else:
        said = f"{dates.until_short(due)}: {words}"
    tentative = " (dự kiến)" if task.status is Status.TENTATIVE else ""
    return f"{DONE if done else ''}{said}{tentative}" + (f" – {unit}" if unit else "")


def about(
    task: Obligation,
    safe: date | None,
    source: str,
    *,
    moved: date | None,
    given: datetime | None,
    guests: str = "",
    changed: str = "",
    words: str = "",
) -> str:
    """The day as it binds, the sentence that says so, and where it stands.

    `changed`: since when it is another, by which document; `words`: that document's.
    """
    lines = [dates.when(task, None if moved else safe), *([changed] if changed else [])]
    lines += [f"Đơn vị được gia hạn đến {dates.day(moved)}."] if moved else []
    lines += [f"Thành phần: {guests}"] * bool(guests)
    lines += [f"Đã nộp lúc {moment(given)}."] if given else []
    lines += [f"“{(words or task.snippet).strip()}”", source]
    return "\n".join(lines)


def opened(address: str, whose: str) -> str:
    """The link, and how a phone gets it."""
    return (
        f"Link lịch {whose}:\n{address}\n\n"
        "iPhone: Cài đặt → Ứng dụng → Lịch → Tài khoản lịch → Thêm lịch đã đăng ký, dán link.\n"
        "Android: mở calendar.google.com trên máy tính → Lịch khác (+) → Từ URL, dán link.\n\n"
        "Ai có link đều xem được lịch này. Hạn đổi thì lịch tự đổi theo, chậm vài giờ tuỳ máy. "
        "Thôi dùng: nhắn thu hồi lịch"
    )


def is_open(whose: str, made_at: datetime, read_at: datetime | None) -> str:
    """The link itself is kept nowhere, so it cannot be told again."""
    read = f"máy đọc gần nhất {_moment(read_at)}" if read_at else "chưa có máy nào đọc"
    return (
        f"Lịch {whose} đã có link, mở ngày {made_at.astimezone(VIETNAM):%d/%m/%Y}, {read}. "
        "Tôi không giữ lại link. Cần thì tôi mở link mới, link cũ thôi dùng."
    )


def of_unit(unit: str) -> str:
    return f"chung của {unit}"


OWN = "riêng của thầy/cô"


def exported(file: str, count: int) -> str:
    return f"Đã ghi {file}: {count} mục."


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m}"

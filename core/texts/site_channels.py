"""What the staff site says of each chat channel: state, quota, what did not go out and why."""

from collections.abc import Mapping
from datetime import datetime

from core.clock import VIETNAM
from core.texts.delivery import NAMES

TITLE = "Kênh chat"
STATE, QUOTA, WAITING, LOST, GRANT = "Trạng thái", "Đã gửi", "Đang chờ gửi", "Không gửi được 7 ngày qua", "Quyền của OA"
NONE = "Chưa nối kênh nào."
NOTHING_LOST = "không có"
GROUPS = "Nhóm mất liên lạc của đơn vị cấp dưới"
GOOD, BAD, UNKNOWN = "đã kết nối", "không kết nối được, người phụ trách chạy bot.py doctor", "chưa rõ"
_REASONS: Mapping[str, str] = {  # by the first word of what is kept
    "offline": "không tới được dịch vụ",
    "unknown": "không rõ đã tới chưa",
    "forbidden": "bot bị chặn hoặc bị đưa ra",
    "refused": "dịch vụ từ chối",
    "throttled": "gửi quá nhanh",
    "quota": "hết hạn mức",
    "trouble": "dịch vụ gặp sự cố",
    "conflict": "bot đang chạy ở nơi khác",
    "rejected": "mã của bot bị từ chối",
}


def name(platform: str) -> str:
    shown = NAMES.get(platform, platform)
    return shown[0].upper() + shown[1:]


def state(works: bool | None) -> str:
    return UNKNOWN if works is None else GOOD if works else BAD


def quota(today: int, month: int, left: int | None) -> str:
    """`left` None: the service does not count."""
    rest = f", còn {left} tin của tháng" if left is not None else ", không giới hạn"
    return f"hôm nay {today} tin, tháng này {month} tin{rest}"


def room(people: int, most_people: int, groups: int, most_groups: int) -> str:
    """Of a plan that counts people or groups."""
    parts = [f"{people}/{most_people} người"] if most_people else []
    parts += [f"{groups}/{most_groups} nhóm"] if most_groups else []
    return ", ".join(parts)


def waiting(count: int) -> str:
    return f"{count} tin"


def reason(words: str) -> str:
    """Why a message did not go out; what the service has said of it stays out."""
    kind = words.removeprefix("held: ").partition(":")[0].strip()
    return _REASONS.get(kind, "lý do khác")


def lost(count: int, why: str) -> str:
    return f"{count} tin: {why}"


def grant(renewed: datetime, expires: datetime, lost: bool) -> str:
    if lost:
        return "đã mất, người quản trị OA phải cấp quyền lại (bot.py doctor in đường dẫn)"
    return f"làm mới lúc {_at(renewed)}, dùng được đến {_at(expires)}"


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"

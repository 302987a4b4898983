"""What the staff site says of units, their people and their groups."""

from collections.abc import Mapping
from datetime import datetime

from core.clock import VIETNAM
from core.people import Role
from core.texts.joining import channel_name, role_name

TITLE = "Đơn vị và người"
PATH = "Đường dẫn đơn vị"
IMPORT, INVITE, CHANNELS = "Nhập danh sách", "Mời bằng mã", "Kênh chat"
SEARCH, SEARCH_BUTTON, FIND_HINT = "Tìm đơn vị hoặc người", "Tìm", "Không cần gõ dấu"
ONLY, ORDER = "Chỉ xem", "Xếp theo"
FILTERS = {
    "": "mọi đơn vị",
    "cho": "có người chờ vào",
    "matlienlac": "mất liên lạc",
    "chuanoi": "có người chưa nối chat",
    "khongnhom": "chưa có nhóm",
}
ORDERS = {"": "tên", "chuanoi": "nhiều người chưa nối trước", "nhom": "ít nhóm trước", "cho": "nhiều người chờ trước"}
BELOW, UNIT, PEOPLE, GROUPS, CONTACT, WAITING = "Đơn vị cấp dưới", "Đơn vị", "Người", "Nhóm", "Liên lạc", "Chờ vào"
LEGEND = "Ở cột Người: số đã nối tài khoản chat trên tổng số."
NO_UNITS = "Không có đơn vị nào như vậy."
FOUND_PEOPLE, NO_PEOPLE_FOUND = "Người có tên này", "Không có ai tên như vậy."
NOBODY = "Chưa có ai."
NOBODY_WAITS = "Không có ai chờ."
NAME, ROLE, PHONE, CHAT, DO = "Họ tên", "Vai trò", "Số điện thoại", "Chat", "Việc"
NO_PHONE = "chưa có"
LINKED, NOT_LINKED = "đã nối", "chưa dùng bot"
LET_IN, REFUSE = "Đồng ý", "Từ chối"
SEND_AWAY, SEND_AWAY_YES = "Đưa ra khỏi đơn vị", "Đồng ý xoá"
ADD, ADD_BUTTON = "Thêm người", "Thêm và lấy mã"
ADD_HOW = "Người ấy có một mã riêng để tự nối tài khoản chat."
NO_NAME = "Thầy/cô ghi họ tên giúp tôi."
NO_ROLE = "Thầy/cô chọn vai trò."
UNBIND = "Gỡ nhóm"
UNBIND_HOW = "Gỡ xong, nhóm không nhận tin nữa."
NO_GROUPS = "Chưa gắn nhóm nào. Vào nhóm gõ: /thamgia"
REACHABLE, CUT_OFF = "còn nhắn được", "mất liên lạc"
CUT_OFF_HOW = "Nhờ nhà trường thêm lại bot vào nhóm, rồi gõ /thamgia trong nhóm."
CLOSED = "đã ngừng"
BEFORE, AFTER, PAGES = "Trang trước", "Trang sau", "Các trang của danh sách"
SIGNS = {True: "✓", False: "✗"}


def people(counts: Mapping[Role, tuple[int, int]]) -> str:
    """ "giáo viên 3/5, cán bộ quản lý 1/1"; by role how many are linked, of how many."""
    return ", ".join(f"{role_name(role)} {linked}/{all}" for role, (linked, all) in counts.items()) or "chưa có ai"


def role(one: Role) -> str:
    return role_name(one)


def groups(count: int) -> str:
    return str(count) if count else "chưa có"


def contact(cut_off: bool, lost: int, groups: int) -> str:
    """Whether the unit can be written to."""
    parts = ["nhóm mất liên lạc"] if cut_off else []
    parts += [f"{lost} người mất liên lạc"] if lost else []
    return ", ".join(parts) or (REACHABLE if groups else "chưa có nhóm")


def below(count: int) -> str:
    return f"{count} đơn vị"


def group(platform: str, number: int) -> str:
    return f"Nhóm {number} ({channel_name(platform)})"


def seen(at: datetime | None) -> str:
    return f"có tin gần nhất {at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else "chưa nghe tin nào"


def phone(number: str) -> str:
    """Enough to tell namesakes apart."""
    return f"…{number[-3:]}" if number else NO_PHONE


def page(number: int, of: int, total: int) -> str:
    return f"Trang {number}/{of} ({total} dòng)"


def send_away(name: str, unit: str) -> str:
    return f"Đưa {name} ra khỏi {unit}? Người ấy sẽ không hỏi được việc của nơi ấy nữa, và được báo tin."


def unbound(unit: str) -> str:
    return f"Đã gỡ một nhóm của {unit}. Muốn gắn lại, người phụ trách gõ trong nhóm: /thamgia"

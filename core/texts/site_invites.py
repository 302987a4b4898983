"""What the staff site says of joining codes."""

from datetime import datetime

from core.clock import VIETNAM
from core.people import Role
from core.texts.joining import role_name

TITLE = "Mời bằng mã"
WHAT = "Ai gõ mã cho bot thì vào đơn vị với vai trò đã chọn. Mã chỉ hiện một lần, ngay sau khi tạo."
ROLE, USES, DAYS, CONFIRM, MAKE = "Vai trò", "Số người dùng được", "Dùng trong (ngày)", "Chờ tôi đồng ý", "Tạo mã"
MADE, SEND, OPEN_LINK, POSTER = "Mã vừa tạo", "Người được mời nhắn cho bot", "Hoặc mở", "Mở tờ dán có mã QR (A4)"
POSTER_NOT = "Mã riêng của một người thì không in tờ dán."
OPEN, NO_OPEN = "Mã đang dùng được", "Không có mã nào đang dùng được."
UNIT, WHOM, LEFT, UNTIL, DO = "Đơn vị", "Cho ai", "Còn lượt", "Đến ngày", "Việc"
REVOKE = "Thu hồi"
REVOKED = "Đã thu hồi: từ giờ mã ấy không dùng được nữa."
NO_ROLE = "Thầy/cô chọn vai trò."
BAD_USES, BAD_DAYS = "Số người dùng được là từ 1 đến 1000.", "Số ngày là từ 1 đến 366."
NOT_OPEN = "Mã này không còn dùng được, hoặc không thuộc quyền của thầy/cô."
DONE = "Đã tạo mã."
NOBODY_TO_INVITE = "Ở đơn vị này thầy/cô không mời ai bằng mã. Thầy/cô chọn một đơn vị cấp dưới."
BACK = "Về đơn vị"


def role(one: Role) -> str:
    return role_name(one)


def whom(role: Role, person: str, confirm: bool) -> str:
    of_all = f"riêng {person}" if person else role_name(role)
    return of_all + (", chờ đồng ý" if confirm else "")


def day(until: datetime) -> str:
    return f"{until.astimezone(VIETNAM):%d/%m/%Y}"


def words(code: str) -> str:
    return f"tham gia {code}"


def added(name: str, unit: str) -> str:
    return f"Đã thêm {name} vào {unit}. Mã riêng ở dưới đây."

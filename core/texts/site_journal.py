"""What the staff site says of what was done there, and of who signed in."""

from datetime import datetime

from core.clock import VIETNAM
from core.people import Role
from core.texts.joining import role_name
from core.texts.site import browser

TITLE = "Nhật ký"
DONE, SIGNED_IN = "Việc đã làm", "Đăng nhập"
KINDS = "Nhật ký của"
WHEN, WHO, UNIT, WHAT, ABOUT = "Lúc", "Ai", "Đơn vị", "Việc", "Với"
DAY, SHOW, ALL_ACTS, OLDER = "Ngày", "Xem", "mọi việc", "Cũ hơn"
BROWSER, LAST, ENDED = "Trình duyệt", "Dùng gần nhất", "Kết thúc"
NOTHING = "Không có gì trong nhật ký."
ERASED = "người đã xoá dữ liệu"
BAD_DAY = "Thầy/cô ghi ngày theo mẫu 2023-12-01."
ELSE = "làm một việc trên trang quản lý"

ACTS = {  # by the value of the button
    "dangxuat": "đăng xuất một máy",
    "dangxuathet": "đăng xuất mọi nơi",
    "nhannguoi": "nhận người vào đơn vị",
    "tuchoinguoi": "từ chối người chờ vào",
    "choroi": "đưa người ra khỏi đơn vị",
    "themnguoi": "thêm người vào danh sách",
    "gonhom": "gỡ nhóm chat",
    "xemtep": "gửi danh sách để xem trước",
    "nhapdanhsach": "nhập danh sách",
    "botep": "bỏ danh sách đã gửi",
    "taoloimoi": "tạo mã tham gia",
    "thuhoiloimoi": "thu hồi mã tham gia",
    "xemtb": "soạn thông báo",
    "guitb": "gửi thông báo",
    "guitbngoaigio": "gửi thông báo ngoài giờ",
    "thutb": "gửi thử thông báo cho mình",
    "bonhaptb": "bỏ bản nháp thông báo",
    "dungtb": "tạm dừng thông báo",
    "tieptuctb": "gửi tiếp thông báo",
    "tieptuctbthieu": "gửi tiếp thông báo, thiếu tệp",
    "huytb": "huỷ thông báo",
    "nhactb": "soạn nhắc lại thông báo",
    "dinhchinhtb": "soạn đính chính thông báo",
    "duyettb": "duyệt thông báo",
    "khongduyettb": "không duyệt thông báo",
    "nhanhet": "nhận nhiều minh chứng",
    "nhan": "nhận minh chứng",
    "tralai": "trả lại minh chứng",
    "hoi": "hỏi về minh chứng",
    "traloi": "trả lời về minh chứng",
    "giahan": "gia hạn cho một đơn vị",
    "nop": "nộp minh chứng lên trên",
    "chuanop": "chưa nộp minh chứng lên trên",
    "vannop": "vẫn nộp minh chứng bị nhắc",
    "rutlai": "rút lại minh chứng",
    "linklich": "mở link lịch riêng",
    "thuhoilich": "thu hồi link lịch riêng",
    "taoma": "tạo mã truy cập",
    "thuhoima": "thu hồi mã truy cập",
    "vb-gui": "gửi văn bản để đọc",
    "vb-giu": "giữ chỗ nghi ngờ như đã đọc",
    "vb-sua": "sửa một mục của văn bản",
    "vb-bo": "bỏ một mục của văn bản",
    "vb-lay": "lấy lại một mục của văn bản",
    "vb-dung": "xác nhận việc của văn bản trước được đổi",
    "vb-khong": "nói không phải việc của văn bản trước",
    "vb-ca": "xác nhận các việc của văn bản trước được đổi",
    "vb-khac": "chọn việc của văn bản trước được đổi",
    "vb-donvi": "chọn nơi ban hành văn bản",
    "vb-huy": "bỏ bản nháp văn bản",
    "vb-congbo": "công bố văn bản",
}
_KINDS = {"units": "danh sách đơn vị", "people": "danh sách người"}
_ROLES = {role.value: role_name(role) for role in Role}
_NUMBERS = {"+": "thêm", "~": "sửa", "#": "người số"}
_ENDINGS = {
    "page": "đã đăng xuất trên trang",
    "chat": "đã đăng xuất từ chat",
    "replaced": "đăng nhập lại ở cùng máy",
    "lapsed": "hết hạn",
    "left": "đã rời đơn vị",
}


def act(name: str) -> str:
    """What was done, in words; of what nobody has put into words that something was."""
    return ACTS.get(name, ELSE)


def word(one: str) -> str:
    """A word of what it was done to: a role, a kind of list, how many, which person; others as they are."""
    if one[:1] in _NUMBERS and one[1:].isdecimal():
        return f"{_NUMBERS[one[:1]]} {one[1:]}"
    return _ROLES.get(one) or _KINDS.get(one) or one


def at(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def place(unit: str, role: Role) -> str:
    return f"{unit}, {role_name(role)}"


def agent(kind: str) -> str:
    return browser(kind)


def ending(how: str | None) -> str:
    return _ENDINGS[how] if how else "đang mở hoặc tự hết hạn"

"""What the HTTP API says of itself and of what was asked wrongly, and the page where its tokens are made."""

from datetime import datetime

from core.texts.site import at

TITLE = "Nhắc Việc API"
ABOUT = (
    "Việc, hạn, minh chứng và văn bản của một đơn vị và các đơn vị cấp dưới, như trên trang quản lý. Chỉ đọc. "
    "Mỗi yêu cầu kèm mã truy cập: Authorization: Bearer <mã>."
)
NO_TOKEN = "Chưa có mã truy cập, hoặc mã đã thu hồi. Cán bộ tạo mã ở trang quản lý, mục Mã truy cập API."
NOTHING = "Không có mục này trong phạm vi của đơn vị."
NO_WAY = "Không có địa chỉ này. Xem /api/v1/openapi.json."
ONLY_READ = "API chỉ để đọc: dùng GET."
WRONG = "Tham số chưa đúng"
TROUBLE = "Máy chủ đang lỗi. Thử lại sau ít phút."

# the page of tokens
TOKENS = "Mã truy cập API"
TOKENS_ARE = (
    "Để phần mềm của đơn vị tự đọc số liệu. Mã đọc được những gì cán bộ của đơn vị đọc được, không sửa được gì, "
    "và hết dùng khi người tạo không còn là cán bộ của đơn vị."
)
HOW = "Mô tả cho lập trình viên"
NAME, NAME_HINT = "Dùng cho", "ví dụ: phần mềm báo cáo của Phòng"
MAKE, REVOKE = "Tạo mã", "Thu hồi"
NO_NAME = "Thầy/cô ghi mã dùng cho việc gì, rồi bấm Tạo mã."
TOO_LONG = "Tên dài quá. Thầy/cô viết dưới 80 chữ."
ENOUGH = "Đơn vị đã có 20 mã. Thầy/cô thu hồi mã không dùng nữa rồi tạo lại."
NOT_THERE = "Mã này không còn. Thầy/cô tải lại trang."
REVOKED = "Đã thu hồi mã."
NONE_YET = "Chưa có mã nào."
NEVER_USED = "chưa dùng"


def made(token: str) -> str:
    """Once: nobody can see it again."""
    return f"Mã mới, chỉ hiện một lần, thầy/cô chép lại ngay: {token}"


def since(made_at: datetime, used_at: datetime | None) -> str:
    return f"tạo {at(made_at)}, " + (f"dùng gần nhất {at(used_at)}" if used_at else NEVER_USED)

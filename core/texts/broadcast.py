"""What the command line says of a notice to many."""

from collections.abc import Sequence

BROADCAST = "Gửi thông báo tới nhiều đơn vị; in bản xem trước, dịch vụ đang chạy (bot.py run) sẽ gửi."
UNIT = "đơn vị gửi: mã, tên hoặc tên gọi khác"
TO = "nơi nhận, bằng lời: “các trường công lập, trừ Hoa Phượng”; hoặc “danh sách TÊN”"
TEXT = "nội dung"
FILE = "ảnh, tệp gửi kèm"
AT = "lúc gửi; không ghi thì gửi ngay, trong giờ nghỉ thì đợi hết giờ nghỉ"
DRY_RUN = "chỉ in bản xem trước, không gửi; tệp kèm không được tính"
PAST = "--at đã qua"
EXAMPLES = (
    'broadcast --unit PGD-VB --to "các trường" --text "Họp giao ban 8h thứ Năm." --dry-run',
    'broadcast --unit PGD-VB --to "hiệu trưởng các trường" --text "Mẫu báo cáo." --file mau.pdf --at 2023-12-05T07:30',
)


def nobody(words: str) -> str:
    return f"“{words}” không có nơi nào nhận được tin, chưa gửi gì. Kiểm tra nhóm và tài khoản đã nối với bot."


def bad_files(names: Sequence[str]) -> str:
    return f"không gửi được tệp: {', '.join(names)}; chưa gửi gì."


def must_be_approved(code: str) -> str:
    return f"Thông báo {code} chờ người của đơn vị duyệt trong chat: /duyettb {code}"

"""What the staff site says of how the service and its channels are: no secrets, no addresses."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.clock import VIETNAM
from core.texts.delivery import NAMES

TITLE = "Sức khoẻ hệ thống"
SIGNS = {"good": "✓", "doubt": "!", "wrong": "✗"}
WORDS = {"good": "Tốt", "doubt": "Nên biết", "wrong": "Phải sửa"}
SUBJECT, STATE, TODO = "Mục", "Thế nào", "Cần làm"
AGAIN = "Xem lại"
NOT_YET = "Đang kiểm tra máy chủ. Thầy/cô bấm xem lại sau ít giây."
MORE = "Muốn kiểm tra kỹ hơn, người phụ trách chạy trên máy chủ: bot.py doctor"

DATABASE, INDEX, DISK, CLOCK, CHANNEL = "Cơ sở dữ liệu", "Mục lục văn bản", "Ổ đĩa", "Đồng hồ", "Kênh"
OUTBOX, LOST, ALERTS, JOBS = "Tin chờ gửi", "Tin không gửi được", "Cảnh báo", "Việc theo giờ"
SCANNER, FACES, SCANS, OFFICE = "Quét mã độc", "Che mặt trong ảnh", "Đọc ảnh quét", "Đọc tệp Office cũ"

DATABASE_GOOD = "kết nối được."
INDEX_GOOD, INDEX_OLD = "mới nhất.", "đang nạp lại sau khi có thay đổi."
INDEX_TODO = "Đợi một phút rồi xem lại. Vẫn thế thì khởi động lại dịch vụ."
DISK_TODO = "Dọn ổ đĩa hoặc chuyển sang ổ lớn hơn."
DISK_UNREADABLE, DISK_UNREADABLE_TODO = "không đọc được thư mục lưu tệp.", "Xem quyền của thư mục dữ liệu."
CLOCK_TODO = "Lệch với đồng hồ của thầy/cô thì bật đồng bộ giờ trên máy chủ."
CHANNEL_GOOD, CHANNEL_BAD, CHANNEL_UNKNOWN = "đã kết nối.", "không kết nối được.", "chưa rõ."
CHANNEL_TODO = "Chạy bot.py doctor để biết sai ở mã hay ở mạng."
NO_CHANNEL, NO_CHANNEL_TODO = "chưa nối kênh nào.", "Chạy: bot.py setup"
NOTHING_WAITS = "không có tin nào chờ."
OUTBOX_TODO = "Xem kênh có kết nối không, còn hạn mức tin không."
LOST_TODO = "Xem lý do ở trang Kênh chat. Gửi lại trên máy chủ: bot.py outbox retry --all"
NOTHING_LOST, NO_ALERTS = "không có.", "không có cảnh báo nào chưa xử lý."
ALERTS_TODO = "Đọc từng cảnh báo trên máy chủ: bot.py doctor"
NO_JOBS, JOBS_TODO = "chưa có việc nào chạy.", "Xem nhật ký của dịch vụ rồi khởi động lại."
NO_SCANNER, SCANNER_GOOD = "không dùng.", "ClamAV trả lời."
SCANNER_BAD = "ClamAV không trả lời, nên tệp mới nhận chưa ai xem được."
SCANNER_TODO = "Trên máy chủ: systemctl status clamav-daemon"
SIGNATURES_TODO = "Trên máy chủ: systemctl status clamav-freshclam"
FACES_GOOD, NO_FACES = "có bộ tìm khuôn mặt.", "không dùng, nên hồ sơ không có bản che mặt."
SCANS_GOOD, NO_SCANS = "có Tesseract với tiếng Việt.", "không có Tesseract, nên ảnh và PDF quét không đọc được."
NO_VIETNAMESE = "có Tesseract nhưng thiếu tiếng Việt, nên ảnh quét không đọc được."
SCANS_TODO = "Cần thì cài: apt install tesseract-ocr tesseract-ocr-vie"
OFFICE_GOOD, NO_OFFICE = "có LibreOffice.", "không có LibreOffice, nên tệp .xls, .doc, .odt không đọc được."
OFFICE_TODO = "Cần thì cài: apt install libreoffice"


def disk(free: int) -> str:
    """`free`: bytes."""
    return f"còn trống {free / 1024**3:.1f} GB.".replace(".", ",", 1)


def clock(now: datetime) -> str:
    return f"máy chủ đang là {now.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}."


def channel(platform: str) -> str:
    name = NAMES.get(platform, platform)
    return f"{CHANNEL} {name}"


def waiting(count: int, since: datetime | None, now: datetime) -> str:
    """`since`: when the first of those that could go out now was queued."""
    if since is None:
        return f"{count} tin chờ đến giờ gửi."
    return f"{count} tin, tin lâu nhất đã chờ {span(now - since)}."


def lost(failed: int, unknown: int) -> str:
    return f"{failed} tin không gửi được, {unknown} tin không rõ đã tới chưa."


def alerts(count: int) -> str:
    return f"{count} cảnh báo chưa xử lý."


def jobs(last: datetime, failed: Sequence[str]) -> str:
    at = f"lần chạy gần nhất {last.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}"
    return f"{at}, {len(failed)} việc bị lỗi ở lần chạy cuối." if failed else f"{at}, không việc nào lỗi."


def old_signatures(days: int) -> str:
    return f"ClamAV trả lời, nhưng mẫu nhận diện đã cũ {days} ngày."


def looked(at: datetime) -> str:
    return f"Máy chủ được kiểm tra lúc {at.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}."


def span(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ" if minutes < 48 * 60 else f"{minutes // 1440} ngày"

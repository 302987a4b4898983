"""The poster for the staff room: how to join with the code on it."""

from datetime import datetime

from core.clock import VIETNAM

TITLE = "Nhắc Việc"
WHAT = "Hỏi việc, hỏi hạn nộp: trả lời ngay, kèm câu gốc trong văn bản."
SCAN = "Quét mã bằng điện thoại"
SCAN_FOR_TELEGRAM = "Mở Telegram, bấm Bắt đầu là xong."
SCAN_FOR_WORDS = "Mã này chứa sẵn câu cần nhắn."
CODE = "Mã tham gia"
ZALO, TELEGRAM = "Zalo", "Telegram"
ASK = "Hỏi thử: Tháng này nộp gì?"
KEEP = "Chỉ dùng trong đơn vị. Đừng đăng mã này lên mạng."


def words(code: str) -> str:
    """What is sent to the bot."""
    return f"tham gia {code}"


def zalo_steps(code: str) -> tuple[str, ...]:
    return ("Mở Zalo, tìm bot Nhắc Việc của đơn vị.", f"Nhắn: {words(code)}", "Chọn tên mình nếu được hỏi.")


def telegram_steps(code: str) -> tuple[str, ...]:
    return ("Quét mã ở trên, bấm Bắt đầu.", f"Hoặc nhắn cho bot: {words(code)}", "Chọn tên mình nếu được hỏi.")


def valid_until(until: datetime) -> str:
    return f"Dùng được đến {until.astimezone(VIETNAM):%d/%m/%Y}"

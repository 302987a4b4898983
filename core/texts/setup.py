"""What `setup` asks and says."""

SETUP = "Hỏi những gì cần để chạy, thử ngay từng mã với dịch vụ thật, rồi ghi vào tệp .env."
SET = "trả lời sẵn, ví dụ TELEGRAM_TOKEN=123:abc; dùng nhiều lần được; khi có thì không hỏi gì thêm"
NOT_A_SETTING = "phải có dạng TÊN=GIÁ_TRỊ với một trong: "
WELCOME = "Enter: giữ nguyên hoặc bỏ qua. Gõ dấu - để xoá. Ctrl+C: thôi, không ghi gì."
ENDED = "Chưa trả lời hết nên chưa ghi gì; hãy chạy lại bot.py setup."
NOTHING = "Chưa nối kênh nào. Chạy lại bot.py setup khi có mã, hoặc xem thử: bot.py demo"
BAD_LETTERS = "không được có dấu cách, dấu nháy, dấu #, dấu $ hay dấu \\; hãy chép lại"
NEEDED = "Mục này cần có để dùng Zalo OA; gõ dấu - ở mã ứng dụng (app id) nếu không dùng OA."

NEXT_STEPS = """Việc tiếp theo:
  1. bot.py units import ĐƠN_VỊ.csv  (lần đầu)
  2. bot.py run
  3. bot.py doctor  (khi run đang chạy)
  4. bot.py invite --unit MÃ --role principal"""

SET_ALREADY = "đã đặt"
KEEP_UNTRIED = "Vẫn giữ dù chưa thử được? (c/k): "
YES = ("c", "có", "co", "y", "yes")
QUESTIONS = {
    "ZALO_BOT_TOKEN": "Mã bot Zalo (Zalo Bot Creator gửi qua tin nhắn Zalo)",
    "TELEGRAM_TOKEN": "Mã bot Telegram (từ @BotFather)",
    "ZALO_OA_APP_ID": "Zalo OA: mã ứng dụng, app id (developers.zalo.me)",
    "ZALO_OA_APP_SECRET": "Zalo OA: khoá bí mật của ứng dụng",
    "ZALO_OA_SECRET_KEY": "Zalo OA: OA Secret Key (trang Webhook của ứng dụng, khác khoá bí mật)",
    "ZALO_OA_REFRESH_TOKEN": "Zalo OA: refresh token (API Explorer; bỏ qua nếu muốn cấp quyền bằng đường dẫn)",
    "PUBLIC_URL": "Địa chỉ https công khai của máy chủ (cần cho Zalo OA và webhook)",
}

REJECTED = "Dịch vụ không nhận mã này; hãy chép lại cho đủ."
WRONG_SECRET = "Zalo báo sai khoá bí mật của ứng dụng; hãy chép lại ở developers.zalo.me."
APP_RIGHT = "  ✓ mã ứng dụng và khoá bí mật đúng"
SAME_KEY = "OA Secret Key trùng khoá bí mật của ứng dụng. Lấy OA Secret Key ở trang Webhook trên developers.zalo.me."
HTTPS = "phải bắt đầu bằng https://"


def question(name: str, shown: str) -> str:
    return f"{QUESTIONS[name]}{f' [{shown}]' if shown else ''}: "


def is_bot(name: str) -> str:
    return f"  ✓ bot là {name}"


def is_account(name: str) -> str:
    return f"  ✓ OA là {name}"


def not_now(why: str) -> str:
    return f"Chưa thử được ({why}). Kiểm tra mạng, proxy."


def address_found(url: str) -> str:
    return f"  ✓ {url} có trả lời"


def address_lost(why: str) -> str:
    return f"  • {why} Tôi vẫn ghi; khi bot.py run đang chạy, dùng bot.py doctor để thử lại."


def fault(why: str) -> str:
    return f"  ✗ {why}"


def in_setting(name: str, why: str) -> str:
    return f"{name}: {why}"


def written(path: str) -> str:
    return f"Đã ghi {path} (chỉ chủ máy đọc được)."


def to_copy(callback: str, challenge: str, webhook: str, link: str) -> str:
    """`link` empty: the account has consented already."""
    consent = [f"  Rồi chạy bot.py run, mở đường dẫn này bằng tài khoản quản trị OA: {link}"] if link else []
    return "\n".join(
        [
            "Chép vào developers.zalo.me:",
            f"  Official Account, Callback URL: {callback}",
            f"  Official Account, Code challenge: {challenge}",
            f"  Webhook, Webhook URL: {webhook}  (chọn các sự kiện người dùng và nhóm)",
            *consent,
        ]
    )

"""What `doctor` says: one line for each thing it looked at, with what to do where something is wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.clock import VIETNAM

SIGNS: Mapping[str, str] = {"good": "✓", "doubt": "!", "wrong": "✗"}
DOCTOR = "Kiểm tra cài đặt, cơ sở dữ liệu, nơi lưu trữ, đồng hồ và từng kênh chat; nói chỗ sai và cách sửa."

SETTINGS, ENV_FILE, DATABASE, STORAGE, ALERT = "Cài đặt", "Tệp .env", "Cơ sở dữ liệu", "Lưu trữ", "Cảnh báo"
CERTIFICATES = "Biên bản xoá"
OUTBOX = "Tin gửi đi"
PUBLIC_URL, CLOCK, CHANNELS = "Địa chỉ công khai", "Đồng hồ", "Kênh chat"
SCANNER, FACES = "Quét mã độc", "Che mặt trong ảnh"
SCANS, OLD_OFFICE = "Đọc ảnh quét", "Đọc tệp Office cũ"
TELEGRAM, ZALO_BOT, ZALO_OA = "Telegram", "Zalo Bot", "Zalo OA"

SETTINGS_GOOD = "đọc được."
NO_CHANNEL = "chưa nối kênh nào. Chạy: bot.py setup"
DATABASE_GOOD = "kết nối được, các bảng đã sẵn sàng."
ONLY_OWNER = "chỉ chủ tệp đọc được."
CLOCK_RIGHT = "đúng giờ."
FACES_FOUND = "có bộ tìm khuôn mặt, hồ sơ mở được bản che mặt."
NO_DETECTOR = "không dùng (chưa cài bộ tìm khuôn mặt). Cần thì chạy: .venv/bin/pip install onnxruntime"

SCANS_READ = "có Tesseract với tiếng Việt."
NO_TESSERACT = (
    "không dùng (chưa cài Tesseract), nên ảnh và PDF quét không đọc được. "
    "Cần thì chạy: apt install tesseract-ocr tesseract-ocr-vie"
)
NO_VIETNAMESE = "có Tesseract nhưng thiếu tiếng Việt, nên ảnh quét không đọc được. Chạy: apt install tesseract-ocr-vie"
OLD_OFFICE_READ = "có LibreOffice."
NO_OFFICE = (
    "không dùng (chưa cài LibreOffice), nên tệp .xls, .doc, .odt không đọc được. Cần thì chạy: apt install libreoffice"
)

NO_PUBLIC_URL = (
    "chưa đặt NHACVIEC_PUBLIC_URL, nên trên Zalo Bot không gửi được ảnh và không có trang tải tệp lên. "
    "Có địa chỉ https thì chạy: bot.py setup"
)
NOT_HTTPS = "phải bắt đầu bằng https://, nếu không Zalo và Telegram không gọi tới. Sửa NHACVIEC_PUBLIC_URL."

PRIVACY_ON = (
    "chế độ riêng tư đang bật: trong nhóm bot chỉ nghe được lệnh (/han), tin trả lời bot và tin nhắc tên. "
    "Muốn nghe hết: @BotFather, /setprivacy, chọn Disable, rồi mời bot ra và thêm lại vào nhóm."
)
TELEGRAM_REJECTED = "mã bị từ chối. Lấy lại mã ở @BotFather (/token), rồi chạy: bot.py setup"
ZALO_REJECTED = "mã bị từ chối (đã đặt lại hoặc gõ thiếu). Lấy mã mới trong Zalo Bot Creator, rồi chạy: bot.py setup"
NO_GROUPS = "bot chưa được vào nhóm (can_join_groups tắt). Mở Zalo Bot Creator, xem mục nhóm; chat riêng vẫn dùng được."
TESTED_TOO_OFTEN = "hôm nay đã thử webhook đủ số lần Zalo cho phép. Mai chạy lại doctor."

SAME_KEYS = (
    "hai trong ba mã (app id, app secret, OA secret key) giống nhau. OA Secret Key nằm ở trang Webhook của ứng dụng, "
    "không phải app secret; dùng nhầm thì mọi tin OA nhận sẽ bị coi là giả. Chạy: bot.py setup"
)
NO_CLOUD_ACCOUNT = "chưa nối tài khoản Zalo Cloud (ZCA), nên không gửi được tin mẫu ZBS. Không dùng tin mẫu thì bỏ qua."

_FIREWALL = (
    "tường lửa chặn Zalo (lỗi 403). Zalo gọi với User-Agent “Java/…”; trong Cloudflare hãy tắt Browser Integrity Check "
    "(hoặc thêm luật bỏ qua WAF) cho đường dẫn /webhook/"
)
_OUTCOMES: Mapping[str, str] = {
    "webhook.http.403": _FIREWALL,
    "webhook.http.404": "máy chủ trả lời 404. Xem proxy có chuyển nguyên /webhook/zalo-bot tới bot.py run không",
    "webhook.http.5xx": "máy chủ trả lời lỗi 5xx. Xem bot.py run có đang chạy không, và nhật ký của nó",
    "webhook.http.other": "máy chủ trả lời khác 200. Xem proxy có chuyển hướng /webhook/zalo-bot không",
    "webhook.err.blocked": "Zalo không gọi địa chỉ nội bộ (localhost, 192.168…). Đặt lại NHACVIEC_PUBLIC_URL",
    "webhook.err.tls": "chứng chỉ https hỏng hoặc hết hạn. Gia hạn, và cài đủ chuỗi chứng chỉ",
    "webhook.err.dns": "Zalo không tìm thấy tên miền. Kiểm tra bản ghi DNS của tên miền",
    "webhook.err.timeout": "máy chủ trả lời quá chậm. Xem máy chủ có quá tải, tường lửa có bỏ rơi kết nối không",
    "webhook.err.conn": "Zalo không kết nối được. Mở cổng 443 trên tường lửa, xem bot.py run và proxy có chạy không",
    "webhook.err.unreachable": "Zalo không kết nối được. Mở cổng 443 trên tường lửa, xem proxy có chạy không",
    "webhook.err.proxy": "proxy phía Zalo không tới được máy chủ. Đợi ít phút rồi chạy lại doctor",
}
_OUTCOME_UNKNOWN = "Zalo gọi thử không được"


def readable_by_others(name: str, mode: str) -> str:
    return f"người khác trên máy đọc được (quyền {mode}), trong tệp có mã bí mật. Chạy: chmod 600 {name}"


def cannot_write(folder: str, reason: str) -> str:
    return f"không ghi được vào {folder} ({reason}). Sửa quyền thư mục, hoặc đặt NHACVIEC_DATA_DIR."


def disk_full(folder: str, free: int) -> str:
    return f"{folder} chỉ còn {free} MB. Dọn ổ đĩa ngay, hoặc đặt NHACVIEC_DATA_DIR sang ổ khác."


def disk_free(folder: str, free: int, little: bool) -> str:
    return f"{folder} ghi được, còn {free} MB." + (" Sắp đầy, nên dọn ổ đĩa." if little else "")


def scans(program: str, signatures_at: datetime | None) -> str:
    """`signatures_at` None: the scanner does not say."""
    return f"{program} trả lời" + (f", mẫu nhận diện ngày {signatures_at:%d/%m/%Y}." if signatures_at else ".")


def old_signatures(program: str, days: int) -> str:
    return (
        f"{program} trả lời, nhưng mẫu nhận diện đã cũ {days} ngày, nên mã độc mới không bị phát hiện. "
        "Xem freshclam có chạy không: systemctl status clamav-freshclam"
    )


def no_scanner(address: str, reason: str) -> str:
    return (
        f"không hỏi được ClamAV ở {address} ({reason}), nên tệp mới nhận chưa ai xem được. Xem clamd có chạy không "
        "(systemctl status clamav-daemon), bot.py có quyền vào đó không; sửa NHACVIEC_CLAMAV, hoặc bỏ trống "
        "nếu không quét."
    )


def reached(address: str) -> str:
    return f"{address} trả lời đúng."


def not_us(address: str, status: int) -> str:
    return (
        f"{address} có trả lời ({status}) nhưng không phải Nhắc Việc. "
        "Xem proxy có chuyển tới đúng cổng của bot.py run không (NHACVIEC_PORT)."
    )


def not_reached(address: str) -> str:
    return f"không tới được {address}. Xem bot.py run và proxy có đang chạy không, tường lửa có mở cổng không."


def no_such_name(address: str) -> str:
    return f"không có tên miền của {address}. Kiểm tra NHACVIEC_PUBLIC_URL và bản ghi DNS."


def bad_certificate(address: str) -> str:
    return f"chứng chỉ https của {address} hỏng hoặc hết hạn. Gia hạn chứng chỉ."


def skewed(seconds: int, ahead: bool) -> str:
    which = "nhanh" if ahead else "chậm"
    return f"máy này chạy {which} {seconds} giây, chữ ký và mã sẽ bị từ chối. Bật đồng bộ giờ: timedatectl set-ntp true"


def unreachable(service: str, reason: str) -> str:
    return f"không hỏi được {service} ({reason}). Kiểm tra mạng, proxy; {service} có thể đang bị chặn hoặc gặp sự cố."


def telegram_bot(username: str) -> str:
    return f"mã đúng, bot là @{username}."


def zalo_bot(name: str) -> str:
    return f"mã đúng, bot là “{name}”."


def polled_but_hooked(url: str, service: str) -> str:
    return (
        f"cài polling nhưng đang có webhook {url}, nên hỏi tin sẽ bị từ chối. "
        f"Chạy bot.py run (tự gỡ webhook), hoặc đặt NHACVIEC_{service}_MODE=webhook."
    )


def other_webhook(url: str, ours: str) -> str:
    now = f"webhook đang trỏ tới {url}" if url else "chưa có webhook"
    return f"{now}, phải là {ours}. Chạy bot.py run, lệnh này tự đặt webhook."


def webhook_set(ours: str) -> str:
    return f"webhook {ours} đã đặt."


def last_error(error: str, at: datetime | None) -> str:
    when = f" lúc {at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else ""
    return f"lần gọi webhook gần nhất bị lỗi{when}: {error}. Xem bot.py run và proxy có chạy không."


def waiting(count: int) -> str:
    return f"{count} tin đang chờ được nhận. Xem bot.py run có đang chạy không."


def not_tested(reason: str) -> str:
    return f"không nhờ Zalo gọi thử webhook được ({reason}). Chạy lại doctor sau ít phút."


def webhook_outcome(outcome: str, hint: str, status: int) -> str:
    """What Zalo found when it called us, with its own word for it; that is an open set."""
    said = ", ".join(word for word in (outcome, str(status) if status else "", hint) if word)
    return f"webhook: {_OUTCOMES.get(outcome, _OUTCOME_UNKNOWN)}. ({said})"


def consent_at(reason: str, link: str) -> str:
    return f"{reason} Người quản trị OA mở đường dẫn này rồi bấm nút cấp quyền (bot.py run phải đang chạy): {link}"


def account(name: str, package: str, valid_through: str) -> str:
    until = f", hạn đến {valid_through}" if valid_through else ""
    return f"được cấp quyền, OA là “{name}”" + (f", gói {package}{until}." if package else ".")


def plan_ends(day: str) -> str:
    return f"gói OA hết hạn ngày {day}; hết hạn thì API ngừng. Gia hạn ở oa.zalo.me, mục Gói dịch vụ."


def no_messages_left(total: int) -> str:
    return (
        f"đã hết {total} tin tư vấn của gói; chỉ còn trả lời trong 48 giờ. Mua thêm ở oa.zalo.me, hoặc dùng kênh khác."
    )


def few_messages_left(remain: int, total: int) -> str:
    return f"chỉ còn {remain} trên {total} tin tư vấn của gói."


def groups_not_had(reason: str) -> str:
    return f"không xem được nhóm GMF ({reason}). Không dùng nhóm của OA thì bỏ qua."


def group_off(name: str, deleted_on: str) -> str:
    gone = f", sẽ tự xoá ngày {deleted_on}" if deleted_on else ""
    return f"nhóm “{name}” đã bị tắt vì gói nhóm hết hạn{gone}. Gia hạn gói GMF ở oa.zalo.me."


def whole_certificates(count: int) -> str:
    return f"{count} biên bản, niêm phong liền mạch."


def broken_certificates(codes: Sequence[str]) -> str:
    return (
        f"bị sửa hoặc mất: {', '.join(codes)}. Cơ sở dữ liệu bị sửa ngoài chương trình, hoặc phục hồi từ bản sao lưu. "
        "Đối chiếu với tệp Word đã gửi hiệu trưởng."
    )

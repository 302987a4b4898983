"""What is said about a setting that cannot be used."""

from collections.abc import Iterable

NOT_UTF8 = "Tệp .env không phải UTF-8; hãy lưu lại bằng UTF-8 rồi chạy lại."
PORT = "phải là số từ 1 đến 65535"
RETENTION_DAYS = "phải là số ngày nguyên từ 0 (giữ mãi) đến 36525"
ZONE = "phải là tên múi giờ như Asia/Ho_Chi_Minh"
ADDRESS = "phải là địa chỉ bắt đầu bằng http:// hoặc https://"
TOKEN = "phải là mã do @BotFather cấp, dạng 123456:ABC…"
SECRET = "phải gồm 1–256 chữ cái không dấu, chữ số, dấu _ hoặc -"
QUIET_HOURS = "phải là hai giờ có dạng 21:00-06:30"
SCANNER = "phải có dạng tcp://máy:3310 hoặc unix:/run/clamav/clamd.ctl"
UNUSABLE = "có giá trị không dùng được"
ZALO_TOKEN = "phải là mã do Zalo Bot Creator gửi, dạng 123456:abc…"
ZALO_SECRET = "phải gồm 8–256 chữ cái không dấu, chữ số, dấu _ hoặc -"
APP_ID = "phải là mã số do Zalo cấp, toàn chữ số"
OA_NEEDS = (
    "cần đặt cùng ZALO_OA_APP_SECRET, ZALO_OA_SECRET_KEY (khoá ở trang Webhook của ứng dụng) và PUBLIC_URL "
    "(địa chỉ https của máy chủ)"
)
STORAGE = "phải có dạng file:///thư/mục hoặc s3://tên-bucket/tiền-tố (tên bucket: chữ thường, chữ số, dấu . hoặc -)"
STORAGE_NEEDS = "cần đặt cùng STORAGE_KEY và STORAGE_SECRET khi dùng s3://"


def webhook_needs(secret: str) -> str:
    return f"cần đặt cùng PUBLIC_URL (địa chỉ https của máy chủ) và {secret} khi chọn webhook"


def one_of(values: Iterable[str]) -> str:
    return f"phải là một trong: {', '.join(values)}"


def wrong(faults: Iterable[tuple[str, str]]) -> str:
    """One line; each fault is a variable's name and what it must be."""
    listed = "; ".join(f"{name} {must}" for name, must in faults)
    return f"Cài đặt sai: {listed}. Hãy sửa biến môi trường hoặc tệp .env rồi chạy lại."

"""What is said of the place where files are kept: to the operator, and to who has to wait for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.texts.files import moment

LATER_TITLE = "Chưa mở được tệp"
LATER = "Nơi lưu tệp đang gặp trục trặc. Thầy/cô mở lại sau ít phút giúp tôi."
NOT_NOW = "Nơi lưu tệp đang gặp trục trặc nên chưa nhận được tệp này. Thầy/cô thử lại sau ít phút giúp tôi."

FULL = (
    "Đĩa của máy chủ đã đầy nên tệp gửi tới chưa cất được. Tệp vẫn chờ, không mất: dọn đĩa xong là tự lấy lại. "
    "Xem còn bao nhiêu chỗ: bot.py doctor"
)

_WHY: Mapping[str, str] = {
    "denied": "từ chối mã. Xem NHACVIEC_STORAGE_KEY, NHACVIEC_STORAGE_SECRET, và quyền của mã với bucket này "
    "(xem danh sách, đọc, ghi, xoá)",
    "no bucket": "không có bucket này. Xem tên bucket trong NHACVIEC_STORAGE_URL, và NHACVIEC_STORAGE_REGION",
    "damaged": "đọc lại thấy khác với tệp đã gửi. Báo nhà cung cấp, xem ổ đĩa của máy này",
    "trouble": "không dùng được. Xem mạng, NHACVIEC_STORAGE_ENDPOINT, NHACVIEC_STORAGE_REGION, và tình trạng dịch vụ",
}


def waits(sent: datetime) -> str:
    """To who sent files that cannot be kept for now."""
    return (
        f"Máy chủ đang trục trặc nên tôi chưa cất được tệp thầy/cô gửi lúc {moment(sent)}. Tệp chưa tính là nộp. "
        "Tôi tự lấy lại và báo ngay khi xong; thầy/cô chưa cần gửi lại."
    )


def without(gone: Sequence[str], later: Sequence[str]) -> str:
    """Under a message whose files could not be shown, for good or for now."""
    lines = [f"Không còn trên máy chủ: {', '.join(gone)}."] if gone else []
    lines += [f"Chưa mở được: {', '.join(later)}. Thầy/cô hỏi lại sau ít phút giúp tôi."] if later else []
    return "\n".join(lines)


def why(reason: str, code: str) -> str:
    """What is wrong and what to do; `code`: the service's own word."""
    return f"{_WHY[reason]}{f' ({code})' if code else ''}."


def trouble(reason: str, code: str) -> str:
    """To who typed a command."""
    return f"Nơi lưu tệp {why(reason, code)}"


def alert(reason: str, code: str) -> str:
    """For the operator, once."""
    waits = "Tệp mới gửi đang chờ, chưa báo là đã nhận; khi dùng lại được, tôi tự nhận tiếp."
    return f"{trouble(reason, code)} {waits}"


def unusable(address: str, reason: str, code: str) -> str:
    return f"{address} {why(reason, code)}"


def usable(address: str) -> str:
    return f"{address} ghi, đọc và xoá được."

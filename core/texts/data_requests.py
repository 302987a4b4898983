"""What is said of requests about data: what somebody asked, by when it is answered, by when it is done.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from core.privacy import Asked, DataRequest
from core.texts.dates import weekday

ONLY_HEADS = "Yêu cầu về dữ liệu do hiệu trưởng hoặc cán bộ Phòng (Sở) ghi. Thầy/cô nhờ hiệu trưởng giúp tôi."
HOW_TO = "Có người hỏi về dữ liệu cá nhân thì thầy/cô ghi lại, ví dụ: ghi yêu cầu xoá ảnh: phụ huynh lớp 3A"
NONE_OPEN = f"Không có yêu cầu nào về dữ liệu đang mở. {HOW_TO}"
WHICH_KIND = "Đây là yêu cầu gì?"
NOT_NOW = "Thôi, không ghi"
NOT_FOUND = "Tôi không thấy yêu cầu nào đang mở có mã này ở đơn vị của thầy/cô. Xem các yêu cầu: /yeucau"
KINDS: Mapping[Asked, str] = {
    Asked.VIEW: "Xem",
    Asked.CORRECT: "Sửa",
    Asked.PROVIDE: "Cung cấp bản sao",
    Asked.RESTRICT: "Hạn chế, phản đối, rút đồng ý",
    Asked.DELETE: "Xoá",
}


def noted(request: DataRequest, answer_by: date, done_by: date) -> str:
    """The legal days, and what to do then."""
    delete = "\nCần xoá minh chứng, nhắn: xoá minh chứng MÃ" if request.kind is Asked.DELETE else ""
    return (
        f"Đã ghi yêu cầu {request.code} ({KINDS[request.kind].lower()}).\n"
        f"Trả lời người yêu cầu chậm nhất {_day(answer_by)}; làm xong chậm nhất {_day(done_by)} "
        "(Nghị định 356/2025/NĐ-CP).\n"
        f"Trả lời rồi, nhắn: đã trả lời yêu cầu {request.code}. Làm xong, nhắn: xong yêu cầu {request.code}{delete}"
    )


def open_ones(lines: Sequence[str], total: int) -> str:
    more = [f"và {total - len(lines)} yêu cầu khác"] if total > len(lines) else []
    return "\n".join([f"Yêu cầu về dữ liệu đang mở: {total}.", *lines, *more])


def line(request: DataRequest, answer_by: date, done_by: date, today: date) -> str:
    """One of the list."""
    words = f": {request.words}" if request.words else ""
    answer = "đã trả lời" if request.answered_at else f"trả lời {_left(answer_by, today)}"
    return f"• {request.code}, {KINDS[request.kind].lower()}{words}. {answer[0].upper()}{answer[1:]}; " + (
        f"làm xong {_left(done_by, today)}."
    )


def answered(code: str, done_by: date) -> str:
    return f"Đã ghi là trả lời yêu cầu {code}. Làm xong chậm nhất {_day(done_by)}."


def done(code: str) -> str:
    return f"Đã đóng yêu cầu {code}."


def answer_soon(request: DataRequest, by: date) -> str:
    """To the principals; without what was written down."""
    return (
        f"Yêu cầu {request.code} ({KINDS[request.kind].lower()}) cần trả lời chậm nhất {_day(by)}. "
        f"Trả lời rồi, nhắn: đã trả lời yêu cầu {request.code}"
    )


def do_soon(request: DataRequest, by: date) -> str:
    """To the principals; without what was written down."""
    return (
        f"Yêu cầu {request.code} ({KINDS[request.kind].lower()}) cần làm xong chậm nhất {_day(by)}. "
        f"Xong rồi, nhắn: xong yêu cầu {request.code}"
    )


def answer_pick(code: str) -> str:
    """On a button."""
    return f"Đã trả lời {code}"


def done_pick(code: str) -> str:
    """On a button."""
    return f"Xong {code}"


def _day(by: date) -> str:
    return f"{weekday(by)} {by:%d/%m/%Y}"


def _left(by: date, today: date) -> str:
    days = (by - today).days
    left = f"còn {days} ngày" if days > 0 else "hôm nay" if days == 0 else f"quá {-days} ngày"
    return f"chậm nhất {by:%d/%m} ({left})"

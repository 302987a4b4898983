"""What the chat says to those who look after a staff list: who is there, adding, removing, inviting."""

from collections.abc import Sequence
from datetime import datetime

from core.clock import VIETNAM
from core.people import Role
from core.texts.joining import role_name

ONLY_MANAGERS = "Việc này dành cho hiệu trưởng hoặc cán bộ Phòng (Sở)."
NOBODY = "Chưa có ai trong danh sách."
MORE = "Xem tiếp"
REMOVE, KEEP = "Đồng ý xoá", "Thôi, giữ lại"
WHOM = "Thầy/cô muốn nói tới ai?"
HOW_TO_ADD = "Thầy/cô gõ họ tên, có thể kèm số điện thoại: thêm giáo viên Nguyễn Thị Lan 0912345678"
HOW_TO_ADD_BELOW = "Thầy/cô gõ họ tên và trường: thêm hiệu trưởng Trần Thị Mai 0912345678, Trường Mầm non Hoa Sen"
HOW_TO_REMOVE = "Thầy/cô gõ kèm họ tên hoặc số điện thoại: xoá giáo viên Nguyễn Thị Lan"
HOW_TO_REMOVE_BELOW = "Thầy/cô gõ kèm họ tên hoặc số điện thoại: xoá hiệu trưởng Trần Thị Mai"
HOW_TO_INVITE_BELOW = "Thầy/cô gõ kèm tên trường: mời hiệu trưởng Trường Mầm non Hoa Sen"
HOW_TO_REVOKE = "Thầy/cô gõ kèm mã cần thu hồi: thu hồi mã K7QM-2XAB"
REVOKED = "Đã thu hồi: từ giờ mã này không dùng được nữa."

_HINTS = "Thầy/cô có thể gõ:\n• thêm giáo viên HỌ TÊN SỐ\n• mời giáo viên\n• xoá giáo viên HỌ TÊN"
_HINTS_BELOW = (
    "Thầy/cô có thể gõ:\n• thêm hiệu trưởng HỌ TÊN SỐ, TRƯỜNG\n• mời hiệu trưởng TRƯỜNG\n• xoá hiệu trưởng HỌ TÊN"
)


def listed(lines: Sequence[str], first: int, total: int, *, below: bool) -> str:
    """A page of the list; `first` counts from 1; `below`: of the units below the reader's."""
    shown = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, first))
    return f"Danh sách ({total} người):\n{shown}\n\n{_HINTS_BELOW if below else _HINTS}"


def line(name: str, unit: str, *, linked: bool) -> str:
    where = f", {unit}" if unit else ""
    return f"{name}{where}" + ("" if linked else " (chưa dùng bot)")


def who(name: str, role: Role, unit: str, phone: str) -> str:
    """Enough to tell namesakes apart."""
    return f"{name}, {role_name(role)}, {unit}" + (f", số …{phone[-3:]}" if phone else "")


def nobody_called(words: str) -> str:
    return f"Tôi không thấy ai tên “{words}” trong danh sách của thầy/cô. Xem danh sách: /giaovien"


def remove(name: str, unit: str) -> str:
    return f"Xoá {name} khỏi {unit}? Người ấy sẽ không hỏi được việc của nơi ấy nữa."


def removed(name: str, unit: str) -> str:
    return f"Đã xoá {name} khỏi {unit}."


def you_are_removed(unit: str) -> str:
    return (
        f"{unit} đã đưa thầy/cô ra khỏi danh sách nên tôi không trả lời việc của nơi ấy nữa. "
        "Nếu nhầm, thầy/cô hỏi người phụ trách giúp tôi."
    )


def already_listed(name: str, unit: str) -> str:
    return f"{name} đã có trong danh sách của {unit}."


def added(name: str, unit: str) -> str:
    return f"Đã thêm {name} vào {unit}."


def code_for(whom: str, code: str, until: datetime, links: Sequence[str]) -> str:
    """A joining code to hand on; `links` open the bot with it."""
    day = until.astimezone(VIETNAM)
    opened = "".join(f"\nHoặc mở: {link}" for link in links)
    return (
        f"Mã cho {whom}: {code}\nNhắn cho tôi: tham gia {code}{opened}\n"
        f"Dùng được đến {day:%d/%m/%Y}. Thu hồi: thu hồi mã {code}"
    )


def everybody(role: Role, unit: str, uses: int) -> str:
    return f"{role_name(role)} {unit} ({uses} người dùng được)" if uses > 1 else f"{role_name(role)} {unit}"


def one(name: str) -> str:
    return f"riêng {name}"

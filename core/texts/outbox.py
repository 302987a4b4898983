"""What the command line says of messages on their way out, and of units that cannot be reached."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.clock import VIETNAM
from core.message import Urgency
from core.texts.delivery import NAMES

OUTBOX = "Xem tin đang chờ gửi và tin không gửi được; gửi lại. Không in lời nhắn."
LIST = "liệt kê tin đang chờ và tin không gửi được, mỗi tin một dòng"
ONLY_FAILED = "chỉ những tin không gửi được"
RETRY = "gửi lại một tin, hoặc mọi tin đã thôi không gửi nữa"
LETTER = "số của tin (xem: bot.py outbox list --failed)"
ALL = "mọi tin không gửi được; trừ tin không rõ đã tới hay chưa và tin đã gửi qua kênh khác"
LIST_EXAMPLES = ("outbox list --failed", "outbox list --json")
RETRY_EXAMPLES = ("outbox retry 17", "outbox retry --all")
WHICH = "cần ghi số của tin, hoặc --all"
NOT_A_NUMBER = "phải là một số"
NOTHING_WAITS = "Không có tin nào đang chờ hay không gửi được."
NOTHING_FAILED = "Không có tin nào không gửi được."
NOT_TO_BE_SENT_AGAIN = "không có tin không gửi được với số này; xem danh sách: bot.py outbox list --failed"

_STATES = {"waiting": "đang chờ", "failed": "không gửi được", "unknown": "không rõ đã tới chưa"}
_KINDS = {Urgency.ANSWER: "trả lời", Urgency.REMINDER: "nhắc việc", Urgency.BULK: "gửi nhiều nơi"}
_MOST_NAMES = 20


def letter(
    id: int, state: str, urgency: Urgency, platform: str, group: bool, queued_at: datetime, attempts: int, reason: str
) -> str:
    """One line of the list."""
    at = queued_at.astimezone(VIETNAM)
    where = f"{NAMES.get(platform, platform)}, {'nhóm' if group else 'riêng'}"
    why = f", lý do: {reason}" if reason else ""
    return f"{id}: {_STATES[state]}, {_KINDS[urgency]}, {where}, từ {at:%H:%M %d/%m/%Y}, đã thử {attempts} lần{why}"


def sent_again(count: int) -> str:
    return f"Đã xếp {count} tin vào hàng chờ gửi lại." if count else NOTHING_FAILED


def lost(failed: int, unknown: int) -> str:
    """To the operator, of what did not go out for sure."""
    parts = [f"{failed} tin không gửi được"] if failed else []
    parts += [f"{unknown} tin không rõ đã tới chưa"] if unknown else []
    return f"{', '.join(parts)}. Xem: bot.py outbox list --failed; gửi lại: bot.py outbox retry."


def cut_off(groups: Sequence[str], unheard: Sequence[str], people: Mapping[str, int]) -> str:
    """To the operator, once a day: the units whose group, or some of whose people, cannot be written to any more.

    `unheard`: those of them of which nobody else can be written to either who gives the unit's word.
    """
    parts = [f"nhóm của {_named(groups)}"] if groups else []
    parts += [f"người ở {_named([f'{unit} ({count})' for unit, count in people.items()])}"] if people else []
    nobody = f" Không có ai nhận thay nhóm của {_named(unheard)}." if unheard else ""
    how = "Nhờ nhà trường thêm lại bot vào nhóm hoặc mở lại chat với bot."
    return f"Không còn gửi tin tới được: {'; '.join(parts)}.{nobody} {how}"


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" và {more} đơn vị khác" if more > 0 else "")

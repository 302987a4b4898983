"""What the chat says about who is who: joining, confirming, accounts, channels.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from datetime import datetime

from core.clock import VIETNAM
from core.evidence import Submission
from core.people import Role
from core.texts.chat import WHAT
from core.texts.files import moment
from core.texts.privacy import deleted, purpose

UNKNOWN_SENDER = f"""\
Chào thầy/cô! {WHAT}

Tôi chưa biết thầy/cô ở trường nào. Thầy/cô xin mã tham gia từ người phụ trách ở trường hoặc Phòng, rồi gõ:
/thamgia MÃ
(hoặc: tham gia MÃ)"""
_BY_PHONE = "\n\nNếu trường đã ghi số điện thoại của thầy/cô trong danh sách thì chỉ cần bấm nút gửi số bên dưới."

GROUP_UNKNOWN = f"""\
Chào cả nhà! {WHAT}

Tôi chưa biết nhóm này của trường nào. Hiệu trưởng hoặc cán bộ Phòng đã có tài khoản ở đây gõ vào nhóm:
/thamgia
Ai chưa có tài khoản thì nhắn riêng cho tôi mã được cấp."""

CODE_MISSING = "Thầy/cô gõ kèm mã giúp tôi: /thamgia MÃ (mã do người phụ trách ở trường hoặc Phòng cấp)."
CODE_WRONG = "Mã này không đúng, đã hết hạn hoặc đã dùng rồi. Thầy/cô xem lại, hoặc xin mã mới từ người phụ trách."
TOO_MANY_GUESSES = "Thầy/cô đã thử nhiều mã không đúng. Mong thầy/cô chờ một giờ rồi thử lại."
MEMBER = "Thành viên"

WHO_ARE_YOU = "Thầy/cô là ai trong danh sách?"
NOT_LISTED = "Không có tên tôi"
MORE_NAMES = "Xem tiếp"
SAY_YOUR_NAME = "Để trường nhận ra thầy/cô, thầy/cô gõ: tôi tên là HỌ TÊN"
NOT_LISTED_DONE = f"Vâng. {SAY_YOUR_NAME}"
NAME_IS_THE_SCHOOLS = "Tên của thầy/cô do trường ghi trong danh sách. Cần sửa, thầy/cô nhờ người phụ trách ở trường."
LINE_TAKEN = "Tên này không còn để chọn: có thể đã có người nhận. Nếu nhầm, thầy/cô báo người phụ trách giúp tôi."

PHONE_UNKNOWN = (
    "Số điện thoại này chưa có trong danh sách của trường nào. Thầy/cô xin mã tham gia từ người phụ trách rồi gõ: "
    "/thamgia MÃ"
)
PHONE_OF_SEVERAL = (
    "Số điện thoại này đứng cạnh tên của nhiều người nên tôi không biết thầy/cô là ai. Thầy/cô xin mã tham gia rồi gõ: "
    "/thamgia MÃ"
)

CONFIRM, REFUSE = "Đồng ý", "Từ chối"
ALREADY_DECIDED = "Việc này đã có người trả lời rồi."
NOT_YOURS = "Việc này không thuộc quyền của thầy/cô."

WHO_MAY_BIND = (
    "Chỉ hiệu trưởng, cán bộ Phòng (Sở) hoặc quản trị mới gắn được nhóm. "
    "Nhờ một trong những người ấy gõ ở đây: /thamgia"
)
TEACHERS_CODE = (
    "Mã này để giáo viên tham gia, không gắn được nhóm. Thầy/cô nhắn mã riêng cho tôi. "
    "Muốn gắn nhóm, hiệu trưởng hoặc cán bộ Phòng gõ ở đây: /thamgia"
)
PERSONAL_CODE = "Mã này của riêng một người. Thầy/cô nhắn mã ấy riêng cho tôi giúp nhé."
WHICH_UNIT_FOR_GROUP = "Nhóm này của đơn vị nào?"
ONLY_IN_A_GROUP = "Việc này chỉ làm trong nhóm: thầy/cô gõ câu ấy ngay trong nhóm của trường."
GROUP_NOT_BOUND = "Nhóm này chưa gắn với đơn vị nào."

ONE_UNIT = "Thầy/cô chỉ ở một đơn vị nên không có gì để đổi. Có mã của đơn vị khác thì gõ: /thamgia MÃ"
WHICH_UNIT = "Thầy/cô muốn dùng đơn vị nào?"
LEAVE, KEEP = "Rời đơn vị", "Thôi, giữ nguyên"
SWITCH_UNIT, LINK_CHANNEL, CHANNEL = "Đổi đơn vị", "Nối kênh khác", "Kênh nhận tin"
ONE_CHANNEL = "Thầy/cô mới dùng một kênh. Muốn thêm kênh nữa, gõ: nối kênh khác"
WHICH_CHANNEL = "Tôi nên nhắn cho thầy/cô qua kênh nào?"
CODE_OF_YOURS = "Mã này là của chính thầy/cô. Thầy/cô mở kênh kia (Zalo hoặc Telegram) rồi gõ mã ở đó giúp tôi."

EXPORT = "Lấy dữ liệu của tôi"
ERASE_YES = "Đồng ý xoá"
ERASE_ASKED = (
    "Tôi sẽ bỏ nối mọi tài khoản chat của thầy/cô, xoá số điện thoại, tin nhắn tôi còn giữ, và cho thầy/cô rời mọi "
    "đơn vị. Tên trong danh sách của trường do trường giữ nên vẫn còn. Thầy/cô chắc chứ?"
)
ERASED = (
    "Đã xoá. Tôi không còn giữ tài khoản, số điện thoại hay tin nhắn của thầy/cô; tên trong danh sách của trường do "
    "trường giữ. Cần lại, thầy/cô xin mã mới."
)

_ROLES = {
    Role.TEACHER: "giáo viên",
    Role.PRINCIPAL: "cán bộ quản lý",
    Role.STAFF: "chuyên viên",
    Role.ADMIN: "quản trị",
}
_CHANNELS = {"telegram": "Telegram", "zalo_bot": "Zalo", "zalo_oa": "Zalo OA", "web": "Trang web"}


def role_name(role: Role) -> str:
    return _ROLES[role]


def channel_name(platform: str) -> str:
    return _CHANNELS.get(platform, platform)


def unknown_sender(*, phone: bool) -> str:
    """How to join; `phone`: a button to share the own number stands below."""
    return UNKNOWN_SENDER + _BY_PHONE if phone else UNKNOWN_SENDER


def slowed(until: datetime) -> str:
    """So many wrong codes came from everywhere that this one is looked at later."""
    return f"Đang có nhiều mã sai được gõ nên tôi kiểm tra chậm lại. Thầy/cô gõ lại mã này sau {_time(until)} giúp tôi."


def joined(unit: str, role: Role) -> str:
    return f"Xong! Thầy/cô là {_ROLES[role]} của {unit}. Thầy/cô hỏi thử: Tháng này nộp gì?"


def already_joined(unit: str) -> str:
    return f"Thầy/cô đã tham gia {unit} rồi, không cần mã nữa."


def renamed(name: str) -> str:
    return f"Xong! Tôi ghi tên thầy/cô là {name}."


def i_am(name: str) -> str:
    return f"Xong! Trong danh sách, thầy/cô là {name}."


def waiting(unit: str) -> str:
    return f"Thầy/cô đang chờ {unit} xác nhận. Có trả lời tôi nhắn ngay."


def please_confirm(name: str, role: Role, unit: str, channel: str) -> str:
    return f"{name} ({channel}) xin tham gia {unit} với vai trò {_ROLES[role]}. Thầy/cô có đồng ý không?"


def confirmed(name: str, unit: str) -> str:
    return f"Đã nhận {name} vào {unit} và báo cho người ấy."


def refused(name: str, unit: str) -> str:
    return f"Đã từ chối {name} vào {unit} và báo cho người ấy."


def you_are_refused(unit: str) -> str:
    return f"{unit} chưa nhận thầy/cô. Nếu có nhầm lẫn, thầy/cô hỏi lại người phụ trách giúp tôi."


def nobody_confirms(id: int, unit: str) -> str:
    """For the operator."""
    return (
        f"Có người chờ vào {unit} mà chưa ai ở đó hay cấp trên dùng bot để xác nhận. "
        f"Xem và trả lời: python bot.py people confirm {id} (thêm --refuse để từ chối)."
    )


def group_joined(unit: str) -> str:
    return f"Xong! Nhóm này là của {unit}. Trong nhóm, nhắc tên tôi hoặc trả lời tin của tôi để hỏi."


def group_already_joined(unit: str) -> str:
    return f"Nhóm này đã là của {unit} rồi, không cần mã nữa."


def group_is_anothers(unit: str) -> str:
    return f"Nhóm này đang là của {unit}. Người phụ trách nơi ấy gõ “gỡ nhóm” ở đây trước giúp tôi."


def group_left(unit: str) -> str:
    return f"Đã gỡ: nhóm này không còn là của {unit}. Muốn gắn lại, người phụ trách gõ: /thamgia"


def group_account(unit: str) -> str:
    return f"Nhóm này là của {unit}."


def no_unit(words: str) -> str:
    return f"Tôi không thấy đơn vị “{words}” trong quyền của thầy/cô. Thầy/cô gõ đủ tên giúp tôi."


def account(name: str, units: Sequence[tuple[str, Role]], channels: Sequence[str], preferred: str = "") -> str:
    """What is known about the sender; only ever said in private. The first unit is the one in use."""
    (unit, role), *others = units
    lines = [f"Thầy/cô: {name}", f"Vai trò: {_ROLES[role]}", f"Đơn vị: {unit}"]
    lines += [f"Cũng ở: {other} ({_ROLES[its]})" for other, its in others]
    shown = ", ".join(f"{one} (nhận tin)" if one == preferred else one for one in channels)
    return "\n".join([*lines, f"Kênh: {shown}"])


def my_data(
    name: str,
    phone: str,
    units: Sequence[tuple[str, Role]],
    channels: Sequence[str],
    given: Sequence[str],
    retention_days: int,
) -> str:
    """All that is kept of the reader, for the reader alone."""
    lines = [
        f"Tôi giữ về thầy/cô:\n• Tên: {name}",
        f"• Số điện thoại: {phone or 'không có'}",
        *(f"• Đơn vị: {unit} ({_ROLES[role]})" for unit, role in units),
        f"• Kênh: {', '.join(dict.fromkeys(channels))}",
        f"• Đã nộp: {len(given)} lần" + (":" if given else ""),
        *given,
        purpose(retention_days),
        "Tải về tất cả: lấy dữ liệu của tôi. Muốn tôi xoá, thầy/cô gõ: xoá dữ liệu của tôi",
    ]
    return "\n".join(lines)


def given(one: Submission, looks: int) -> str:
    """One of the things that the reader handed in."""
    task = f", {one.title}" if one.title else ""
    seen = f", {looks} lượt xem" if looks else ""
    gone = f", tệp {deleted(one)}" if one.deleted_at else ""
    return f"– {one.code}, {moment(one.handed_in_at or one.opened_at)}{task}{seen}{gone}"


def using(unit: str, role: Role) -> str:
    return f"Từ giờ thầy/cô hỏi với vai trò {_ROLES[role]} của {unit}."


def leave(unit: str) -> str:
    return f"Thầy/cô rời {unit}? Sau đó tôi không trả lời việc của nơi ấy cho thầy/cô nữa."


def left(unit: str) -> str:
    return f"Thầy/cô đã rời {unit}. Có mã của nơi khác thì gõ: /thamgia MÃ"


def channel_code(code: str, until: datetime) -> str:
    return (
        f"Mã nối kênh: {code}\nThầy/cô mở kênh kia (Zalo hoặc Telegram), nhắn cho tôi ở đó: tham gia {code}\n"
        f"Mã dùng một lần, đến {_time(until)}. Đừng đưa cho ai: ai gõ mã này sẽ là thầy/cô."
    )


def channel_linked(name: str) -> str:
    return f"Xong! Tôi nhận ra thầy/cô: {name}."


def account_is_anothers(unit: str) -> str:
    return (
        f"Tài khoản này đang là của một người ở {unit}. Nếu đó là thầy/cô, gõ “rời đơn vị” ở đây trước, rồi gõ lại mã."
    )


def by_channel(platform: str) -> str:
    return f"Nhận tin qua {channel_name(platform)}"


def channel_chosen(platform: str) -> str:
    return f"Vâng, từ giờ tôi nhắn cho thầy/cô qua {channel_name(platform)}. Đổi lại bất cứ lúc nào: /taikhoan"


def _time(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M}"

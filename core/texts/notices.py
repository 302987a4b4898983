"""What is said while a notice is written, and the notice itself.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from core.clock import VIETNAM
from core.notices import LONGEST, Audience, Kind, Notice
from core.people import Level, Ownership, Role
from core.texts.dates import weekday
from core.texts.delivery import NAMES

ONLY_HEADS = "Thông báo do hiệu trưởng hoặc cán bộ Phòng, Sở gửi."
IN_PRIVATE = "Thầy/cô nhắn riêng cho tôi để soạn thông báo, soạn xong tôi gửi vào các nhóm."
NOT_FOUND = "Tôi không thấy thông báo này của đơn vị thầy/cô."
WRITE = "Thầy/cô gõ nội dung thông báo (hoặc gửi ảnh, tệp kèm lời), tôi cho xem trước rồi mới gửi."
WRITE_ANEW = "Thầy/cô gõ lại nội dung thông báo."
CHANGED_SINCE = "Bản xem trước ấy đã cũ. Đây là bản bây giờ:"
OTHERS_NOW = "Từ lúc xem trước, nơi nhận có thay đổi. Thầy/cô xem lại giúp:"
TOO_LATE = "Thông báo này đã xác nhận rồi nên không sửa được nữa."
WHOM = "Gửi cho ai? Thầy/cô chọn, hoặc gõ."
WHOM_OFFICE = """\
Ví dụ: các trường công lập · trường ngoài công lập huyện An Lão · hiệu trưởng các trường · \
các trường chưa nộp số liệu học kỳ 1, trừ Hoa Phượng"""
WHOM_SCHOOL = "Ví dụ: nhóm trường · giáo viên"
WITHOUT_WHOM = "Không gửi cho đơn vị nào? Thầy/cô gõ tên, nhiều đơn vị thì cách nhau dấu phẩy."
WHICH_TASK = "Chưa nộp việc nào?"
WHEN = "Gửi lúc nào? Thầy/cô gõ ví dụ: 7h30 sáng mai · 14h ngày 5/12"
NO_TIME = "Tôi chưa hiểu giờ ấy, hoặc giờ ấy đã qua. Thầy/cô gõ ví dụ: 7h30 sáng mai · 14h ngày 5/12"
NOBODY = "Không có nơi nhận nào nên chưa gửi được. Thầy/cô đổi nơi nhận giúp tôi."
NO_FILES_HERE = "Kênh này không chuyển tệp ấy cho tôi. Thầy/cô gửi ảnh, gõ nội dung, hoặc soạn trên kênh khác giúp tôi."
FILES_BAD = "Có tệp không gửi được nên tôi chưa gửi. Thầy/cô xem lại giúp:"
TOO_MANY_FILES = "Mỗi thông báo kèm nhiều nhất 10 tệp, tệp gửi thêm tôi không lấy."
FILES_COMING = "Tệp đang tải về, thầy/cô đợi vài giây rồi bấm lại giúp tôi."
TESTED = "Tôi gửi riêng thầy/cô một tin thử, mở đầu bằng “TIN THỬ”. Chưa gửi cho ai khác: gửi thật thì chọn Gửi."
TEST_HEAD = "TIN THỬ, chỉ thầy/cô thấy, chưa gửi cho ai. Nơi nhận sẽ đọc:"
CANCELLED_DRAFT = "Đã bỏ bản nháp, chưa gửi cho ai."
ASKED_APPROVAL = "Đã nhờ người thứ hai duyệt. Duyệt xong tôi mới gửi."
NOBODY_APPROVES = "Nơi này cần người thứ hai duyệt, nhưng chưa có ai khác dùng bot để duyệt. Thông báo chờ, chưa gửi."
APPROVED_BEFORE = "Thông báo này đã được quyết rồi."
NOT_BY_YOURSELF = "Người soạn không tự duyệt được. Nhờ đồng nghiệp cùng đơn vị giúp thầy/cô."
DELETED = "nội dung đã xoá"
NOT_APPROVED = "Đã từ chối, thông báo không gửi đi."

SEND, SEND_NIGHT, TEST, LATER = "Gửi ngay", "Gửi ngay dù ngoài giờ", "Gửi thử cho tôi", "Hẹn giờ"
EDIT, OTHERS, WITHOUT, DROP = "Sửa nội dung", "Đổi nơi nhận", "Bớt nơi nhận", "Bỏ"
APPROVE, DISAPPROVE = "Duyệt gửi", "Không duyệt"
ALL_SCHOOLS, PUBLIC, PRIVATE_SCHOOLS, PRINCIPALS = (
    "Tất cả các trường",
    "Các trường công lập",
    "Các trường ngoài công lập",
    "Hiệu trưởng các trường",
)
MY_GROUP, MY_TEACHERS = "Nhóm trường", "Giáo viên trường tôi"
TEMPLATE = "Mẫu"
_LINE = "– – –"
_MOST_NAMES = 15

_LEVELS = {
    Level.MINISTRY: "Bộ",
    Level.DEPARTMENT: "Sở",
    Level.DISTRICT: "Phòng",
    Level.COMMUNE: "xã, phường",
    Level.SCHOOL: "trường",
}
_OWNERSHIP = {Ownership.PUBLIC: "công lập", Ownership.PRIVATE: "tư thục", Ownership.INDEPENDENT: "độc lập"}
_ROLES = {Role.PRINCIPAL: "hiệu trưởng", Role.TEACHER: "giáo viên", Role.STAFF: "cán bộ", Role.ADMIN: "quản trị"}


def notice(kind: Kind, issuer: str, text: str, first_at: datetime | None = None, first: str = "") -> str:
    """As its recipients read it; `first`: how the earlier one begins, which this is about."""
    head = f"📢 Thông báo của {issuer}"
    if kind is Kind.CORRECTION and first_at:
        head = f"📢 ĐÍNH CHÍNH của {issuer} cho thông báo {_moment(first_at)} (“{first}”)"
    elif kind is Kind.REMINDER and first_at:
        head = f"📢 Nhắc lại thông báo {_moment(first_at)} của {issuer}"
    return f"{head}:\n\n{text}" if text else head


ACK = "Đã nhận"


def please_ack(text: str, *, name_me: bool) -> str:
    """Below a notice; `name_me`: in a group where the bot hears only who names it."""
    return f"{text}\n\nThầy/cô nhận được thì {'nhắc tên tôi, ' if name_me else ''}báo lại giúp: {ACK}"


def test_copy(text: str) -> str:
    """As its recipients will read it, below what says that it is a test."""
    return f"{TEST_HEAD}\n\n{text}"


def beginning(text: str) -> str:
    """How a notice is named among others."""
    line = " ".join(text.split())
    whole, _, rest = line[:40].rpartition(" ")
    return line if len(line) <= 40 else f"{(whole or rest[:39]).rstrip(' ,.;:')}…"


def too_long(length: int) -> str:
    return f"Nội dung dài {length} ký tự, quá {LONGEST}. Thầy/cô rút gọn, hoặc gửi phần dài thành tệp giúp tôi."


def unclear(names: Sequence[str], near: Sequence[str] = ()) -> str:
    """What names no unit, or several; `near`: the units that are called almost so."""
    said = ", ".join(f"“{name}”" for name in names)
    return f"Tôi chưa rõ {said} là nơi nào trong các đơn vị của thầy/cô. Thầy/cô gõ lại giúp, hoặc chọn." + (
        f"\nTên gần giống: {'; '.join(near)}." if near else ""
    )


def no_task(words: str) -> str:
    return f"Tôi không thấy việc nào như “{words}” mà các đơn vị phải nộp."


def no_list(name: str) -> str:
    return f"Đơn vị chưa lưu danh sách nào tên “{name}”."


def audience(one: Audience, names: Sequence[str], without: Sequence[str], task: str) -> str:
    """Whom it is for, in words; `names`, `without`: of units, `task`: what was not handed in."""
    who = ", ".join(_ROLES[role] for role in one.roles)
    what = ", ".join(_LEVELS[level] for level in one.levels)
    kinds = ", ".join(_OWNERSHIP[kind] for kind in one.ownership)
    units = " ".join(filter(None, [what and f"các {what}", kinds]))
    named = _named(names)
    if named:
        units = f"{units} thuộc {named}" if units else named
    said = " ".join(filter(None, [who, units])) or "mọi đơn vị trực thuộc"
    said += f" chưa nộp “{task}”" if task else ""
    return said + (f", trừ {_named(without)}" if without else "")


def preview(code: str, shown: str, files: str, whom: str, places: str, channels: Sequence[str], when: str) -> str:
    """All that will happen if it is confirmed."""
    lines = [f"Xem trước thông báo {code} (chưa gửi)", _LINE, shown, _LINE]
    lines += [files] if files else []
    return "\n".join([*lines, f"Gửi: {whom}", places, *channels, f"Lúc: {when}"])


def attached(ready: Sequence[str], coming: int, bad: Sequence[str]) -> str:
    """The files that go with it, those that are not here yet, and those that cannot be sent."""
    said = [*ready, *([f"{coming} tệp đang tải về"] if coming else [])]
    lines = [f"Kèm: {', '.join(said)}"] if said else []
    lines += [f"Không gửi được tệp: {', '.join(bad)}. Thầy/cô bấm {EDIT} rồi gửi lại tệp"] if bad else []
    return "\n".join(lines)


def file_added(count: int) -> str:
    return f"Đã thêm vào thông báo, có {count} tệp."


def places(groups: int, people: int, lost: Sequence[str]) -> str:
    """How many places; the units to whom there is no way, by name."""
    parts = [f"{groups} nhóm"] * bool(groups) + [f"{people} người, nhắn riêng"] * bool(people)
    said = f"Nơi nhận: {groups + people}" + (f" ({', '.join(parts)})" if parts else "")
    return said + (f"\nChưa có cách gửi ({len(lost)}): {_named(lost)}" if lost else "")


def for_several(people: int, units: int) -> str:
    """Of those who are written to in private, who is there for more than one unit; empty: nobody."""
    if not people:
        return ""
    return f"Trong đó {people} người phụ trách {units} đơn vị: mỗi người nhận một tin, tính cho mọi đơn vị của mình."


def lost(unit: str, people: bool, count: int) -> str:
    """A unit to which there is no way, or so many of its people."""
    return f"{unit} ({count} người)" if people else unit


def share(platform: str, places: int, messages: int, left: int | None, short: int) -> str:
    """What a service is to carry."""
    said = f"• {NAMES.get(platform, platform)}: {places} nơi, {messages} tin"
    if left is None:
        return said
    said += f"; tháng này còn {left} tin"
    return f"{said}. THIẾU {short}: phần thiếu sẽ dừng lại và báo thầy/cô" if short else said


def lasts(time: timedelta) -> str:
    """How long it takes, where that is long."""
    return f"Gửi hết mất khoảng {max(round(time.total_seconds() / 60), 1)} phút."


def correction_cancels(left: int) -> str:
    return f"Thông báo cũ còn {left} nơi chưa gửi: bản này bắt đầu gửi thì {left} nơi ấy thôi, không gửi nữa."


def without_files(text: str, names: Sequence[str]) -> str:
    """The notice where its author sends it although these files cannot go with it."""
    said = f"(Tệp {_quoted(names)} của thông báo này không gửi được; thầy/cô cần thì hỏi lại nơi gửi.)"
    return f"{text}\n\n{said}" if text else said


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


NOW = "ngay khi thầy/cô bấm Gửi"


def at(when: datetime, now: datetime) -> str:
    """07:30 thứ Ba 05/12"""
    local = when.astimezone(VIETNAM)
    day = "" if local.date() == now.astimezone(VIETNAM).date() else f" {weekday(local.date())} {local:%d/%m}"
    return f"{local:%H:%M}{day}"


def quiet(when: datetime, now: datetime) -> str:
    """It is not sent at night unless that is asked for."""
    return f"đang giờ nghỉ nên {at(when, now)} mới gửi"


def send_at(when: datetime, now: datetime) -> str:
    return f"Gửi lúc {at(when, now)}"


def please_approve(author: str, shown: str) -> str:
    """To the second person; `shown` is the preview."""
    return f"{author} nhờ thầy/cô duyệt thông báo trước khi gửi.\n\n{shown}"


def decided(name: str, code: str, *, approved: bool) -> str:
    """To the author."""
    return (
        f"{name} đã duyệt thông báo {code}." if approved else f"{name} không duyệt thông báo {code}; chưa gửi cho ai."
    )


def kept(what: str, name: str) -> str:
    return f"Đã lưu {what} “{name}” cho đơn vị, lần sau dùng lại."


def dropped(what: str, name: str) -> str:
    return f"Đã xoá {what} “{name}”."


def nothing_kept(what: str, name: str) -> str:
    return f"Đơn vị không có {what} nào tên “{name}”."


KEEP_WHAT = {"list": "danh sách", "template": "mẫu"}
KEEP_HOW = "Thầy/cô soạn một thông báo trước, rồi gõ: lưu danh sách TÊN, hoặc lưu mẫu TÊN"


def kept_ones(lists: Iterable[str], templates: Iterable[str]) -> str:
    """What a unit keeps."""
    lines = [f"Danh sách: {', '.join(lists) or 'chưa có'}", f"Mẫu: {', '.join(templates) or 'chưa có'}"]
    return "\n".join([*lines, "Dùng mẫu: gõ “thông báo theo mẫu TÊN”. Xoá: “xoá mẫu TÊN”, “xoá danh sách TÊN”."])


def pick(notice: Notice, stage: str) -> str:
    """A notice among others, to choose from."""
    said = DELETED if notice.deleted_at else beginning(notice.text) or "tệp"
    return f"{_moment(notice.made_at)} {said} ({stage})"


def _moment(instant: datetime) -> str:
    return f"{instant.astimezone(VIETNAM):%d/%m %H:%M}"


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" và {more} nơi khác" if more > 0 else "")


ABOUT = {
    Kind.CORRECTION: lambda code: f"đúng những nơi đã nhận thông báo {code}",
    Kind.REMINDER: lambda code: f"những nơi đã nhận thông báo {code} mà chưa báo lại",
}

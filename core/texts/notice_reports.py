"""How far a notice is and what came of it: nothing is called sent that a service has not taken.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from core.clock import VIETNAM
from core.notices import Fate, Notice, Recipient, Stage
from core.texts.delivery import NAMES
from core.texts.notices import DELETED, at, beginning

STAGES = {
    Stage.DRAFT: "bản nháp",
    Stage.ASKING: "chờ duyệt",
    Stage.REFUSED: "không được duyệt",
    Stage.GOING: "đang gửi",
    Stage.PAUSED: "đang tạm dừng",
    Stage.CANCELLED: "đã huỷ phần chưa gửi",
    Stage.DONE: "đã xong",
}
FATES = {
    Fate.SENT: "đã gửi",
    Fate.WAITING: "đang chờ gửi",
    Fate.HELD: "chờ vì hết tin của tháng",
    Fate.UNKNOWN: "không rõ đã tới chưa",
    Fate.FAILED: "không gửi được",
    Fate.UNREACHABLE: "chưa có cách gửi",
    Fate.CANCELLED: "đã huỷ, không gửi",
}
QUOTA, FILES = "quota", "files"  # for what it stands still
INSTEAD = "nhóm không nhận, đã gửi riêng người phụ trách"

RESUME_WITHOUT = "Gửi tiếp, ghi rõ thiếu tệp"
SEE, PAUSE, RESUME, CANCEL = "Xem tiến độ", "Tạm dừng", "Gửi tiếp", "Huỷ phần chưa gửi"
REMIND, CORRECT, EXCEL, PICTURE = "Nhắc nơi chưa nhận", "Đính chính", "Báo cáo Excel", "Báo cáo ảnh"
NONE_YET = "Đơn vị chưa gửi thông báo nào. Soạn: gõ “thông báo”."
NOT_RUNNING = "Thông báo này không đang gửi nên không tạm dừng được."
NOT_PAUSED = "Thông báo này không đang tạm dừng."
NOTHING_TO_CANCEL = "Thông báo này không còn gì để huỷ."
ALL_ACKED = "Mọi nơi đã gửi tới đều báo đã nhận, không còn ai phải nhắc."
NO_WORD_ASKED = "Thông báo này không xin báo nhận nên không có nơi nào để nhắc."
NOBODY_GOT_IT = "Chưa nơi nào nhận thông báo này nên không có gì để đính chính."
STILL_GOING = "Thông báo đang gửi. Thầy/cô bấm Tạm dừng rồi đính chính, hoặc đợi gửi xong."
WHAT_CORRECT = "Thầy/cô gõ nội dung đính chính. Tôi gửi đúng những nơi đã nhận bản cũ, cho xem trước rồi mới gửi."
REPORT_COMING = "Tôi đang làm báo cáo, xong tôi gửi ngay tại đây."
TOO_OLD = "Nội dung thông báo này đã xoá vì hết hạn lưu, chỉ còn số liệu. Thầy/cô soạn thông báo mới giúp tôi."
NOTHING_TO_ACK = "Không có thông báo nào chờ nơi này báo đã nhận."
WHICH_ACK = "Thầy/cô báo đã nhận thông báo nào?"
TEST_ACKED = "Đó là tin thử nên tôi không ghi cho ai. Ở tin thật, báo như vậy là đơn vị được ghi “đã nhận”."
SOMEBODY = "thành viên nhóm"
NOT_FOR_YOU = "Thông báo này không gửi tới thầy/cô hay đơn vị của thầy/cô."
_MOST_NAMES = 20

# of the report as an Excel file and as a picture
SHEET, COUNTS_SHEET = "Nơi nhận", "Tổng hợp"
COLUMNS = ("Đơn vị", "Người nhận", "Kênh", "Kết quả", "Lúc gửi", "Lý do", "Báo đã nhận lúc", "Người báo")
GROUP = "Nhóm"
FILE = "bao-cao-thong-bao"
ACKED = "báo đã nhận"
ABOUT_CODE, ABOUT_TEXT, ABOUT_WHOM = "Mã", "Nội dung", "Gửi cho"
ABOUT_STAGE, ABOUT_AT, ABOUT_ALL = "Tình trạng", "Tính đến", "Số nơi nhận"
NO_REPORT = "Tôi chưa làm được báo cáo này. Mong thầy/cô bấm lại sau ít phút."


def under_way(on_their_way: int) -> str:
    """What had begun cannot be called back."""
    return f" Còn {on_their_way} tin đang trên đường, vẫn tới nơi." if on_their_way else ""


def begun(code: str, places: int, when: datetime | None, now: datetime) -> str:
    """It was confirmed: not a word of sent."""
    if when and when > now:
        return f"Đã hẹn: thông báo {code} gửi tới {places} nơi lúc {at(when, now)}."
    return f"Bắt đầu gửi thông báo {code} tới {places} nơi. Xem tiến độ: nhắn “tiến độ thông báo”."


def confirmed_before(notice: Notice, stage: str) -> str:
    """The same was confirmed twice."""
    when = f" lúc {notice.confirmed_at.astimezone(VIETNAM):%H:%M %d/%m}" if notice.confirmed_at else ""
    return f"Thông báo {notice.code} đã xác nhận{when} ({stage}), tôi không gửi lần thứ hai."


def progress(notice: Notice, stage: str, counts: Sequence[str], lists: Sequence[str]) -> str:
    """How far it is, as the tables say at this moment."""
    head = f"Thông báo {notice.code} {called(notice)}: {stage}."
    return "\n".join([head, *counts, *lists])


def called(notice: Notice) -> str:
    """How it begins, as long as its words are kept."""
    return f"({DELETED})" if notice.deleted_at else f"“{beginning(notice.text)}”"


def stage(notice: Notice, now: datetime, resumes: datetime | None) -> str:
    """How far it is, in words; `resumes`: when quiet hours end, while they stop it."""
    if notice.stage is Stage.PAUSED and notice.why == QUOTA:
        return "dừng vì hết tin của tháng"
    if notice.stage is Stage.PAUSED and notice.why == FILES:
        return "dừng vì có tệp không gửi được"
    if notice.stage is Stage.GOING and notice.starts_at and notice.starts_at > now:
        return f"hẹn gửi {at(notice.starts_at, now)}"
    if notice.stage is Stage.GOING and resumes:
        return f"nghỉ ngoài giờ, {at(resumes, now)} gửi tiếp"
    return STAGES[notice.stage]


def counts(all_: int, fates: Counter[Fate], asked: int, acked: int) -> list[str]:
    """Each number with what it is of."""
    lines = [f"• {FATES[Fate.SENT]}: {fates[Fate.SENT]}/{all_}"]
    lines += [f"• {said}: {fates[fate]}" for fate, said in FATES.items() if fates[fate] and fate is not Fate.SENT]
    return [*lines, f"• báo đã nhận: {acked}/{asked}"] if asked else lines


def not_sent(names: Iterable[tuple[str, str]]) -> list[str]:
    """By name, with the reason."""
    lines = [f"– {name}: {why}" for name, why in names]
    more = len(lines) - _MOST_NAMES
    return lines[:_MOST_NAMES] + ([f"– và {more} nơi khác"] if more > 0 else [])


def not_acked(names: Sequence[str]) -> list[str]:
    """Who has it and has said nothing, by name."""
    if not names:
        return []
    more = len(names) - _MOST_NAMES
    return [
        f"Chưa báo nhận ({len(names)}): {', '.join(names[:_MOST_NAMES])}" + (f" và {more} nơi khác" if more > 0 else "")
    ]


def why(one: Recipient) -> str:
    """For a person: what went wrong, with the service's own word for the operator."""
    fate, reason = one.fate, one.reason
    if fate in (Fate.UNREACHABLE, Fate.UNKNOWN, Fate.CANCELLED, Fate.HELD):
        return FATES[fate]
    known = next((said for begins, said in _REASONS.items() if begins in reason.lower()), "")
    if fate is Fate.SENT:
        said = f"{INSTEAD}: {one.heads_got}/{one.heads} người" if one.heads > 1 else INSTEAD
        return f"{said} ({known or reason})"
    return known or f"{FATES[fate]} ({reason})" if reason else FATES[fate]


_REASONS = {
    "no channel": "kênh này không còn nối với bot",
    "left": "không còn thuộc đơn vị",
    "kicked": "bot đã bị đưa ra khỏi nhóm",
    "not a member": "bot không còn trong nhóm",
    "deleted": "nhóm đã bị xoá",
    "blocked": "người nhận đã chặn bot",
    "chat not found": "không còn nhóm hay khung chat này",
    "deactivated": "tài khoản không còn dùng",
    "quota": "hết tin của tháng",
}


def paused(code: str, left: int, on_their_way: int) -> str:
    return f"Đã tạm dừng thông báo {code}, còn {left} nơi chưa gửi.{under_way(on_their_way)}"


def resumed(code: str, left: int) -> str:
    return f"Gửi tiếp thông báo {code}: còn {left} nơi."


def cancelled(code: str, dropped: int, on_their_way: int) -> str:
    return f"Đã huỷ: {dropped} nơi chưa gửi sẽ không nhận thông báo {code}.{under_way(on_their_way)}"


def out_of_quota(platform: str) -> str:
    """To the author, above the progress."""
    return (
        f"{NAMES.get(platform, platform)} hết tin của tháng nên thông báo dừng lại. Đã mua thêm hoặc sang tháng "
        "mới thì bấm Gửi tiếp; không cần nữa thì bấm Huỷ."
    )


def files_bad(names: Sequence[str]) -> str:
    """To the author, above the progress: it stands still, and why."""
    said = ", ".join(f"“{name}”" for name in names)
    return (
        f"Tệp {said} không gửi được nữa nên thông báo dừng lại, nơi chưa nhận thì chưa gửi. Chọn “{RESUME_WITHOUT}” "
        "để gửi tiếp kèm một dòng báo thiếu tệp, hoặc huỷ rồi soạn lại với tệp khác."
    )


def correction_waits(code: str) -> str:
    """Why the first does not go on."""
    return (
        f"Có bản đính chính {code} chưa gửi xong nên thông báo này chưa gửi tiếp. "
        f"Muốn bỏ bản đính chính: gõ “huỷ thông báo {code}”."
    )


def first_goes_on(code: str, left: int) -> str:
    """A correction does not go: the first stands as before."""
    return f"Thông báo cũ {code} vẫn tạm dừng, còn {left} nơi chưa gửi. Gửi tiếp: gõ “gửi tiếp thông báo {code}”."


def on_their_way(left: int) -> str:
    return f"Còn {left} tin đang trên đường. Thầy/cô thử lại sau ít phút giúp tôi."


def acked(unit: str, name: str, *, fresh: bool, when: datetime) -> str:
    """To who acknowledges."""
    if fresh:
        return f"Đã ghi: {unit} đã nhận thông báo ({name})."
    return f"{unit} đã báo nhận từ {when.astimezone(VIETNAM):%H:%M %d/%m} ({name})."


def report_caption(code: str, now: datetime) -> str:
    return f"Báo cáo thông báo {code}, tính đến {moment(now)}."


def moment(instant: datetime) -> str:
    return f"{instant.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def file_name(code: str, ending: str) -> str:
    return f"{FILE}-{code}.{ending}"


def channel(platform: str) -> str:
    return NAMES.get(platform, platform)

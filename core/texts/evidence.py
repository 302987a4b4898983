"""What is said of evidence: for which task it is, who must agree, what the office said of it.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from core.clock import VIETNAM
from core.evidence import Handed, State, Submission, days_late
from core.media import Hidden
from core.message import StoredFile
from core.texts.dates import until, until_short
from core.texts.files import LINK, moment, size
from core.texts.privacy import deleted
from core.work import Due

WHICH_TASK = "Đây là minh chứng của việc nào?"
OTHER_TASK, NO_EVIDENCE = "Việc khác", "Không phải minh chứng"
KEPT = "Vâng, tôi giữ tệp, không ghi vào việc nào."
NOT_FOUND = "Tôi không thấy lần nộp nào có mã này ở đơn vị của thầy/cô. Thầy/cô xem lại mã giúp tôi."
WHICH = "Thầy/cô gõ kèm mã của lần nộp, ví dụ: rút lại H7K2QM. Mã có trong tin báo đã nhận."
TASK_GONE = "Việc này không còn trong kho văn bản. Thầy/cô chọn việc khác giúp tôi."
EXPIRED = "Tệp của lần nộp này đã xoá theo hạn lưu nên không nộp, không dùng chung được. Thầy/cô gửi lại tệp giúp tôi."
ALREADY = "Lần nộp này đã xong rồi, không đổi được nữa."

SHARED_BEFORE = "Tệp này đã được dùng cho việc ấy rồi."
SHARE_WHICH = "Thầy/cô dùng tệp này cho việc nào nữa?"
SHARE_HOW = "Thầy/cô gõ kèm mã, ví dụ: dùng chung H7K2QM. Mã có trong tin báo đã nhận."
NOTHING_TO_SHARE = "Lần nộp này chưa tính là nộp, nên chưa dùng chung cho việc khác được."
PICK = "Thầy/cô nộp cho việc nào? Chọn rồi gửi ảnh, tệp; hoặc gửi luôn kèm tên việc."
ONLY_PRINCIPALS = "Việc này cần hiệu trưởng xác nhận."

NAMED = 5  # files of one message that are called by their names
BROKEN = ("broken", "empty", "bomb")  # troubles of a file that cannot be read
_SEND_ANOTHER = "Thầy/cô gửi bản khác giúp tôi"

CONFIRM, NOT_YET = "Nộp", "Chưa nộp"
ACCEPT, SEND_BACK, LOOK = "Nhận", "Trả lại", "Xem lại"
NOT_YET_DONE = "Vâng, tôi chưa nộp và đã báo cho người gửi."
WHY = "Vì sao trả lại? Thầy/cô chọn, hoặc gõ lý do."
REASONS = ("Ảnh mờ, không đọc được", "Thiếu tệp", "Nhầm việc", "Chưa có chữ ký, dấu")
QUEUE_EMPTY = "Không có minh chứng nào đang chờ thầy/cô."
ONLY_OFFICES = "Việc duyệt minh chứng dành cho hiệu trưởng và cán bộ Phòng (Sở)."
_DECIDED = {
    State.ACCEPTED: "Đã nhận.",
    State.RETURNED: "Đã trả lại, chờ nộp lại.",
}
NOT_NOW, MORE = "Để sau", "Xem tiếp"


def what(files: Sequence[StoredFile]) -> str:
    """ "3 ảnh", "2 ảnh, 1 tệp" """
    pictures = sum(file.mime.startswith("image/") for file in files)
    others = len(files) - pictures
    return ", ".join([f"{pictures} ảnh"] * bool(pictures) + [f"{others} tệp"] * bool(others))


def named_ones(files: Sequence[StoredFile]) -> str:
    """ "3 ảnh, ke-hoach.pdf": pictures have no names that people know."""
    pictures = sum(file.mime.startswith("image/") for file in files)
    names = [file.name for file in files if not file.mime.startswith("image/")]
    return ", ".join([f"{pictures} ảnh"] * bool(pictures) + [_some(names)] * bool(names))


def received(files: Sequence[StoredFile], at: datetime, code: str) -> str:
    """The receipt; only ever said of files that are kept."""
    named = named_ones(files) if len(files) > 1 else files[0].name
    weight = sum(file.size for file in files if not file.name.startswith(f"{LINK} "))  # an address weighs nothing
    named += f" ({size(weight)})" if weight else ""
    return f"Đã nhận {named} lúc {moment(at)}. Mã: {code}."


def received_more(files: Sequence[StoredFile], code: str) -> str:
    """Files that came after the receipt."""
    return f"Đã nhận thêm {named_ones(files)} vào lần nộp {code}."


def again_of_own(count: int, code: str, title: str, at: datetime, *, exact: bool) -> str:
    """To the giver: the unit handed these in before."""
    how = "đã nộp" if exact else "rất giống tệp đã nộp"
    task = f", việc: {title}" if title else ""
    return f"⚠️ {count} tệp {how} ngày {at.astimezone(VIETNAM):%d/%m/%Y} (mã {code}{task})."


def again_of_others(count: int, *, exact: bool) -> str:
    """To the giver: another unit did, whose name is not told."""
    return f"⚠️ {count} tệp {'trùng với' if exact else 'rất giống'} tệp mà đơn vị khác đã nộp."


def again_for_office(count: int, unit: str, code: str, at: datetime, *, exact: bool) -> str:
    """To who decides."""
    how = "đã có" if exact else "rất giống tệp"
    return f"⚠️ {count} tệp {how} trong lần nộp {code} của {unit}, {at.astimezone(VIETNAM):%d/%m/%Y}."


def label(title: str, due: Due | None) -> str:
    """A task among others to pick from."""
    return f"{title} ({until_short(due)})" if due else title


def placed(submission: Submission, office: str) -> str:
    """Which task it is for now, and what comes next."""
    lines = [f"Việc: {submission.title}" + (f" ({until(submission.due)})" if submission.due else "")]
    days = days_late(submission.due, submission.handed_in_at or submission.opened_at)
    if submission.state is State.HELD:
        lines.append("Chờ hiệu trưởng xác nhận rồi mới tính là đã nộp.")
    elif submission.state is State.SUBMITTED:
        lines.append(f"Đã ghi là nộp{late(days)}." + (f" {office} sẽ xem." if office else ""))
    return "\n".join(lines)


def nobody_confirms(unit: str) -> str:
    return f"{unit} chưa có hiệu trưởng dùng Nhắc Việc. Thầy/cô báo hiệu trưởng giúp tôi."


def please_confirm(who: str, handed: Handed) -> str:
    """To the principal."""
    submission = handed.submission
    due = f" ({until(submission.due)})" if submission.due else ""
    return f"{who} gửi {what(handed.files)} cho việc: {submission.title}{due}. Mã: {submission.code}.\nThầy/cô nộp chứ?"


def serves(found: int) -> str:
    """Under what was handed in: other tasks that the same files may serve."""
    return f"Tệp này có thể dùng cho {found} việc khác nữa. Thầy/cô chọn nếu đúng."


def share(title: str, due: Due | None) -> str:
    """On a button."""
    return f"Dùng cho: {label(title, due)}"


def shared(code: str, placed: str) -> str:
    """The same files are for another task too."""
    return f"Đã dùng chung tệp của {code}.\n{placed}"


def told_of(code: str, placed: str) -> str:
    """What was said of it, with the code in front: for who did not just get the receipt."""
    return f"Mã {code}.\n{placed}"


def taken_back(code: str) -> str:
    return f"Đã rút lại {code}. Tôi không tính là đã nộp nữa."


def emptied(submission: Submission) -> str:
    """To the giver and the principals: every file of it had malware in it, or was a program."""
    task = f" ({submission.title})" if submission.title else ""
    return f"Lần nộp {submission.code}{task} không còn tệp nào sạch, nên tôi không tính là đã nộp nữa."


def warned(submission: Submission, unit: str, files: Sequence[str], why: str) -> str:
    """To whom it may have been shown: what is wrong with files of it was found later."""
    task = f" ({submission.title})" if submission.title else ""
    return (
        f"{unit}: {', '.join(files)} của lần nộp {submission.code}{task} {why} nên tôi đã bỏ ra. "
        "Đã tải về thì thầy/cô xoá đi, đừng mở."
    )


def infected_note(files: int, why: str) -> str:
    """In the log of a submission."""
    return f"{files} tệp {why}"


def not_scanned(too_large: Sequence[str]) -> list[str]:
    """To who decides: which files the scanner for malware did not take."""
    return [f"⚠️ Chưa quét mã độc vì tệp quá lớn: {', '.join(too_large)}."] if too_large else []


def hidden(files: Sequence[Hidden]) -> list[str]:
    """To who decides: a line on what is shown to nobody, with why."""
    if not files:
        return []
    names: dict[str, dict[str, None]] = {}
    for file in files:
        names.setdefault(_why_hidden(file), {})[file.name] = None  # pictures are often called the same
    named = "; ".join(f"{_some([*ones])} ({why})" for why, ones in names.items())
    return [f"⚠️ {len(files)} tệp chưa cho xem được: {named}."]


def _why_hidden(file: Hidden) -> str:
    if file.trouble is None:
        return "đang chờ kiểm tra"
    return "không đọc được" if file.trouble in BROKEN else "không bỏ được vị trí"


def will_be_hidden(files: Sequence[Hidden]) -> list[str]:
    """To the giver, of what was looked at: who decides will not see it, and what to send instead."""
    broken = [file.name for file in files if file.trouble in BROKEN]
    told = [file for file in files if file.trouble is not None and file.trouble not in BROKEN]
    said = [
        f"⚠️ {_some(_each_once(broken))}: tôi không đọc được nên người duyệt sẽ không xem được. {_SEND_ANOTHER}."
    ] * bool(broken)
    if told:
        pictures = all(file.mime.startswith("image/") for file in told)
        how = "chụp màn hình ảnh ấy rồi gửi" if pictures else "quay bằng điện thoại rồi gửi MP4"
        why = "tôi không bỏ được vị trí trong tệp nên người duyệt sẽ không xem được"
        said.append(f"⚠️ {_some(_each_once([file.name for file in told]))}: {why}. {_SEND_ANOTHER}, ví dụ {how}.")
    return said


def _each_once(names: Sequence[str]) -> list[str]:
    """Pictures of an album are often called the same: "10 tệp ảnh.jpg"."""
    count = Counter(names)
    return [name if count[name] == 1 else f"{count[name]} tệp {name}" for name in dict.fromkeys(names)]


def _some(names: Sequence[str]) -> str:
    """The first few, and how many more."""
    return ", ".join([*names[:NAMED], *[f"{len(names) - NAMED} tệp khác"] * (len(names) > NAMED)])


def not_yet(submission: Submission) -> str:
    """To the giver."""
    return f"Hiệu trưởng chưa nộp {submission.code} ({submission.title}). Thầy/cô hỏi lại hiệu trưởng giúp tôi."


def detail(handed: Handed, unit: str, in_stead: str = "") -> str:
    """One submission, to be decided on. `in_stead`: who handed it in, in the principal's stead."""
    submission = handed.submission
    given = (submission.handed_in_at or submission.opened_at).astimezone(VIETNAM)
    files = deleted(submission) if submission.deleted_at else what(handed.files)
    lines = [
        f"{submission.title}" + (f" ({until(submission.due)})" if submission.due else ""),
        f"{unit}" + (f", {handed.giver_name}" if handed.giver_name else ""),
        f"{files}, {given:%H:%M %d/%m/%Y}{late(days_late(submission.due, given))}",
        f"Mã: {submission.code}",
    ]
    if submission.shared_from:
        lines.append(f"Dùng chung tệp với {submission.shared_from}.")
    if submission.state in _DECIDED:
        lines.append(_DECIDED[submission.state])
    if submission.again:
        lines.append("Nộp lại sau khi bị trả.")
    if in_stead:
        lines.append(f"{in_stead} xác nhận thay hiệu trưởng.")
    if submission.caption:
        lines.append(f"Lời kèm: {submission.caption[:200]}")
    return "\n".join(lines)


def withdrawn(code: str) -> str:
    """To the office, that had it."""
    return f"Lần nộp {code} đã được rút lại nên tôi không cho xem tệp nữa. Ai đã làm gì: nhật ký {code}"


def accepted(submission: Submission, unit: str) -> str:
    """To the office."""
    return f"Đã nhận {submission.code} và báo cho {unit}."


def yours_accepted(submission: Submission, office: str) -> str:
    """To who handed it in."""
    return f"{office} đã nhận minh chứng: {submission.title}. Mã: {submission.code}."


def sent_back(submission: Submission, unit: str) -> str:
    """To the office."""
    return f"Đã trả lại {submission.code} và báo cho {unit}."


def yours_sent_back(submission: Submission, office: str, reason: str) -> str:
    """To the school."""
    return (
        f"{office} trả lại minh chứng {submission.code}: {submission.title}.\nLý do: {reason}\n"
        "Thầy/cô gửi lại bằng cách trả lời tin này kèm ảnh, tệp, hoặc gửi ảnh kèm tên việc."
    )


def name_it(code: str) -> str:
    """No task is left to offer."""
    return f"Tôi không còn việc nào để nêu. Thầy/cô gõ tên việc kèm mã giúp tôi, ví dụ: minh chứng {code} cân đo lần 2"


def send_for(title: str, due: Due | None) -> str:
    return f"Thầy/cô gửi ảnh, tệp ngay tại đây cho việc: {label(title, due)}"


def late(days: int) -> str:
    """Behind what is late, or nothing."""
    return f", trễ {days} ngày" if days else ""

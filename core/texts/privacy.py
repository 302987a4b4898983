"""What is said of people's data: what it is for, how long it is kept, what was deleted and why.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from datetime import date

from core.evidence import Came, Handed, State, Submission
from core.privacy import ANOTHER_UNIT, ANOTHER_USE, Deletion, Reason
from core.texts.dates import day
from core.texts.files import moment, size

BASIS = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP"
EXPIRED, GONE = "đã xoá theo hạn lưu", "đã xoá"
_WHY = {Reason.EXPIRED: "hết thời hạn lưu", Reason.ASKED: "theo yêu cầu của chủ thể dữ liệu hoặc người đại diện"}
_YEAR = 365.25  # days

# deleting in chat
HOW_TO_DELETE = "Thầy/cô gõ kèm mã lần nộp, ví dụ: xoá minh chứng H7K2QM"
ONLY_PRINCIPALS = "Việc xoá minh chứng do hiệu trưởng làm. Thầy/cô nhờ hiệu trưởng giúp tôi."
NOTHING_LEFT = "Lần nộp này không còn tệp nào: đã xoá rồi."
FILE_GONE = "Tệp này không còn: đã xoá rồi."
SURE, KEEP = "Xoá hẳn", "Thôi, giữ lại"
NO_CERTIFICATES = "Đơn vị của thầy/cô chưa có lần xoá nào."
NO_CERTIFICATE = "Tôi không thấy biên bản xoá nào có mã này ở đơn vị của thầy/cô."
NOT_READY = "Biên bản này đang được lập. Thầy/cô gõ lại sau ít phút giúp tôi."
WITHDRAWN_NOTE = "xoá theo yêu cầu"


def deleted_note(files: int, certificate: str) -> str:
    """In the log of a submission."""
    return f"{files} tệp, biên bản {certificate}"


# the certificate as a Word file
HEADING, TITLE = "BIÊN BẢN XOÁ DỮ LIỆU", "Biên bản xoá dữ liệu"
COLUMNS = ("STT", "Mã lần nộp", "Việc", "Ngày nộp", "Mã băm SHA-256 của tệp", "Dung lượng")
MADE_BY, SIGNED = "Lập tự động bởi Nhắc Việc", "THỦ TRƯỞNG ĐƠN VỊ\n(Ký, ghi rõ họ tên)"


# one's own data
JSON, FILES, FILE, ZIP = "du-lieu.json", "tệp", "tệp", "Dữ liệu của tôi.zip"
OWN_TITLE = "Dữ liệu của tôi"
NO_ADDRESS = "Tôi chưa có địa chỉ trên mạng nên chưa đưa tệp ra được. Thầy/cô báo người phụ trách giúp tôi."


def own_link(address: str, hours: int) -> str:
    return (
        f"Dữ liệu tôi giữ về thầy/cô, kèm các tệp đã nộp, ở đây:\n{address}\n"
        f"Liên kết riêng của thầy/cô, dùng được {hours} giờ. Đừng chuyển cho ai: ai có liên kết đều tải được."
    )


def own_data(name: str, submissions: int, files: int) -> str:
    """On the page."""
    return (
        f"{name}: {submissions} lần nộp, {files} tệp như lúc thầy/cô gửi. Tệp {JSON} ghi mọi điều tôi giữ về thầy/cô: "
        "tên, số điện thoại, đơn vị, kênh chat, các lần nộp và ai đã xem, uỷ quyền, yêu cầu về dữ liệu đã ghi, "
        "tin nhắn tôi còn giữ."
    )


def own_until(until: str) -> str:
    return f"Liên kết dành riêng cho thầy/cô, dùng được đến {until}."


def download(files: int, size: str) -> str:
    return f"Tải về (ZIP, {size})" if files else "Tải về (ZIP, chưa có tệp nào đã nộp)"


def kept_for(days: int) -> str:
    """ "5 năm", "400 ngày"; of whole years, give or take the leap days."""
    years = round(days / _YEAR)
    return f"{years} năm" if years and abs(days - years * _YEAR) < 1 + years / 4 else f"{days} ngày"


def retention(days: int) -> str:
    """How long it is kept; 0: for good."""
    if not days:
        return "Tôi giữ đến khi trường yêu cầu xoá."
    return f"Tôi giữ {kept_for(days)} rồi xoá, có báo trước và có biên bản."


def purpose(retention_days: int) -> str:
    """What files are for, who sees them, how long they are kept."""
    return (
        "Ảnh, tệp gửi cho tôi chỉ dùng làm minh chứng công việc của trường; trường và cấp trên trực tiếp xem được. "
        "Cấp trên chọn vào kho học liệu dùng chung thì các đơn vị bên dưới cũng xem được; trường được báo, rút được. "
        f"{retention(retention_days)}"
    )


def notice(retention_days: int) -> str:
    """Below the first receipt that somebody gets."""
    return (
        f"Lần đầu thầy/cô gửi tệp nên tôi xin thưa:\n• {purpose(retention_days)}\n"
        "• Ảnh, video: vị trí và thiết bị chụp được bỏ đi trước khi người khác xem.\n"
        "• Ảnh có trẻ thì chỉ gửi khi trường đã được cha mẹ đồng ý.\n"
        "• Xem, lấy về, xoá: nhắn /dulieu"
    )


def deleted(submission: Submission | Came) -> str:
    """Instead of its files. What is deleted on request is withdrawn; what expired stands as it stood."""
    return GONE if submission.state is State.WITHDRAWN else EXPIRED


def will_expire(count: int, first: date, last: date, days: int, *, deputy: bool = False) -> str:
    """To the principals, a month before; to a deputy, who cannot open the dossier, where there is none."""
    when = f"Ngày {day(first)}" if first == last else f"Từ ngày {day(first)} đến ngày {day(last)}"
    keep = "thầy/cô báo hiệu trưởng giúp tôi." if deputy else "thầy/cô tải hồ sơ về trước: /hoso"
    return f"{when} tôi xoá ảnh, tệp của {count} lần nộp đã giữ đủ {kept_for(days)}. Cần giữ thì {keep}"


def certificate(made: Deletion, *, deputy: bool = False) -> str:
    """To the principals, with the Word file; to a deputy where there is none."""
    again = "thầy/cô giữ lại giúp hiệu trưởng" if deputy else f"cần lấy lại, thầy/cô nhắn: biên bản xoá {made.code}"
    return f"Biên bản xoá dữ liệu {made.code}: {summary(made)}. {again[0].upper()}{again[1:]}"


def certificates(made: Sequence[Deletion], shown: int) -> str:
    """The unit's, the newest first."""
    lines = [f"• {one.code}, {summary(one)}" for one in made[:shown]]
    more = [f"và {len(made) - shown} biên bản cũ hơn"] if len(made) > shown else []
    example = f"Lấy lại một biên bản, nhắn: biên bản xoá {made[0].code}"
    return "\n".join(["Biên bản xoá dữ liệu của đơn vị:", *lines, *more, example])


def summary(made: Deletion) -> str:
    """ "xoá 3 tệp (1,2 MB) của 1 lần nộp lúc 08:00 ngày 04/12/2023, theo yêu cầu" """
    why = "hết hạn lưu" if made.reason is Reason.EXPIRED else "theo yêu cầu"
    return f"xoá {len(made.gone)} tệp ({size(made.bytes)}) của {made.submissions} lần nộp lúc {moment(made.at)}, {why}"


def which(submission: Submission, files: int) -> str:
    """What of it is to be deleted?"""
    return f"{_named(submission)}, {files} tệp. Thầy/cô xoá cả lần nộp hay một tệp?"


def whole(files: int) -> str:
    """On a button."""
    return f"Cả lần nộp ({files} tệp)"


def one_of(number: int, name: str, bytes_: int) -> str:
    """On a button."""
    return f"Tệp {number}: {name[:40]} ({size(bytes_)})"


def not_yet(code: str) -> str:
    return f"Lần nộp {code} còn tệp đang về. Thầy/cô chờ một phút rồi gõ lại giúp tôi."


def sure(submission: Submission, what: str, others: Sequence[Handed] = ()) -> str:
    """`what`: a file's name; empty: all of it. `others`: what loses the same files."""
    if what:
        asked = f"Xoá hẳn tệp {what} của lần nộp {submission.code}? Không lấy lại được."
    else:
        asked = f"Xoá hẳn mọi tệp của lần nộp {_named(submission)}? Không lấy lại được, và không còn tính là đã nộp."
    if not others:
        return asked
    lines = [f"• {_named(one.submission)}" + (f", của {one.giver_name}" * bool(one.giver_name)) for one in others]
    return "\n".join(["Tệp này còn ở lần nộp khác, sẽ xoá cả ở đó:", *lines, asked])


def done(code: str, made: Deletion) -> str:
    mine = [one for one in made.items if one.code == code]
    others = dict.fromkeys(one.code for one in made.items if one.code != code)
    kept = len({one.sha256 for one in made.items if one.kept})
    return " ".join(
        [
            f"Đã xoá {len(mine)} tệp của lần nộp {code}.",
            *[f"Xoá cả ở lần nộp {', '.join(others)}."] * bool(others),
            *[f"Riêng {kept} tệp nơi khác còn dùng thì bản ở đó còn."] * bool(kept),
            f"Biên bản {made.code}: ít phút nữa tôi gửi tệp Word.",
        ]
    )


def told_office(submission: Submission, unit: str) -> str:
    """To the office right above, of what it had before it."""
    return f"{unit} đã xoá minh chứng {_named(submission)} theo yêu cầu về dữ liệu cá nhân; lần nộp này được rút lại."


def _named(submission: Submission) -> str:
    return submission.code + (f" ({submission.title})" if submission.title else "")


def file_name(code: str) -> str:
    return f"Biên bản xoá {code}.docx"


def about(made: Deletion) -> list[str]:
    """The lines of the certificate, above its table."""
    asked = [f"Người thực hiện yêu cầu: {made.by}."] if made.by else []
    return [
        f"Căn cứ: {BASIS}.",
        f"Lý do: {_WHY[made.reason]}.",
        *asked,
        f"Thời điểm xoá: {moment(made.at)}.",
        f"Đã xoá: {len(made.gone)} tệp của {made.submissions} lần nộp, dung lượng {size(made.bytes)}, "
        "cùng các bản sao của tệp và lời ghi kèm.",
        *_kept(made),
        "Từ thời điểm trên hệ thống không cho ai xem những gì đã xoá; ổ đĩa được dọn trong những giờ sau đó.",
    ]


def _kept(made: Deletion) -> list[str]:
    """Of which files something is kept, and why."""
    by_reason = dict[str, list[str]]()
    for number, one in enumerate(made.items, 1):
        if one.kept:
            by_reason.setdefault(one.kept, []).append(str(number))
    return [
        f"Còn giữ: {len(numbers)} tệp đã gỡ khỏi các lần nộp này, vì {_why_kept(why)} (số thứ tự {', '.join(numbers)})."
        for why, numbers in by_reason.items()
    ]


def _why_kept(why: str) -> str:
    if why == ANOTHER_UNIT:
        return "đơn vị khác cũng đã nộp tệp y hệt"
    if why == ANOTHER_USE:
        return "nơi khác còn dùng tệp y hệt"
    return f"lần nộp {', '.join(why.split())} còn dùng"


def number(made: Deletion) -> str:
    return f"Số {made.number}, mã {made.code}"


def sealed(made: Deletion) -> str:
    return f"Dấu niêm phong (HMAC-SHA256, nối với biên bản trước): {made.seal}"

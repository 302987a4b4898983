"""What a document was understood to say, for a person to check."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.people import Level
from core.texts.dates import DAY_UNREAD
from core.work import Doubt, Head, Obligation, Plan, Rule, Spot, Status

LEVELS = {
    Level.MINISTRY: "Bộ",
    Level.DEPARTMENT: "Sở",
    Level.DISTRICT: "Phòng",
    Level.COMMUNE: "xã/phường",
    Level.SCHOOL: "trường",
    Level.TEACHER: "giáo viên",
    Level.OTHER: "đơn vị khác",
}
_RULES = {Rule.BEFORE: "trước", Rule.BY: "chậm nhất", Rule.ON: "ngày"}
_UNKNOWN = "không ghi"
_Places = Mapping[int, Spot | None]  # by line


def summary(plan: Plan) -> str:
    """Head, dated tasks, tasks by month, doubts."""
    dated = sorted((task for task in plan.obligations if task.due), key=lambda task: task.due or date.max)
    others = [task for task in plan.obligations if not task.due]
    places = {passage.line: passage.spot for passage in plan.passages}
    parts = [
        _head(plan),
        _list("Việc có ngày", [_task(task, places) for task in dated]),
        _list("Việc theo tháng, theo đợt", [_task(task, places) for task in others]),
        _list("Chỗ cần xem lại", [_doubt(doubt, places) for doubt in plan.doubts]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(plan: Plan) -> str:
    head = plan.head
    number = head.number or (head.number_as_written or _UNKNOWN).removeprefix("Số:").strip()
    lines = (
        plan.source_file,
        f"  Loại: {head.doc_type or _UNKNOWN} · Số: {number} · Ngày: {_issued(head)}",
        f"  Nơi ban hành: {head.issuing_body or _UNKNOWN}",
        f"  Về việc: {head.title or _UNKNOWN}",
        f"  Năm học: {head.school_year or _UNKNOWN}",
        f"  Đoạn: {len(plan.passages)} · Việc: {len(plan.obligations)} · Cần xem lại: {len(plan.doubts)}",
    )
    return "\n".join(lines)


def _issued(head: Head) -> str:
    if head.date:
        return day(head.date)
    return head.date_as_written or _UNKNOWN


def _list(title: str, lines: list[str]) -> str:
    return f"{title} ({len(lines)}):\n" + "\n".join(f"  • {line}" for line in lines) if lines else ""


def _task(task: Obligation, places: _Places) -> str:
    who = " → ".join(LEVELS[level] for level in (task.from_level, task.to_level) if level)
    tentative = "dự kiến" if task.status is Status.TENTATIVE else ""
    notes = ", ".join(note for note in (who, task.channel, tentative, _place(task.line, places)) if note)
    return f"{_when(task)}: {task.task}" + (f" ({notes})" if notes else "")


def _when(task: Obligation) -> str:
    if task.due and task.start and task.start != task.due:
        return f"từ {day(task.start)} đến {day(task.due)}"
    if task.due:
        rule = _RULES.get(task.rule or Rule.BY, "hạn")
        return f"{rule} {day(task.due)}{f', {task.time}' if task.time else ''}"
    months = ", ".join(f"{int(month[5:])}/{month[:4]}" for month in task.months)
    if task.note == DAY_UNREAD:
        return f"tháng {months}, {DAY_UNREAD}" if months else DAY_UNREAD
    return f"tháng {months}" if months else task.recurrence or "không ghi ngày"


def _doubt(doubt: Doubt, places: _Places) -> str:
    place = _place(doubt.line, places)
    return f"{place}: {doubt.message}" if place else doubt.message


def _place(line: int, places: _Places) -> str:
    """Where it stands, as a person finds it; "": the file has no such places."""
    spot = places.get(line)
    if spot is None:
        return f"dòng {line}"
    parts = (
        spot.file and f"tệp {spot.file}",
        spot.page and f"trang {spot.page}",
        spot.sheet and f"trang tính {spot.sheet}",
        f"ô {spot.cell}" if spot.cell else spot.table and f"bảng {spot.table}, hàng {spot.row}",
    )
    return ", ".join(part for part in parts if part)


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def too_large(name: str, size: int, most: int) -> str:
    """`size` and `most` in bytes."""
    mb = 1_000_000
    return f"Tệp {name} quá lớn ({size // mb} MB, tối đa {most // mb} MB). Hãy tách nhỏ rồi gửi lại."


def empty(name: str) -> str:
    """There are no words in it."""
    return f"Tệp {name} trống. Hãy kiểm tra lại rồi gửi tệp có nội dung."


_FORMATS = (  # part of a MIME type, and what people call such files
    ("wordprocessingml", "Word"),
    ("pdf", "PDF"),
    ("spreadsheetml", "Excel"),
    ("html", "trang web"),
    ("rfc822", "thư .eml"),
    ("zip", ".zip"),
    ("png", "ảnh"),
)


def _formats(mimes: Sequence[str]) -> str:
    """What can be sent instead, of these MIME types and of text."""
    names = [name for part, name in _FORMATS if any(mime.endswith(part) or f".{part}." in mime for mime in mimes)]
    return f"{', '.join(names)} hoặc .txt" if names else ".txt (UTF-8)"


def binary(name: str, mimes: Sequence[str] = ()) -> str:
    """No document by its content; `mimes`: of those that are read."""
    return f"Tệp {name} không phải văn bản chữ (dữ liệu nhị phân). Hãy gửi tệp {_formats(mimes)}."


def unknown_kind(name: str, suffix: str, mimes: Sequence[str]) -> str:
    """An ending that says nothing; `mimes`: of those that are read."""
    return f"Không biết loại tệp {suffix} ({name}). Hãy gửi tệp {_formats(mimes)}."


def encrypted(name: str) -> str:
    """A password stands before it."""
    return f"Tệp {name} có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại."


def needs_office(name: str, ending: str) -> str:
    """Only an office program reads it, and none is installed."""
    new = "Excel (.xlsx)" if ending == "xls" else "Word (.docx)"
    return f"Máy này chưa đọc được tệp .{ending} ({name}). Hãy mở ra, lưu lại thành {new} rồi gửi."


def nested(name: str) -> str:
    """An archive in an archive or letter."""
    return f"Tệp nén {name} nằm trong tệp khác nên không mở. Hãy gửi riêng tệp ấy."


def nothing_inside(name: str) -> str:
    """An archive without any document."""
    return f"Trong tệp {name} không có văn bản nào đọc được. Hãy gửi riêng từng văn bản."


def too_many_inside(name: str, most: int, size: int = 0) -> str:
    """`most` files; `size` in bytes, 0: not limited."""
    mb = f" hoặc {size // 1_000_000} MB" if size else ""
    return f"Tệp {name} chứa quá nhiều (tối đa {most} tệp{mb}). Hãy chia nhỏ rồi gửi lại."


def old_letters(name: str, encoding: str) -> str:
    """What was written for fonts of before Unicode."""
    return f"Tệp {name} gõ bằng phông chữ cũ {encoding}; đã đổi sang Unicode, thầy/cô nên xem lại chữ."


def guessed(name: str, encoding: str) -> str:
    """What a text file was taken to be written in."""
    return f"Tệp {name} không ghi theo UTF-8; đã đọc theo bảng mã {encoding} (đoán), thầy/cô nên xem lại chữ."


def too_heavy(name: str) -> str:
    """Reading it took more time or memory than any plan does."""
    return f"Tệp {name} nặng bất thường nên chưa đọc được. Hãy lưu lại thành tệp mới hoặc tách nhỏ rồi gửi lại."


def broken(name: str) -> str:
    """Whoever reads it falls over."""
    return f"Tệp {name} bị hỏng nên chưa đọc được. Hãy mở ra, lưu lại thành tệp mới rồi gửi lại."


def too_many_pages(name: str, pages: int, most: int) -> str:
    """More than any plan has."""
    return f"Tệp {name} có {pages} trang, chỉ đọc được tệp tối đa {most} trang. Hãy tách phần kế hoạch ra rồi gửi lại."


def too_many_scans(name: str, pages: int, most: int) -> str:
    """Pages that are pictures take seconds each."""
    return f"Tệp {name} có {pages} trang ảnh quét, chỉ đọc được tối đa {most} trang. Hãy tách nhỏ rồi gửi lại."


def scans_took_too_long(name: str) -> str:
    """The pictures were not all read in time."""
    return f"Đọc ảnh trong tệp {name} lâu quá nên đã dừng. Hãy tách nhỏ, hoặc gửi bản Word, PDF có chữ."


def no_ocr(name: str) -> str:
    """Pictures of pages, and no program that reads them."""
    return (
        f"Tệp {name} là ảnh quét; máy này chưa cài phần đọc ảnh (tesseract-ocr, tesseract-ocr-vie). "
        "Hãy gửi bản Word hoặc PDF có chữ, hoặc nhờ người quản trị cài."
    )


def pages_not_read(pages: str) -> str:
    """Some pages are pictures, and no program reads them. `pages`: "3, 5"."""
    return f"Trang {pages} là ảnh quét nên chưa đọc (máy chưa cài tesseract-ocr); thầy/cô xem lại các trang này."


def read_by_ocr(pages: str) -> str:
    """`pages`: "3, 5"; empty: the whole file."""
    which = f"Trang {pages}" if pages else "Tệp"
    return f"{which} được đọc từ ảnh, chữ số có thể sai; mọi ngày phải được xem lại."


def faint(pages: str) -> str:
    """The picture is too poor to be read well."""
    return f"Trang {pages} mờ hoặc nghiêng, đọc không chắc; nên chụp hoặc quét lại rõ hơn."


def nothing_seen(name: str) -> str:
    """A picture without words."""
    return f"Không đọc được chữ nào trong ảnh {name}. Hãy chụp thẳng, đủ sáng, rõ nét rồi gửi lại."


def broken_picture(name: str) -> str:
    """A picture that cannot be opened."""
    return f"Ảnh {name} bị hỏng nên chưa đọc được. Hãy chụp hoặc quét lại rồi gửi."


def too_large_a_picture(name: str) -> str:
    """More pixels than any page needs."""
    return f"Ảnh {name} quá lớn nên chưa đọc được. Hãy quét lại ở 300 dpi rồi gửi."


def odd_letters(name: str) -> str:
    """The file does not say which letters its shapes are."""
    return f"Tệp {name} dùng phông chữ lạ nên không lấy được chữ. Hãy gửi bản Word, hoặc in ra PDF lại."


def has_attachments() -> str:
    """Files inside the file."""
    return "Trong tệp có tệp đính kèm, chưa đọc các tệp ấy; nếu có kế hoạch trong đó hãy gửi riêng."


def has_macros() -> str:
    """Programs inside the file."""
    return "Tệp có macro; chỉ đọc chữ trong bảng, không chạy macro."


def hidden_read(where: str) -> str:
    """Hidden sheets, rows or columns were read as the others. `where`: "trang tính Tháng 9; cột C của Tháng 10"."""
    return f"Đã đọc cả phần bị ẩn ({where}); việc nào không còn dùng thì bỏ đi."


def hidden_sheet(sheet: str) -> str:
    return f"trang tính “{sheet}”"


def hidden_lines(sheet: str, rows: int, columns: int) -> str:
    """Counts of hidden rows and columns."""
    parts = [f"{rows} dòng" if rows else "", f"{columns} cột" if columns else ""]
    return f"{', '.join(part for part in parts if part)} của “{sheet}”"


def too_many_rows(name: str, most: int) -> str:
    """More rows than any plan has."""
    return f"Tệp {name} có quá {most} dòng chữ. Hãy giữ lại phần kế hoạch rồi gửi lại."


def not_computed(count: int) -> str:
    """Formulas whose value was never kept."""
    return f"{count} ô công thức chưa có kết quả nên để trống; hãy mở bằng Excel, lưu lại rồi gửi lại."


def month_sheet(months: Sequence[int], year: str) -> str:
    """The heading that a sheet's name stands for; `year` may be empty."""
    numbers = "+".join(map(str, months))
    return f"Tháng {numbers}/{year}" if year else f"Tháng {numbers}"

"""What the files of the board say: Excel, CSV, Word, calendar; and what is said in chat of them.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone. Papers are written as offices write.
"""

import re
from datetime import date, datetime

from core.clock import VIETNAM
from core.people import Level, Unit
from core.texts.dates import until
from core.work import Due

# on the page
HEADING, EXCEL, WORD, CSV, CALENDAR = "Tải về", "Bảng Excel", "Báo cáo Word", "Sổ CSV", "Lịch .ics"
LINKS = (("bang.xlsx", EXCEL), ("bao-cao.docx", WORD), ("bang.csv", CSV), ("lich.ics", CALENDAR))

# in chat
COMES = "Tôi đang làm, xong sẽ gửi thầy/cô ngay."
NEEDS_A_PERSON = "Thầy/cô tham gia đơn vị đã, rồi tôi mới làm tệp này được: nhắn /thamgia"
WHAT_FILE = "Thầy/cô muốn tệp nào?"
GONE = "Tôi chưa làm được: thầy/cô không còn ở đơn vị này."

# the workbook
MATRIX, REGISTER, TOTALS, OWN = "Bảng tiến độ", "Sổ theo dõi", "Tổng hợp", "Việc của đơn vị"
REGISTER_TITLE, TOTALS_TITLE = "SỔ THEO DÕI NỘP BÁO CÁO, MINH CHỨNG", "TỔNG HỢP THEO VIỆC"
BEFORE_DAY = '"trước "dd/mm/yyyy'  # as Excel shows a day that is itself too late
COLUMNS = ("STT", "Đơn vị")
BEHIND_COLUMN, ON_TIME_COLUMN = "Còn nợ", "Đúng hạn"
TOTAL = "Cộng"
REGISTER_COLUMNS = ("STT", "Đơn vị", "Việc", "Số văn bản", "Hạn", "Nộp lúc", "Trạng thái", "Trễ (ngày)", "Mã")
TOTALS_COLUMNS = ("STT", "Việc", "Hạn", "Phải nộp", "Đã nộp", "Nộp trễ", "Còn nợ", "Tỷ lệ nộp", "Đúng hạn")
LEGEND = "Chú thích"
NOT_OWED = "để trống: không phải nộp"

# the report
REPORT = "BÁO CÁO"
RESULT, BY_TASK, WHO_OWES = (
    "1. Kết quả chung",
    "2. Kết quả theo từng việc",
    "3. Đơn vị còn việc quá hạn hoặc bị trả lại",
)
OWN_OWES = "3. Việc còn quá hạn hoặc bị trả lại"
NOBODY = "Không có."
TASK_TABLE = ("TT", "Việc", "Hạn", "Phải nộp", "Đã nộp", "Nộp trễ", "Còn nợ", "Đúng hạn")
OWES_TABLE = ("TT", "Đơn vị", "Số việc", "Việc")
RECEIVERS = "Nơi nhận:"
KEPT = "- Lưu: VT."
_BLANK_DAY = "..."
_HEADS = {
    Level.DEPARTMENT: "GIÁM ĐỐC",
    Level.DISTRICT: "TRƯỞNG PHÒNG",
    Level.COMMUNE: "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    Level.SCHOOL: "HIỆU TRƯỞNG",
}
_SIGNS = {Level.DEPARTMENT: "SGDĐT", Level.DISTRICT: "PGDĐT", Level.COMMUNE: "UBND"}
_CITIES = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")
_AREA = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|tỉnh)\s+\S.*")
_OF_A_DEPARTMENT = re.compile(r"Sở (?:Giáo dục và Đào tạo|GD&ĐT|GDĐT)\s+(.+)")


def title(unit: str, month: date) -> str:
    return f"BẢNG THEO DÕI TIẾN ĐỘ {_month(month).upper()} – {unit.upper()}"


def as_of(at: datetime) -> str:
    return f"Tính đến {moment(at)}"


def moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def head(task: str, due: Due | None) -> str:
    """Over a column of the matrix."""
    return f"{task}\n({until(due)})" if due else task


def file_name(kind: str, month: date, ending: str) -> str:
    """tien-do-2023-12.xlsx"""
    return f"{kind}-{month:%Y-%m}.{ending}"


def calendar(unit: str, month: date) -> str:
    """Its name."""
    return f"{unit} – {_month(month)}"


def caption(what: str, month: date, at: datetime) -> str:
    return f"{what}, {_month(month)}. {as_of(at)}."


def entry(task: str, due: Due, there: int, all_: int, units: str) -> str:
    """In an office's calendar."""
    return f"{until(due)}: {task} – {there}/{all_} {units} đã nộp"


def units(*, schools: bool) -> str:
    return "trường" if schools else "đơn vị"


# the report, by its office


def number(unit: Unit) -> str:
    """The number itself is left to who registers the paper."""
    return f"Số:          /BC-{_SIGNS.get(unit.level) or _initials(unit.name)}"


def place_and_day(place: str, day: date) -> str:
    """As the decree writes it: a nought before days below 10 and the first two months."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"{place or _BLANK_DAY}, ngày {day.day:02d} tháng {month} năm {day.year}"


def above(unit: Unit, parent: str) -> str:
    """Who the office stands under, as its papers are headed; a school's is the office above it."""
    own = unit.name.partition(",")[0]
    if unit.level is Level.DEPARTMENT and (found := _OF_A_DEPARTMENT.fullmatch(own)):
        return f"UBND {_province(found[1])}"
    if unit.level is Level.DISTRICT and (area := _AREA.search(own)):
        return f"UBND {area[0]}"
    return "" if unit.level is Level.COMMUNE else parent


def _province(name: str) -> str:
    """ "Hải Phòng" -> "thành phố Hải Phòng", where the name does not say what it is."""
    if name.startswith(("tỉnh", "thành phố")):
        return name
    return f"{'thành phố' if name in _CITIES else 'tỉnh'} {name}"


def about(month: date) -> str:
    return f"Kết quả thực hiện các việc đến hạn trong {_month(month)}"


def receivers(parent: str, *, schools: bool, below: bool) -> list[str]:
    to = [f"- {parent} (để báo cáo);"] * bool(parent)
    to += [f"- Các {units(schools=schools)} trực thuộc (để thực hiện);"] * below
    return [*to, KEPT]


def signer(level: Level) -> str:
    return _HEADS.get(level, "THỦ TRƯỞNG ĐƠN VỊ")


def owed(month: date, tasks: int, count: int, units_: int, words: str) -> str:
    """`units_` 0: it is the own unit's."""
    if not units_:
        return f"Trong {_month(month)}, đơn vị có {tasks} việc đến hạn."
    return f"Trong {_month(month)} có {tasks} việc đến hạn, giao cho {units_} {words}, cộng {count} lượt phải nộp."


def stands(at: datetime, there: int, all_: int, marks: list[str]) -> str:
    said = f": {'; '.join(marks)}" if marks else ""
    return f"Tính đến {moment(at)}, đã nộp {there}/{all_} lượt ({percent(there, all_)}){said}."


def in_time(on_time: int, due: int) -> str:
    if not due:
        return "Đến nay chưa có lượt nào đến hạn."
    return f"Trong {due} lượt đã nộp hoặc đã quá hạn, có {on_time} lượt đúng hạn ({percent(on_time, due)})."


def percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "–"


def _month(month: date) -> str:
    return f"tháng {month.month}/{month.year}"


def _initials(name: str) -> str:
    """ "MN Hoa Phượng, huyện Vĩnh Bảo" -> MNHP"""
    words = name.partition(",")[0].replace("Trường", "").replace("Mầm non", "MN").replace("mầm non", "MN").split()
    return "".join(word if word == "MN" else word[0].upper() for word in words)

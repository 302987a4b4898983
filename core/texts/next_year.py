"""What is said of a plan for the next school year that is drafted from an old one."""

from datetime import date

from core.drafts import Draft
from core.texts.dates import day, weekday
from core.texts.short import cut

KEEP = "Giữ ngày này?"
WHICH_DAY = "Hạn là ngày nào?"
KEEP_IT = "Giữ như vậy?"


def off(old: date, on: date, new: date) -> str:
    """The same day is none on which people work."""
    why = weekday(on) if on.weekday() > 4 else f"ngày nghỉ ({weekday(on)})"
    return f"Bản cũ: {day(old)}; {day(on)} là {why}, tôi chuyển về {weekday(new)} {day(new)}."


def same_weekday(old: date, on: date, new: date) -> str:
    return f"Bản cũ: {day(old)}; {day(on)} là {weekday(on)}, tôi giữ đúng thứ nên lấy {weekday(new)} {day(new)}."


def weekday_off(old: date, new: date) -> str:
    return f"Bản cũ: {day(old)}; giữ đúng thứ thì là {weekday(new)} {day(new)}, nhưng hôm ấy là ngày nghỉ."


def no_such_day(old: date, new: date) -> str:
    return f"Bản cũ: {day(old)}; năm nay không có ngày ấy, tôi lấy {weekday(new)} {day(new)}."


def span(start: date, due: date, new_start: date, new: date) -> str:
    return f"Bản cũ: {day(start)} – {day(due)}; để khỏi vướng ngày nghỉ, tôi lấy {day(new_start)} – {day(new)}."


def week(start: date, due: date, new_start: date, new: date) -> str:
    return f"Tuần {day(start)} – {day(due)} của bản cũ, tôi chuyển thành tuần {day(new_start)} – {day(new)}."


def lunar(feast: str, old: date, then: date, now: date, likely: date) -> str:
    """The day hangs on a feast by the moon; `likely`: as far from it as it was."""
    return (
        f"Việc gắn với {feast}: bản cũ: {day(old)} ({feast} {day(then)}), nay {feast} là {day(now)}, "
        f"tương ứng {weekday(likely)} {day(likely)}; tôi để trống ngày."
    )


def lunar_month(feast: str, now: date) -> str:
    return f"Việc gắn với {feast}, nay là {weekday(now)} {day(now)}, khác tháng của dòng này."


def bases(count: int) -> str:
    return f"Phần căn cứ còn ghi {count} văn bản của năm cũ: thầy/cô thay số, ngày khi soạn bản in."


def stage_over(first: int, last: int, count: int) -> str:
    """ "giai đoạn 2021-2025" is over in the new school year."""
    return f"Văn bản nói {count} chỗ về giai đoạn {first}-{last}, đã hết trước năm học mới: việc nào thôi làm thì bỏ."


def of_school_year(title: str, year: str) -> str:
    return f"{title.rstrip(' .')}, năm học {year}"


ONLY_OFFICES = "Soạn kế hoạch năm sau từ kế hoạch cũ do cán bộ Phòng, Sở, xã (phường) làm."
IN_PRIVATE = "Thầy/cô nhắn “soạn kế hoạch năm sau” trong khung chat riêng với tôi giúp nhé."
NOT_FOUND = "Tôi không thấy văn bản này trong những văn bản đã công bố. Thầy/cô gõ: soạn kế hoạch năm sau"
NOT_PUBLISHED = "Văn bản này chưa công bố. Thầy/cô công bố xong rồi nhắn lại, tôi soạn năm sau từ đó."
NO_DAYS = "Văn bản này không có việc nào có ngày nên tôi không soạn năm sau từ đó được."
GONE = "Văn bản để soạn không còn là của đơn vị thầy/cô. Thầy/cô gõ lại: soạn kế hoạch năm sau"
WHICH = "Soạn kế hoạch năm sau từ văn bản nào?"
NUMBER = "TT"  # over the numbers of a table's rows
NAME = "Ke hoach nam sau.docx"
_SOME = 80  # characters of a title on a button


def nothing_to_draft(unit: str) -> str:
    return f"Chưa có kế hoạch nào do {unit} công bố mà có ngày cụ thể, nên tôi chưa soạn năm sau được."


def not_yours(unit: str) -> str:
    return f"Văn bản này của {unit}. Tôi chỉ soạn năm sau từ văn bản của đơn vị thầy/cô."


def none_of_year(year: str) -> str:
    """ "2025-2026" is the school year that was named."""
    return f"Tôi không thấy kế hoạch năm học {year} của đơn vị thầy/cô. Soạn từ văn bản nào dưới đây?"


def not_later(year: str) -> str:
    return f"Tôi không thấy kế hoạch nào trước năm học {year} để soạn. Soạn từ văn bản nào dưới đây?"


def label(title: str, year: str) -> str:
    """Of a published plan in the pick list."""
    shown = cut(title, _SOME)
    return shown if year in shown else f"{shown} ({year})"


def drafting(title: str, year: str) -> str:
    return f"Tôi đang soạn kế hoạch năm học {year} từ “{title}”. Xong tôi nhắn ngay."


def open_already(code: str) -> str:
    return f"Bản này thầy/cô đang soát dở (mã {code}), tôi không soạn thêm bản nữa."


def published_already(year: str) -> str:
    return f"Kế hoạch năm học {year} soạn từ văn bản này đã công bố rồi."


def file_name(year: str, source: str) -> str:
    """Du thao 2026-2027, tu ke hoach 2025.docx: what it is, and from which file it was drafted."""
    return f"Dự thảo {year} (từ {source.rpartition('.')[0] or source}).docx"


def above(source: str) -> str:
    """At the head of every page."""
    return f"DỰ THẢO – ngày đều là dự kiến. Soạn từ: {source}"


def drafted(draft: Draft, source: str, tasks: int, dated: int, days: int, others: int) -> str:
    """What was drafted, in figures; `days`: doubts about days, `others`: about the rest."""
    title = draft.read.head.title or draft.name
    look = [f"{days} ngày phải chuyển, cần soát"] * bool(days) + [f"{others} chỗ khác cần xem"] * bool(others)
    lines = [
        f"Đã soạn “{title}” (mã {draft.code})",
        f"từ “{source}”.",
        f"{tasks} việc, {dated} dòng có hạn, đều ghi dự kiến.",
        *([f"{'; '.join(look)}."] if look else []),
        "Số, ngày ban hành, người ký để trống. Tệp Word kèm theo, thầy/cô sửa được.",
        "Chưa ai thấy bản này.",
    ]
    return "\n".join(lines)

"""What is said of a plan for the next school year that is drafted from an old one."""

from datetime import date

from core.texts.dates import day, weekday

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

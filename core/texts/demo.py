"""What the demo's chat page says beside the answers."""

from datetime import date, datetime

from core.people import Role

BOT_NAME = "Nhắc Việc"
CRITERIA_SET = "Trường mầm non hạnh phúc (bộ mẫu)"

REPORT, REPORT_FILE = "BÁO CÁO", "bao-cao.docx"

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_QUESTIONS = {
    Role.TEACHER: (
        "thang nay nop gi?",
        "Tuần sau nộp gì?",
        "Hội thi GVDG khi nào?",
        "Cân đo mấy lần, hạn nào?",
    ),
    Role.PRINCIPAL: (
        "Tháng này nộp gì?",
        "Còn mấy ngày hết hạn gửi số liệu?",
        "Tháng sau có việc gì?",
        "Có việc gì quá hạn chưa?",
        "Tiêu chí",
    ),
    Role.STAFF: (
        "Tháng này Phòng phải nộp gì?",
        "Các trường nộp gì tháng này?",
        "Tháng sau có việc gì?",
        "Năm học này có việc gì?",
        "Xếp loại",
    ),
}


def questions(role: Role) -> tuple[str, ...]:
    """Questions that a newcomer in this role may tap."""
    return _QUESTIONS.get(role, _QUESTIONS[Role.STAFF])


def day_in_words(day: date) -> str:
    """Thứ Sáu, ngày 1 tháng 12 năm 2023"""
    return f"{WEEKDAYS[day.weekday()]}, ngày {day.day} tháng {day.month} năm {day.year}"


def report(unit: str, task: str, at: datetime) -> str:
    """What stands in a school's paper."""
    return f"{unit}: đã thực hiện {task}, lập ngày {at:%d/%m/%Y}."

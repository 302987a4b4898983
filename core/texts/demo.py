"""What the demo's chat page says beside the answers."""

from datetime import date

from core.people import Role

BOT_NAME = "Nhắc Việc"

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

_QUESTIONS = {
    Role.TEACHER: (
        "thang nay nop gi?",
        "Tuần này có việc gì?",
        "Sáng kiến nộp khi nào?",
        "Còn mấy ngày đến hạn?",
    ),
    Role.PRINCIPAL: (
        "Tháng này nộp gì?",
        "Việc nào quá hạn chưa?",
        "Tháng sau trường có việc gì?",
        "Báo cáo gửi qua kênh nào?",
    ),
    Role.STAFF: (
        "Tháng này Phòng phải nộp gì?",
        "Các trường nộp gì tháng này?",
        "Hạn gần nhất là ngày nào?",
        "Tháng sau có hội thi nào?",
    ),
}


def questions(role: Role) -> tuple[str, ...]:
    """Questions that a newcomer in this role may tap."""
    return _QUESTIONS.get(role, _QUESTIONS[Role.STAFF])


def day_in_words(day: date) -> str:
    """Thứ Sáu, ngày 1 tháng 12 năm 2023"""
    return f"{WEEKDAYS[day.weekday()]}, ngày {day.day} tháng {day.month} năm {day.year}"

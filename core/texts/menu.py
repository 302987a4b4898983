"""The commands that a chat service lists for people, each with a few words."""

_EVERYWHERE = (
    ("thangnay", "Việc tháng này"),
    ("tuannay", "Việc tuần này"),
    ("han", "Hạn nộp sắp tới"),
    ("thamgia", "Tham gia bằng mã"),
    ("trogiup", "Trợ giúp"),
)
GROUP = _EVERYWHERE
PRIVATE = (*_EVERYWHERE, ("taikhoan", "Thầy/cô là ai ở đây"), ("huy", "Bỏ câu đang dở"))

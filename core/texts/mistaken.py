"""What is said to who has sent the wrong file.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from core.evidence import Submission
from core.texts.files import moment

NOTHING = (
    "Tôi không thấy lần nộp nào của thầy/cô còn rút lại được. "
    "Biết mã thì thầy/cô gõ, ví dụ: rút lại H7K2QM. Mã có trong tin báo đã nhận."
)


def last(submission: Submission) -> str:
    """What was sent last."""
    title = f"{submission.title}, " if submission.title else ""
    return f"Lần gửi gần nhất: {submission.code}, {title}lúc {moment(submission.opened_at)}."


def how(code: str) -> str:
    return (
        f"Rút lại thì thầy/cô chọn dưới đây, hoặc gõ: rút lại {code}. "
        "Rồi gửi tệp đúng kèm tên việc. Lần khác thì gõ mã của lần ấy."
    )


def take_back(code: str) -> str:
    """On a button."""
    return f"Rút lại {code}"


def accepted(code: str) -> str:
    return (
        "Lần này đã được nhận nên không rút lại được nữa. Thầy/cô gửi tệp đúng kèm tên việc. "
        f"Cần bỏ hẳn tệp cũ thì hiệu trưởng gõ: xoá minh chứng {code}"
    )

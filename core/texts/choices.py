"""What is said around choices: how to make one, and what to do where none is meant."""

from collections.abc import Iterable

ANSWER_WITH_A_NUMBER = "Thầy/cô trả lời bằng số, ví dụ: 1"
OLD_BUTTON = "Nút này đã cũ nên tôi không còn biết nó là gì. Thầy/cô gõ lại câu hỏi giúp tôi."


def say_this(label: str) -> str:
    """The only choice there is."""
    return f"Thầy/cô có thể nhắn: {label}"


def no_such_choice(offered: int) -> str:
    """A number came that stands for nothing; `offered`: how many choices are open."""
    if offered:
        return f"Thầy/cô chọn một số từ 1 đến {offered} giúp tôi, hoặc gõ cả câu hỏi."
    return "Tôi chưa rõ số này là của câu nào. Thầy/cô gõ cả câu hỏi giúp tôi, ví dụ: Tháng này nộp gì?"


def which_number(numbers: Iterable[int]) -> str:
    """Several choices are called the same."""
    return f"Có mấy mục trùng tên. Thầy/cô gõ số giúp tôi: {' hay '.join(map(str, numbers))}."

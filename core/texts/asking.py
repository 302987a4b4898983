"""What is said where an office asks about something handed in, and of the log; see core/texts/evidence.py."""

from collections.abc import Sequence

from core.clock import VIETNAM
from core.evidence import IN_STEAD, Act, Event, State, Submission

ASK, ANSWER = "Hỏi lại", "Trả lời"
WHAT = "Thầy/cô gõ câu hỏi, tôi chuyển ngay cho đơn vị nộp. Không hỏi nữa thì nhắn: thôi"
YOUR_ANSWER = "Thầy/cô gõ câu trả lời, tôi chuyển ngay. Có ảnh, tệp thì gửi kèm tên việc. Chưa trả lời thì nhắn: thôi"
FOR_WHOM, AN_ANSWER = "Câu này thầy/cô hỏi trường hay hỏi tôi?", "Câu này là câu trả lời, hay thầy/cô hỏi tôi?"
TO_SCHOOL, IT_IS, TO_ME = "Hỏi trường", "Câu trả lời", "Hỏi Nhắc Việc"
ANSWER_HOW = "Thầy/cô gõ kèm mã, ví dụ: trả lời H7K2QM đủ ba lớp rồi ạ. Mã có trong tin hỏi."
NOTHING_ASKED = "Chưa ai hỏi gì về lần nộp này."
WHICH = "Thầy/cô gõ kèm mã, ví dụ: nhật ký H7K2QM. Mã có trong tin báo đã nhận."
_ASKED, _ANSWERED = "đã hỏi", "trường đã trả lời"

_DONE: dict[State | Act, str] = {
    State.COMING: "gửi tệp",
    State.UNPLACED: "gửi, chưa rõ việc nào",
    State.KEPT: "giữ, không ghi vào việc nào",
    State.QUESTIONED: "gửi, chưa đúng quy định của văn bản",
    State.HELD: "gửi, chờ hiệu trưởng",
    State.SUBMITTED: "nộp",
    State.RETURNED: "trả lại",
    State.ACCEPTED: "nhận",
    State.WITHDRAWN: "rút lại",
    Act.SEEN: "xem tệp",
    Act.ASKED: "hỏi",
    Act.ANSWERED: "trả lời",
    Act.DELETED: "xoá tệp",
    Act.STORED: "đưa vào kho học liệu",
    Act.UNSTORED: "rút khỏi kho học liệu",
}


def asked(submission: Submission, unit: str) -> str:
    """To the office."""
    return f"Đã hỏi {unit} về {submission.code}. Có trả lời tôi báo thầy/cô."


def you_are_asked(submission: Submission, office: str, question: str) -> str:
    """To the school."""
    return (
        f"{office} hỏi về minh chứng {submission.code}: {submission.title}.\n“{question}”\n"
        f"Thầy/cô chọn {ANSWER}, hoặc gõ: trả lời {submission.code} …"
    )


def passed_on(office: str) -> str:
    """To the school."""
    return f"Đã chuyển câu trả lời cho {office}."


def school_answers(submission: Submission, unit: str, answer: str) -> str:
    """To the office."""
    return f"{unit} trả lời về {submission.code}: {submission.title}.\n“{answer}”"


def talk(events: Sequence[Event]) -> list[str]:
    """What was asked and answered, a line each."""
    return [f"{'Hỏi' if one.what is Act.ASKED else 'Đáp'}: {one.note}" for one in events]


def how_far(events: Sequence[Event]) -> str:
    """In a line of the queue; empty: nothing was asked."""
    if not events:
        return ""
    return f", {_ASKED if events[-1].what is Act.ASKED else _ANSWERED}"


def log(submission: Submission, events: Sequence[Event]) -> str:
    """Who did what, and when."""
    title = f": {submission.title}" if submission.title else ""
    return "\n".join([f"Nhật ký {submission.code}{title}", *(f"• {happened(one)}" for one in events)])


def happened(event: Event) -> str:
    """When, who, what."""
    said = f" “{event.note}”" if event.note else ""
    said = " thay hiệu trưởng" if event.note == IN_STEAD else said
    return f"{event.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}: {event.name or 'Nhắc Việc'} {_DONE[event.what]}{said}"

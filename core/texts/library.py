"""What is said of the store of shared material; see core/texts/evidence.py."""

from collections.abc import Sequence

from core.clock import VIETNAM
from core.evidence import Submission
from core.library import Material
from core.message import StoredFile
from core.texts.evidence import what

PUT, TAKE_OUT, MORE, NOT_NOW = "Đưa vào kho", "Rút khỏi kho", "Xem tiếp", "Để sau"
SURE, PAPERS_ONLY = "Không có, đưa vào", "Chỉ đưa tài liệu"
HOW = "Thầy/cô gõ kèm mã của lần nộp đã nhận, ví dụ: đưa H7K2QM vào kho: Bài hát về mẹ"
ONLY_OFFICES = "Chọn học liệu vào kho dùng chung do cán bộ Phòng, Sở làm."
ONLY_ACCEPTED = "Chỉ lần nộp đã nhận mới đưa vào kho được. Thầy/cô nhận trước, ở /duyet"
NOTHING_SHOWN = "Lần nộp này không có tệp nào cho xem được nên chưa đưa vào kho được."
ALREADY_IN = "Lần nộp này đã ở trong kho rồi."
SCHOOL_TOOK_OUT = "Trường đã rút lần nộp này khỏi kho nên tôi không đưa vào lại."
NOT_YOURS = "Tôi không thấy mã này trong những học liệu mà thầy/cô rút được."
ONLY_MEMBERS = "Kho học liệu dành cho người của trường, Phòng, Sở. Thầy/cô tham gia trước: /thamgia MÃ"
NOT_THERE = "Tôi không thấy học liệu có mã này trong kho. Thầy/cô xem lại: kho học liệu"
EMPTY = "Kho học liệu dùng chung của thầy/cô chưa có gì."


def sure(title: str, office: str, files: Sequence[StoredFile], left_out: int) -> str:
    """With the files, before all who may see them do."""
    more = f"\nTôi chỉ đưa {len(files)} tệp đầu, còn {left_out} tệp không đưa." if left_out else ""
    return (
        f"Đưa vào kho: “{title}”?\nMọi trường, đơn vị thuộc {office} sẽ xem được {what(files)} kèm tin này.{more}\n"
        "Trong ảnh, phim, tệp có trẻ thì phải không nhận ra được mặt, tên cháu nào. Thầy/cô xem kỹ từng tệp: "
        "có cháu nào nhận ra được không?"
    )


def put(title: str, code: str, unit: str) -> str:
    """To the office."""
    return f"Đã đưa “{title}” ({code}) vào kho học liệu dùng chung và báo cho {unit}."


def chosen(submission: Submission, office: str) -> str:
    """To who handed it in."""
    return (
        f"“{submission.title}” ({submission.code}) đã được chọn vào kho học liệu dùng chung của {office}: "
        f"các đơn vị thuộc {office} xem được, có ghi tên trường. "
        f"Không muốn thì thầy/cô nhắn: rút khỏi kho {submission.code}"
    )


def taken_out(code: str) -> str:
    return f"Đã rút {code} khỏi kho học liệu dùng chung. Ai đã nhận tệp trước đó thì vẫn còn tệp."


def school_took_out(submission: Submission, unit: str) -> str:
    """To the officer who had put it in."""
    return f"{unit} đã rút “{submission.title}” ({submission.code}) khỏi kho học liệu dùng chung."


def found(count: int, words: str) -> str:
    about = f" có “{words}”" if words else ""
    return f"Kho học liệu dùng chung: {count} học liệu{about}. Chọn để xem."


def nothing(words: str) -> str:
    return f"Kho học liệu dùng chung của thầy/cô chưa có gì về “{words}”. Xem tất cả: kho học liệu"


def line(material: Material, unit: str) -> str:
    """One among others."""
    return f"{material.title}, {unit}, {what(material.files)}, {material.put_at.astimezone(VIETNAM):%d/%m/%Y}"


def detail(material: Material, unit: str, office: str) -> str:
    """Above its files."""
    lines = [material.title, f"Của {unit}", f"{office} đưa vào kho {material.put_at.astimezone(VIETNAM):%d/%m/%Y}"]
    return "\n".join([*lines, *[f"Việc: {material.task}"] * bool(material.typed), f"Mã: {material.code}"])

"""What stands in the form of a self-assessment."""

from core.clock import local_day
from core.evidence import Submission
from core.texts.dates import day

SHEET = "Phiếu tự đánh giá"
HEADING = "PHIẾU TỰ ĐÁNH GIÁ"
COLUMNS = ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Minh chứng")
TOTAL = "Cộng"
SIGNED = ("Người lập", "Thủ trưởng đơn vị")


def above(name: str, unit: str, office: str, on: str) -> list[tuple[str, bool]]:
    """The lines above the table; the second of each: bold."""
    lines = [(office.upper(), False)] if office else []
    return [
        *lines,
        (unit.upper(), True),
        (HEADING, True),
        (f"theo bộ tiêu chí {name}", False),
        (f"Tính đến {on}", False),
    ]


def piece(one: Submission) -> str:
    """ "H7K2QM: Cân đo lần 2 (04/12/2023)" """
    return f"{one.code}: {one.title} ({day(local_day(one.handed_in_at or one.opened_at))})"


def file_name(name: str, unit: str) -> str:
    return f"Phiếu tự đánh giá {name} - {unit}.xlsx"


def caption(name: str) -> str:
    """With the file in chat."""
    return f"Phiếu tự đánh giá theo bộ tiêu chí “{name}”. Sửa điểm thì nhắn tự chấm rồi lấy lại phiếu."

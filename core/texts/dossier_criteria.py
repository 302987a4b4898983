"""What is said of a dossier by a criteria set alone; see core/texts/dossier.py."""

from collections.abc import Sequence

# its tables of contents
COLUMNS = (
    "Nhóm",
    "Số",
    "Tiêu chí",
    "Điểm tối đa",
    "Điểm tự chấm",
    "Tình trạng",
    "Việc đã nộp",
    "Nộp lúc",
    "Mã lần nộp",
    "Tệp",
    "Dung lượng",
)
SUMMARY_COLUMNS = ("Nhóm", "Tiêu chí", "Có minh chứng", "Tỷ lệ", "Điểm tối đa", "Điểm tự chấm")
PRINTED_COLUMNS = ("Số", "Tiêu chí", "Điểm tự chấm", "Tình trạng", "Minh chứng")

# in chat
WHICH_SET = "Thầy/cô cần hồ sơ theo bộ tiêu chí nào?"
NO_SETS = (
    "Đơn vị này chưa có bộ tiêu chí nào nên chưa làm hồ sơ theo bộ tiêu chí được. Đưa vào: nhắn thêm bộ tiêu chí TÊN BỘ"
)

# on the command line
EXPORT = "xếp theo bộ tiêu chí này (tên bộ), mỗi tiêu chí một thư mục"
NOT_BOTH = "--criteria và --month không dùng chung được; hãy bỏ một trong hai"


def no_such_set(words: str, known: Sequence[str]) -> str:
    """On the command line."""
    listed = f"các bộ đang có: {'; '.join(known)}" if known else "đơn vị này chưa có bộ nào, xem: bot.py criteria list"
    return f"không rõ bộ tiêu chí “{words}”; {listed}."

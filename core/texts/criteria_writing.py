"""What is said while a criteria set is typed in chat, kept, replaced and taken back; see core/texts/criteria.py."""

from core.criteria import CriteriaSet, Replaced
from core.texts.criteria import points, short, taken

WHOSE_NAME = "Bộ tiêu chí tên gì? Thầy/cô nhắn ví dụ: thêm bộ tiêu chí Trường mầm non hạnh phúc"
NAME_TOO_LONG = "Tên bộ dài quá 100 ký tự, thầy/cô đặt tên ngắn hơn giúp tôi."
IN_PRIVATE = "Thầy/cô nhắn riêng cho tôi để đưa bộ tiêu chí vào."
DONE_TYPING, START_ANEW, DROP, SAVE = "Xong", "Gõ lại từ đầu", "Bỏ", "Lưu bộ này"
_LINES = "Mỗi dòng một tiêu chí, ví dụ:\nI. Môi trường\n1.1 Môi trường an toàn (10 điểm)\n1.2 Lớp học sạch (10 điểm)"
NOTHING_TYPED = "Chưa có tiêu chí nào. Thầy/cô gõ các dòng trước, rồi nhắn: xong"
NO_DRAFT = "Thầy/cô chưa gõ bộ tiêu chí nào. Nhắn: thêm bộ tiêu chí TÊN BỘ"
CHANGED_SINCE = "Danh sách đã đổi từ lúc xem. Thầy/cô xem lại rồi lưu:"
DROPPED = "Vâng, tôi bỏ bản đang gõ. Bộ đang dùng không đổi."
TOO_LONG = "Danh sách dài quá, tôi chưa ghi tin này. Thầy/cô nhờ người phụ trách nhập bằng tệp Excel."
HOW_TO_TAKE_BACK = "Thầy/cô nhắn kèm tên bộ, ví dụ: xoá bộ tiêu chí Trường mầm non hạnh phúc"
NOT_GIVEN_HERE = "Đơn vị của thầy/cô không ban hành bộ tiêu chí nào tên như vậy."
TAKE_BACK = "Xoá bộ này"
NOT_NOW = "Để sau"


def ask_lines(name: str, unit: str) -> str:
    """The name is known; the list is to be typed."""
    return (
        f"Bộ tiêu chí “{name}” của {unit}. Thầy/cô gõ hoặc dán danh sách, một hay nhiều tin đều được. {_LINES}\n"
        "Hết thì nhắn: xong. Thôi thì nhắn: huỷ"
    )


def go_on(name: str, count: int) -> str:
    """What was typed before is still there."""
    return f"Tôi còn giữ {count} tiêu chí của bộ “{name}” đang gõ dở. Thầy/cô gõ tiếp, hoặc nhắn: xong"


def noted(count: int) -> str:
    return f"Đã ghi {count} tiêu chí. Thầy/cô gõ tiếp, hoặc nhắn: xong. Gõ sai thì gõ lại dòng có số ấy."


def faults(text: str) -> str:
    """`text` begins in lower case."""
    return f"{text[:1].upper()}{text[1:]} Gõ lại dòng có số ấy để thay, rồi nhắn: xong"


def preview(change: Replaced, unit: str, schools: int) -> str:
    """All that will happen."""
    set = change.set
    whom = f"{unit} và {schools} trường bên dưới" if schools else unit
    lines = [f"Bộ tiêu chí “{set.name}”: {taken(set)}.", f"Áp dụng cho: {whom}.", ""]
    heading = ""
    for one in set.criteria[:30]:
        if one.heading != heading:
            heading = one.heading
            lines.append(heading)
        most = f" ({points(one.most)} điểm)" if one.most is not None else ""
        lines.append(f"{short(f'{one.number} {one.title}', 80)}{most}")
    lines += [f"và {len(set.criteria) - 30} tiêu chí nữa"] if len(set.criteria) > 30 else []
    return "\n".join([*lines, *([""] + replacing(change) if not change.fresh else []), "", "Đúng thì thầy/cô lưu."])


def replacing(change: Replaced) -> list[str]:
    """What becomes of what hung on the old version."""
    lines = [f"Thay bộ cùng tên đang dùng. {_stays(change)}"]
    if change.gone:
        listed = "; ".join(short(f"{one.number} {one.title}", 50) for one in change.gone[:10])
        lines.append(f"Không còn: {listed}.")
    if change.pieces:
        lines.append(f"{change.pieces} minh chứng đang gắn ở các tiêu chí ấy không còn tính.")
    if change.scores:
        lines.append(f"{change.scores} điểm tự chấm không còn hợp nên không tính.")
    return lines


def _stays(change: Replaced) -> str:
    kept = len([one for one in change.set.criteria if one.id])
    return f"{kept} tiêu chí giữ nguyên minh chứng và điểm đã có."


def saved(change: Replaced, unit: str) -> str:
    lines = [f"Đã lưu bộ tiêu chí “{change.set.name}” của {unit}: {taken(change.set)}."]
    return "\n".join([*lines, *([] if change.fresh else replacing(change)), "Xem: nhắn tiêu chí"])


def ask_take_back(set: CriteriaSet) -> str:
    return (
        f"Xoá bộ tiêu chí “{set.name}”? Các trường không còn thấy bộ này. "
        "Thêm lại bộ cùng tên thì minh chứng, điểm trở lại."
    )


def taken_back(set: CriteriaSet) -> str:
    return f"Đã xoá bộ tiêu chí “{set.name}”. Minh chứng vẫn còn ở các việc đã nộp."

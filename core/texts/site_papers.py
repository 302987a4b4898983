"""What the pages of documents say: published ones, drafts that are checked, what changed from one to another."""

from datetime import date, datetime

from core.clock import VIETNAM
from core.drafts import Draft, Edit
from core.texts import amendments as earlier
from core.texts import drafts
from core.texts.dates import when
from core.texts.reading import LEVELS
from core.texts.short import cut
from core.work import Head, Obligation, Spot

PAPERS = "Văn bản"
OPEN_ONES, PUBLISHED = "Đang soát", "Đã công bố"
FIND, FIND_HINT, SHOW = "Tìm theo tên, số, nơi ban hành", "kế hoạch tháng 12", "Tìm"
SORT, SORTS = "Xếp theo", {"moi": "mới vào kho", "ngay": "ngày ban hành", "ten": "tên"}
NONE_FOUND, NONE = "Không có văn bản nào khớp. Thầy/cô thử ít chữ hơn.", "Chưa có văn bản nào trong kho."
NO_DRAFTS = "Thầy/cô không có văn bản nào đang soát."
UPLOAD, FILE, SEND = "Gửi văn bản mới", "Tệp Word, PDF, Excel, ảnh chụp hoặc .txt, nhỏ hơn 1 MB", "Gửi để đọc"
LARGER, LARGER_HOW = "Tệp lớn hơn 1 MB?", "Lấy link gửi tệp lớn"
LARGER_AFTER = "Gửi xong, thầy/cô bấm “Đây là văn bản cần đọc” trong chat."
LARGER_LINK = "Mở trang gửi tệp lớn"
NO_FILE = "Thầy/cô chọn tệp trước đã."
NOWHERE = "Máy chủ chưa có trang gửi tệp. Thầy/cô gửi tệp cho bot trong chat."
PREVIOUS, NEXT = "Trang trước", "Trang sau"

DRAFT, ORIGINAL, TASKS, LOG = "Bản nháp", "Bản gốc", "Các việc", "Nhật ký"
ONLY_HERS = "Chưa ai thấy văn bản này ngoài thầy/cô."
TO_CHECK, TO_CONFIRM, ALL_SETTLED = "Chỗ nghi ngờ", "Việc của văn bản trước", drafts.ALL_SETTLED
TO_ORIGINAL, TO_ITEM = "Xem trong bản gốc", "Đến mục này"
KEEP, CORRECT, DROP, RESTORE = drafts.KEEP, "Sửa", drafts.DROP_ITEM, "Lấy lại mục này"
TICK = "Đúng như ảnh"
RIGHT_IS, RIGHT_HINT = "Đúng ra là", "18/12, chậm nhất 17h00 ngày 05/12, không có hạn, gửi Sở"
EDIT, DUE, TITLE, TO = "Sửa mục này", "Hạn mới (để trống: giữ nguyên)", "Việc", "Gửi về"
DUE_HINT = "18/12, trước 05/12/2025, từ 5/12 đến 8/12, không có hạn"
AS_IT_IS, SAVE = "giữ nguyên", "Lưu"
NOTHING_CHANGED = "Thầy/cô chưa sửa gì ở mục này."
WAS, NOW, QUOTED, IN_PAPER = "Hạn cũ", "Hạn mới", "Văn bản mới ghi", "Trong"
YES, NO, OTHER, CHOOSE = earlier.YES, earlier.NO, earlier.ANOTHER, "Chọn"
ISSUED_BY, ISSUER = drafts.ISSUED_BY, "Nơi ban hành"
PUBLISH, DROP_DRAFT = drafts.PUBLISH, "Bỏ văn bản này"
PUBLISH_STEP, BACK = "Xem trước khi công bố", "Quay lại soát"
SURE_TO_DROP = "Bỏ hẳn bản nháp này. Chưa ai thấy gì."
ANYWAY = drafts.ANYWAY
STILL_DOUBTFUL = "Thầy/cô soát nốt, hoặc đánh dấu “Vẫn công bố”."
NO_ISSUER = "Thầy/cô chọn nơi ban hành trước khi công bố."
READING, CLOSED = drafts.STILL_READING, drafts.CLOSED
PAGE_SHOWN = "Ảnh trang"
MARKS = {"dropped": "đã bỏ", "by_hand": "đã sửa", "doubtful": "nghi ngờ", "anew": "đổi việc cũ, không thêm việc mới"}
OPEN_PAPER = "Mở văn bản đã công bố"

BY_MONTH, NO_MONTH, TEXT, HISTORY = "Việc theo tháng", "Không nêu tháng", "Nội dung", "Lịch sử"
CHANGED, CHANGES = "Hạn đã đổi trong văn bản này", "Văn bản này đổi việc của văn bản trước"
COMPARE, COMPARE_WITH, NOT_CHANGED = "So sánh", "So với văn bản", "Chưa có văn bản nào đổi việc ở đây."
SOURCE, TASK, SINCE, BY = "Văn bản ghi", "Việc", "Từ ngày", "Theo văn bản"
FATES = {"moved": "Đổi hạn", "new": "Việc mới", "dropped": "Không còn", "same": "Giữ nguyên"}
FATE, BEFORE, AFTER = "Thay đổi", "Văn bản trước", "Văn bản sau"
NO_ROWS = "Hai văn bản không có việc nào để so."
BY_WORDS = "Việc được ghép theo lời văn, thầy/cô xem lại khi cần chắc chắn."


def papers_found(count: int) -> str:
    return f"{count} văn bản"


def page_of(page: int, last: int) -> str:
    return f"Trang {page}/{last}"


def title(head: Head, file: str) -> str:
    return cut(head.title or file, 300)


def line(head: Head, issuer: str) -> str:
    """Kind and number, day, issuer."""
    number = " ".join(filter(None, (head.doc_type or "Văn bản", f"số {head.number}" if head.number else "")))
    return " · ".join(filter(None, (number, _issued(head), issuer)))


def _issued(head: Head) -> str:
    if head.date:
        return f"ngày {head.date:%d/%m/%Y}"
    return f"tháng {head.date_month[5:7]}/{head.date_month[:4]}" if head.date_month else ""


def holds(tasks: int, on: date) -> str:
    return f"{tasks} việc · công bố {on:%d/%m/%Y}"


def published_on(on: date) -> str:
    return f"Công bố ngày {on:%d/%m/%Y}."


def draft_line(draft: Draft, doubts: int) -> str:
    """How a draft stands, in the list."""
    if draft.plan is None:
        return f"mã {draft.code} · {'đang đọc' if draft.stage.value == 'reading' else 'không đọc được'}"
    left = f"còn {doubts} chỗ cần soát" if doubts else "đã soát xong"
    return f"mã {draft.code} · {left}"


def sent(name: str) -> str:
    return f"Đã nhận {name}. Tôi đang đọc, xong sẽ hiện ở đây."


def heading(draft: Draft) -> str:
    return cut(draft.plan.head.title or draft.name, 300) if draft.plan else draft.name


def doubts_left(count: int) -> str:
    return f"{TO_CHECK}: còn {count}" if count else TO_CHECK


def more_doubts(count: int) -> str:
    return f"Còn {count} chỗ nữa, hiện ra khi thầy/cô soát bớt."


def anyway(count: int) -> str:
    return f"{ANYWAY} dù còn {count} chỗ nghi ngờ"


def changes_left(count: int) -> str:
    return f"{TO_CONFIRM}: còn {count} việc cần xác nhận" if count else TO_CONFIRM


def all_alike(count: int) -> str:
    return earlier.all_label(count)


def verdict(one: str) -> str:
    return {"open": "", "confirmed": "Thầy/cô đã xác nhận: đúng.", "refused": "Thầy/cô đã nói: không phải."}[one]


def becomes(before: Obligation, after: Obligation) -> str:
    """ "hạn cũ → hạn mới" """
    return " → ".join(part.split(" | ")[-1] for part in earlier.described("", before, after))


def becomes_now(after: Obligation) -> str:
    return earlier.described("", after, after)[1]


def item(number: int) -> str:
    return f"Mục {number + 1}"


def reading(task: Obligation) -> str:
    return drafts.reading_of(task)


def due(task: Obligation | None) -> str:
    return when(task, None) if task else "–"


def words(task: Obligation | None) -> str:
    return cut(task.task, 400) if task else "–"


def receivers() -> list[tuple[str, str]]:
    """Who may get something: what is typed for it in chat, and how it is called."""
    return [(f"gửi {name}", name) for name in list(LEVELS.values())[:5]]


def leaf(spot: Spot | None) -> str:
    """Where lines stand; empty: the file has no such places."""
    if spot is None:
        return ""
    parts = (
        spot.file and f"Tệp {spot.file}",
        spot.page and f"Trang {spot.page}",
        spot.sheet and f"Trang tính {spot.sheet}",
    )
    return ", ".join(part for part in parts if part)


def picture_of(page: int) -> str:
    return f"{PAGE_SHOWN} {page}"


def edit(one: Edit) -> str:
    return drafts.edit(one)


def since_day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def month(name: str) -> str:
    """YYYY-MM; empty: none."""
    return f"Tháng {int(name[5:])}/{name[:4]}" if name else NO_MONTH


def at(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def comparison(first: str, second: str) -> str:
    return f"{first} → {second}"


def of_year(title_: str, year: str) -> str:
    """In a list to choose from."""
    return f"{cut(title_, 90)} ({year})" if year and year not in title_ else cut(title_, 90)


def count_of(fate: str, count: int) -> str:
    return f"{FATES[fate]}: {count}"

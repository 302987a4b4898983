"""What is said of a unit's dossier: in chat, on its page, in its tables of contents and on the command line.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from core.clock import VIETNAM
from core.dossier import Cut, Dossier, Item, Link, Proof, Standing, Visits, Why, Withheld
from core.evidence import State
from core.texts import dates
from core.texts.criteria import points, score
from core.texts.dates import day, month
from core.texts.files import moment
from core.texts.privacy import EXPIRED

# the dossier itself
GONE_DOCUMENT = "Văn bản không còn trong kho"
PROGRAMME, TASK, FILE = "Văn bản", "Việc", "tệp"  # where a name holds nothing that may be one
CONTENTS_SHEET, SUMMARY_SHEET = "Mục lục", "Tổng hợp"
CONTENTS_XLSX, CONTENTS_DOCX = "Mục lục.xlsx", "Mục lục.docx"
COLUMNS = (
    "Văn bản",
    "Việc số",
    "Việc",
    "Hạn",
    "Tình trạng",
    "Nộp lúc",
    "Trễ (ngày)",
    "Mã lần nộp",
    "Tệp",
    "Dung lượng",
)
FILE_COLUMN = "Tệp"
SUMMARY_COLUMNS = ("Văn bản", "Việc", "Đến hạn", "Đã nộp", "Tỷ lệ")
PRINTED_COLUMNS = ("Việc số", "Nội dung", "Hạn", "Tình trạng", "Minh chứng")
BEFORE_DAY = '"trước "dd/mm/yyyy'  # a format of Excel
TOTAL, UNIT, ON, MONTH, SET = "Cộng", "Đơn vị", "Tính đến ngày", "Tháng", "Bộ tiêu chí"
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
HEADING = "MỤC LỤC HỒ SƠ MINH CHỨNG"
NOT_HERE = "không có trên máy chủ"

_STANDING = {
    Standing.ACCEPTED: "Đã nhận",
    Standing.SUBMITTED: "Đã nộp",
    Standing.RETURNED: "Bị trả lại",
    Standing.MISSING: "Chưa nộp",
    Standing.AHEAD: "Chưa đến hạn",
    Standing.UNDATED: "Không nêu hạn",
    Standing.HISTORY: "Đã qua trước khi có văn bản",
    Standing.LACKING: "Chưa có minh chứng",
}
_STATE = {State.ACCEPTED: "đã nhận", State.SUBMITTED: "đã nộp", State.RETURNED: "bị trả lại"}

# the page
TITLE = "Hồ sơ minh chứng"
GONE_TITLE = "Không có hồ sơ ở đây"
GONE = "Liên kết không đúng, đã hết hạn hoặc đã được thu hồi. Thầy/cô hỏi lại đơn vị đã gửi liên kết."

BLURRED = (
    "Ảnh ở đây đã được máy che mặt. Máy có thể sót, và không che bảng tên hay chữ trong ảnh. "
    "Video và tài liệu không che mặt được nên chỉ có tên."
)
_WHY = {Why.WAITING: "đang che mặt", Why.FAILED: "ảnh không che mặt được", Why.OTHER: "không có trong bản che mặt"}

# in chat
ONLY_HEADS = "Hồ sơ minh chứng của đơn vị do hiệu trưởng hoặc cán bộ Phòng (Sở) mở. Thầy/cô nhờ hiệu trưởng giúp tôi."
NO_ADDRESS = "Tôi chưa có địa chỉ trên mạng nên chưa mở được liên kết hồ sơ. Thầy/cô báo người phụ trách giúp tôi."
NOT_YOURS = "Tôi chỉ mở được hồ sơ của đơn vị thầy/cô và các trường bên dưới."
UNCLEAR = (
    "Tôi không rõ thầy/cô cần hồ sơ nào. Thầy/cô gõ ví dụ: hồ sơ minh chứng tháng 12; "
    "hoặc: hồ sơ minh chứng của trường Mầm non Hoa Phượng. Hoặc chọn một văn bản:"
)
WHICH_UNIT = "Thầy/cô cần hồ sơ của trường nào?"
WHICH_DOCUMENT = "Thầy/cô cần hồ sơ theo văn bản nào?"
HOW_TO_REVOKE = "Thầy/cô gõ kèm mã, ví dụ: thu hồi hồ sơ H7K2QM. Xem mã: nhắn /hoso."
NO_SUCH_LINK = "Tôi không thấy liên kết hồ sơ nào đang mở có mã này ở đơn vị của thầy/cô."
NEW_LINK = "Mở liên kết mới"
BLUR = "Che mặt trẻ"
NO_DETECTOR = (
    "Máy chủ chưa cài bộ tìm khuôn mặt nên tôi chưa che mặt trong ảnh được. "
    "Thầy/cô nhờ người phụ trách máy chủ cài gói onnxruntime (xem README) rồi khởi động lại tôi."
)
_AGENTS = {"other": "trình duyệt khác"}

# on the command line
EXPORT = "Xuất hồ sơ, lịch ra tệp."
EXPORT_DOSSIER = "Xuất hồ sơ minh chứng của một đơn vị ra tệp ZIP, có mục lục Word và Excel."
EXPORT_WHAT = "xuất gì"
EXPORT_EXAMPLES = (
    "export dossier --unit VB-HOAPHUONG --out ho-so.zip",
    "export dossier --unit VB-HOAPHUONG --month 2023-12 --out ho-so-thang-12.zip",
    'export dossier --unit VB-HOAPHUONG --criteria "Trường hạnh phúc" --out ho-so-hanh-phuc.zip',
    "export dossier --unit VB-HOAPHUONG --blurred --out ho-so-che-mat.zip",
)
EXPORT_MONTH = "chỉ những việc của tháng này, ví dụ 2023-12"
EXPORT_BLURRED = "chỉ ảnh, đã che mặt; video và tài liệu chỉ có tên trong mục lục"
EXPORT_NO_DETECTOR = "chưa cài bộ tìm khuôn mặt nên chưa che mặt được; hãy chạy: .venv/bin/pip install onnxruntime"
EXPORT_OUT = "tệp ZIP sẽ ghi; đã có thì không ghi đè"
NOT_A_MONTH = "phải là tháng dạng NĂM-THÁNG, ví dụ 2023-12"


def percent(given: int, due: int) -> int:
    """Rounded down: only what is whole is 100."""
    return given * 100 // due if due else 100


def complete(given: int, due: int, by: str = "") -> str:
    """ "Đã nộp 3/5 việc đến hạn (60%)"; by a criteria set: "3/5 tiêu chí có minh chứng (60%)" """
    if by:
        return f"{given}/{due} tiêu chí có minh chứng ({percent(given, due)}%)"
    return f"Đã nộp {given}/{due} việc đến hạn ({percent(given, due)}%)" if due else "Chưa có việc nào đến hạn"


def standing(item: Item) -> str:
    return _STANDING[item.standing]


def handed_in(proof: Proof) -> str:
    """ "đã nhận, nộp 08:03 ngày 04/12/2023, trễ 2 ngày"; "đã nộp 08:03 ngày 04/12/2023" """
    late = f", trễ {proof.late} ngày" if proof.late else ""
    gone = f", tệp {EXPIRED}" if proof.deleted else ""
    given = "" if proof.state is State.SUBMITTED else ", nộp"
    return f"{_STATE[proof.state]}{given} {moment(proof.at)}{late}{gone}"


def due(item: Item) -> str:
    return dates.until(item.due) if item.due else ""


def part(dossier: Dossier) -> str:
    """ "tháng 12/2023"; "theo bộ tiêu chí Trường hạnh phúc"; empty: the whole."""
    if dossier.by:
        return by_set(dossier.by)
    return month(dossier.cut.month) if dossier.cut.month else ""


def by_set(name: str) -> str:
    return f"theo bộ tiêu chí {name}"


def own_score(item: Item) -> str:
    """ "Tự chấm 8/10 điểm"; empty: not yet."""
    if item.score is None:
        return f"Chưa tự chấm (tối đa {points(item.most)} điểm)" if item.most is not None else ""
    unit = " điểm" if item.most is not None else ""
    return f"Tự chấm: {score(item.score, item.most)}{unit}"


def own_total(dossier: Dossier) -> str:
    """ "Tự chấm: 43,5/100 điểm, còn 7 tiêu chí chưa chấm"; empty: nothing yet, or not by criteria."""
    own = [item.score for item in dossier.items if item.score is not None]
    if not own:
        return ""
    most = sum((item.most or Decimal(1) for item in dossier.items), Decimal(0))
    unit = " điểm" if any(item.most is not None for item in dossier.items) else " tiêu chí đạt"
    left = f", còn {len(dossier.items) - len(own)} tiêu chí chưa chấm" if len(own) < len(dossier.items) else ""
    return f"Tự chấm: {points(sum(own, Decimal(0)))}/{points(most)}{unit}{left}"


def served_for(proof: Proof) -> str:
    """ "H7K2QM: Cân đo lần 2, đã nộp 08:03 ngày 04/12/2023" """
    return f"{proof.code}: {proof.title}, {handed_in(proof)}" if proof.title else f"{proof.code}: {handed_in(proof)}"


def as_of(dossier: Dossier) -> str:
    return f"Tính đến ngày {day(dossier.day)}"


def file_name(dossier: Dossier) -> str:
    """Of the ZIP."""
    month = f" {dossier.cut.month}" if dossier.cut.month else f" {part(dossier)}" if dossier.by else ""
    return f"Hồ sơ {dossier.unit}{month}{' (che mặt)' if dossier.cut.blurred else ''}.zip"


def download(files: int, size: str) -> str:
    return f"Tải cả hồ sơ (ZIP, {size})" if files else "Tải mục lục (ZIP, chưa có tệp nào)"


def nothing_here(dossier: Dossier) -> str:
    if dossier.cut.criteria is not None:
        return "Bộ tiêu chí này không còn áp dụng cho đơn vị."
    return "Chưa có văn bản hay minh chứng nào trong phần này."


def download_form() -> str:
    return "Tải phiếu tự đánh giá (Excel)"


def withheld(one: Withheld) -> str:
    """Why it is only named."""
    return _WHY[one.why]


def still_waiting(count: int) -> str:
    """Empty: none."""
    return f"Còn {count} ảnh đang che mặt, mỗi ảnh vài giây; thầy/cô tải lại trang sau ít phút." if count else ""


def until(link: Link) -> str:
    return f"Liên kết chỉ để xem và tải, dùng được đến {moment(link.expires_at)}. Mỗi lần mở đều được ghi lại."


def opened(dossier: Dossier, link: Link, address: str, days: int) -> str:
    """The link, how long it lives and how to close it."""
    return (
        f"{of_what(dossier.unit, link.cut, _document(dossier), dossier.by)}:\n{address}\n"
        f"{complete(dossier.given, dossier.due, dossier.by)}.\n"
        f"Ai có liên kết đều xem và tải được, không sửa được. Dùng đến {moment(link.expires_at)} ({days} ngày).\n"
        f"{_to_be_checked(dossier)}"
        f"Mã: {link.code}. Muốn đóng sớm, nhắn: thu hồi hồ sơ {link.code}. Xem ai đã mở: nhắn /hoso."
    )


def of_what(unit: str, cut: Cut, document: str = "", by: str = "") -> str:
    """ "Hồ sơ minh chứng của Trường A, tháng 12/2023, theo Kế hoạch 88" """
    about = [f"Hồ sơ minh chứng của {unit}"]
    about += [month(cut.month)] if cut.month else []
    about += [f"theo {document}"] if document else []
    about += [by_set(by)] if by else []
    about += ["che mặt"] if cut.blurred else []
    return ", ".join(about)


def open_links(lines: Sequence[str], total: int) -> str:
    more = f"\nvà {total - len(lines)} liên kết cũ hơn." if total > len(lines) else ""
    return f"Liên kết hồ sơ đang mở: {total}.\n" + "\n".join(lines) + more


def open_link(link: Link, unit: str, visits: Visits, by: str = "") -> str:
    """One of the list: what it shows, until when, who came."""
    part = month(link.cut.month) if link.cut.month else by_set(by) if by else ""
    about = ", ".join(filter(None, (unit, part, "che mặt" if link.cut.blurred else "")))
    return f"• {link.code}: {about}, đến {link.expires_at.astimezone(VIETNAM):%d/%m}. {_came(visits)}"


def revoke(code: str) -> str:
    """On a button."""
    return f"Thu hồi {code}"


def revoked(code: str) -> str:
    return f"Đã thu hồi liên kết hồ sơ {code}: từ giờ không ai mở được nữa."


def too_many(most: int) -> str:
    return f"Đã có {most} liên kết hồ sơ đang mở. Thầy/cô thu hồi bớt (nhắn /hoso) rồi mở thêm."


def exported(name: str, files: int, given: int, due: int, by: str = "") -> str:
    held = f"{files} tệp minh chứng" if files else "mục lục, chưa có tệp minh chứng nào"
    return f"Đã ghi {name}: {held}. {complete(given, due, by)}."


def exists(name: str) -> str:
    return f"{name}: đã có tệp này; hãy chọn tên khác cho --out."


def on(instant: datetime) -> datetime:
    """As Excel holds it: Vietnam's clock, without a zone, whole seconds."""
    return instant.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)


def _document(dossier: Dossier) -> str:
    whole = dossier.cut.document is None or bool(dossier.by)
    return "" if whole or not dossier.programmes else dossier.programmes[0].name


def _to_be_checked(dossier: Dossier) -> str:
    """A line to who opens a dossier with blurred faces."""
    if not dossier.cut.blurred:
        return ""
    waiting = f"Còn {len(dossier.waiting)} ảnh đang che, mỗi ảnh vài giây. " if dossier.waiting else ""
    return (
        f"{waiting}Máy có thể sót, thầy/cô xem lại trước khi gửi. Bảng tên, chữ trong ảnh không được che; "
        "video và tài liệu chỉ có tên.\n"
    )


def _came(visits: Visits) -> str:
    if visits.last is None:
        return "Chưa ai mở."
    zips = f", tải ZIP {visits.zips} lần" if visits.zips else ""
    files = f", xem tệp {visits.files} lần" if visits.files else ""
    agents = ", ".join(_AGENTS.get(agent, agent) for agent in visits.agents)
    return (
        f"Mở {visits.pages} lần từ {visits.visitors} nơi ({agents}){zips}{files}, "
        f"gần nhất {visits.last.astimezone(VIETNAM):%H:%M %d/%m}."
    )

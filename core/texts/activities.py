"""What is said of activities that schools register; see core/texts/evidence.py."""

from collections.abc import Sequence

from core.activities import Activity, Registered, Scale
from core.clock import VIETNAM
from core.texts.dates import until
from core.work import Due

SCALES = {Scale.SCHOOL: "trường", Scale.DISTRICT: "huyện", Scale.CITY: "thành phố"}
WHAT = (
    "Thầy/cô gõ hoạt động, cấp, thời gian, mỗi ý cách nhau dấu chấm phẩy. Ví dụ:\n"
    "Ngày hội gia đình; cấp huyện; tháng 12"
)
WHICH_LEVEL = "Tổ chức ở cấp nào?"
LEVELS = tuple((f"Cấp {name}", f"cấp {name}") for name in SCALES.values())
WHEN = "Tổ chức khi nào? Ví dụ: tháng 12"
YES, NOT_NOW = "Đúng, đăng ký", "Thôi"
ONLY_HEADS = "Đăng ký hoạt động do hiệu trưởng của trường làm. Cán bộ Phòng, Sở lấy bảng: xuất đăng ký hoạt động"
NOTHING_YET = "Trường chưa đăng ký hoạt động nào năm học này. Đăng ký: đăng ký hoạt động"
NO_SUCH = "Tôi không thấy đăng ký có số này. Xem lại: xem đăng ký hoạt động"
COMES = "Tôi đang làm bảng, xong sẽ gửi thầy/cô ngay."
ONLY_OFFICES = "Bảng này dành cho cán bộ Phòng, Sở, hiệu trưởng."
FILE = "dang-ky-hoat-dong"
NOTE = "đăng ký hoạt động"
CAPTION = "đăng ký hoạt động"
SHEET, MISSING_SHEET = "Đăng ký", "Chưa đăng ký"
COLUMNS = ("Đơn vị", "Số", "Hoạt động", "Cấp", "Thời gian", "Người đăng ký", "Lúc đăng ký", "Trễ (ngày)")
MISSING_COLUMNS = ("Đơn vị",)
EXPORT = "Xuất bảng các hoạt động mà trường đã đăng ký, tệp Excel."
OUT = "tệp .xlsx sẽ ghi; đã có thì không ghi đè"
EXAMPLE = "export registrations --unit PGD-AL --out dang-ky.xlsx"


def asked(activity: Activity) -> str:
    """What is known so far, and what is still wanted."""
    return f"Hoạt động: {activity.title}\n{WHICH_LEVEL if activity.scale is None else WHEN}"


def shown(activity: Activity, task: str, due: Due | None, number: int | None) -> str:
    """Before it is registered."""
    head = f"Sửa đăng ký số {number} thành:" if number else "Thầy/cô đăng ký:"
    lines = [head, *_lines(activity)]
    lines += [f"Việc: {task}" + (f" ({until(due)})" if due else "")] if task else []
    return "\n".join([*lines, "Sai chỗ nào thầy/cô gõ lại chỗ ấy, ví dụ: cấp thành phố"])


def done(one: Registered, late: int, office: str, *, changed: bool = False) -> str:
    """It stands in the list."""
    behind = f" Hạn đã qua {late} ngày, tôi vẫn ghi." if late else ""
    what = "Đã sửa đăng ký" if changed else "Đã ghi đăng ký"
    sees = f" {office} lấy được bảng này." if office else ""
    return f"{what} số {one.number}: {line(one.activity)}.{behind}{sees}"


def same(one: Registered) -> str:
    """It was registered before."""
    return f"Hoạt động này đã đăng ký rồi, số {one.number}: {line(one.activity)}."


def handing_in(task: str) -> str:
    return f"Tôi ghi nộp cho việc “{task}”, báo thầy/cô ở tin sau."


def handed_in(task: str) -> str:
    return f"Việc “{task}” trường đã nộp rồi nên tôi không nộp lần nữa."


NO_TASK = "Tôi không thấy việc đăng ký này trong văn bản, nên chưa tính là nộp cho việc nào."


def how(number: int) -> str:
    """Under what was registered."""
    return f"Sửa: sửa đăng ký {number} cấp trường. Bỏ: rút đăng ký {number}. Thêm: đăng ký hoạt động"


def withdrawn(one: Registered, code: str) -> str:
    """`code`: of what was handed in with it and is withdrawn too."""
    too = f" Trường không còn đăng ký nào nên tôi rút luôn lần nộp {code}." if code else ""
    return f"Đã rút đăng ký số {one.number}: {one.activity.title}.{too}"


def listed(ones: Sequence[Registered]) -> str:
    """Of one school."""
    return "\n".join(["Đăng ký hoạt động của trường:", *(f"{one.number}. {line(one.activity)}" for one in ones)])


def handed(unit: str, ones: Sequence[Registered]) -> str:
    """The form that is handed in: words in a file."""
    lines = [f"Đăng ký hoạt động phối hợp, {unit}", ""]
    for one in ones:
        lines += [
            f"{one.number}.",
            *_lines(one.activity),
            f"Đăng ký lúc {one.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
            "",
        ]
    return "\n".join(lines)


def line(activity: Activity) -> str:
    """In a line."""
    assert activity.scale is not None
    return f"{activity.title}, cấp {SCALES[activity.scale]}, {activity.when}"


def made(unit: str, schools: int, count: int, silent: int) -> str:
    """Above the table."""
    left = f", {silent} đơn vị chưa đăng ký" if silent else ""
    return f"Đăng ký hoạt động, {unit}: {count} hoạt động của {schools} đơn vị{left}."


def exported(file: str, count: int) -> str:
    return f"Đã ghi {file}: {count} hoạt động."


def _lines(activity: Activity) -> list[str]:
    assert activity.scale is not None
    return [f"Hoạt động: {activity.title}", f"Cấp: {SCALES[activity.scale]}", f"Thời gian: {activity.when}"]

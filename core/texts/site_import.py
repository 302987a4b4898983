"""What the staff site says of lists that are imported: before, and after."""

from core.people import Role
from core.texts.joining import role_name

TITLE = "Nhập danh sách"
WHAT = "Gửi tệp CSV, xem trước từng thay đổi, rồi mới nhập. Chưa bấm nhập thì chưa có gì đổi."
KIND, FILE, LOOK = "Danh sách", "Tệp CSV", "Xem trước"
KINDS = {"units": "Đơn vị", "people": "Người"}
HOW = "Tệp cần có các cột nào?"
HOW_UNITS = "Đơn vị: code, name, level là bắt buộc; parent là mã đơn vị cấp trên. Ô để trống cũng được ghi là trống."
HOW_PEOPLE = "Người: name, unit, role là bắt buộc; unit là mã hoặc tên đơn vị. Không ai bị xoá khi nhập."
HOW_SAVE = "Trong Excel: Lưu thành, chọn CSV UTF-8."
EXAMPLES = {
    "units": "code,name,level,parent,ownership\nVB-HOASEN,Trường Mầm non Hoa Sen,school,PGD-VB,public",
    "people": "name,unit,role,phone\nNguyễn Thị Lan,VB-HOASEN,teacher,0912345678",
}
NO_KIND = "Thầy/cô chọn danh sách đơn vị hay danh sách người."
NO_FILE = "Thầy/cô chọn tệp CSV rồi bấm xem trước."
PREVIEW, FAULTS = "Xem trước", "Dòng có lỗi"
FAULTS_HOW = "Còn dòng lỗi thì chưa nhập được dòng nào. Thầy/cô sửa trong tệp rồi gửi lại."
LINE, ROW, STATE, CHANGES, FAULT = "Dòng", "Tên", "Sẽ làm gì", "Thay đổi", "Lỗi"
STATES = {"new": "thêm mới", "changed": "sửa", "same": "giữ nguyên"}
SIGNS = {"new": "+", "changed": "±", "same": "="}
OLD, NEW = "đang là", "sẽ là"
NOTHING = "trống"
APPLY, DROP = "Nhập danh sách này", "Bỏ, không nhập"
NOTHING_NEW = "Mọi dòng đều đã có, không có gì để nhập."
GONE = "Danh sách này đã được nhập hoặc đã bỏ. Thầy/cô gửi lại tệp nếu cần."
CHANGED_SINCE = "Dữ liệu đã đổi từ lúc thầy/cô xem trước, nên chưa nhập gì. Thầy/cô xem lại bên dưới rồi bấm nhập."
HAS_FAULTS = "Chưa nhập gì vì còn dòng lỗi. Thầy/cô sửa trong tệp rồi gửi lại."
DROPPED = "Đã bỏ danh sách, không có gì đổi."
OUTSIDE = "đơn vị này không thuộc cấp dưới của thầy/cô"
PARENT_OUTSIDE = "parent phải là đơn vị của thầy/cô hoặc cấp dưới"
SUCCESSOR_OUTSIDE = "successor phải là đơn vị của thầy/cô hoặc cấp dưới"
ROLE_OUTSIDE = "thầy/cô không thêm được vai trò này ở đơn vị này"
PHONE_OF_OTHERS = "người này còn ở đơn vị ngoài quyền của thầy/cô, nên không đổi số điện thoại được"


def counts(new: int, changed: int, same: int, faults: int) -> str:
    return f"{new} dòng thêm mới, {changed} dòng sửa, {same} dòng giữ nguyên, {faults} lỗi."


def imported(kind: str, new: int, changed: int) -> str:
    what = {"units": "đơn vị", "people": "người"}[kind]
    after = " Vài giây nữa cây đơn vị mới có." if kind == "units" else ""
    return f"Đã nhập: thêm {new} {what}, sửa {changed}.{after}"


def bad_file(why: str) -> str:
    """What the reading of the list says, as a sentence."""
    return f"Tệp này chưa đọc được: {why.rstrip('.')}."


def person(name: str, role: Role, unit: str) -> str:
    return f"{name}, {role_name(role)}, {unit}"


def value(column: str, words: str) -> str:
    """As it is shown: of a number enough to see that it changes."""
    shown = f"…{words[-3:]}" if column == "phone" and words else words
    return shown or NOTHING

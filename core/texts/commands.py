"""What the command line says: help, results, and faults in one line each."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from core.clock import VIETNAM

PROGRAM = "Nhắc Việc: hỏi đáp về việc và hạn nộp cho trường mầm non, trả lời kèm câu trích từ văn bản."
MORE_HELP = "Xem cách dùng từng lệnh: bot.py LỆNH --help"
USAGE = "Cách dùng: "
COMMANDS = "Các lệnh"
ARGUMENTS = "Cần ghi"
OPTIONS = "Tuỳ chọn"
COMMAND = "LỆNH"
HELP = "xem cách dùng rồi thoát"

DEMO = "Mở bản dùng thử với đơn vị, người và văn bản mẫu; không cần mã hay cấu hình."
RUN = "Chạy dịch vụ: nhận tin từ kênh chat đã có mã, trả lời và gửi tin."
EXTRACT = "Đọc văn bản và in ra những gì hiểu được; không ghi lại gì."
AMEND = "đổi luôn những việc của văn bản trước mà văn bản này đổi hạn hoặc bỏ (chỉ cùng --publish)"
AMEND_NEEDS_PUBLISH = "--amend chỉ dùng cùng --publish"
AMEND_TASK = "việc được đổi, khi chưa chắc là việc nào (mã ở đầu dòng; nhiều việc thì lặp lại)"
TASK_NEEDS_AMEND = "--task chỉ dùng cùng --amend"
INGEST = "Đưa văn bản vào kho: bản nháp, hoặc công bố ngay với --publish. Tệp đã có thì nhận ra, không thêm lần nữa."
ASK = "Hỏi như trong chat: một câu, hoặc cả tệp câu hỏi với --batch."
UNITS = "Nhập danh sách đơn vị từ tệp CSV; một dòng sai thì không nhập dòng nào."
PEOPLE = "Nhập danh sách cán bộ, giáo viên từ tệp CSV; một dòng sai thì không nhập dòng nào."
UNITS_NAME = "đơn vị"
PEOPLE_NAME = "người"
IMPORT = "nhập một tệp CSV; chạy lại nhiều lần cũng không sinh trùng"
INVITE = "Tạo mã tham gia để thầy/cô nối tài khoản chat với đơn vị; thu hồi mã đã đưa ra."
INVITE_EXAMPLES = (
    "invite --unit VB-HOAPHUONG --role teacher --uses 20 --poster ma.html",
    'invite --person "Nguyễn Thị Lan" --unit VB-HOAPHUONG',
    "invite --revoke K7QM-2XAB",
)

ASK_EXAMPLES = (
    'ask "tháng này nộp gì" --unit VB-HOAPHUONG --now 2023-12-01',
    "ask --batch cau-hoi.jsonl --out tra-loi.jsonl",
)

FILES = "tệp văn bản"
CSV_FILE = "tệp CSV, dòng đầu là tên cột"
NOW = "coi như bây giờ là lúc này, ví dụ 2023-12-01T08:00 (giờ Việt Nam nếu không ghi múi giờ)"
PORT = "cổng của trang web (mặc định 8080)"
NO_OPEN = "không tự mở trình duyệt"
JSON = "in JSON cho chương trình khác, mỗi đối tượng một dòng"
UNIT = "mã, tên hoặc tên gọi khác của đơn vị"
ISSUER = "đơn vị ban hành: mã, tên hoặc tên gọi khác (không ghi: tự tìm trong văn bản)"
PUBLISH = "công bố ngay để trả lời từ văn bản này"
QUESTION = "câu hỏi"
ROLE = "người hỏi là ai: teacher, principal, staff, admin; hoặc district, commune, department (cán bộ cấp ấy)"
INVITED_ROLE = "vai trò của người được mời: teacher, principal, staff, admin"
BATCH = "tệp câu hỏi, mỗi dòng một đối tượng JSON có id, question (và now, role, unit)"
OUT = "tệp ghi câu trả lời, mỗi dòng một câu, theo thứ tự câu hỏi (không ghi: in ra màn hình)"
USES = "số người dùng được mã (mặc định 1)"
INVITED_PERSON = "mã riêng cho một người: họ tên hoặc số điện thoại trong danh sách"
DAYS = "mã dùng được bao nhiêu ngày (mặc định 14)"
CONFIRM = "người vào bằng mã này phải được hiệu trưởng (hoặc cấp trên) xác nhận"
POSTER = "vẽ thêm tờ dán phòng họp (.html, in ra A4), hoặc chỉ mã QR (.svg, .png)"
REVOKE = "thu hồi một mã đã đưa ra"
WHOM_TO_INVITE = "cần --unit và --role, hoặc --person, hoặc --revoke"
POSTER_KINDS = "--poster nhận tệp .html, .svg hoặc .png"
NO_SUCH_CODE = "không có mã này, hoặc mã đã hết hạn, đã dùng hết hay đã thu hồi."
REVOKED = "Đã thu hồi mã: từ giờ không ai dùng được nữa."
NOT_A_YEAR = "phải là số nguyên từ 1 đến 366"
PEOPLE_CONFIRM = "xem ai đang chờ xác nhận; ghi số để nhận, thêm --refuse để từ chối"
WAITING_ID = "số của người đang chờ (không ghi: liệt kê)"
REFUSE = "từ chối thay vì nhận"
NOBODY_WAITS = "Không có ai đang chờ xác nhận."
NOT_WAITING = "không có ai đang chờ với số này; xem danh sách: bot.py people confirm"
LET_IN, NOT_LET_IN = "Đã nhận và nhắn cho người ấy.", "Đã từ chối và nhắn cho người ấy."

NOTHING_TO_ASK = "chưa có câu hỏi; hãy ghi câu hỏi trong dấu ngoặc kép, hoặc dùng --batch TỆP"
QUESTION_OR_BATCH = "chỉ dùng một trong hai: câu hỏi hoặc --batch"
OUT_NEEDS_BATCH = "--out chỉ dùng cùng --batch"
NOT_AN_INSTANT = "không phải thời điểm, hãy viết như 2023-12-01 hoặc 2023-12-01T08:00+07:00"
NOT_A_PORT = "phải là số từ 1 đến 65535"
NOT_POSITIVE = "phải là số nguyên từ 1 đến 1000"
OUTPUT = "nơi in ra"
STOPPED = "Đã dừng."
INTERRUPTED = "Đã dừng giữa chừng theo yêu cầu."
NO_CHANNEL = (
    "Chưa có kênh chat nào để chạy. Hãy chạy bot.py setup để nối Zalo hoặc Telegram; "
    "muốn xem thử mà không cần mã, chạy: bot.py demo"
)
DATABASE_TROUBLE = (
    "Không dùng được cơ sở dữ liệu. Hãy kiểm tra NHACVIEC_DATABASE_URL (máy chủ có chạy, tên và mật khẩu có đúng) "
    "hoặc quyền ghi thư mục dữ liệu, rồi chạy lại."
)
NO_ISSUER = "không chắc đơn vị nào ban hành; hãy chạy lại với --unit MÃ"
TOO_FEW_UNITS = "chưa có đơn vị nào trong dữ liệu; hãy chạy trước: bot.py units import TỆP.csv"

_NAMES = {"the following arguments are required": "thiếu", "unrecognized arguments": "không hiểu"}
_FAULTS = (
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 cần có giá trị đi kèm"),
    (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"không có “\2”; \1 chọn một trong: \3"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không dùng cùng \2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 không nhận giá trị \2"),
    (r"argument (.+?): (.+)", r"\1 \2"),
)


def example(*lines: str) -> str:
    return "Ví dụ:\n" + "\n".join(f"  python bot.py {line}" for line in lines)


def wrong_use(fault: str, program: str = "bot.py") -> str:
    """argparse's own English fault, or one of ours, as one line that says what to do next."""
    for english, vietnamese in _NAMES.items():
        fault = re.sub(rf"^{english}: (.+)", rf"{vietnamese} \1", fault)
    for pattern, vietnamese in _FAULTS:
        fault = re.sub(f"^{pattern}$", vietnamese, fault, flags=re.DOTALL)
    return f"{program}: {' '.join(fault.split())}. Xem cách dùng: {program} --help"


def in_file(name: str, fault: str) -> str:
    return f"{name}: {fault}"


def no_file(name: str) -> str:
    return f"{name}: không có tệp này; hãy kiểm tra tên và thư mục."


def is_folder(name: str) -> str:
    return f"{name}: đây là thư mục; hãy ghi tên từng tệp."


def not_allowed(name: str) -> str:
    return f"{name}: không có quyền đọc hoặc ghi; hãy kiểm tra quyền của tệp và thư mục."


def file_trouble(name: str, reason: str) -> str:
    return f"{name}: không đọc hoặc ghi được ({reason}); hãy kiểm tra ổ đĩa và đường dẫn."


def unknown_unit(words: str) -> str:
    return f"không có đơn vị “{words}”; hãy dùng mã, tên đầy đủ hoặc tên gọi khác đã nhập"


def several_units(words: str, codes: Iterable[str]) -> str:
    return f"“{words}” là tên của nhiều đơn vị ({', '.join(codes)}); hãy dùng mã"


def port_taken(port: int) -> str:
    return f"Cổng {port} đang có chương trình khác dùng. Hãy tắt chương trình ấy hoặc chọn cổng khác: --port {port + 1}"


def cannot_listen(host: str, port: int) -> str:
    return f"Không mở được trang web ở {host}:{port}. Hãy kiểm tra NHACVIEC_HOST và NHACVIEC_PORT."


def demo_open(address: str, now: datetime) -> str:
    at = now.astimezone(VIETNAM)
    return f"Bản dùng thử đã mở: {address} (đồng hồ bắt đầu lúc {at:%H:%M} ngày {at:%d/%m/%Y}). Nhấn Ctrl+C để dừng."


def running(channels: Sequence[str], address: str) -> str:
    return f"Nhắc Việc đang chạy: {', '.join(channels)}; trang web ở {address}. Nhấn Ctrl+C để dừng."


def imported(what: str, added: int, changed: int, same: int) -> str:
    return f"Đã nhập {what}: {added} mới, {changed} thay đổi, {same} giữ nguyên."


def ingested(name: str, unit: str, tasks: int, doubts: int, published: bool) -> str:
    state = "đã công bố" if published else "bản nháp, công bố bằng --publish"
    look = f", {doubts} chỗ cần xem lại" if doubts else ""
    return f"{name}: đã vào kho ({state}), đơn vị ban hành {unit}, {tasks} việc{look}."


def known_file(name: str, unit: str, published: bool) -> str:
    state = "đã công bố" if published else "bản nháp"
    return f"{name}: đã có trong kho ({state}), đơn vị ban hành {unit}; không thêm lần nữa."


def known_now(name: str, unit: str, published: bool) -> str:
    state = "đã công bố" if published else "bản nháp"
    return f"{name}: đã có trong kho, nay là {state}, đơn vị ban hành {unit}."


def bad_lines(faults: Iterable[tuple[int, str]]) -> str:
    return "; ".join(f"dòng {line}: {fault}" for line, fault in faults) + ". Hãy sửa các dòng này rồi chạy lại."


NOT_JSON = "không phải một đối tượng JSON"


def bad_field(name: str, must: str) -> str:
    return f"{name} {must}"


NOT_UTF8 = "không phải UTF-8; hãy lưu lại bằng UTF-8 rồi chạy lại."
MUST_BE_TEXT = "phải là chuỗi chữ"
MUST_BE_ID = "phải là chuỗi chữ hoặc số nguyên"
MUST_BE_ROLE = "phải là teacher, principal, staff, admin, district, commune hoặc department"


def answered(count: int, name: str) -> str:
    return f"Đã trả lời {count} câu, ghi vào {name}."


def invitation(code: str, unit: str, role: str, uses: int, until: datetime) -> str:
    day = until.astimezone(VIETNAM)
    people = "1 người" if uses == 1 else f"{uses} người"
    return f"Mã tham gia: {code}\nĐơn vị: {unit} · vai trò: {role} · dùng cho {people} · đến {day:%H:%M %d/%m/%Y}"


def how_to_join(code: str) -> str:
    return f"Nhắn cho bot: /thamgia {code}"


def join_link(link: str) -> str:
    return f"Hoặc mở đường dẫn (quét mã QR bên dưới): {link}"


def poster_drawn(name: str) -> str:
    return f"Đã vẽ tờ dán: {name}"


def nobody_called(words: str) -> str:
    return f"không có ai là “{words}” trong danh sách; hãy nhập trước: bot.py people import TỆP.csv"


def several_people(words: str) -> str:
    return f"có nhiều người là “{words}”; hãy thêm --unit, hoặc dùng số điện thoại"


def waits(id: int, name: str, role: str, unit: str) -> str:
    return f"{id}: {name}, vai trò {role}, {unit}"


PROGRESS = "đã xong"

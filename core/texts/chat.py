"""What the chat says around answers: greetings, help, joining, and what cannot be done.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from core.people import Role

BAD_DATABASE_URL = (
    "NHACVIEC_DATABASE_URL không dùng được: hãy ghi sqlite:///đường/dẫn/tệp.db hoặc postgresql://máy-chủ/tên."
)

TROUBLE = "Tôi đang gặp trục trặc nên chưa trả lời được. Mong thầy/cô thử lại sau ít phút."

THIS_MONTH = "Tháng này"
THIS_WEEK = "Tuần này"
DEADLINE = "Hạn nộp"
WHAT_IS_DUE = "nộp gì?"
NEXT_DEADLINES = "Sắp tới có những hạn nộp nào?"
SUGGESTIONS = ("Tháng này nộp gì?", "Tuần này nộp gì?")

_WHAT = "Tôi là Nhắc Việc: tôi đọc kế hoạch, công văn của ngành và trả lời việc gì, hạn nào, kèm câu gốc trong văn bản."

HELP = """\
Thầy/cô cứ hỏi như nói chuyện, có dấu hay không dấu đều được. Ví dụ:
• Tháng này nộp gì?
• Sắp tới có hạn nộp nào?
• Hội thi GVDG khi nào?
• Còn mấy ngày hết hạn gửi số liệu?

Lệnh nhanh:
/thangnay: việc tháng này
/tuannay: việc tuần này
/han: hạn sắp tới
/nop: lấy liên kết gửi tệp
/taikhoan: thầy/cô là ai ở đây
/thamgia MÃ: tham gia đơn vị
/huy: bỏ câu đang dở
/trogiup: trợ giúp
Gõ chữ cũng được: tháng này, tuần này, hạn nộp, tài khoản.

Trong nhóm: nhắc tên tôi hoặc trả lời tin của tôi."""

UNKNOWN_SENDER = f"""\
Chào thầy/cô! {_WHAT}

Tôi chưa biết thầy/cô ở trường nào. Thầy/cô xin mã tham gia từ người phụ trách ở trường hoặc Phòng, rồi gõ:
/thamgia MÃ
(hoặc: tham gia MÃ)"""

GROUP_UNKNOWN = f"""\
Chào cả nhà! {_WHAT}

Tôi chưa biết nhóm này của trường nào. Thầy/cô nào có mã tham gia thì gõ vào đây:
/thamgia MÃ
(hoặc: tham gia MÃ)"""

STICKER = "Cảm ơn thầy/cô! Cần hỏi việc gì, thầy/cô cứ gõ vào đây, ví dụ: Tháng này nộp gì?"
OTHER = "Tôi chỉ đọc được tin nhắn chữ. Thầy/cô gõ câu hỏi giúp tôi, ví dụ: Tháng này nộp gì?"
EMPTY = "Tôi chưa thấy câu hỏi. Thầy/cô gõ bằng chữ giúp tôi, ví dụ: Tháng này nộp gì?"
UNKNOWN_COMMAND = "Tôi chưa có lệnh này. Thầy/cô gõ /trogiup để xem những lệnh dùng được."
CANCELLED = "Đã bỏ câu đang dở. Thầy/cô cứ hỏi câu mới."
NOTHING_MORE = "Tôi không còn phần nào để đọc tiếp cho thầy/cô. Thầy/cô gõ cả câu hỏi giúp tôi."

ANSWERED_IN_PRIVATE = "Việc này riêng tư nên tôi đã nhắn riêng cho thầy/cô."
WRITE_TO_ME_FIRST = "Việc này riêng tư. Thầy/cô mở khung chat riêng với tôi rồi nhắn lại giúp nhé."

CODE_MISSING = "Thầy/cô gõ kèm mã giúp tôi: /thamgia MÃ (mã do người phụ trách ở trường hoặc Phòng cấp)."
CODE_WRONG = "Mã này không đúng, đã hết hạn hoặc đã dùng rồi. Thầy/cô xem lại, hoặc xin mã mới từ người phụ trách."
TOO_MANY_GUESSES = "Thầy/cô đã thử nhiều mã không đúng. Mong thầy/cô chờ một giờ rồi thử lại."
MEMBER = "Thành viên"

_ROLES = {
    Role.TEACHER: "giáo viên",
    Role.PRINCIPAL: "cán bộ quản lý",
    Role.STAFF: "chuyên viên",
    Role.ADMIN: "quản trị",
}


def welcome(unit: str) -> str:
    """First words to somebody, or a group, that is known already."""
    return f"Chào thầy/cô! {_WHAT}\n\nĐơn vị: {unit}. Thầy/cô hỏi thử: Tháng này nộp gì?"


def joined(unit: str, role: Role) -> str:
    return f"Xong! Thầy/cô là {_ROLES[role]} của {unit}. Thầy/cô hỏi thử: Tháng này nộp gì?"


def group_joined(unit: str) -> str:
    return f"Xong! Nhóm này là của {unit}. Trong nhóm, nhắc tên tôi hoặc trả lời tin của tôi để hỏi."


def already_joined(unit: str) -> str:
    return f"Thầy/cô đã tham gia {unit} rồi, không cần mã nữa."


def group_already_joined(unit: str) -> str:
    return f"Nhóm này đã là của {unit} rồi, không cần mã nữa."


def account(name: str, unit: str, role: Role) -> str:
    """What is known about the sender; only ever said in private."""
    return f"Thầy/cô: {name}\nVai trò: {_ROLES[role]}\nĐơn vị: {unit}"


def group_account(unit: str) -> str:
    return f"Nhóm này là của {unit}."

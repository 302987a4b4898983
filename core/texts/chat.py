"""What the chat says around answers: greetings, help, and what cannot be done.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

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

WHAT = "Tôi là Nhắc Việc: tôi đọc kế hoạch, công văn của ngành và trả lời việc gì, hạn nào, kèm câu gốc trong văn bản."

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
/nop: nộp minh chứng
/tiendo: đã nộp gì, còn gì
/lich: tôi sẽ nhắc gì, hôm nào
/duyet: minh chứng đang chờ mình (hiệu trưởng, Phòng)
/taikhoan: thầy/cô là ai ở đây
/thamgia MÃ: tham gia đơn vị
/hoso: liên kết xem hồ sơ minh chứng (hiệu trưởng)
/yeucau: yêu cầu về dữ liệu cá nhân (hiệu trưởng)
/giaovien: danh sách của trường (hiệu trưởng)
/uyquyen: người xác nhận thay khi đi vắng (hiệu trưởng)
/noikenh: dùng thêm Zalo hoặc Telegram
/huy: bỏ câu đang dở
/trogiup: trợ giúp
Gõ chữ cũng được: tháng này, tuần này, hạn nộp, tài khoản.

Trong nhóm: nhắc tên tôi hoặc trả lời tin của tôi."""

STICKER = "Cảm ơn thầy/cô! Cần hỏi việc gì, thầy/cô cứ gõ vào đây, ví dụ: Tháng này nộp gì?"
OTHER = "Tôi chỉ đọc được tin nhắn chữ. Thầy/cô gõ câu hỏi giúp tôi, ví dụ: Tháng này nộp gì?"
EMPTY = "Tôi chưa thấy câu hỏi. Thầy/cô gõ bằng chữ giúp tôi, ví dụ: Tháng này nộp gì?"
UNKNOWN_COMMAND = "Tôi chưa có lệnh này. Thầy/cô gõ /trogiup để xem những lệnh dùng được."
CANCELLED = "Đã bỏ câu đang dở. Thầy/cô cứ hỏi câu mới."
NOTHING_MORE = "Tôi không còn phần nào để đọc tiếp cho thầy/cô. Thầy/cô gõ cả câu hỏi giúp tôi."

ANSWERED_IN_PRIVATE = "Việc này riêng tư nên tôi đã nhắn riêng cho thầy/cô."
WRITE_TO_ME_FIRST = "Việc này riêng tư. Thầy/cô mở khung chat riêng với tôi rồi nhắn lại giúp nhé."


def welcome(unit: str) -> str:
    """First words to somebody, or a group, that is known already."""
    return f"Chào thầy/cô! {WHAT}\n\nĐơn vị: {unit}. Thầy/cô hỏi thử: Tháng này nộp gì?"

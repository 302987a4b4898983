"""What the chat says around answers: greetings, help, and what cannot be done.

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

WHAT = "Tôi là Nhắc Việc: tôi đọc kế hoạch, công văn của ngành và trả lời việc gì, hạn nào, kèm câu gốc trong văn bản."

_HELP = """\
Thầy/cô cứ hỏi như nói chuyện, có dấu hay không dấu đều được. Ví dụ:
• Tháng này nộp gì?
• Sắp tới có hạn nộp nào?
• Hội thi GVDG khi nào?
• Còn mấy ngày hết hạn gửi số liệu?

Hỏi nhanh:
/thangnay: việc tháng này
/tuannay: việc tuần này
/han: hạn sắp tới

Minh chứng: gửi thẳng ảnh, tệp vào đây.
/nop: chọn việc, lấy liên kết gửi tệp
/tiendo: đã nộp gì, còn gì
/trang: bảng tiến độ trên máy tính
/anh, /xuat: tiến độ ra ảnh, Excel, Word
/lich: tôi sẽ nhắc gì, hôm nào
/linklich: hạn nộp trong lịch điện thoại
/kho: kho học liệu dùng chung
/tieuchi: bộ tiêu chí, còn thiếu minh chứng gì
/so: sổ theo ngày (kiểm thực, thực đơn)
tin bài: đã có mấy tin bài học kỳ này
nhắc lại 15h: hẹn tôi nhắc lại
gửi nhầm: rút lại lần vừa gửi
nhật ký MÃ: ai đã làm gì với lần nộp ấy
"""
_HELP_OF_ROLE = {
    Role.PRINCIPAL: """
Hiệu trưởng:
/duyet: minh chứng đang chờ thầy/cô
/batso: bật một sổ theo ngày
/dangky: đăng ký hoạt động ba cấp
/giaovien: danh sách giáo viên, mời thêm
/uyquyen: ai xác nhận thay khi đi vắng
/thongbao: gửi nhóm trường, giáo viên
tiến độ thông báo: ai đã báo nhận
dùng chung MÃ: dùng tệp cho việc khác
/hoso: liên kết xem hồ sơ minh chứng
tự chấm 1.2: 8: tự chấm điểm theo bộ tiêu chí
phiếu tự đánh giá: lấy phiếu Excel
/yeucau: yêu cầu về dữ liệu cá nhân
xoá minh chứng MÃ: xoá ảnh, tệp theo yêu cầu
biên bản xoá: lấy lại biên bản
""",
    Role.STAFF: """
Phòng, Sở:
/vanban: gửi văn bản để tôi đọc, soát, công bố
soạn kế hoạch năm sau: từ kế hoạch đã công bố
/duyet: minh chứng các trường nộp (nhận, trả lại, hỏi lại)
duyệt theo việc, duyệt theo trường, duyệt lâu nhất
/tiendo: trường nào chưa nộp, gia hạn
đưa MÃ vào kho: chọn học liệu dùng chung
thêm bộ tiêu chí TÊN: đưa bộ tiêu chí vào
/xeploai: xếp loại các trường theo bộ tiêu chí
danh sách giấy chứng nhận: ai được cấp
xuất đăng ký hoạt động: bảng Excel
/thongbao: gửi thông báo cho các trường
tiến độ thông báo: ai đã báo nhận
/giaovien: danh sách hiệu trưởng, mời thêm
/uyquyen: trường chưa có hiệu trưởng dùng bot
/hoso: liên kết xem hồ sơ minh chứng
/yeucau: yêu cầu về dữ liệu cá nhân
""",
}
_HELP_OF_DEPUTY = """
Thay hiệu trưởng, khi được uỷ quyền:
/duyet: minh chứng đang chờ thầy/cô
dùng chung MÃ: dùng tệp cho việc khác
"""
_HELP_END = """
Tài khoản:
/taikhoan: thầy/cô là ai ở đây
/dulieu: tôi giữ gì về thầy/cô
/noikenh: dùng thêm Zalo hoặc Telegram
/thamgia MÃ: tham gia đơn vị
/huy, hoặc gõ “thôi”: bỏ câu đang dở
/trogiup: trợ giúp

Trong nhóm: nhắc tên tôi hoặc trả lời tin của tôi."""

STICKER = "Cảm ơn thầy/cô! Cần hỏi việc gì, thầy/cô cứ gõ vào đây, ví dụ: Tháng này nộp gì?"
OTHER = "Tôi chỉ đọc được tin nhắn chữ. Thầy/cô gõ câu hỏi giúp tôi, ví dụ: Tháng này nộp gì?"
EMPTY = "Tôi chưa thấy câu hỏi. Thầy/cô gõ bằng chữ giúp tôi, ví dụ: Tháng này nộp gì?"
UNKNOWN_COMMAND = "Tôi chưa có lệnh này. Thầy/cô gõ /trogiup để xem những lệnh dùng được."
CANCELLED = "Đã bỏ câu đang dở. Thầy/cô cứ hỏi câu mới."
AT_YOUR_SERVICE = "Vâng. Cần hỏi việc gì, thầy/cô cứ nhắn tôi."
NOTHING_MORE = "Tôi không còn phần nào để đọc tiếp cho thầy/cô. Thầy/cô gõ cả câu hỏi giúp tôi."

ANSWERED_IN_PRIVATE = "Việc này riêng tư nên tôi đã nhắn riêng cho thầy/cô."
WRITE_TO_ME_FIRST = "Việc này riêng tư. Thầy/cô mở khung chat riêng với tôi rồi nhắn lại giúp nhé."


def help_for(role: Role | None, *, deputy: bool = False) -> str:
    """What can be asked and done; None: the role is not known. `deputy`: who stands in for a principal now."""
    own = _HELP_OF_ROLE.get(role, "") if role else ""
    return _HELP + own + _HELP_OF_DEPUTY * deputy + _HELP_END


def welcome(unit: str) -> str:
    """First words to somebody, or a group, that is known already."""
    return f"Chào thầy/cô! {WHAT}\n\nĐơn vị: {unit}. Thầy/cô hỏi thử: Tháng này nộp gì?"

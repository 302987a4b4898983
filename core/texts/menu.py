"""The commands that a chat service lists for people, each with a few words, and what its own buttons say."""

_EVERYWHERE = (
    ("thangnay", "Việc tháng này"),
    ("tuannay", "Việc tuần này"),
    ("han", "Hạn nộp sắp tới"),
    ("trogiup", "Trợ giúp"),
)
_JOINING = ("thamgia", "Tham gia bằng mã")
GROUP = _EVERYWHERE
GROUP_ADMINS = (*_EVERYWHERE, _JOINING)
PRIVATE = (
    *_EVERYWHERE,
    ("nop", "Nộp minh chứng"),
    ("tiendo", "Đã nộp gì, còn gì"),
    ("trang", "Bảng tiến độ trên máy tính"),
    ("lich", "Sắp tới tôi nhắc gì"),
    ("linklich", "Hạn nộp trong lịch điện thoại"),
    ("duyet", "Minh chứng đang chờ mình"),
    ("vanban", "Phòng, Sở: đọc, công bố văn bản"),
    ("thongbao", "Gửi thông báo tới nhiều nơi"),
    ("hoso", "Hồ sơ minh chứng của đơn vị"),
    ("tieuchi", "Bộ tiêu chí, minh chứng còn thiếu"),
    ("giaovien", "Danh sách, mời thêm người"),
    ("uyquyen", "Ai xác nhận thay hiệu trưởng"),
    ("yeucau", "Yêu cầu về dữ liệu cá nhân"),
    ("dulieu", "Tôi giữ gì về thầy/cô"),
    _JOINING,
    ("taikhoan", "Thầy/cô là ai ở đây"),
    ("huy", "Bỏ câu đang dở"),
)

SHARE_PHONE = "Chia sẻ số điện thoại của tôi"

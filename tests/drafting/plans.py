"""A plan of the district office as an officer would send it, with doubts worth a look."""

from io import BytesIO

from docx import Document

NAME = "kế hoạch tháng 12.txt"
TITLE = "Kế hoạch công tác giáo dục mầm non tháng 12 năm 2023"
PLAN = """\
UBND HUYỆN VĨNH BẢO
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 512/KH-GDĐT
Vĩnh Bảo, ngày 01 tháng 12 năm 2023

KẾ HOẠCH
Công tác giáo dục mầm non tháng 12 năm 2023

Kính gửi: Hiệu trưởng các trường mầm non.

Phòng Giáo dục và Đào tạo đề nghị các trường thực hiện một số việc sau:

1. Các trường nộp danh sách trẻ học hè tình nguyện về Phòng GDĐT trước ngày 15/12/2023.
2. Các trường gửi báo cáo trang trí cây thông về Phòng GDĐT trước ngày 24/12/2023.
3. Các trường gửi phiếu khảo sát bếp ăn bán trú về Phòng GDĐT chậm nhất thứ Ba, ngày 20/12/2023.
4. Các trường tổ chức ngày hội đọc sách cho trẻ.
5. Các trường nộp bản cam kết an toàn pháo nổ về Phòng GDĐT trước ngày 31/12/2023. \
Phòng GDĐT tổng hợp gửi Sở GDĐT trước ngày 28/12/2023.

Nơi nhận:
- Các trường mầm non;
- Lưu: VT.
TRƯỞNG PHÒNG
Nguyễn Văn Minh
""".encode()


def in_word(plan: bytes = PLAN) -> bytes:
    """The same as a Word file."""
    document, made = Document(), BytesIO()
    for line in plan.decode().splitlines():
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


CHANGES_NAME = "công văn 530.txt"
CHANGES = """\
UBND HUYỆN VĨNH BẢO
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 530/GDĐT-MN
V/v điều chỉnh một số nội dung Kế hoạch số 512/KH-GDĐT
Vĩnh Bảo, ngày 04 tháng 12 năm 2023

Kính gửi: Hiệu trưởng các trường mầm non.

Phòng Giáo dục và Đào tạo điều chỉnh Kế hoạch số 512/KH-GDĐT ngày 01/12/2023 như sau:

1. Điều chỉnh thời hạn nộp danh sách trẻ học hè tình nguyện từ ngày 15/12/2023 sang ngày 20/12/2023.
2. Bãi bỏ việc gửi báo cáo trang trí cây thông tại mục 2.
3. Bổ sung: Các trường gửi danh sách giáo viên trực Tết về Phòng GDĐT trước ngày 22/12/2023.

Nơi nhận:
- Các trường mầm non;
- Lưu: VT.
TRƯỞNG PHÒNG
Nguyễn Văn Minh
""".encode()

INSTEAD = (
    PLAN.replace("Số: 512".encode(), "Số: 540".encode())
    .replace("ngày 01 tháng 12".encode(), "ngày 04 tháng 12".encode())
    .replace(b"15/12/2023", b"19/12/2023")
    .replace(
        "Nơi nhận:".encode(), "Kế hoạch này thay thế Kế hoạch số 512/KH-GDĐT ngày 01/12/2023.\n\nNơi nhận:".encode()
    )
)

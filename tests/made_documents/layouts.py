"""Word documents in the layouts that offices use, made here; what they ask for is in tests/gold/word-layouts.jsonl."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.made_documents.word import Maker

_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Grid:
    """A table; `merged`: corners of areas that are one cell, (row, column, row, column)."""

    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[int, int, int, int]] = ()


def _paper(left: str, number: str, day: str, *content: str | Grid, closing: str = "") -> bytes:
    """A head in a table without borders, then paragraphs (lists where a number stands before them) and tables."""
    maker = Maker(Document())
    head = maker.paper.add_table(2, 2)
    for row, cells in zip(head.rows, ((left, _MOTTO), (number, day)), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text.split("\n")[0]
            for line in text.split("\n")[1:]:
                cell.add_paragraph(line)
    for item in content:
        if isinstance(item, Grid):
            _grid(maker, item)
        elif item.startswith("^"):
            maker.paper.add_paragraph(item[1:]).alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            maker.line(item)
    if closing:
        signed = maker.paper.add_table(1, 2)
        signed.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
        signed.cell(0, 1).text = closing
    return maker.saved()


def _grid(maker: Maker, grid: Grid) -> None:
    table = maker.paper.add_table(len(grid.rows), max(map(len, grid.rows)), style="Table Grid")
    for row, texts in zip(table.rows, grid.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            maker.fill(cell, text.replace("\n", "<p>"))
    for top, left, bottom, right in grid.merged:
        table.cell(top, left).merge(table.cell(bottom, right))


def weeks() -> bytes:
    return _paper(
        "UBND HUYỆN TRÀ BỒNG\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 88/LCT-PGDĐT", "Trà Bồng, ngày 28 tháng 11 năm 2024",
        "^LỊCH CÔNG TÁC", "^Tháng 12 năm 2024", "^Kính gửi: Các trường mầm non",
        Grid(
            [
                ["Tuần", "Ngày", "Nội dung công việc", "Thực hiện"],
                ["Tuần 1\n(02/12 - 06/12)", "04/12", "Họp giao ban hiệu trưởng các trường mầm non", "Phòng GD&ĐT"],
                ["", "06/12", "Nộp báo cáo tự đánh giá chất lượng giáo dục về Phòng GD&ĐT", "Các trường MN"],
                ["Tuần 2\n(09/12 - 13/12)", "", "Kiểm tra công tác bán trú tại các trường mầm non", "Phòng GD&ĐT"],
                ["", "12/12", "Tổ chức hội thi giáo viên dạy giỏi cấp huyện", "Phòng GD&ĐT"],
                ["Tuần 3\n(16/12 - 20/12)", "", "Tổ chức sinh hoạt chuyên môn cụm", "Các trường MN"],
            ],
            [(1, 0, 2, 0), (3, 0, 4, 0)],
        ),
        closing="TRƯỞNG PHÒNG\n\nLê Văn Bình",
    )  # fmt: skip


def months() -> bytes:
    header = ["TT", "Nội dung công việc", "Đơn vị thực hiện", "Thời hạn hoàn thành"]
    return _paper(
        "UBND HUYỆN TRÀ BỒNG\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 61/KH-PGDĐT", "Trà Bồng, ngày 25 tháng 8 năm 2025",
        "^KẾ HOẠCH", "^Công tác giáo dục mầm non học kỳ I năm học 2025-2026", "^Kính gửi: Các trường mầm non",
        "Phòng Giáo dục và Đào tạo xây dựng kế hoạch công tác từng tháng như sau:",
        "I. THÁNG 9 NĂM 2025",
        Grid([header, ["1", "Tổ chức khai giảng năm học mới", "Các trường MN", "05/9"],
              ["2", "Gửi kế hoạch năm học về Phòng GD&ĐT", "Các trường MN", "Trước ngày 15/9"],
              ["3", "Rà soát cơ sở vật chất", "Các trường MN", "Trong tháng"]]),
        "II. THÁNG 10 NĂM 2025",
        Grid([header, ["1", "Báo cáo số liệu đầu năm gửi Phòng GD&ĐT", "Các trường MN", "10/10"],
              ["2", "Tổng hợp số liệu gửi Sở GD&ĐT", "Phòng GD&ĐT", "Chậm nhất 20/10"]]),
        "III. THÁNG 11 NĂM 2025",
        Grid([header, ["1", "Tổ chức kỷ niệm ngày Nhà giáo Việt Nam", "Các trường MN", "20/11"],
              ["2", "Nộp hồ sơ đăng ký thi đua về Phòng GD&ĐT", "Các trường MN", "25/11"],
              ["3", "Nộp danh sách trẻ 5 tuổi về Phòng GD&ĐT", "", ""]], [(2, 2, 3, 2), (2, 3, 3, 3)]),
        closing="KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n\nPhạm Thị Hạnh",
    )  # fmt: skip


def matrix() -> bytes:
    return _paper(
        "PHÒNG GD&ĐT HUYỆN TRÀ BỒNG\nTRƯỜNG MẦM NON HOA SEN", "Số: 12/KH-MNHS", "Trà Xuân, ngày 03 tháng 9 năm 2025",
        "^KẾ HOẠCH", "^Hoạt động trọng tâm năm học 2025-2026",
        "Nhà trường phân công nhiệm vụ theo tháng và lĩnh vực như sau:",
        Grid(
            [
                ["Lĩnh vực", "Tháng 9", "Tháng 10", "Tháng 11"],
                ["Chuyên môn", "- Xây dựng kế hoạch giáo dục năm học.\n- Khảo sát trẻ đầu năm.",
                 "Tổ chức thao giảng cấp trường.", "Nộp sáng kiến về Phòng GD&ĐT trước ngày 15/11."],
                ["Nuôi dưỡng", "Ký hợp đồng thực phẩm.", "", "Cân đo trẻ lần 2."],
                ["Cơ sở vật chất", "Kiểm kê tài sản.", "Sửa chữa bếp ăn trước ngày 20/10.", ""],
            ]
        ),
        closing="HIỆU TRƯỞNG\n\nTrần Thị Mai",
    )  # fmt: skip


def listed() -> bytes:
    return _paper(
        "UBND TỈNH QUẢNG NGÃI\nSỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "Số: 1520/SGDĐT-GDMN\nV/v tổ chức Ngày hội\nBé khỏe năm học 2025-2026",
        "Quảng Ngãi, ngày 10 tháng 10 năm 2025",
        "Kính gửi: Ủy ban nhân dân các xã, phường.",
        "Thực hiện Kế hoạch số 1400/KH-SGDĐT ngày 15/9/2025, Sở Giáo dục và Đào tạo hướng dẫn tổ chức như sau:",
        "I. MỤC ĐÍCH", "1. Tạo sân chơi bổ ích cho trẻ.",
        "II. TỔ CHỨC THỰC HIỆN", "1. Các trường mầm non",
        "- Tổ chức ngày hội cấp trường, hoàn thành trước ngày 31/10/2025;",
        "- Nộp báo cáo về Ủy ban nhân dân xã, phường chậm nhất ngày 05/11/2025.",
        "2. Ủy ban nhân dân các xã, phường",
        "- Tổng hợp danh sách đội dự thi gửi Sở Giáo dục và Đào tạo trước 16 giờ 00 ngày 14/11/2025.",
        "3. Sở Giáo dục và Đào tạo",
        "- Tổ chức ngày hội cấp tỉnh từ ngày 20/11/2025 đến ngày 22/11/2025.",
        closing="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nNguyễn Văn Hòa",
    )  # fmt: skip


def commune() -> bytes:
    return _paper(
        "UBND XÃ TRÀ GIANG\nPHÒNG VĂN HÓA - XÃ HỘI",
        "Số: 45/KH-VHXH",
        "Trà Giang, ngày 03 tháng 11 năm 2025",
        "^KẾ HOẠCH",
        "^Báo cáo sơ kết học kỳ I năm học 2025-2026",
        "^Kính gửi: Các trường mầm non trên địa bàn xã",
        "1. Các trường nộp báo cáo sơ kết về Phòng Văn hóa - Xã hội chậm nhất 17h00 ngày 05/12/2025.",
        "2. Lịch nộp các biểu mẫu:",
        Grid(
            [
                ["STT", "Tên biểu mẫu", "Thời hạn", ""],
                ["", "", "Trường nộp xã", "Xã nộp Sở GD&ĐT"],
                ["1", "Biểu số liệu trẻ ra lớp", "08/12/2025", "12/12/2025"],
                ["2", "Biểu thống kê đội ngũ", "10/12/2025", "15/12/2025"],
            ],
            [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)],
        ),
        "3. Các trường cập nhật dữ liệu vào ngày 25 hằng tháng.",
        closing="TRƯỞNG PHÒNG\n\nĐỗ Thị Lan",
    )


def amendment() -> bytes:
    return _paper(
        "UBND XÃ TRÀ GIANG\nPHÒNG VĂN HÓA - XÃ HỘI",
        "Số: 52/VHXH\nV/v điều chỉnh thời hạn\nnộp báo cáo",
        "Trà Giang, ngày 24 tháng 11 năm 2025",
        "Kính gửi: Hiệu trưởng các trường mầm non.",
        "Ngày 03/11/2025, Phòng Văn hóa - Xã hội ban hành Kế hoạch số 45/KH-VHXH về báo cáo sơ kết học kỳ I.",
        "Nay Phòng Văn hóa - Xã hội điều chỉnh thời hạn như sau:",
        "1. Điều chỉnh thời hạn nộp báo cáo sơ kết từ ngày 05/12/2025 sang ngày 10/12/2025.",
        "2. Các nội dung khác giữ nguyên theo Kế hoạch số 45/KH-VHXH ngày 03/11/2025.",
        closing="TRƯỞNG PHÒNG\n\nĐỗ Thị Lan",
    )


def months_down() -> bytes:
    return _paper(
        "UBND THÀNH PHỐ CẨM PHẢ\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 77/KH-PGDĐT", "Cẩm Phả, ngày 20 tháng 8 năm 2024",
        "^KẾ HOẠCH", "^Trọng tâm công tác năm học 2024-2025", "^Kính gửi: Hiệu trưởng các trường mầm non",
        Grid(
            [
                ["Tháng", "STT", "Nội dung", "Thực hiện"],
                ["9/2024", "1", "Tổ chức ngày hội đến trường.", "Các trường"],
                ["", "2", "Thống kê số liệu đầu năm (các trường gửi về Phòng GD&ĐT trước ngày 20/9).", "Các trường"],
                ["Tháng", "STT", "Nội dung", "Thực hiện"],
                ["10/2024", "1", "Kiểm tra nền nếp đầu năm.\n- Kiểm tra công tác bán trú.", "Phòng GD&ĐT"],
                ["", "2", "Hoàn thành tự đánh giá trước ngày 25/10.", "Các trường"],
                ["3/2025", "1", "Nộp hồ sơ phổ cập chậm nhất ngày 15/3.", "Các trường"],
            ],
            [(1, 0, 2, 0), (4, 0, 5, 0)],
        ),
        closing="TRƯỞNG PHÒNG\n\nVũ Thị Hà",
    )  # fmt: skip


def bands() -> bytes:
    return _paper(
        "UBND THÀNH PHỐ CẨM PHẢ\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 90/KH-PGDĐT", "Cẩm Phả, ngày 18 tháng 8 năm 2023",
        "^KẾ HOẠCH", "^Nhiệm vụ trọng tâm năm học 2023-2024", "^Kính gửi: Các trường mầm non",
        Grid(
            [
                ["STT", "Nội dung", "Chủ trì", "Thời gian"],
                ["THÁNG 9/2023", "", "", ""],
                ["1", "Tổ chức khai giảng và ngày hội đến trường.\nNộp báo cáo nhanh về Phòng GD&ĐT.",
                 "Các trường", "05/9"],
                ["2", "Tập huấn chuyên môn hè cho giáo viên", "Phòng GD&ĐT", "Tuần 2"],
                ["THÁNG 10/2023", "", "", ""],
                ["1", "Kiểm tra chuyên đề tại 5 trường", "Phòng GD&ĐT", "Từ 16/10 đến 20/10"],
                ["2", "Gửi danh sách giáo viên dự thi về Phòng GD&ĐT", "Các trường", "Hết ngày 25/10"],
                ["3", "Báo cáo Sở GD&ĐT kết quả kiểm tra", "Phòng GD&ĐT", "31/10"],
            ],
            [(1, 0, 1, 3), (4, 0, 4, 3)],
        ),
        closing="TRƯỞNG PHÒNG\n\nVũ Thị Hà",
    )  # fmt: skip


def half_days() -> bytes:
    return _paper(
        "UBND XÃ TRÀ GIANG\nTRƯỜNG MẦM NON BÌNH MINH", "Số: 31/LCT-MNBM", "Trà Giang, ngày 28 tháng 11 năm 2025",
        "^LỊCH CÔNG TÁC TUẦN", "^(Từ ngày 01/12/2025 đến ngày 05/12/2025)",
        Grid(
            [
                ["Thứ, ngày", "Sáng", "Chiều"],
                ["Thứ Hai\n01/12", "Họp giao ban đầu tuần", "Kiểm tra bếp ăn"],
                ["Thứ Tư\n03/12", "Dự giờ lớp 5 tuổi A", ""],
                ["Thứ Sáu\n05/12", "Nộp báo cáo tháng 11 về UBND xã", "Tổng vệ sinh toàn trường"],
            ]
        ),
        closing="HIỆU TRƯỞNG\n\nNgô Thị Thu",
    )  # fmt: skip


def notice() -> bytes:
    return _paper(
        "UBND PHƯỜNG HƯƠNG VINH\nPHÒNG VĂN HÓA - XÃ HỘI",
        "Số: 17/TB-VHXH",
        "Hương Vinh, ngày 12 tháng 01 năm 2026",
        "^THÔNG BÁO",
        "^Về việc nộp hồ sơ kiểm tra công nhận trường mầm non đạt chuẩn quốc gia năm 2026",
        "^Kính gửi: Các trường mầm non trên địa bàn phường",
        "Phòng Văn hóa - Xã hội thông báo các mốc thời gian như sau:",
        "a) Các trường nộp hồ sơ tự đánh giá trước ngày 30/01/2026.",
        "b) Phòng Văn hóa - Xã hội thẩm định hồ sơ từ ngày 02/02/2026 đến ngày 06/02/2026.",
        "c) Các trường hoàn thiện hồ sơ, nộp lại chậm nhất thứ Sáu, ngày 27/02/2026.",
        "d) Phòng Văn hóa - Xã hội trình Sở Giáo dục và Đào tạo trong quý I/2026.",
        "Hồ sơ gửi qua email: vhxh@huongvinh.gov.vn. Yêu cầu các trường thực hiện nghiêm túc./.",
        closing="TRƯỞNG PHÒNG\n\nHồ Thị Ngọc",
    )


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "tuan.docx": weeks,
    "thang.docx": months,
    "ma-tran.docx": matrix,
    "danh-muc.docx": listed,
    "xa.docx": commune,
    "dieu-chinh.docx": amendment,
    "cot-thang.docx": months_down,
    "dai-thang.docx": bands,
    "buoi.docx": half_days,
    "thong-bao.docx": notice,
}

"""What the founding documents must yield: (asker's unit, now, question, facts, facts that must not be said).

A date stands for any usual form of it; `a||b` for either. Every line comes from the list of processes of the five
documents.
"""

Line = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]

A = "VB-HOAPHUONG"  # public, Vĩnh Bảo
P = "VB-ANHDUONG"  # independent, Vĩnh Bảo
B = "AL-QUANGTRUNG"  # public, An Lão
C = "DH-HOASIM"  # Đầm Hà
PVB, PAL, SHP, PLC = "PGD-VB", "PGD-AL", "SO-HP", "PGD-LC"

LINES: tuple[Line, ...] = (
    # monthly plan of Vĩnh Bảo: the calendar
    (A, "2023-09-12", "tháng này nộp gì?", ("2023-09-20", "2023-09-25", "2023-09-22", "chuẩn quốc gia", "thống kê", "cân"), ("2023-10-05",)),
    (A, "2023-09-12", "thang nay nop gi", ("2023-09-20", "2023-09-25", "thứ Hai"), ("2023-10-05",)),
    (A, "2023-09-12", "t9 nop j vay", ("2023-09-20", "2023-09-25"), ("2023-10-05",)),
    (A, "2023-10-02", "thang 10 nop gi", ("2023-10-20", "giải pháp sáng tạo"), ("2023-10-05", "2023-10-31")),
    (PVB, "2023-10-02", "tháng này phòng gửi Sở gì?", ("2023-10-05", "2023-10-31"), ("2023-10-20",)),
    (A, "2023-12-01", "còn hạn nào sắp tới?", ("2023-12-05", "học kỳ I", "ngoài công lập"), ("2023-12-15",)),
    (P, "2023-12-01", "còn hạn nào sắp tới?", ("2023-12-05", "công khai"), ("2023-12-15",)),
    (A, "2023-09-01", "cân đo mấy lần, hạn nào?", ("2023-09-25", "2023-12-05", "2024-05-05"), ()),
    (A, "2024-01-15", "tháng này nộp gì?", ("không nêu hạn nộp", "6 việc"), ()),
    (A, "2024-02-15", "tháng này nộp gì?", ("không nêu hạn nộp", "5 việc"), ()),
    (A, "2024-03-15", "tháng này nộp gì?", ("không nêu hạn nộp", "8 việc"), ()),
    (A, "2024-04-15", "tháng này nộp gì?", ("không nêu hạn nộp", "5 việc"), ()),
    (A, "2024-05-02", "tuần này phải nộp gì", ("2024-05-05", "Chủ nhật", "2024-05-03"), ()),
    (A, "2024-07-05", "tháng 7 nộp gì", ("2024-06-20", "đã qua"), ("2024-06-30",)),
    # monthly plan: row by row
    (A, "2023-08-20", "tháng 8 họp gì?", ("Giao ban",), ()),
    (A, "2023-08-20", "kế hoạch phát triển duyệt khi nào?", ("2023-08", "không nêu ngày"), ()),
    (PVB, "2023-08-20", "đề án 404 làm những tháng nào?", ("2023-08", "6+7/2024"), ()),
    (A, "2023-08-20", "danh sách hỗ trợ học phí gửi đâu, hạn nào?", ("phòng Tài chính-Kế hoạch", "không nêu ngày||không nêu hạn"), ()),
    (A, "2023-08-20", "bồi dưỡng hè gồm gì?", ("tập huấn bồi dưỡng chuyên môn hè",), ()),
    (A, "2023-09-01", "tháng 9 có lễ gì", ("Ngày hội đến trường", "Rằm Trung thu"), ()),
    (A, "2024-05-01", "xét danh hiệu thi đua tháng nào?", ("6+7/2024",), ()),
    (A, "2023-09-01", "khám sức khỏe giáo viên hạn nào?", ("2023-09", "không nêu ngày"), ()),
    (A, "2023-09-01", "vận động tài trợ theo thông tư nào?", ("16/2018/TT-BGDĐT", "2018-08-03"), ()),
    (A, "2023-10-01", "sinh hoạt chuyên môn cấp cụm tháng mấy?", ("2023-11", "2023-12", "2024-01"), ()),
    (A, "2023-09-01", "kiểm tra đột xuất những tháng nào?", ("2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04"), ()),
    (A, "2023-10-01", "hội thảo hồ sơ sổ sách khi nào", ("2023-10", "2023-11"), ()),
    (A, "2023-10-01", "thi giáo viên giỏi vòng thực hành tháng mấy", ("2023-12",), ()),
    (A, "2023-11-01", "dự giải pháp sáng tạo tháng nào?", ("2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05"), ()),
    (A, "2023-11-01", "Sở kiểm tra hồ sơ chuyên đề thế nào?", ("đường link trực tuyến", "2023-11"), ()),
    (A, "2023-12-01", "đoàn Sở kiểm tra toàn diện tháng mấy?", ("2023-12", "2024-03"), ()),
    (A, "2024-01-15", "trước Tết kiểm tra gì?", ("trước và sau Tết",), ()),
    (A, "2024-03-01", "thu thập tài liệu chuyên đề hạn nào?", ("2024-03", "không nêu ngày"), ()),
    (A, "2024-05-01", "tháng 5 có việc gì?", ("Bé khoẻ ngoan", "Lễ ra trường", "chuẩn nghề nghiệp"), ()),
    (A, "2023-10-01", "kế hoạch trọng tâm tháng căn cứ văn bản nào?", ("2400/QĐ-UBND", "2179/SGDĐT-GDMN", "2221/SGDĐT-GDMN", "613/GDĐT-MN"), ()),
    # theme plan of Hải Phòng
    (B, "2024-09-23", "kế hoạch chuyên đề hạn nào?", ("2024-09-25",), ()),
    (PAL, "2024-09-23", "kế hoạch chuyên đề hạn nào?", ("2024-10-05",), ()),
    (B, "2024-09-24", "tự rà soát theo mấy bộ tiêu chí?", ("lấy trẻ làm trung tâm", "xanh - an toàn - thân thiện", "hạnh phúc - tôn trọng quyền trẻ em"), ()),
    (B, "2024-10-01", "chuyên đề CNTT khi nào?", ("2024-10", "dự kiến"), ()),
    (B, "2024-10-01", "thi vẽ tranh khi nào", ("2024-11", "dự kiến"), ()),
    (B, "2024-10-01", "thi nhân viên nuôi dưỡng giỏi khi nào", ("2025-03", "dự kiến"), ()),
    (B, "2024-10-12", "kiểm tra hồ sơ chuyên đề bằng cách nào?", ("trực tuyến",), ()),
    (PAL, "2025-04-20", "báo cáo tổng kết chuyên đề hạn nào?", ("2025-05-15",), ("2025-05-10",)),
    (PAL, "2024-12-15", "tư liệu chuyên đề gửi khi nào?", ("tháng 01 và 05/2024",), ()),
    (PAL, "2025-05-06", "An Lão được đề xuất khen chuyên đề mấy?", ("01 tập thể và 02 cá nhân",), ("02 tập thể",)),
    (PAL, "2025-05-06", "An Lão được đề xuất khen mấy?", ("01 tập thể và 02 cá nhân", "01 tập thể, 01 cá nhân", "văn bản nào"), ()),
    (PVB, "2025-05-06", "Vĩnh Bảo đề xuất mấy?", ("02 tập thể và 02 cá nhân",), ()),
    (PAL, "2025-05-06", "hồ sơ đề nghị khen thưởng chuyên đề gồm gì", ("Tờ trình", "Biên bản họp Hội đồng", "Báo cáo thành tích"), ()),
    (PAL, "2025-05-06", "hồ sơ chuyên đề gửi qua đâu?", ("qlvb.hpnet.vn", "mamnon@haiphong.edu.vn"), ()),
    (B, "2025-05-06", "tháng 5/2025 nộp gì?", ("2025-05-10",), ("2025-05-15", "2025-05-25")),
    (PAL, "2025-05-06", "tháng 5/2025 phòng nộp gì?", ("2025-05-15", "2025-05-25"), ()),
    (C, "2025-05-06", "tháng 5/2025 nộp gì?", ("không nêu hạn nộp",), ("2025-05-10", "2025-05-15", "2025-05-25")),
    # Đề án plan of An Lão
    (B, "2024-10-15", "tháng 10/2024 nộp gì?", ("2024-10-24", "2024-10-25"), ("2024-10-05",)),
    (B, "2024-10-15", "đăng ký hoạt động hạn nào, mấy cấp?", ("2024-10-24", "cấp trường, cấp huyện, cấp thành phố"), ()),
    (B, "2025-06-01", "công khai theo thông tư nào, kiểm tra khi nào?", ("09/2024/TT-BGDĐT",), ()),
    (B, "2025-04-15", "báo cáo tổng kết đề án gửi đường nào?", ("HP-eOffice",), ()),
    (B, "2025-04-15", "phóng sự dài tối đa mấy phút", ("10 phút",), ()),
    (B, "2025-03-01", "hội nghị tổng kết ở đâu, ai đi?", ("Trường Sơn", "Hiệu trưởng"), ()),
    (B, "2025-03-14T09:20", "đang mục mấy?", ("10h00", "bác sỹ"), ()),
    (B, "2025-03-10", "ai bế mạc?", ("LĐ Phòng GD&ĐT", "10h45"), ()),
    # yearly guidance of Hải Phòng
    (B, "2022-10-05", "chỉ tiêu huy động trẻ nhà trẻ?", ("42,5%",), ()),
    (B, "2022-10-05", "bếp một chiều bao nhiêu?", ("80%",), ()),
    (B, "2022-10-05", "ti le gv dat chuan", ("84,0%",), ()),
    (B, "2022-10-05", "mỗi kỳ mấy tin bài?", ("03 tin bài/học kỳ",), ()),
    (B, "2026-10-05", "chỉ tiêu huy động trẻ nhà trẻ?", ("42,5%", "2022-2023"), ()),
    (B, "2022-11-05", "lỗi nhập CSDL hỏi nhóm nào?", ("CSDL & eNetViet",), ()),
    (B, "2022-11-05", "kế hoạch truyền thông theo gì?", ("theo tháng",), ()),
    (B, "2022-11-05", "báo cáo danh sách trường an toàn khi nào?", ("cuối năm học",), ()),
    (B, "2022-11-05", "kiểm thực mấy bước?", ("ba bước",), ()),
    (B, "2022-11-05", "sáp nhập tối đa mấy nhóm lớp?", ("20 nhóm lớp",), ()),
    (B, "2022-11-05", "3 trường điểm ATGT?", ("mầm non 1/6", "mầm non 8/3", "Đồng Thái"), ()),
    # Đầm Hà
    (C, "2025-03-01", "tháng này nộp gì?", ("không nêu hạn nộp", "9 nhiệm vụ"), ("2025-03-14", "2025-05-10")),
    (C, "2025-03-01", "tổng kết chuyên đề khi nào?", ("2025||năm 2025",), ("2025-05-15",)),
    (C, "2025-03-01", "công văn chuyên đề căn cứ văn bản nào?", ("666/PGDDĐT", "245/SGDDĐT-GDTEXMN"), ()),
)  # fmt: skip

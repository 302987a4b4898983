"""Archives and letters with attachments: every document is read with its own head, and says where it stands."""

import zipfile
from datetime import date
from email.message import EmailMessage
from io import BytesIO

import pytest

from core.errors import BadInput
from knowledge.extract import extract
from knowledge.readers import read_file
from tests.made_documents.word import word_of

PLAN = (
    "UBND HUYỆN SÔNG TRÀ\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: {number}/KH-PGDĐT\nSông Trà, ngày 05 tháng 9 năm {year}\n"
    "KẾ HOẠCH\nNhiệm vụ năm học {year}-{next}\nKính gửi: Các trường mầm non.\n\n"
    "1. Các trường nộp báo cáo về Phòng GD&ĐT trước ngày {day}.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
)
FIRST = PLAN.format(number=7, year=2024, next=2025, day="05/12")
SECOND = PLAN.format(number=9, year=2025, next=2026, day="10/3")


def zipped(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def letter(*attached: tuple[str, bytes], text: str = "Kính gửi các trường.", html: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "pgd@songtra.edu.vn", "mn@songtra.edu.vn"
    message["Subject"], message["Date"] = "Kế hoạch năm học", "Thu, 05 Sep 2024 08:00:00 +0700"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def test_each_document_of_an_archive_has_its_own_year_and_says_in_which_file_it_stands() -> None:
    plan = extract(read_file("a.zip", zipped({"Năm 2024/một.docx": word_of(FIRST), "hai.txt": SECOND.encode()})))
    assert [task.due for task in plan.obligations] == [date(2024, 12, 5), date(2026, 3, 10)]
    spots = [plan.passages[task.passage].spot for task in plan.obligations]
    assert [spot.file if spot else "" for spot in spots] == ["Năm 2024/một.docx", "hai.txt"]
    assert plan.head.number == "7/KH-PGDĐT"
    assert {plan.passages[task.passage].line for task in plan.obligations} == {t.line for t in plan.obligations}
    assert [passage.place for passage in plan.passages] == list(range(len(plan.passages)))


def test_a_doubt_still_names_its_own_task() -> None:
    wrong = SECOND.replace("trước ngày 10/3", "trước ngày 31/6")
    plan = extract(read_file("a.zip", zipped({"một.txt": FIRST.encode(), "hai.txt": wrong.encode()})))
    numbers = [doubt.task for doubt in plan.doubts if "31/6" in doubt.message]
    assert [plan.obligations[n].snippet for n in numbers if n is not None] == [plan.obligations[-1].snippet]


def test_a_letter_brings_its_attachments_and_its_own_words() -> None:
    words = "Các trường gửi kế hoạch đã duyệt về Phòng GD&ĐT trước ngày 20/9."
    plan = extract(read_file("thu.eml", letter(("kế hoạch.docx", word_of(FIRST)), text=words)))
    assert sorted(str(task.due) for task in plan.obligations) == ["2024-09-20", "2024-12-05"]
    assert plan.head.number == "7/KH-PGDĐT"


def test_a_letter_in_html_keeps_its_table() -> None:
    table = "<table><tr><th>Nội dung</th><th>Thời hạn</th></tr><tr><td>Nộp báo cáo</td><td>05/12/2024</td></tr></table>"
    plan = extract(read_file("thu.eml", letter(text="xem bảng", html=f"<html><body>{table}</body></html>")))
    assert [(task.task, task.due) for task in plan.obligations] == [("Nộp báo cáo", date(2024, 12, 5))]


def test_what_an_archive_holds_besides_documents_is_said_and_left_out() -> None:
    inside = {"kế hoạch.docx": word_of(FIRST), "setup.exe": b"MZ" + bytes(99), "trong.zip": zipped({"a.txt": b"a"})}
    source = read_file("a.zip", zipped(inside | {"__MACOSX/._x": b"\0", "~$ke.docx": b"x"}))
    assert len(source.notes) == 2
    assert "setup.exe" in source.notes[0]
    assert "trong.zip" in source.notes[1]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "không có văn bản nào"),
        ({"a.exe": b"MZ" + bytes(99)}, "a.exe"),
        ({"a.exe": b"MZ" + bytes(99), "b.exe": b"MZ" + bytes(99)}, "không có văn bản nào"),
        ({f"{n}.txt": b"a" for n in range(101)}, "quá nhiều"),
    ],
)
def test_an_archive_without_documents_is_refused(files: dict[str, bytes], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_file("a.zip", zipped(files) if files else zipped({"trống/": b""}))

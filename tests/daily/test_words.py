"""Words about books and counters, and words that are about something else; which days of a book are there."""

from datetime import date

import pytest

from core.daily import BY_ID, Span
from core.people import Asker, Level, Unit, UnitTree
from core.work import Head, Passage, Plan, Shelved
from evidence.kept_days import standing
from handlers.daily_words import in_words, month_in
from knowledge.book_grammar import read_book_rules
from knowledge.book_rules import rule_of
from knowledge.book_words import about_a_book, names_somebody
from knowledge.index import Index
from knowledge.workdays import Workdays
from tests.knowledge.library import founding

TODAY = date(2023, 12, 5)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("bật sổ kiểm thực ba bước", ("batso", "kiem-thuc")),
        ("bat so kiem thuc giup em", ("batso", "kiem-thuc")),
        ("Bật sổ", ("batso", "")),
        ("lập sổ công khai thực đơn", ("batso", "thuc-don")),
        ("tắt sổ giao nhận trẻ ạ", ("tatso", "giao-nhan-tre")),
        ("thôi dùng sổ thực đơn", ("tatso", "thuc-don")),
        ("sổ tháng này", ("so", "thang nay")),
        ("so thang 12", ("so", "thang 12")),
        ("xem sổ", ("so", "")),
        ("sổ kiểm thực tháng 12", ("so", "kiem-thuc thang 12")),
        ("xem sổ giao nhận thực phẩm tay ba", ("so", "giao-thuc-pham")),
        ("xem sổ kiểm thực ngày 5/12", ("xemso", "kiem-thuc xem so kiem thuc ngay 5/12")),
        ("xem ảnh thực đơn hôm qua", ("xemso", "thuc-don xem anh thuc don hom qua")),
        ("kiểm thực hôm nay", ("vaoso", "kiem-thuc kiem thuc hom nay")),
        ("thuc don 5/12", ("vaoso", "thuc-don thuc don 5/12")),
        ("ghi sổ kiểm thực", ("vaoso", "kiem-thuc ghi so kiem thuc")),
        ("gửi ảnh kiểm thực ba bước", ("vaoso", "kiem-thuc gui anh kiem thuc ba buoc")),
        ("tin bài", ("bodem", "tin-bai")),
        ("đã có mấy tin bài rồi?", ("bodem", "tin-bai")),
        ("còn mấy tin bài học kỳ này", ("bodem", "tin-bai")),
        ("bộ đếm", ("bodem", "")),
        ("đếm bài đăng tháng này", ("bodem", "bai-dang")),
    ],
)
def test_plain_words_are_commands(said: str, command: tuple[str, str]) -> None:
    assert in_words(said) == command


@pytest.mark.parametrize(
    "said",
    [
        "kiểm thực mấy bước?",
        "kiểm thực ba bước",
        "kiểm thực là gì",
        "thực đơn công khai ở đâu?",
        "mỗi học kỳ mấy tin bài?",
        "một học kỳ bao nhiêu tin bài",
        "học kỳ này phải có mấy tin bài?",
        "Sở tháng này nộp gì",
        "sở tháng 12",
        "số tháng này",
        "sổ sách cuối năm nộp gì",
        "hồ sơ sổ sách",
        "lập sổ theo dõi biểu đồ tăng trưởng",
        "mở sổ theo dõi sức khoẻ",
        "kế hoạch kiểm thực hôm nay",
        "tháng này nộp gì",
        "bài đăng ký hoạt động",
        "đăng ký hoạt động",
        "giao nhận thực phẩm như thế nào",
        "kế hoạch truyền thông theo gì?",
    ],
)
def test_other_words_are_not(said: str) -> None:
    assert in_words(said) is None


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("thang nay", date(2023, 12, 1)),
        ("thang truoc", date(2023, 11, 1)),
        ("thang 9", date(2023, 9, 1)),
        ("thang 1", date(2023, 1, 1)),
        ("thang 2/2024", date(2024, 2, 1)),
        ("thang 13", None),
        ("", None),
    ],
)
def test_the_month_that_is_named(said: str, month: date | None) -> None:
    assert month_in(said, TODAY) == month


@pytest.mark.parametrize(
    ("caption", "book", "day"),
    [
        ("kiểm thực hôm nay", "kiem-thuc", TODAY),
        ("kieem thuwcj hoom nay", "kiem-thuc", TODAY),
        ("kiem thuv ba buoc", "kiem-thuc", None),
        ("Lưu mẫu ngày 4", "kiem-thuc", date(2023, 12, 4)),
        ("lưu mẫu ngày 30", "kiem-thuc", date(2023, 11, 30)),
        ("thực đơn 5/12", "thuc-don", TODAY),
        ("thuc don 5.12.2023", "thuc-don", TODAY),
        ("thực đơn 28/12/22", "thuc-don", date(2022, 12, 28)),
        ("em gửi ảnh giao nhận thực phẩm tay ba sáng nay ạ", "giao-thuc-pham", TODAY),
        ("đón - trả trẻ hôm qua", "giao-nhan-tre", date(2023, 12, 4)),
        ("tin bài ngày hội thể thao", "tin-bai", None),
        ("bài đăng fanpage", "bai-dang", None),
    ],
)
def test_captions(caption: str, book: str, day: date | None) -> None:
    about = about_a_book(caption, TODAY, founding().words)
    assert about is not None
    assert (about.book.id, about.day, about.paper, about.odd) == (book, day, False, False)


@pytest.mark.parametrize("caption", ["", "cân đo lần 2", "bài đăng ký thi", "giao nhận hồ sơ", "đang báo cáo"])
def test_captions_of_something_else(caption: str) -> None:
    assert about_a_book(caption, TODAY, founding().words) is None


def test_a_day_that_there_is_not_is_no_day() -> None:
    about = about_a_book("kiểm thực 31/11", TODAY)
    assert about is not None
    assert (about.day, about.odd) == (None, True)


@pytest.mark.parametrize(
    "text", ["Nguyễn Văn An, Trần Bình", "cháu An", "bé Bống sốt", "Đón trả trẻ Phạm Minh Khôi", "Nguyen Van An"]
)
def test_somebody_is_named(text: str) -> None:
    assert names_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đón trả trẻ lớp Mẫu giáo 5 tuổi A",
        "Giao nhận trẻ lớp Hoa Hồng",
        "Trẻ mầm non",
        "Giao Nhận Trẻ",
        "Trường Mầm non Hoa Phượng, quận Lê Chân",
        "cô Nguyễn Thị Lan nhận trẻ",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert not names_somebody(text)


def test_a_week_at_the_turn_of_the_month_belongs_where_its_last_working_day_lies() -> None:
    book, spans = BY_ID["giao-nhan-tre"], [Span("S", "giao-nhan-tre", date(2023, 11, 1))]
    entered = {date(2023, 11, 28)}  # a Tuesday; the week ends on Friday, 1 December
    november, december = (date(2023, 11, 1), date(2023, 11, 30)), (date(2023, 12, 1), date(2023, 12, 31))
    today = date(2023, 12, 20)
    in_november = standing(book, spans, entered, *november, today, Workdays())
    in_december = standing(book, spans, entered, *december, today, Workdays())
    assert in_november.there == ()
    assert in_november.missing == (date(2023, 11, 10), date(2023, 11, 17), date(2023, 11, 24))  # it began within one
    assert in_december.there == (date(2023, 11, 28),)
    assert in_december.missing == (date(2023, 12, 8), date(2023, 12, 15))


def test_what_is_entered_on_a_day_off_is_there_and_a_day_off_is_not_missing() -> None:
    book, spans = BY_ID["kiem-thuc"], [Span("S", "kiem-thuc", date(2023, 12, 29), date(2024, 1, 2))]
    stand = standing(
        book, spans, {date(2023, 12, 30)}, date(2023, 12, 1), date(2024, 1, 31), TODAY.replace(year=2024), Workdays()
    )
    assert stand.there == (date(2023, 12, 30),)
    assert stand.missing == (date(2023, 12, 29), date(2024, 1, 2))  # 1 January is a holiday


@pytest.mark.parametrize(
    ("texts", "target"),
    [
        (["Mỗi trường có ít nhất 04 tin, bài/học kỳ đăng trên cổng."], 4),
        (["Có 03 tin bài/học kỳ.", "Riêng trường điểm có 5 tin bài / học kỳ."], None),  # they do not agree
        (["Mỗi trường gửi 03 tin bài."], None),  # it does not say by when
        (["Mỗi tháng 03 tin bài/tháng."], None),
    ],
)
def test_a_target_is_read_or_left(texts: list[str], target: int | None) -> None:
    found = read_book_rules([Passage(n, n, text) for n, text in enumerate(texts)]).get("tin-bai")
    assert (found.target if found else None) == target


def test_the_newest_document_is_quoted() -> None:
    shelf = [
        Shelved(n, "S", Plan(f"{n}.txt", Head(date=day), (Passage(0, 1, text),)), day)
        for n, (day, text) in enumerate(
            [(date(2023, 9, 1), "Có 04 tin bài/học kỳ."), (date(2022, 8, 1), "Có 03 tin bài/học kỳ.")], 1
        )
    ]
    index = Index.of(shelf, UnitTree.of([Unit("S", "Trường", Level.SCHOOL)]))
    rule = rule_of(index, BY_ID["tin-bai"], Asker(index.tree.get("S")))
    assert rule is not None
    assert (rule.target, rule.citation.quote) == (4, "Có 04 tin bài/học kỳ.")

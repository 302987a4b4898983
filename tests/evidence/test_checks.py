"""Files against limits: what breaks them, what keeps them, and what is said."""

from datetime import UTC, datetime

import pytest

from core.evidence import Giver, Handed, State, Submission
from core.media import Looked
from core.message import Address, StoredFile
from core.rules import Fault, Limit, RuleKind, Thing
from core.texts import rules as texts
from evidence.checks import check

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMES = {"docx": DOCX, "xlsx": XLSX, "pdf": "application/pdf", "mp4": "video/mp4", "jpg": "image/jpeg"}


def handed(*names: str, caption: str = "", size: int = 1000) -> Handed:
    giver = Giver(Address("telegram", "1"), "1", unit="MN1")
    one = Submission(1, "AB2CDE", giver, State.SUBMITTED, datetime(2025, 5, 1, tzinfo=UTC), caption)
    return Handed(one, tuple(StoredFile(name, name, MIMES[name.rpartition(".")[2]], size) for name in names))


def limit(kind: RuleKind, about: Thing, most: int | None = None, least: int | None = None, **more: object) -> Limit:
    return Limit(kind, "văn bản ghi", 1, about, most, least, **more)  # type: ignore[arg-type]


def said(given: Handed, limits: list[Limit], seen: dict[str, Looked] | None = None, *earlier: Handed) -> list[str]:
    """The first sentence of every fault."""
    return [texts.fault(one, "", "KH").split(" Văn bản")[0] for one in check(given, seen or {}, limits, earlier)]


REPORTAGE = limit(RuleKind.DURATION, Thing.FILM, 600)
ARTICLE = limit(RuleKind.PAGES, Thing.ARTICLE, 5)
REPORT = limit(RuleKind.PAGES, Thing.REPORT, 10)
ONE_EACH = [limit(RuleKind.NOMINATIONS, Thing.GROUP, 1), limit(RuleKind.NOMINATIONS, Thing.PERSON, 1)]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(680, ["Video p.mp4 vượt 10 phút (11:20)."]), (600.9, []), (599, []), (None, []), (0, [])],
)
def test_minutes(seconds: float | None, expected: list[str]) -> None:
    assert said(handed("p.mp4"), [REPORTAGE], {"p.mp4": Looked("", seconds=seconds)}) == expected


def test_minutes_are_at_least_so_many_too() -> None:
    short = limit(RuleKind.DURATION, Thing.FILM, 600, 300)
    assert said(handed("p.mp4"), [short], {"p.mp4": Looked("", seconds=200)}) == ["Video p.mp4 ngắn hơn 5 phút (3:20)."]


def test_of_two_rules_for_films_the_wider_must_be_broken() -> None:
    both = [REPORTAGE, limit(RuleKind.DURATION, Thing.FILM, 180)]
    assert said(handed("p.mp4"), both, {"p.mp4": Looked("", seconds=200)}) == []
    assert said(handed("p.mp4"), both, {"p.mp4": Looked("", seconds=680)}) == ["Video p.mp4 vượt 10 phút (11:20)."]


@pytest.mark.parametrize(
    ("name", "caption", "expected"),
    [
        ("bai-viet.docx", "", ["Tệp bai-viet.docx quá 05 trang (6)."]),
        ("scan.pdf", "", ["Tệp scan.pdf quá 05 trang (6)."]),
        ("bao cao.docx", "", []),  # another thing
        ("phu_luc_1.pdf", "", []),
        ("scan.pdf", "em gửi báo cáo", []),
        ("scan.pdf", "em gửi bài viết ạ", ["Tệp scan.pdf quá 05 trang (6)."]),
        ("anh.jpg", "", []),
        ("bang.xlsx", "", []),
    ],
)
def test_pages(name: str, caption: str, expected: list[str]) -> None:
    assert said(handed(name, caption=caption), [ARTICLE], {name: Looked("", pages=6)}) == expected


def test_a_part_of_a_dossier_is_taken_for_it_only_by_its_name() -> None:
    part = limit(RuleKind.PAGES, Thing.INITIATIVE, 5, part=True)
    seen: dict[str, Looked] = {"ho so.pdf": Looked("", pages=9), "thuyet minh.pdf": Looked("", pages=9)}
    assert said(handed(*seen), [part], seen) == ["Tệp thuyet minh.pdf quá 05 trang (9)."]


def test_a_file_that_may_be_either_must_break_both() -> None:
    assert said(handed("scan.pdf"), [ARTICLE, REPORT], {"scan.pdf": Looked("", pages=6)}) == []
    assert said(handed("scan.pdf"), [ARTICLE, REPORT], {"scan.pdf": Looked("", pages=11)}) == [
        "Tệp scan.pdf quá 10 trang (11)."
    ]


def test_nothing_known_is_nothing_wrong() -> None:
    everything = [REPORTAGE, ARTICLE, *ONE_EACH, limit(RuleKind.AUTHORS, Thing.ARTICLE, 3)]
    assert check(handed("a.docx", "b.mp4", "c.jpg"), {}, everything, paper=True) == ()


class TestNominations:
    first, second = handed("a.docx", caption="hồ sơ tập thể"), handed("b.docx", caption="cá nhân cô Lan")

    def test_the_third_is_one_too_many(self) -> None:
        third = handed("c.docx", caption="cá nhân cô Mai")
        assert said(third, ONE_EACH, {}, self.first, self.second) == ["Đơn vị đã đủ 01 cá nhân."]

    def test_so_is_one_that_does_not_say_what_it_is(self) -> None:
        expected = ["Đơn vị đã đủ 01 tập thể.", "Đơn vị đã đủ 01 cá nhân."]
        assert said(handed("c.docx"), ONE_EACH, {}, self.first, self.second) == expected

    def test_not_where_it_adds_to_an_earlier_one_or_there_is_room(self) -> None:
        assert said(handed("c.docx", caption="bổ sung cá nhân cô Lan"), ONE_EACH, {}, self.first, self.second) == []
        assert said(handed("c.docx"), ONE_EACH, {}, self.first) == []
        assert said(self.second, ONE_EACH, {}, self.first) == []

    def test_numbers_in_the_caption_count_and_names_of_files_where_it_is_silent(self) -> None:
        assert said(handed("a.docx", caption="01 tập thể và 02 cá nhân"), ONE_EACH) == ["Quá 01 cá nhân (2)."]
        by_name = handed("trich-ngang_ca-nhan.docx")
        assert said(by_name, ONE_EACH, {}, self.second) == ["Đơn vị đã đủ 01 cá nhân."]


def test_pieces_are_counted_over_all_that_stands() -> None:
    two = [limit(RuleKind.PIECES, Thing.ARTICLE, 2)]
    assert said(handed("a.docx", "a.pdf", "b.docx", "to trinh.pdf"), two) == []
    assert said(handed("c.docx"), two, {}, handed("a.docx"), handed("b.docx")) == ["Đơn vị đã đủ 02 bài."]
    assert said(handed("c.docx", "d.docx"), two, {}, handed("a.docx")) == ["Quá 02 bài (3, đã nộp trước 1)."]


def test_types_ask_for_one_of_them() -> None:
    either = [limit(RuleKind.TYPES, Thing.REPORT, types=("pdf", "word"))]
    assert check(handed("a.xlsx"), {}, either) == ()  # no paper is asked for
    [fault] = check(handed("a.xlsx"), {}, either, paper=True)
    assert texts.fault(fault, "", "KH").startswith("Tệp a.xlsx không phải dạng PDF hoặc Word.")
    assert check(handed("a.xlsx", "a.pdf"), {}, either, paper=True) == ()
    films = [limit(RuleKind.TYPES, Thing.FILM, types=("mov",))]
    assert said(handed("a.mp4"), films) == ["Tệp a.mp4 không phải dạng MOV."]
    assert said(handed("a.docx"), films) == []


def test_sizes_and_authors() -> None:
    small = [limit(RuleKind.SIZE, Thing.FILM, 5)]
    assert said(handed("a.mp4", size=6 << 20), small) == ["Tệp a.mp4 quá 5 MB (6 MB)."]
    assert said(handed("a.mp4", size=5 << 20), small) == []
    three = [limit(RuleKind.AUTHORS, Thing.ARTICLE, 3)]
    assert said(handed("a.docx", caption="bài của 4 tác giả"), three) == ["Quá 03 tác giả (4)."]
    assert said(handed("a.docx", caption="bài của 3 tác giả"), three) == []


class TestNamesOfChildren:
    figures = [limit(RuleKind.COUNTS_ONLY, Thing.ANY)]

    @pytest.mark.parametrize(
        ("names", "caption", "asks"),
        [
            (["can-do.xlsx"], "", True),
            (["a.jpg", "kq.docx"], "", True),
            (["a.jpg"], "cân đo lần 2", False),
            (["a.jpg"], "danh sách trẻ 5 tuổi", True),
            (["can-do.xlsx"], "chỉ có số liệu, không có tên", False),
        ],
    )
    def test_papers_are_asked_about(self, names: list[str], caption: str, asks: bool) -> None:
        assert bool(check(handed(*names, caption=caption), {}, self.figures)) == asks

    def test_it_is_not_said_to_stand_in_the_document_where_it_does_not(self) -> None:
        unsaid = Limit(RuleKind.COUNTS_ONLY, "hoàn thành trước ngày 05/12", 1, stated=False)
        [fault] = check(handed("can-do.xlsx"), {}, [unsaid])
        assert "Văn bản ghi" not in texts.fault(fault, "", "KH")


def test_a_small_picture_of_a_page_is_questioned_once() -> None:
    seen: dict[str, Looked] = {"a.jpg": Looked("", width=400, height=900), "b.jpg": Looked("", width=590, height=590)}
    assert check(handed("a.jpg", "b.jpg"), seen, [], paper=True) == (Fault(None, "a.jpg", 400),)
    assert check(handed("a.jpg", "b.jpg"), seen, []) == ()
    assert check(handed("a.jpg"), {"a.jpg": Looked("", width=600, height=900)}, [], paper=True) == ()

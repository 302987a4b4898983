"""A document as it was read: a row's parts are shown with it, cells apart, without markup, the right words marked."""

from core.work import Doubt, DoubtKind, Head, Obligation, Part, Passage, Plan, Spot
from knowledge.original import leaves, pages, place_of, shown_at

ROW = "1\tTổ chức khám.  <i>Nộp trước ngày 25/9</i>\tCác trường"
PLAN = Plan(
    "a.pdf",
    Head(),
    (
        Passage(0, 1, "KẾ HOẠCH", Part.HEADING, spot=Spot(page=1)),
        Passage(1, 4, ROW, Part.ROW, row="1", parent=0, spot=Spot(page=2, table=1, row=1)),
        Passage(2, 4, "Nộp trước ngày 25/9", Part.ITEM, row="1", parent=1, spot=Spot(page=2, table=1, row=1)),
        Passage(3, 9, "Hồ sơ gồm 05 (bốn) nội dung", spot=Spot(page=2)),
    ),
    (Obligation("Nộp trước ngày 25/9", "Khám", 4, 2),),
)
DOUBTS = (
    Doubt(4, "Ngày?", DoubtKind.DATE, words="ngày 25/9", task=0),
    Doubt(9, "Số?", DoubtKind.FIGURES, words="05 (bốn)"),
)


def test_it_is_shown_by_page_and_row_and_what_is_doubtful_is_marked() -> None:
    first, second = leaves(PLAN, DOUBTS)
    assert [one.spot and one.spot.page for one in (first, second)] == [1, 2]
    assert [line.place for line in second.lines] == [1, 3]
    cells = second.lines[0].cells
    assert ["".join(piece.text for piece in cell).strip() for cell in cells] == [
        "1",
        "Tổ chức khám. Nộp trước ngày 25/9",
        "Các trường",
    ]
    assert [piece.text for line in second.lines for cell in line.cells for piece in cell if piece.doubtful] == [
        "ngày 25/9",
        "05 (bốn)",
    ]
    assert [piece.text for cell in leaves(PLAN)[1].lines[0].cells for piece in cell if piece.told] == [
        "Nộp trước ngày 25/9"
    ]


def test_where_a_doubt_and_a_task_are_found() -> None:
    assert shown_at(PLAN) == {0: 0, 1: 1, 2: 1, 3: 3}
    assert [place_of(PLAN, one) for one in DOUBTS] == [2, 3]
    assert place_of(PLAN, Doubt(77, "?")) is None
    assert pages(PLAN) == [1, 2]

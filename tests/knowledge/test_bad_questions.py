"""Whatever is typed: a clear answer, never a fault; and the same answer however the same words were typed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.answer import Answer
from core.people import Asker, Unit, UnitTree
from core.texts import answers as say
from knowledge.answer import answer
from knowledge.fold import fold
from knowledge.index import Index
from tests.knowledge.library import ask, founding, moment

UNIT, NOW = "VB-HOAPHUONG", "2023-12-04"
ONE_SENTENCE = 300  # characters
TO_MEND = pytest.mark.xfail(reason="answered otherwise; to be mended in knowledge/", strict=True)

NOTHING_ASKED = (
    "",
    " ",
    "\n\t",
    "???",
    "…",
    "😀",
    "👍🏽👨‍👩‍👧",
    "\x00\x01\x1b",
    "\u200b\ufeff",
    "\ud800",
    "(" * 4000,
    "\u0301",
)
NOT_OURS = (
    "<script>alert(1)</script>",
    "<b></b><img src=x onerror=alert(1)>",
    "'; DROP TABLE people; --",
    "tháng này nộp gì; DROP TABLE people",
    "SELECT * FROM people WHERE 1=1",
    "a\x00b\x07",
    "x" * 4000,
    "1" * 4000,
    "1/" * 2000,
    "{0} %s %n ${jndi:ldap://a}",
    "../../etc/passwd",
    "null",
    "½ Ⅻ ①",
    "What is due this month?",
    "Qu'est-ce qu'il faut rendre ce mois-ci ?",
    "что сдать в этом месяце?",
    "本月要交什么?",
    "이번 달에 뭐 내요?",
    "هذا الشهر ماذا نسلم؟",
    "thаng nаy nоp gi",  # Cyrillic а, о
    "tuần 99999999999 nộp gì",
    "trước 0/0/0 nộp gì",
    "ngày 99/99/9999",
    "năm học 9999-10000 nộp gì",
    "quý 9 học kỳ 7",
)
SAME = (
    ("tháng này nộp gì " * 240, "tháng này nộp gì"),
    ("thang\x00 nay\x1b nop gi", "thang nay nop gi"),
    ("\u202etháng này nộp gì\u202c", "tháng này nộp gì"),
    ("  tháng\n\tnày   nộp gì ?!?!", "tháng này nộp gì?"),
    ("THÁNG NÀY NỘP GÌ", "tháng này nộp gì"),
    ("😀 tháng này nộp gì 👍", "tháng này nộp gì"),
    ("ｔｈáｎｇ này ｎộｐ gì", "tháng này nộp gì"),  # full width
)
COMMON = (
    "Tháng này nộp gì?",
    "Tuần này phải nộp gì?",
    "Còn hạn nào sắp tới?",
    "Tháng 12 có việc gì?",
    "Tháng sau nộp gì?",
    "Hôm nay nộp gì?",
    "Việc nào đã quá hạn?",
    "Năm học này nộp gì?",
    "Cân đo mấy lần, hạn nào?",
    "Báo cáo học kỳ I nộp khi nào?",
    "Còn mấy ngày nữa hết hạn công khai thông tin?",
    "Hội thi giáo viên dạy giỏi khi nào?",
    "Vận động tài trợ theo thông tư nào?",
    "Tháng 10 Phòng gửi Sở những gì?",
    "Xét danh hiệu thi đua tháng nào?",
    "Hội thảo hồ sơ sổ sách khi nào?",
    "Sinh hoạt chuyên môn cấp cụm tháng mấy?",
    "Trước Tết kiểm tra gì?",
    "Danh sách hỗ trợ học phí gửi đâu?",
)


def told(question: str, unit: str = UNIT) -> Answer:
    return ask(founding(), unit, NOW, question)


@pytest.mark.parametrize("question", NOTHING_ASKED)
def test_nothing_asked_is_asked_back_in_one_sentence(question: str) -> None:
    found = told(question)
    assert (found.text, found.found, found.citations) == (say.EMPTY, False, ())


@pytest.mark.parametrize("question", NOT_OURS)
def test_what_is_no_question_of_ours_gets_one_clear_sentence_and_no_claim(question: str) -> None:
    found = told(question)
    assert not found.found
    assert found.text in (say.OFF_TOPIC, say.NOT_SAID, say.EMPTY) or found.kind == "none"
    assert len(found.text.partition("📄")[0]) < ONE_SENTENCE


@pytest.mark.parametrize("day", ["31/6", "30/2", "29/2/2025", "31 tháng 11"])
def test_a_day_that_no_calendar_has_is_named(day: str) -> None:
    found = told(f"ngày {day} nộp gì")
    assert (found.text, found.found) == (say.no_such_day(day.replace(" tháng ", "/")), False)


@pytest.mark.parametrize(("typed", "meant"), SAME, ids=ascii)
def test_noise_around_a_question_does_not_change_its_answer(typed: str, meant: str) -> None:
    assert told(typed) == told(meant)
    assert told(meant).found


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_composed_or_not_the_answer_is_the_same(form: str) -> None:
    for question in COMMON:
        assert told(unicodedata.normalize(form, question)) == told(question), question  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", ["VB-HOAPHUONG", "PGD-VB"])
def test_with_marks_or_without_the_answer_is_the_same(unit: str) -> None:
    for question in COMMON:
        assert told(fold(question), unit) == told(question, unit), question
    assert sum(told(question, unit).found for question in COMMON) >= 15


@pytest.mark.parametrize(
    ("unit", "question"),
    [
        pytest.param(UNIT, "Khám sức khỏe giáo viên hạn nào?", marks=TO_MEND),
        (UNIT, "Danh sách hỗ trợ học phí gửi đâu?"),
        pytest.param("AL-QUANGTRUNG", "Kế hoạch trọng tâm tháng căn cứ văn bản nào?", marks=TO_MEND),
    ],
)
def test_so_it_is_for_these(unit: str, question: str) -> None:
    assert told(fold(question), unit) == told(question, unit)


class TestNothingIngested:
    @pytest.mark.parametrize("question", [*COMMON[:5], *NOT_OURS[:6], "12/12", "xem thêm", "x" * 4000])
    def test_an_empty_shelf_is_said_to_be_empty(self, question: str) -> None:
        tree = founding().tree
        for unit in (None, tree.units[UNIT], tree.units["PGD-VB"], Unit("X", "Trường lạ", tree.units[UNIT].level)):
            found = answer(Index.of((), tree), question, Asker(unit), moment(NOW))
            assert (found.text, found.kind, found.found) == (say.NOTHING_SHELVED, "none", False)

    def test_so_is_a_shelf_without_anything_for_the_unit(self) -> None:
        founded = founding()
        alone = Unit("X", "Trường lạ", founded.tree.units[UNIT].level)
        index = Index.of(
            [volume.shelved for volume in founded.volumes], UnitTree.of([*founded.tree.units.values(), alone])
        )
        found = answer(index, "tháng này nộp gì?", Asker(alone), moment(NOW))
        assert (found.text, found.found, found.citations) == (say.NOTHING_IN_SCOPE, False, ())


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["tháng", "nộp", "hạn", "gì", "khi nào", "tuần", "sau", "quý", "từ", "đến", "/", "-", "2", "31/2", "năm"]
    ),
    st.text(alphabet="0123456789²³½٣１/-:.hH% ", max_size=8),
)
ANYTHING = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join))


@given(ANYTHING, st.sampled_from((UNIT, "PGD-VB", "DH-HOASIM", "SO-HP")), st.booleans())
@settings(max_examples=100, deadline=None)
def test_no_text_makes_it_fail(text: str, unit: str, decomposed: bool) -> None:
    found = told(unicodedata.normalize("NFD", text) if decomposed else text, unit)
    assert found.text.strip()
    assert bool(found.citations) or not found.found or found.kind in ("overdue", "help")

"""Requests about data: written down with their legal days, told of in time, answered, done; each unit its own."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.privacy import DAYS, Asked, DataRequest
from core.texts import data_requests as texts
from evidence.data_requests import answer_by, done_by
from handlers.data_requests import in_words
from knowledge.workdays import Workdays
from records.privacy_tables import DataRequestRow
from records.session import Begin
from scheduler.data_requests import Requests
from tests.evidence.privacy_stage import PrivacyStage, code_in
from tests.fakes.clock import StillClock

ASKS = "ghi yêu cầu xoá ảnh: phụ huynh lớp 3A"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def noted(here: PrivacyStage, who: str = "huong", text: str = ASKS) -> str:
    """The code."""
    return code_in(await here.says(who, text))


async def a_day_later(here: PrivacyStage, days: int = 1) -> list[str]:
    """What the chore of that day writes to the principal."""
    before = len(here.read_by("huong"))
    here.clock.move(timedelta(days=days))
    chore = Requests(here.begin, lambda: here.school.index, here.clock, 1827, here.school.deliverer.wake)
    await chore.work()
    await chore.work()
    await here.school.works()
    return here.read_by("huong")[before:]


@pytest.mark.parametrize(
    ("made", "kind", "answer", "done"),
    [
        (datetime(2026, 3, 2, 3, tzinfo=UTC), Asked.VIEW, date(2026, 3, 4), date(2026, 3, 12)),
        (datetime(2026, 3, 6, 3, tzinfo=UTC), Asked.RESTRICT, date(2026, 3, 10), date(2026, 3, 21)),  # a Friday
        (datetime(2026, 4, 29, 18, tzinfo=UTC), Asked.DELETE, date(2026, 5, 5), date(2026, 5, 20)),  # already 30/4
        (datetime(2026, 2, 13, 3, tzinfo=UTC), Asked.PROVIDE, date(2026, 2, 24), date(2026, 2, 23)),  # before Tết
    ],
)
def test_the_legal_days(made: datetime, kind: Asked, answer: date, done: date) -> None:
    request = DataRequest("H7K2QM", "U", kind, "", made)
    assert (answer_by(request, Workdays()), done_by(request)) == (answer, done)


def test_a_saturday_that_is_worked_is_one_of_the_days_to_answer() -> None:
    request = DataRequest("H7K2QM", "U", Asked.VIEW, "", datetime(2024, 5, 2, 3, tzinfo=UTC))  # a Thursday
    assert answer_by(request, Workdays()) == date(2024, 5, 6)
    assert answer_by(request, Workdays({date(2024, 5, 4): True})) == date(2024, 5, 4)


def test_every_kind_has_its_days() -> None:
    assert DAYS == {Asked.VIEW: 10, Asked.CORRECT: 10, Asked.PROVIDE: 10, Asked.RESTRICT: 15, Asked.DELETE: 20}


async def test_a_request_is_noted_told_of_in_time_answered_and_done(here: PrivacyStage) -> None:
    said = await here.says("huong", ASKS)
    code = code_in(said)
    assert "chậm nhất thứ Tư 06/12/2023; làm xong chậm nhất Chủ nhật 24/12/2023" in said
    listed = await here.says("huong", "/yeucau")
    assert f"• {code}, xoá: xoá ảnh: phụ huynh lớp 3A. Trả lời chậm nhất 06/12 (còn 2 ngày); làm xong" in listed
    assert "24/12 (còn 20 ngày)" in listed
    [told] = await a_day_later(here)
    assert told.startswith(f"Yêu cầu {code} (xoá) cần trả lời chậm nhất thứ Tư 06/12/2023.")
    assert "3A" not in told
    assert await a_day_later(here) == []
    assert (await here.says("huong", f"đã trả lời yêu cầu {code}")).startswith(f"Đã ghi là trả lời yêu cầu {code}")
    assert "Đã trả lời; làm xong" in await here.says("huong", "yêu cầu về dữ liệu")
    assert await a_day_later(here, 15) == []  # a Thursday
    [told] = await a_day_later(here)
    assert told.startswith(f"Yêu cầu {code} (xoá) cần làm xong chậm nhất Chủ nhật 24/12/2023.")
    assert await a_day_later(here) == []
    assert await here.says("huong", f"xong yêu cầu {code} đã xoá hai ảnh") == texts.done(code)
    assert await here.says("huong", "/yeucau") == texts.NONE_OPEN
    assert await here.says("huong", f"xong yêu cầu {code}") == texts.NOT_FOUND
    [row] = await here.all(DataRequestRow)
    assert (row.words, row.outcome) == ("xoá ảnh: phụ huynh lớp 3A", "đã xoá hai ảnh")
    await a_day_later(here, 1828)
    [row] = await here.all(DataRequestRow)
    assert (row.words, row.outcome, row.kind) == ("", "", "delete")


async def test_a_deputy_who_may_not_answer_is_not_told(here: PrivacyStage) -> None:
    await here.says("huong", "uỷ quyền cho cô Lan đến 10/12")
    await noted(here)
    before = len(here.read_by("lan"))
    assert len(await a_day_later(here)) == 1
    assert here.read_by("lan")[before:] == []


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("ghi yêu cầu xoá ảnh: phụ huynh lớp 3A", Asked.DELETE),
        ("ghi yêu cầu: xem ảnh của con", Asked.VIEW),
        ("ghi yeu cau sua ten co Mai", Asked.CORRECT),
        ("ghi yêu cầu cung cấp bản sao ảnh", Asked.PROVIDE),
        ("ghi yêu cầu rút đồng ý đăng ảnh", Asked.RESTRICT),
    ],
)
async def test_what_is_asked_for_is_understood_from_its_words(here: PrivacyStage, typed: str, kind: Asked) -> None:
    assert f"({texts.KINDS[kind].lower()})" in await here.says("huong", typed)


@pytest.mark.parametrize(
    "typed", ["ghi yêu cầu ảnh bé Na, phụ huynh lớp 3A", "ghi yêu cầu xem rồi xoá ảnh", "ghi yêu cầu không cho xem ảnh"]
)
async def test_what_is_not_plain_is_asked(here: PrivacyStage, typed: str) -> None:
    assert await here.says("huong", typed) == texts.WHICH_KIND
    assert "(hạn chế, phản đối, rút đồng ý)" in await here.taps("huong", texts.KINDS[Asked.RESTRICT])


async def test_what_is_done_is_not_told_of(here: PrivacyStage) -> None:
    code = await noted(here)
    await here.says("huong", f"/xongyeucau {code}")
    assert await a_day_later(here) == []
    assert await a_day_later(here, 30) == []


async def test_the_nearest_day_stands_first(here: PrivacyStage) -> None:
    first = await noted(here, text="ghi yêu cầu xem hồ sơ: cô Lan")
    await here.says("huong", f"/traloiyeucau {first}")
    here.clock.move(timedelta(days=1))
    second = await noted(here)
    listed = await here.says("huong", "/yeucau")
    assert re.findall(r"• (\w{6})", listed) == [second, first]
    assert await here.taps("huong", texts.answer_pick(second))


async def test_each_unit_has_its_own_and_teachers_none(here: PrivacyStage) -> None:
    code = await noted(here)
    theirs = await noted(here, "hanh", text="ghi yêu cầu sửa tên: cô Mai")
    assert theirs != code
    for who in ("mai", "hanh"):
        assert code not in await here.says(who, "/yeucau")
        assert await here.says(who, f"/xongyeucau {code}") == texts.NOT_FOUND
        assert await here.says(who, f"/traloiyeucau {code}") == texts.NOT_FOUND
    for text in ("/yeucau", ASKS, f"/xongyeucau {code}", f"/traloiyeucau {code}"):
        assert await here.says("lan", text) == texts.ONLY_HEADS


async def test_who_is_erased_leaves_no_words_in_what_is_done(here: PrivacyStage) -> None:
    await here.says("huong", f"/xongyeucau {await noted(here)} xong")
    await noted(here)
    await here.says("huong", "/xoadulieu dong y")
    rows = await here.all(DataRequestRow)
    assert sorted(row.words for row in rows) == ["", "xoá ảnh: phụ huynh lớp 3A"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ghi yêu cầu: xem ảnh của con, phụ huynh bé Na", ("ghiyeucau", "xem ảnh của con, phụ huynh bé Na")),
        ("ghi yeu cau xoa anh", ("ghiyeucau", "xoa anh")),
        ("đã trả lời yêu cầu mã H7K2QM", ("traloiyeucau", "H7K2QM")),
        ("xong yêu cầu h7k2qm đã xoá", ("xongyeucau", "h7k2qm đã xoá")),
        ("các yêu cầu về dữ liệu", ("yeucau", "")),
        ("ghi yêu cầu ở đâu?", None),
        ("yêu cầu của kế hoạch là gì", None),
        ("xong yêu cầu nào rồi", None),
    ],
)
def test_what_plain_words_mean(text: str, meant: tuple[str, str] | None) -> None:
    assert in_words(text) == meant

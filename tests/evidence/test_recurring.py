"""A task that comes back: what was handed in for one of its days counts for that one, wherever it is counted."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from core.clock import VIETNAM
from core.dossier import Cut, Item, Standing
from core.work import Obligation, Rule
from evidence.desk import Desk
from evidence.dossier import gather
from evidence.due_days import done_by
from evidence.occasions import day_meant
from evidence.progress import of_tasks
from knowledge.index import Index
from knowledge.occurrences import days_of, span_of
from knowledge.periods import whole_month
from records import extensions
from records.session import Begin
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.reminding.tasks import with_task
from tests.web.dossier_stage import JPEG, DossierStage
from tests.web.dossier_stage import WEIGHING as REF

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
MONTHLY = Obligation("mỗi tháng", "Báo cáo tháng", 1, 0, rule=Rule.MONTHLY, recurrence="monthly 25")
BY_FIFTH = replace(MONTHLY, recurrence="monthly 5")


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    """The weighing is to be reported by the 25th of every month, since October."""
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    comes_back(stage, rule=Rule.MONTHLY, recurrence="monthly 25", due=None)
    return stage


def comes_back(here: DossierStage, **how: object) -> None:
    known = [replace(one.shelved, ingested_on=date(2023, 10, 1)) for one in here.school.index.volumes]
    here.school.index = Index.of(known, here.school.index.tree)
    with_task(here, REF, **how)


def goes_to(here: DossierStage, day: str) -> None:
    here.clock.move(datetime.combine(date.fromisoformat(day), time(9), VIETNAM) - here.clock())


def lines(said: str) -> list[str]:
    return [line for line in said.split("\n") if WEIGHING in line]


async def test_what_came_for_november_does_not_count_for_december(here: DossierStage) -> None:
    goes_to(here, "2023-11-20")
    await here.gives(REF, {"a.jpg": JPEG})
    goes_to(here, "2023-12-06")
    assert lines(await here.says("huong", "tiến độ")) == [
        f"✓ {WEIGHING} (hạn 25/11): đã nộp",
        f"○ {WEIGHING} (hạn 25/12): chưa nộp, còn 19 ngày",
    ]
    await here.gives(REF, {"b.jpg": JPEG + b"b"})  # early, for December
    assert lines(await here.says("huong", "tiến độ"))[1] == f"✓ {WEIGHING} (hạn 25/12): đã nộp"


async def test_the_office_sees_who_is_missing_for_each_day(here: DossierStage) -> None:
    goes_to(here, "2023-11-27")
    await here.gives(REF, {"a.jpg": JPEG})  # two days late
    goes_to(here, "2023-12-06")
    await here.says("hanh", "/tiendo")
    labels = [one.label for one in here.last("hanh").choices if WEIGHING in one.label]
    assert labels == [f"○ 1/2 {WEIGHING} (hạn 25/11)", f"○ 0/2 {WEIGHING} (hạn 25/12)"]
    november = await here.taps("hanh", labels[0])
    assert "Nộp trễ (1): MN Hoa Phượng" in november
    assert "Chưa nộp (1): Lớp MN độc lập tư thục Ánh Dương" in november
    await here.says("hanh", "/tiendo")
    assert "Chưa nộp (2): " in await here.taps("hanh", labels[1])


async def test_a_month_is_asked_about(here: DossierStage) -> None:
    goes_to(here, "2023-10-24")
    await here.gives(REF, {"a.jpg": JPEG})
    goes_to(here, "2023-12-20")
    said = await here.says("huong", "tiến độ tháng 10")
    assert said.startswith("Việc có hạn tháng 10/2023:\n")
    assert lines(said) == [f"✓ {WEIGHING} (hạn 25/10): đã nộp"]
    assert lines(await here.says("huong", "tien do thang 11"))[0].startswith(f"○ {WEIGHING} (hạn 25/11): chưa nộp")
    await here.says("hanh", "tiến độ tháng 10")
    [label] = [one.label for one in here.last("hanh").choices if WEIGHING in one.label]
    assert label == f"○ 1/2 {WEIGHING} (hạn 25/10)"
    assert "Chưa nộp (1): Lớp MN độc lập" in await here.taps("hanh", label)


async def test_the_words_beside_it_say_for_which_month_it_is(here: DossierStage) -> None:
    goes_to(here, "2023-12-12")
    said = await here.hands_in("huong", "a", text="cân đo lần 2 tháng 11")
    assert "(hạn 25/11/2023)" in said
    assert "trễ 17 ngày" in said
    said = await here.hands_in("huong", "b", text="cân đo lần 2")
    assert "(hạn 25/12/2023)" in said
    assert [f"{row.due:%m-%d}" for row in await here.rows()] == ["11-25", "12-25"]


@pytest.mark.parametrize(
    ("task", "came", "month", "meant"),
    [
        (MONTHLY, "2023-11-10", 10, "2023-10-25"),
        (MONTHLY, "2023-12-02", 12, "2023-12-25"),
        (MONTHLY, "2023-11-10", None, "2023-11-25"),
        (BY_FIFTH, "2023-12-03", 11, "2023-12-05"),  # November's is due in December
        (BY_FIFTH, "2023-11-03", 11, "2023-11-05"),
    ],
)
def test_a_month_that_is_named(task: Obligation, came: str, month: int | None, meant: str) -> None:
    said = whole_month(2023, month) if month else None
    assert day_meant(task, (), None, date.fromisoformat(came), said) == date.fromisoformat(meant)


async def test_who_has_not_handed_in_is_counted_for_the_day_that_is_near(here: DossierStage) -> None:
    goes_to(here, "2023-11-20")
    await here.gives(REF, {"a.jpg": JPEG})

    async def missing(day: str) -> list[str]:
        goes_to(here, day)
        async with here.begin() as session:
            desk = Desk(session, here.school.index, here.clock())
            return [one.unit for one in await of_tasks(desk, [UNIT, "VB-ANHDUONG"], [REF]) if not one.is_in]

    assert await missing("2023-12-02") == ["VB-ANHDUONG"]
    assert await missing("2023-12-20") == [UNIT, "VB-ANHDUONG"]


async def test_it_is_offered_anew_for_the_next_month(here: DossierStage) -> None:
    goes_to(here, "2023-11-20")
    await here.gives(REF, {"a.jpg": JPEG})

    async def done(day: str) -> bool:
        goes_to(here, day)
        async with here.begin() as session:
            return REF in await done_by(Desk(session, here.school.index, here.clock()), UNIT)

    assert await done("2023-11-22")
    assert not await done("2023-12-15")
    await here.says("huong", "/nop")
    assert f"{WEIGHING} (hạn 25/12)" in [one.label for one in here.last("huong").choices]


async def test_the_dossier_of_a_month_holds_what_is_of_that_month(here: DossierStage) -> None:
    goes_to(here, "2023-10-30")
    code = await here.gives(REF, {"a.jpg": JPEG})  # five days late
    goes_to(here, "2023-11-20")
    second = await here.gives(REF, {"b.jpg": JPEG + b"b"})
    goes_to(here, "2023-12-28")

    async def item(month: str = "") -> Item:
        async with here.begin() as session:
            found = await gather(session, here.school.index, Cut(UNIT, month=month), here.clock())
            return next(one for one in found.items if one.title.startswith(WEIGHING))

    october, november, december = [await item(f"2023-{month}") for month in (10, 11, 12)]
    assert ([one.code for one in october.proofs], october.standing, october.proofs[0].late) == (
        [code],
        Standing.SUBMITTED,
        5,
    )
    assert ([one.code for one in november.proofs], november.standing) == ([second], Standing.SUBMITTED)
    assert (december.proofs, december.standing, december.counts) == ((), Standing.MISSING, True)
    whole = await item()
    assert ([one.code for one in whole.proofs], whole.standing) == ([code, second], Standing.MISSING)
    assert whole.due
    assert whole.due.day == date(2023, 12, 25)


async def test_more_time_for_one_day_leaves_the_others_as_they_are(here: DossierStage) -> None:
    goes_to(here, "2023-11-24")
    async with here.begin() as session:
        await extensions.grant(session, UNIT, REF, date(2023, 11, 30), 1, here.clock())
    said = lines(await here.says("huong", "tiến độ"))
    assert [one.partition(": ")[0] for one in said] == [f"○ {WEIGHING} (hạn 25/10)", f"○ {WEIGHING} (hạn 30/11)"]
    goes_to(here, "2023-12-06")
    said = lines(await here.says("huong", "tiến độ"))
    assert [one.partition(": ")[0] for one in said] == [f"○ {WEIGHING} (hạn 30/11)", f"○ {WEIGHING} (hạn 25/12)"]
    days = days_of(MONTHLY, date(2023, 11, 1), date(2023, 12, 31), date(2023, 11, 30))
    assert days == [date(2023, 11, 30), date(2023, 12, 25)]


@pytest.mark.parametrize(
    ("recurrence", "day", "span"),
    [
        ("hằng tháng", "2023-12-06", ("2023-12-01", "2023-12-31")),
        ("hàng quý", "2023-12-06", ("2023-10-01", "2023-12-31")),
        ("mỗi học kỳ", "2024-01-20", ("2023-08-01", "2024-01-31")),
        ("mỗi học kỳ", "2024-03-20", ("2024-02-01", "2024-07-31")),
        ("mỗi năm học", "2024-03-20", ("2023-08-01", "2024-07-31")),
        ("mỗi tuần", "2023-12-06", ("2023-12-04", "2023-12-10")),
        ("cuối năm học", "2023-12-06", None),
    ],
)
def test_what_comes_back_without_a_day_has_its_time(recurrence: str, day: str, span: tuple[str, str] | None) -> None:
    task = Obligation("x", "Báo cáo", 1, 0, rule=Rule.PERIOD, recurrence=recurrence)
    found = span_of(task, date.fromisoformat(day))
    assert found == (span and tuple(map(date.fromisoformat, span)))


async def test_of_what_comes_back_each_quarter_the_last_quarters_is_not_this_ones(here: DossierStage) -> None:
    comes_back(here, rule=Rule.PERIOD, recurrence="hàng quý", due=None)
    goes_to(here, "2023-12-20")
    await here.gives(REF, {"a.jpg": JPEG})

    async def is_in(day: str) -> bool:
        goes_to(here, day)
        async with here.begin() as session:
            desk = Desk(session, here.school.index, here.clock())
            [one] = await of_tasks(desk, [UNIT], [REF])
            return one.is_in

    assert await is_in("2023-12-28")
    assert not await is_in("2024-01-03")


async def test_a_day_that_is_none_is_no_trouble(here: DossierStage) -> None:
    goes_to(here, "2023-12-06")
    listed = await here.says("hanh", "/tiendo")
    for day in ("0001-01-01", "9999-12-31", "hôm kia", "2023-13-45"):
        assert await here.says("hanh", f"/tiendo {REF} {day}") == listed


async def test_in_the_queue_each_says_for_which_day_it_is(here: DossierStage) -> None:
    goes_to(here, "2023-11-24")
    await here.gives(REF, {"a.jpg": JPEG})
    goes_to(here, "2023-12-20")
    await here.gives(REF, {"b.jpg": JPEG + b"b"})
    await here.says("hanh", "duyệt việc cân đo lần 2")
    labels = [one.label for one in here.last("hanh").choices]
    assert [label.partition(":")[0] for label in labels[:2]] == [
        "MN Hoa Phượng (hạn 25/11)",
        "MN Hoa Phượng (hạn 25/12)",
    ]

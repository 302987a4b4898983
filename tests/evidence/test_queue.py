"""The queue by task, by unit and by age: named in words or picked, and what is accepted at once is what was shown."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.capabilities import ZALO_BOT
from core.people import UnitTree
from core.texts import asking as asking_texts
from core.texts import evidence as evidence_texts
from core.texts import queue as texts
from handlers.queue_words import By, Wanted, command, in_words, read
from records.session import Begin
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
SCHOOL, CLASS = "MN Hoa Phượng", "Lớp MN độc lập tư thục Ánh Dương"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await stage(await District(begin, clock, tmp_path / "files").opens())


async def stage(here: District) -> District:
    """Hoa Phượng's weighing waits for four days, its other task for one; Ánh Dương's weighing came today."""
    await here.hands_in("huong", "a", text="cân đo lần 2")
    here.clock.move(timedelta(days=3))
    await other_task(here, "huong", "b")
    here.clock.move(timedelta(days=1))
    await here.hands_in("mai", "c", text="cân đo lần 2")
    return here


async def other_task(here: District, who: str, file: str) -> None:
    """For the second that is offered where the files are for no task yet."""
    await here.hands_in(who, file)
    other = next(one for one in here.last(who).choices if not one.label.startswith(WEIGHING))
    await here.taps(who, other.label)


def labels(here: District) -> list[str]:
    return [choice.label for choice in here.last("hanh").choices]


async def titles(here: District) -> tuple[str, str]:
    found = [row.title for row in await here.rows()]
    assert found[0] == found[2] == WEIGHING != found[1]
    return found[0], found[1]


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("duyệt", ""),
        ("duyệt theo việc", "viec"),
        ("Duyệt minh chứng theo từng việc ạ", "viec"),
        ("duyet theo truong", "truong"),
        ("duyệt theo đơn vị", "truong"),
        ("duyệt lâu nhất", "lau"),
        ("duyệt cái chờ lâu nhất", "lau"),
        ("cho em duyệt theo ngày nộp", "lau"),
        ("duyệt trường Hoa Phượng", "truong trường Hoa Phượng"),
        ("duyệt minh chứng của MN Hoa Phượng nhé", "truong MN Hoa Phượng"),
        ("duyệt việc cân đo", "viec cân đo"),
        ("nhận hết", "nhan het"),
        ("duyệt hết việc cân đo", "viec cân đo nhan het"),
    ],
)
def test_plain_words_are_the_command(said: str, rest: str) -> None:
    assert in_words(said) == ("duyet", rest)


@pytest.mark.parametrize(
    "said",
    [
        "duyệt việc gì",
        "duyệt trường nào trước?",
        "duyệt trường Hoa Phượng chưa",
        "duyệt kế hoạch năm học",
        "phê duyệt việc cân đo",
        "trường đã duyệt việc cân đo",
    ],
)
def test_other_words_are_not(said: str) -> None:
    assert in_words(said) is None


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [
        ("", Wanted()),
        ("2", Wanted(page=2)),
        ("viec 3.12", Wanted(By.TASK, "3.12")),
        ("viec 3.12 trang 2", Wanted(By.TASK, "3.12", 2)),
        ("truong Mầm non 2", Wanted(By.UNIT, "Mầm non 2")),
        ("truong trang 3", Wanted(By.UNIT, page=3)),
        ("lau", Wanted(By.AGE)),
        ("truong PGD nhan het", Wanted(By.UNIT, "PGD", accept=True)),
        ("nhan het dong y 0a1b2c3d", Wanted(accept=True, sure="0a1b2c3d")),
    ],
)
def test_what_follows_the_command(rest: str, wanted: Wanted) -> None:
    assert read(rest) == wanted


def test_a_button_says_what_is_read() -> None:
    for wanted in (
        Wanted(By.TASK, "3.12", 4),
        Wanted(By.UNIT, "VB-HOAPHUONG", accept=True),
        Wanted(accept=True, sure="00ff"),
    ):
        said = command(wanted.by, wanted.what, wanted.page, accept=wanted.accept, sure=wanted.sure)
        assert read(said.removeprefix("/duyet")) == wanted


async def test_the_whole_queue_says_how_long_the_oldest_waits(here: District) -> None:
    said = await here.says("hanh", "duyệt")
    assert said.startswith("Đang chờ thầy/cô: 3 lần nộp. Lâu nhất: 4 ngày.")
    assert labels(here)[-4:] == [texts.ACCEPT_ALL, texts.BY_TASK, texts.BY_UNIT, texts.BY_AGE]


async def test_by_task(here: District) -> None:
    weighing, other = await titles(here)
    assert "3 lần nộp, 2 việc" in await here.says("hanh", "duyệt theo việc")
    assert labels(here)[0] == f"{weighing} (trước 05/12): 2 lần nộp"
    assert labels(here)[1].startswith(other)
    assert labels(here)[1].endswith(": 1 lần nộp")
    said = await here.taps("hanh", weighing)
    assert said.startswith(f"{weighing} (trước 05/12)\nĐang chờ thầy/cô: 2 lần nộp. Lâu nhất: 4 ngày.")
    assert [label.partition(":")[0] for label in labels(here)[:2]] == [SCHOOL, CLASS]
    await here.taps("hanh", CLASS)
    assert here.last("hanh").text.startswith(weighing)


async def test_by_unit(here: District) -> None:
    assert "3 lần nộp, 2 đơn vị" in await here.says("hanh", "duyệt theo trường")
    assert labels(here) == [f"{SCHOOL}: 2 lần nộp", f"{CLASS}: 1 lần nộp"]
    assert (await here.taps("hanh", SCHOOL)).startswith(f"{SCHOOL}\nĐang chờ thầy/cô: 2 lần nộp.")
    assert sorted(label.partition(", 1 ảnh")[0] for label in labels(here)[:2]) == sorted(await titles(here))


async def test_by_age_each_says_how_long_it_has_waited(here: District) -> None:
    await here.says("hanh", "duyệt")
    await here.taps("hanh", texts.BY_AGE)
    waits = [label.rpartition(", chờ ")[2] for label in labels(here)[:3]]
    assert waits == ["4 ngày", "1 ngày", "từ hôm nay"]


async def test_it_waits_for_the_office_from_when_the_principal_said_so(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    here = await District(begin, clock, tmp_path / "files").opens()
    await here.hands_in("lan", "a", text="cân đo lần 2")
    here.clock.move(timedelta(days=2))
    assert "Lâu nhất: 2 ngày." in await here.says("huong", "duyệt")
    code = (await here.rows())[0].code
    await here.says("huong", f"/dongynop {code}")
    here.clock.move(timedelta(days=1))
    assert "Lâu nhất: 1 ngày." in await here.says("hanh", "duyệt")


@pytest.mark.parametrize(
    "said", ["duyệt trường Hoa Phượng", "duyet truong hoa phuong", "duyệt MN Hoa Phượng", "/duyet Hoa Phượng"]
)
async def test_a_school_is_named(here: District, said: str) -> None:
    assert (await here.says("hanh", said)).startswith(f"{SCHOOL}\nĐang chờ thầy/cô: 2 lần nộp.")


async def test_a_name_that_fits_two_is_asked_back(here: District) -> None:
    index = here.school.index
    units = {**index.tree.units}
    units["VB-ANHDUONG"] = replace(units["VB-ANHDUONG"], name="MN Hoa Sen, huyện Vĩnh Bảo, Hải Phòng", aliases=())
    here.school.index = replace(index, tree=UnitTree.of(units.values()))
    assert await here.says("hanh", "duyệt trường Hoa") == texts.WHICH_UNIT
    assert labels(here) == ["MN Hoa Phượng: 2 lần nộp", "MN Hoa Sen: 1 lần nộp"]
    assert (await here.taps("hanh", "MN Hoa Sen")).startswith("MN Hoa Sen\n")


@pytest.mark.parametrize("name", ["trường Bông Hồng", "trường Quang Trung"])  # the second is another district's
async def test_a_school_that_is_not_the_offices_is_said_so(here: District, name: str) -> None:
    assert await here.says("hanh", f"duyệt {name}") == texts.no_unit(name)


async def test_a_school_of_which_nothing_waits(here: District) -> None:
    await here.says("hanh", f"/nhan {(await here.rows())[2].code}")
    assert await here.says("hanh", "duyệt trường Ánh Dương") == texts.nothing_of([CLASS])


async def test_a_task_is_named(here: District) -> None:
    for said in ("duyệt việc cân đo", "duyet viec can do lan 2"):
        assert (await here.says("hanh", said)).startswith(f"{WEIGHING} (trước 05/12)\nĐang chờ thầy/cô: 2")
    for said in ("bay lên sao hoả", "cân đo lần 1"):
        assert await here.says("hanh", f"duyệt việc {said}") == texts.no_task(said)


async def test_a_task_that_fits_two_is_asked_back(here: District) -> None:
    await here.hands_in("mai", "d", text="thống kê phổ cập")
    await here.taps("mai", "Thống kê định kỳ")
    assert await here.says("hanh", "duyệt việc báo cáo số liệu") == texts.WHICH_TASK
    assert [label[:14] for label in labels(here)] == ["Tổng hợp báo c", "Thống kê định "]
    assert (await here.taps("hanh", "Thống kê")).startswith("Thống kê định kỳ")


async def test_of_two_rounds_that_wait_neither_is_taken_for_granted(here: District) -> None:
    await here.hands_in("mai", "d", text="cân đo lần 1")
    await here.taps("mai", WEIGHING[:30])
    assert {row.title[-5:] for row in await here.rows()} >= {"lần 1", "lần 2"}
    assert await here.says("hanh", "duyệt việc cân đo") == texts.WHICH_TASK
    assert len(labels(here)) == 2
    assert "trẻ lần 1" in (await here.says("hanh", "duyệt việc cân đo lần 1")).split("\n")[0]


async def test_accepting_all_of_a_unit_accepts_no_other(here: District) -> None:
    await here.says("hanh", "duyệt trường Hoa Phượng")
    assert await here.taps("hanh", texts.ACCEPT_ALL) == texts.accept_all(2, f"của {SCHOOL}")
    assert await here.taps("hanh", texts.ACCEPT_ALL) == texts.accepted_all(2, f"của {SCHOOL}")
    assert [state for _, state in await here.states()] == ["accepted", "accepted", "submitted"]


async def test_accepting_all_of_a_task_accepts_no_other(here: District) -> None:
    said = await here.says("hanh", "duyệt hết việc cân đo")
    assert said == texts.accept_all(2, f"cho việc: {WEIGHING} (trước 05/12)")
    assert [state for _, state in await here.states()] == ["submitted"] * 3
    await here.says("hanh", "nhận hết")  # as the one button says
    assert [state for _, state in await here.states()] == ["accepted", "submitted", "accepted"]


async def test_what_came_since_the_question_is_not_accepted_unasked(here: District) -> None:
    await here.says("hanh", "duyệt trường Hoa Phượng")
    await here.taps("hanh", texts.ACCEPT_ALL)
    await here.hands_in("huong", "d", text="bổ sung cân đo lần 2")
    said = await here.taps("hanh", texts.ACCEPT_ALL)
    assert said == f"{texts.CHANGED} {texts.accept_all(3, f'của {SCHOOL}')}"
    assert "accepted" not in [state for _, state in await here.states()]


async def test_pages_stay_within_the_selection(here: District) -> None:
    for number in range(5):
        await here.hands_in("huong", f"more{number}", text="bổ sung cân đo lần 2")
    await here.says("hanh", "duyệt trường Hoa Phượng")
    assert len([label for label in labels(here) if " ảnh, " in label]) == 5
    await here.taps("hanh", evidence_texts.MORE)
    assert len([label for label in labels(here) if " ảnh, " in label]) == 2
    assert here.last("hanh").text.startswith(f"{SCHOOL}\n")
    assert texts.BY_DUE in labels(here)
    assert evidence_texts.MORE not in labels(here)


async def test_a_principal_sees_her_own_by_age_and_accepts_nothing(here: District) -> None:
    await here.hands_in("lan", "x", text="bổ sung cân đo lần 2")
    here.clock.move(timedelta(days=1))
    await here.hands_in("lan", "y", text="bổ sung cân đo lần 2")
    await here.says("huong", "duyệt lâu nhất")
    assert [choice.label.rpartition(", chờ ")[2] for choice in here.last("huong").choices][:2] == [
        "1 ngày",
        "từ hôm nay",
    ]
    assert (await here.says("huong", f"/duyet truong {UNIT} nhan het")).startswith(f"{SCHOOL}\n")
    assert (await here.says("lan", "duyệt theo việc")) == evidence_texts.ONLY_OFFICES


async def test_while_a_reason_is_awaited_the_queue_is_not_one(here: District) -> None:
    await here.says("hanh", f"/tralai {(await here.rows())[0].code}")
    assert (await here.says("hanh", "duyệt trường Hoa Phượng")).startswith(SCHOOL)
    assert {state for _, state in await here.states()} == {"submitted"}


async def test_a_schools_answer_is_no_order(here: District) -> None:
    await here.says("hanh", f"/hoinop {(await here.rows())[0].code} Trường nhận đủ học liệu chưa?")
    await here.taps("huong", asking_texts.ANSWER)
    await here.says("huong", "nhận hết")
    assert "nhận hết" in here.last("hanh").text


async def test_on_zalo_the_ways_are_a_list_and_a_number_picks(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await District(begin, clock, tmp_path / "files", "zalo_bot", replace(ZALO_BOT, users=0)).opens()
    for who in ("huong", "mai"):
        await here.hands_in(who, who, text="cân đo lần 2")
    said = await here.says("hanh", "duyệt theo trường")
    assert f"1. {CLASS}: 1 lần nộp\n2. {SCHOOL}: 1 lần nộp" in said
    assert (await here.says("hanh", "2")).startswith(f"{SCHOOL}\nĐang chờ thầy/cô: 1 lần nộp.")

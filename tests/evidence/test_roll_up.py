"""An office hands on what its schools have handed in: how far they are, its turn once all are in, its own evidence."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.evidence import State
from core.people import Role
from core.texts import evidence as evidence_texts
from core.texts import progress as texts
from evidence.desk import Desk
from evidence.roll_up import tell_when_all_in
from knowledge.index import Index
from records import submissions
from records.session import Begin
from records.tables import OutboxRow
from tests.evidence.stage import District
from tests.fakes.clock import StillClock
from tests.knowledge.library import ROOT

FIGURES = "Tổng hợp báo cáo kết quả và thống kê số liệu thực hiện nhiệm vụ học kỳ I"
OURS = FIGURES
SAID = "số liệu học kỳ 1"
TURN = f"Đủ 2/2 trường đã nộp “{FIGURES}”. Đến lượt Phòng gửi Sở (trước 15/12/2023)."
SCHOOLS, OFFICES = "2.55", "2.56"  # the two tiers of it


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


def own(said: str) -> str:
    return next(line for line in said.split("\n") if FIGURES in line)


async def both_hand_in(here: District) -> None:
    await here.hands_in("huong", "a", text=SAID)
    await here.hands_in("mai", "b", text=SAID)


async def test_the_officers_are_told_once_when_the_last_school_is_in(here: District) -> None:
    await here.hires("quang", "Đỗ Văn Quang", "PGD-VB", Role.STAFF)
    await here.hands_in("huong", "a", text=SAID)
    assert here.read_by("hanh") == []
    await here.hands_in("mai", "b", text=SAID)
    assert here.read_by("hanh") == [TURN]
    assert here.read_by("quang")[-1] == TURN
    assert here.read_by("tuan") == []
    shown = here.last("hanh")
    assert [choice.label for choice in shown.choices] == [f"Nộp: {OURS} (trước 15/12)", texts.SEE_WHO]
    assert "2/2 đơn vị đã nộp" in await here.taps("hanh", texts.SEE_WHO)


async def test_what_waits_for_the_principal_is_not_in_until_she_says_so(here: District) -> None:
    await here.hands_in("mai", "b", text=SAID)
    await here.hands_in("lan", "a", text=SAID)
    assert here.read_by("hanh") == []
    await here.taps("huong", evidence_texts.CONFIRM)
    assert here.read_by("hanh") == [TURN]


async def test_one_that_is_returned_and_comes_again_is_not_told_anew_but_counted(here: District) -> None:
    await both_hand_in(here)
    code = (await here.rows())[0].code
    await here.says("hanh", f"/tralai {code} Thiếu tệp")
    assert (
        own(await here.says("hanh", "/tiendo")) == f"○ {OURS} (trước 15/12): chưa nộp, còn 10 ngày; 1/2 trường đã nộp"
    )
    before = here.read_by("hanh")
    await here.hands_in("huong", "c", reply_to=here.id_of_last("huong"))
    assert here.read_by("hanh") == before
    assert own(await here.says("hanh", "/tiendo")).endswith("2/2 trường đã nộp")


async def test_more_time_changes_nothing_a_school_counts_once_it_is_in(here: District) -> None:
    await here.says("hanh", f"/giahan {SCHOOLS} VB-ANHDUONG 20/12")
    before = here.read_by("hanh")
    await here.hands_in("huong", "a", text=SAID)
    assert here.read_by("hanh") == before
    await here.hands_in("mai", "b", text=SAID)
    assert here.read_by("hanh")[len(before) :] == [TURN]


async def test_schools_that_do_not_owe_it_are_not_waited_for(here: District) -> None:
    await here.says("mai", "/nop 2.60")  # for schools that are not public: hers alone
    await here.hands_in("mai", "b")
    [told] = here.read_by("hanh")
    assert told.startswith("Đủ 1/1 trường đã nộp “Công khai thông tin về cơ sở GDMN ngoài công lập")


async def test_the_office_hands_it_in_to_the_office_above_and_sees_so(here: District) -> None:
    await both_hand_in(here)
    assert f"{OURS} (trước 15/12)" in await here.taps("hanh", "Nộp: ")
    receipt = await here.hands_in("hanh", "c")
    assert receipt.endswith("Đã ghi là nộp. Sở Giáo dục và Đào tạo Hải Phòng sẽ xem.")
    row = (await here.rows())[-1]
    assert (row.unit, f"{row.document_id}.{row.number}", row.state) == ("PGD-VB", OFFICES, "submitted")
    assert own(await here.says("hanh", "/tiendo")) == f"✓ {OURS} (trước 15/12): đã nộp; 2/2 trường đã nộp"
    assert not any(choice.label.startswith(f"Nộp: {FIGURES}") for choice in here.last("hanh").choices)
    assert (await here.says("tuan", "/duyet")).startswith("Đang chờ thầy/cô: 1")
    assert "đã nhận minh chứng" not in "\n".join(here.read_by("hanh"))
    await here.says("tuan", f"/nhan {row.code}")
    assert f"đã nhận minh chứng: {FIGURES}" in here.read_by("hanh")[-1]


async def test_a_reply_with_files_to_that_message_is_the_offices(here: District) -> None:
    await both_hand_in(here)
    await here.hands_in("hanh", "c", reply_to=here.id_of_last("hanh"))
    row = (await here.rows())[-1]
    assert (f"{row.document_id}.{row.number}", row.state) == (OFFICES, "submitted")


async def test_an_office_that_has_handed_on_is_not_told_of_its_turn(here: District) -> None:
    await here.hands_in("huong", "a", text=SAID)
    await here.says("hanh", f"/nop {OFFICES}")
    await here.hands_in("hanh", "c")
    before = here.read_by("hanh")
    await here.hands_in("mai", "b", text=SAID)
    assert here.read_by("hanh") == before


async def test_what_was_past_when_its_document_came_is_no_turn(here: District) -> None:
    known = here.school.index
    late = [replace(volume.shelved, ingested_on=date(2023, 12, 20)) for volume in known.volumes]
    here.school.index = Index.of(late, known.tree)
    here.clock.move(timedelta(days=17))
    for who in ("huong", "mai"):
        await here.says(who, f"/nop {SCHOOLS}")
        await here.hands_in(who, who)
    assert [state for _, state in await here.states()] == ["submitted", "submitted"]
    assert here.read_by("hanh") == []


async def test_progress_begins_with_what_the_office_owes_and_offers_to_hand_it_in(here: District) -> None:
    said = await here.says("hanh", "/tiendo")
    assert said.endswith(texts.OF_OFFICE)
    assert own(said) == f"○ {OURS} (trước 15/12): chưa nộp, còn 10 ngày; 0/2 trường đã nộp"
    assert here.last("hanh").choices[0].label.startswith("Nộp: ")
    assert "cân - đo" not in said  # nothing goes up from it


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # on SQLite one comes after the other
async def test_of_two_schools_that_come_at_the_same_instant_one_tells(here: District) -> None:
    await here.hands_in("lan", "a", text=SAID)
    await here.hires("nga", "Lê Thị Nga", "VB-ANHDUONG")
    await here.hands_in("nga", "b", text=SAID)
    both_written = asyncio.Barrier(2)

    async def hand_in(number: int) -> None:
        held = await here.submission(number)
        async with here.begin() as session:
            await submissions.turn(session, held.id, State.SUBMITTED, None, here.clock())
            await both_written.wait()
            await tell_when_all_in(Desk(session, here.school.index, here.clock()), held)

    await asyncio.gather(hand_in(0), hand_in(1))
    await here.school.works()
    assert here.read_by("hanh") == [TURN]


async def test_the_key_is_unique_per_office_task_and_officer(here: District) -> None:
    await both_hand_in(here)
    async with here.begin() as session:
        keys = await session.scalars(select(OutboxRow.key).where(OutboxRow.key.like("%all-in%")))
        assert [re.sub(r"\d+#1$", "…", key) for key in keys] == [f"evidence:all-in:{OFFICES}:PGD-VB:…"]


def test_nothing_changes_how_a_submission_stands_but_turning() -> None:
    packages = ("bot", "evidence", "handlers", "scheduler", "web")
    files = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    callers = [path.name for path in files if "submissions.turn(" in path.read_text(encoding="utf-8")]
    assert callers == ["turning.py"]

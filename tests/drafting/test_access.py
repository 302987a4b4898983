"""Who may send a plan to be read, and who sees anything of it before it is published."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from core.evidence import State
from core.people import Role
from core.texts import doubts
from core.texts import drafts as texts
from core.work import DoubtKind, Spot
from records.draft_tables import DraftRow
from records.plan_codec import decode_plan, encode_plan
from tests.drafting.stage import Desks
from tests.noticing.stage import GROUP_A


@pytest.mark.parametrize("who", ["lan", "huong", "mai"])
async def test_teachers_and_principals_hand_in_evidence_and_publish_nothing(here: Desks, who: str) -> None:
    receipt = await here.sends_file(who, "văn bản cần đọc")
    assert "Đang đọc" not in receipt
    assert texts.READ_IT not in here.labels(who)
    code = (await here.rows())[0].code
    for command in (f"/vanban {code}", "/vanban", "/congbo", f"/xemvb {code}", "/nhatkyvb"):
        assert await here.says(who, command) == texts.ONLY_OFFICES
    assert await here.drafted() == []
    assert (await here.rows())[0].state != State.WITHDRAWN


@pytest.mark.parametrize("who", ["ngoc", "tuan", "nga"])
async def test_nobody_but_who_sent_it_sees_a_draft(here: Desks, who: str) -> None:
    await here.hires("nga", "Lê Thị Nga", "PGD-VB", role=Role.STAFF)
    code = await here.sent_and_read()
    for command in ("vanban", "xemvb", "soatvb", "congbo", "huyvb", "nhatkyvb", "bovb", "suavb", "donvivb"):
        assert await here.says(who, f"/{command} {code} 1") == texts.NOT_FOUND
    for words in ("xem lại", "công bố", "nhật ký văn bản"):
        assert "trẻ học hè" not in await here.says(who, f"{words} {code}")
    assert [what for what, *_ in await here.edits()] == ["sent", "read"]


async def test_an_officer_who_left_sees_it_no_more(here: Desks) -> None:
    code = await here.sent_and_read()
    async with here.begin() as session:
        await session.execute(update(DraftRow).values(unit="PGD-AL"))
    assert await here.says("hanh", f"xem lại {code}") == texts.NOT_FOUND


async def test_a_draft_is_in_no_answer_no_progress_no_reminder(here: Desks) -> None:
    before = [await here.says(who, "/tiendo") for who in ("hanh", "huong")], await here.says("lan", "tháng này nộp gì?")
    await here.sent_and_read()
    await here.reindexes()
    after = [await here.says(who, "/tiendo") for who in ("hanh", "huong")], await here.says("lan", "tháng này nộp gì?")
    assert after == before
    assert here.read_by(GROUP_A) == []


async def test_dates_from_pictures_are_ticked_one_by_one(here: Desks) -> None:
    await here.sent_and_read()
    await _from_a_picture(here)
    assert (await here.says("hanh", "công bố")) == texts.unticked(2)
    assert (await here.says("hanh", "vẫn công bố")) == texts.unticked(2)
    asked = await here.taps("hanh", "Soát")
    assert "đọc từ ảnh" in asked
    await here.taps("hanh", texts.KEEP)
    assert (await here.says("hanh", "vẫn công bố")) == texts.unticked(1)
    await here.says("hanh", "soát")
    await here.says("hanh", "18/12")
    assert "Tôi báo cho 2 đơn vị" in await here.says("hanh", "vẫn công bố")


async def _from_a_picture(here: Desks) -> None:
    """The first two doubts become such as OCR leaves."""
    [row] = await here.drafted()
    assert row.plan
    plan = decode_plan(row.plan)
    scanned = [
        replace(one, kind=DoubtKind.SCANNED, message=doubts.scanned(task.due), question=doubts.RIGHT_DATE)
        for one in plan.doubts[:2]
        if one.task is not None and (task := plan.obligations[one.task]).due
    ]
    spots = tuple(replace(one, spot=Spot(page=1, scanned=True)) for one in plan.passages)
    async with here.begin() as session:
        changed = replace(plan, doubts=(*scanned, *plan.doubts[2:]), passages=spots)
        await session.execute(update(DraftRow).values(plan=encode_plan(changed)))

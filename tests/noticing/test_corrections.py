"""A correction takes the first back when it goes, and not before: refused or cancelled, it has changed nothing."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from core.notices import Fate
from core.people import Role
from core.texts import notice_reports as reports
from core.texts import notices as texts
from handlers.context import House
from records.session import Begin
from scheduler import notices as worker
from tests.fakes.clock import StillClock
from tests.noticing.stage import Board

WORDS, RIGHT = "Họp giao ban 8h thứ Năm.", "Họp 9h, không phải 8h."
SOFFICER = "tuan"  # of the Sở: five schools below, each with a group


async def half_sent(board: Board, monkeypatch: pytest.MonkeyPatch, *, approved_by: str = "") -> None:
    """Two of six have it, then it was paused; a correction of it is written."""
    monkeypatch.setattr(worker, "AT_ONCE", 2)
    for number, unit in enumerate(("VB-ANHDUONG", "AL-TRUONGSON", "AL-QUANGTRUNG", "LC-SAOBIEN", "TN-MINHDUC")):
        await board.binds(f"nhóm {number}", unit)
    await board.drafts(SOFFICER, WORDS, "các trường")
    await board.taps(SOFFICER, texts.SEND)
    if approved_by:
        await board.taps(approved_by, texts.APPROVE)
    await board.worker.work()
    await board.school.works()
    await board.says(SOFFICER, "tạm dừng thông báo")
    await board.says(SOFFICER, "đính chính thông báo")
    assert texts.correction_cancels(4) in await board.says(SOFFICER, RIGHT)


async def goes_on(board: Board) -> None:
    """The first is resumed, and reaches all."""
    code = await board.code(0)
    assert (await board.says(SOFFICER, f"gửi tiếp thông báo {code}")).startswith(reports.resumed(code, 4))
    await board.rounds()
    assert Counter(one.fate for one in await board.recipients(0)) == {Fate.SENT: 6}


async def test_cancelled_before_its_hour_it_leaves_the_first_as_it_was(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    await half_sent(board, monkeypatch)
    await board.taps(SOFFICER, texts.LATER)
    await board.says(SOFFICER, "14h chiều mai")
    await board.taps(SOFFICER, "Gửi lúc 14:00")
    await board.rounds()
    assert await board.stage(0) == "paused"
    first, correction = await board.code(0), await board.code(1)
    assert await board.says(SOFFICER, f"gửi tiếp thông báo {first}") == reports.correction_waits(correction)
    said = await board.says(SOFFICER, f"huỷ thông báo {correction}")
    assert reports.first_goes_on(first, 4) in said
    await goes_on(board)


async def test_when_it_goes_nothing_more_goes_of_the_first(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    await half_sent(board, monkeypatch)
    await board.taps(SOFFICER, texts.LATER)
    await board.says(SOFFICER, "14h chiều mai")
    await board.taps(SOFFICER, "Gửi lúc 14:00")
    board.clock.move(timedelta(hours=31))
    await board.rounds()
    assert await board.stage(0) == "cancelled"
    assert Counter(one.fate for one in await board.recipients(0)) == {Fate.SENT: 2, Fate.CANCELLED: 4}
    assert Counter(one.fate for one in await board.recipients(1)) == {Fate.SENT: 2}


async def test_refused_by_the_second_person_it_leaves_the_first_as_it_was(
    begin: Begin, clock: StillClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House("https://nhacviec.example.vn", confirm_notices=True)
    board = Board(begin, clock, tmp_path / "files", house=house)
    await board.opens()
    await board.hires("dung", "Lê Văn Dũng", "SO-HP", Role.STAFF)
    await half_sent(board, monkeypatch, approved_by="dung")
    await board.taps(SOFFICER, texts.SEND)
    assert await board.stage(0) == "paused"
    assert await board.taps("dung", texts.DISAPPROVE) == texts.NOT_APPROVED
    assert board.read_by(SOFFICER)[-1].endswith(reports.first_goes_on(await board.code(0), 4))
    await goes_on(board)

"""Where there are no buttons: the notice says how to acknowledge in words, and progress is asked for."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.capabilities import ZALO_BOT
from core.texts import notices as texts
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.noticing.stage import GROUP_A, OFFICER, Board

WORDS = "Họp giao ban 8h thứ Năm."


@pytest.fixture
async def board(begin: Begin, clock: StillClock, tmp_path: Path) -> Board:
    here = Board(begin, clock, tmp_path / "files", name="zalo_bot", limits=ZALO_BOT)
    await here.opens()
    return here


async def test_everything_goes_by_numbers_and_words(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    await board.says(OFFICER, WORDS)
    board.clock.move(timedelta(seconds=5))  # of two lists of the same instant none is the newer
    shown = await board.says(OFFICER, "1")
    assert "• Zalo (bot): 2 nơi, 2 tin; tháng này còn " in shown
    assert f"1. {texts.SEND}\n2. {texts.TEST}" in shown
    await board.says(OFFICER, "1")
    await board.rounds()
    [in_group], [private] = board.notices_in(GROUP_A), board.notices_in("mai")
    assert in_group.text.endswith("Thầy/cô nhận được thì nhắc tên tôi, báo lại giúp: Đã nhận")
    assert private.text.endswith("Thầy/cô nhận được thì báo lại giúp: Đã nhận")
    assert (in_group.choices, private.choices) == ((), ())
    assert (await board.says("mai", "đã nhận")).startswith("Đã ghi: Lớp MN độc lập")
    assert (await board.says_in(GROUP_A, "lan", "da nhan a")).startswith("Đã ghi: MN Hoa Phượng đã nhận")
    assert "• báo đã nhận: 2/2" in await board.says(OFFICER, "tien do thong bao")
    assert not any(one.edits for one in board.school.platform.sent)

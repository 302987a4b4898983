"""Work cut off at any transaction, two workers at once, a group that moves, what is sent again: the count is true."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest

from core.errors import SendFailed
from core.notices import Fate
from core.texts import notices as texts
from records import letters
from records.session import Begin, Session
from tests.noticing.stage import GROUP_A, OFFICER, Board

WORDS = "Họp giao ban 8h thứ Năm."


async def test_two_workers_at_once_send_to_each_once(board: Board) -> None:
    for number, unit in enumerate(("VB-ANHDUONG", "AL-TRUONGSON", "AL-QUANGTRUNG", "LC-SAOBIEN", "TN-MINHDUC")):
        await board.binds(f"nhóm {number}", unit)
    await board.drafts("tuan", WORDS, "các trường")
    await board.taps("tuan", texts.SEND)
    await asyncio.gather(*(board.worker.work() for _ in range(4)))
    await board.rounds()
    sent = Counter(one.address.chat for one in board.school.platform.sent if one.text.startswith("📢"))
    assert (len(sent), set(sent.values())) == (6, {1})
    reports = [text for text in board.read_by("tuan") if "đã xong." in text]
    assert len(reports) == 1


async def test_confirmed_by_two_presses_at_once_it_is_one_notice(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    mark = board.last(OFFICER).choices[0].value
    for id in ("a", "b"):
        await board.school.receives(id, sender=OFFICER, text=mark, pressed=True, message_id=id)
    await board.rounds()
    await board.school.works()
    await board.rounds()
    assert len(board.notices_in(GROUP_A)) == 1


async def test_a_group_that_moves_gets_it_under_its_new_id(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    await board.school.receives("moved", chat=GROUP_A, sender="", kind="moved", moved_to="nhóm A mới", group=True)
    await board.school.works()
    await board.rounds()
    assert (len(board.notices_in(GROUP_A)), len(board.notices_in("nhóm A mới"))) == (0, 1)
    said = await board.says_in("nhóm A mới", "lan", "đã nhận")
    assert said.startswith("Đã ghi: MN Hoa Phượng đã nhận")


async def test_what_the_operator_sends_again_counts_as_sent_from_then_on(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    board.school.platform.failures = [SendFailed("trouble")]
    await board.rounds()
    assert "• không gửi được: 1" in await board.says(OFFICER, "tiến độ thông báo")
    async with board.begin() as session:
        assert await letters.send_again(session, board.clock()) == 1
    await board.rounds()
    assert "• đã gửi: 2/2" in await board.says(OFFICER, "tiến độ thông báo")
    assert {one.fate for one in await board.recipients()} == {Fate.SENT}


async def test_a_service_that_is_no_longer_connected_is_said_to_be_gone(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    worker = board.worker
    alone = type(worker)(board.begin, {}, worker.current_index, board.clock, worker.told)
    await alone.work()
    await alone.work()
    await board.school.works()
    report = board.read_by(OFFICER)[-1]
    assert "• đã gửi: 0/2\n• không gửi được: 2" in report
    assert "– MN Hoa Phượng: kênh này không còn nối với bot" in report


class Dies:
    """A way into the database that breaks once: at the transaction with this number, before or after it is kept."""

    def __init__(self, begin: Begin, number: int, *, kept: bool) -> None:
        self._begin, self._left, self._kept = begin, number, kept

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Session]:
        self._left -= 1
        async with self._begin() as session:
            yield session
            await session.flush()
            if self._left == 0 and not self._kept:
                raise OSError("cut off")
        if self._left == 0 and self._kept:
            raise OSError("cut off")


@pytest.mark.parametrize("kept", [False, True], ids=["before", "after"])
async def test_cut_off_at_any_transaction_each_gets_it_once_and_the_author_one_report(board: Board, kept: bool) -> None:
    await board.binds("nhóm B", "VB-ANHDUONG")
    for number in range(1, 6):
        words = f"Họp lần {number}."
        await board.drafts(OFFICER, words, "các trường")
        await board.taps(OFFICER, texts.SEND)
        worker = board.worker
        weak = replace(worker, begin=Dies(board.begin, number, kept=kept))
        for _ in range(4):
            with suppress(OSError):
                await weak.work()
            await board.school.works()
        await board.rounds()
        assert [words in one.text for one in board.notices_in(GROUP_A)].count(True) == 1
        assert [words in one.text for one in board.notices_in("nhóm B")].count(True) == 1
        assert len([text for text in board.read_by(OFFICER) if f"“{words}”: đã xong." in text]) == 1

"""Whoever stands for several, and several who stand for one: the counts are those of the units."""

from datetime import timedelta

from core.errors import SendFailed
from core.people import Role
from core.texts import notice_reports as reports
from core.texts import notices as texts
from records import memberships
from tests.noticing.stage import GROUP_A, OFFICER, PRINCIPAL, Board
from tests.noticing.test_meanwhile import id_of, leaves

WORDS = "Họp giao ban 8h thứ Năm."


async def heads_too(board: Board, name: str, unit: str) -> None:
    person = await id_of(board, name)
    async with board.begin() as session:
        await memberships.add(session, person, unit, Role.PRINCIPAL, board.clock())


async def test_who_heads_two_units_without_groups_reads_it_once_and_counts_for_both(board: Board) -> None:
    await heads_too(board, "Trần Thị Mai", "AL-TRUONGSON")  # neither this one nor her own has a group
    shown = await board.drafts("tuan", WORDS, "Ánh Dương, Trường Sơn")
    assert "Nơi nhận: 1 (1 người, nhắn riêng)\n" + texts.for_several(1, 2) in shown
    await board.taps("tuan", texts.SEND)
    await board.rounds()
    assert len(board.notices_in("mai")) == 1
    report = board.read_by("tuan")[-1]
    assert "• đã gửi: 2/2" in report
    assert "• báo đã nhận: 0/2\nChưa báo nhận (2): MN Trường Sơn (Trần Thị Mai), Lớp MN" in report
    said = await board.taps("mai", texts.ACK)
    assert said == "Đã ghi: MN Trường Sơn, Lớp MN độc lập tư thục Ánh Dương đã nhận thông báo (Trần Thị Mai)."
    assert "• báo đã nhận: 2/2" in await board.says("tuan", "tiến độ thông báo")
    assert await board.says("mai", "đã nhận") == reports.NOTHING_TO_ACK


async def test_a_reminder_and_a_correction_count_for_both_too(board: Board) -> None:
    await heads_too(board, "Trần Thị Mai", "AL-TRUONGSON")
    await board.sends_notice("tuan", WORDS, "Ánh Dương, Trường Sơn")
    for words in ("nhắc những ai chưa nhận", f"/dinhchinhtb {await board.code(0)} Họp 9h."):
        assert "Nơi nhận: 1 (1 người, nhắn riêng)" in await board.says("tuan", words)
        await board.taps("tuan", texts.SEND)
        await board.rounds()
        assert "• đã gửi: 2/2" in board.read_by("tuan")[-1]
    assert len(board.notices_in("mai")) == 3


async def test_who_heads_only_one_of_them_any_more_still_gets_it(board: Board) -> None:
    await board.hires("xuan", "Lê Thị Xuân", "VB-ANHDUONG", Role.PRINCIPAL)
    await heads_too(board, "Lê Thị Xuân", "AL-TRUONGSON")
    await board.drafts("tuan", WORDS, "Trường Sơn, Ánh Dương")
    await board.taps("tuan", texts.LATER)
    await board.says("tuan", "14h chiều nay")
    await board.taps("tuan", "Gửi lúc 14:00")
    await leaves(board, "Trần Thị Mai")
    person = await id_of(board, "Lê Thị Xuân")
    async with board.begin() as session:
        for one in await memberships.of_person(session, person):
            if one.unit == "AL-TRUONGSON":
                await memberships.end(session, one, person, board.clock())
    board.clock.move(timedelta(hours=7))
    await board.rounds()
    assert (len(board.notices_in("xuan")), len(board.notices_in("mai"))) == (1, 0)


async def test_instead_of_a_group_one_head_who_got_it_is_enough_and_how_many_is_said(board: Board) -> None:
    await board.hires("xuan", "Lê Thị Xuân", "VB-HOAPHUONG", Role.PRINCIPAL)
    board.school.platform.shut |= {GROUP_A, PRINCIPAL}  # of two heads the first has blocked the bot
    await board.sends_notice(OFFICER, WORDS, "Hoa Phượng")
    assert len([text for text in board.read_by("xuan") if WORDS in text]) == 1
    report = board.read_by(OFFICER)[-1]
    assert "• đã gửi: 1/1\n" in report
    assert f"– MN Hoa Phượng: {reports.INSTEAD}: 1/2 người (" in report


async def test_where_no_head_got_it_it_is_not_called_sent(board: Board) -> None:
    await board.hires("xuan", "Lê Thị Xuân", "VB-HOAPHUONG", Role.PRINCIPAL)
    board.school.platform.shut |= {GROUP_A, PRINCIPAL, "xuan"}
    await board.sends_notice(OFFICER, WORDS, "Hoa Phượng")
    assert "• đã gửi: 0/1\n• không gửi được: 1" in board.read_by(OFFICER)[-1]


async def test_a_head_who_gets_it_later_is_still_counted(board: Board) -> None:
    await board.hires("xuan", "Lê Thị Xuân", "VB-HOAPHUONG", Role.PRINCIPAL)
    board.school.platform.shut.add(GROUP_A)
    await board.drafts(OFFICER, WORDS, "Hoa Phượng")
    await board.taps(OFFICER, texts.SEND)
    await board.worker.work()
    await board.school.deliverer.deliver_ready()  # the group has refused it
    board.school.platform.failures = [SendFailed("trouble", timedelta(hours=1))]
    await board.school.works()
    await board.worker.work()
    assert "• đã gửi: 1/1\n" in await board.says(OFFICER, "tiến độ thông báo")
    assert await board.stage() == "going"
    board.clock.move(timedelta(hours=2))
    await board.rounds()
    assert f"{reports.INSTEAD}: 2/2 người (" in board.read_by(OFFICER)[-1]

"""What happens between the word and the message: people leave, groups are gone, somebody has answered by then."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from core.errors import SendFailed
from core.notices import Fate
from core.people import Role
from core.texts import notice_reports as reports
from core.texts import notices as texts
from core.texts.delivery import instead_of_group
from records import deputies, memberships, old_messages, outbox
from records.tables import PersonRow
from tests.noticing.stage import GROUP_A, OFFICER, PRINCIPAL, Board

WORDS = "Họp giao ban 8h thứ Năm."
COLLEAGUE = "tam"  # another officer of PGD-VB


async def id_of(board: Board, name: str) -> int:
    async with board.begin() as session:
        return (await session.scalars(select(PersonRow.id).where(PersonRow.name == name))).one()


async def leaves(board: Board, name: str) -> None:
    """Somebody belongs to no unit any more."""
    person = await id_of(board, name)
    async with board.begin() as session:
        for one in await memberships.of_person(session, person):
            await memberships.end(session, one, person, board.clock())


async def test_what_a_group_takes_no_more_is_counted_as_it_reached_who_speaks_for_the_school(board: Board) -> None:
    board.school.platform.shut.add(GROUP_A)
    await board.sends_notice(OFFICER, WORDS, "Hoa Phượng")
    [private] = [text for text in board.read_by(PRINCIPAL) if WORDS in text]
    assert private.startswith(instead_of_group("MN Hoa Phượng", ""))
    report = board.read_by(OFFICER)[-1]
    assert "• đã gửi: 1/1\n" in report
    assert f"– MN Hoa Phượng: {reports.INSTEAD} (bot đã bị đưa ra khỏi nhóm)" in report
    assert (await board.says(PRINCIPAL, "đã nhận")).startswith("Đã ghi: MN Hoa Phượng đã nhận")
    assert "• báo đã nhận: 1/1" in await board.says(OFFICER, "tiến độ thông báo")


async def test_a_school_whose_groups_are_all_gone_reads_it_once(board: Board) -> None:
    await board.binds("nhóm A2", "VB-HOAPHUONG")
    board.school.platform.shut |= {GROUP_A, "nhóm A2"}
    await board.sends_notice(OFFICER, WORDS, "Hoa Phượng")
    assert len([text for text in board.read_by(PRINCIPAL) if WORDS in text]) == 1


async def test_who_has_it_as_a_person_does_not_read_it_for_a_group_too(board: Board) -> None:
    mai = await id_of(board, "Trần Thị Mai")
    async with board.begin() as session:
        await memberships.add(session, mai, "VB-HOAPHUONG", Role.PRINCIPAL, board.clock())
    board.school.platform.shut.add(GROUP_A)
    await board.sends_notice(OFFICER, WORDS, "các trường")  # to mai for Ánh Dương, which has no group
    assert len([text for text in board.read_by("mai") if WORDS in text]) == 1


async def test_of_a_school_with_two_groups_it_is_not_asked_which_notice(board: Board) -> None:
    await board.binds("nhóm A2", "VB-HOAPHUONG")
    await board.sends_notice(OFFICER, WORDS, "Hoa Phượng")
    assert (await board.says(PRINCIPAL, "đã nhận")).startswith("Đã ghi: MN Hoa Phượng đã nhận")


async def test_who_acknowledges_before_the_reminder_goes_is_not_reminded(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.says(OFFICER, "nhắc những ai chưa nhận")
    await board.taps(OFFICER, texts.LATER)
    await board.says(OFFICER, "14h chiều nay")
    await board.taps(OFFICER, "Gửi lúc 14:00")
    await board.says("mai", "đã nhận")
    board.clock.move(timedelta(hours=7))
    await board.rounds()
    assert (len(board.notices_in("mai")), len(board.notices_in(GROUP_A))) == (1, 2)
    assert "• đã gửi: 1/2\n• đã huỷ, không gửi: 1" in board.read_by(OFFICER)[-1]


async def test_who_has_left_the_school_by_then_does_not_get_it(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "hiệu trưởng các trường")
    await board.taps(OFFICER, texts.LATER)
    await board.says(OFFICER, "14h chiều nay")
    await board.taps(OFFICER, "Gửi lúc 14:00")
    await leaves(board, "Trần Thị Mai")
    board.clock.move(timedelta(hours=7))
    await board.rounds()
    assert (len(board.notices_in("mai")), len(board.notices_in(PRINCIPAL))) == (0, 1)
    report = board.read_by(OFFICER)[-1]
    assert "• đã gửi: 1/2\n• không gửi được: 1" in report
    assert "(Trần Thị Mai): không còn thuộc đơn vị" in report


async def test_a_group_that_is_another_schools_by_then_does_not_get_it(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "Hoa Phượng")
    await board.taps(OFFICER, texts.SEND)
    await board.binds(GROUP_A, "AL-TRUONGSON")
    await board.rounds()
    assert board.notices_in(GROUP_A) == []
    assert "– MN Hoa Phượng: không còn thuộc đơn vị" in board.read_by(OFFICER)[-1]


async def test_a_correction_reaches_who_got_the_first_and_has_left_since(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "hiệu trưởng các trường")
    await leaves(board, "Trần Thị Mai")
    await board.says(OFFICER, "đính chính thông báo")
    await board.says(OFFICER, "Họp 9h.")
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    assert len(board.notices_in("mai")) == 2


async def test_what_is_to_be_tried_again_waits_for_the_morning_too(board: Board) -> None:
    board.clock.move(timedelta(hours=12, minutes=30))  # 20:30
    await board.drafts(OFFICER, WORDS, "Hoa Phượng")
    await board.taps(OFFICER, texts.SEND)
    board.school.platform.failures = [SendFailed("trouble", timedelta(hours=1))]
    await board.worker.work()
    await board.school.works()
    board.clock.move(timedelta(minutes=45))
    await board.worker.work()
    board.clock.move(timedelta(hours=1))
    await board.rounds()
    assert board.notices_in(GROUP_A) == []
    board.clock.move(timedelta(hours=10))
    await board.rounds()
    assert len(board.notices_in(GROUP_A)) == 1


async def test_of_messages_that_are_not_kept_any_more_the_count_stays_as_it_was(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    board.school.platform.failures = [SendFailed("timeout", unknown=True), SendFailed("trouble")]
    await board.rounds()
    before = await board.says(OFFICER, "tiến độ thông báo")
    assert "• không rõ đã tới chưa: 1\n• không gửi được: 1" in before
    async with board.begin() as session:
        await old_messages.forget_before(session, board.clock() + timedelta(days=1), 100)
        await old_messages.forget_before(session, board.clock() + timedelta(days=1), 100)
        await old_messages.forget_before(session, board.clock() + timedelta(days=1), 100)
    assert await board.says(OFFICER, "tiến độ thông báo") == before


async def test_where_the_author_is_gone_who_speaks_for_the_office_hears_what_came_of_it(board: Board) -> None:
    await board.hires(COLLEAGUE, "Đỗ Thị Tâm", "PGD-VB", Role.STAFF)
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    await leaves(board, "Vũ Thị Hạnh")
    before = len(board.read_by(OFFICER))
    await board.rounds()
    assert "đã xong." in board.read_by(COLLEAGUE)[-1]
    assert len(board.read_by(OFFICER)) == before


async def test_who_has_the_last_word_on_a_colleagues_draft_does_not_approve_it_too(board: Board) -> None:
    board.house = replace(board.house, confirm_notices=True)
    board.starts_anew()
    await board.hires(COLLEAGUE, "Đỗ Thị Tâm", "PGD-VB", Role.STAFF)
    await board.drafts(OFFICER, WORDS, "các trường")
    code = await board.code()
    await board.says(COLLEAGUE, f"/noidungtb {code} Nghỉ học cả tuần.")
    await board.taps(COLLEAGUE, texts.SEND)
    assert await board.says(COLLEAGUE, f"/duyettb {code}") == texts.NOT_BY_YOURSELF
    assert await board.says(OFFICER, f"/duyettb {code}") == texts.decided("Vũ Thị Hạnh", code, approved=True)


async def test_what_was_on_its_way_when_it_was_cancelled_does_not_wait_for_ever(board: Board) -> None:
    await board.binds("nhóm A2", "VB-HOAPHUONG")
    await board.drafts(OFFICER, WORDS, "Hoa Phượng")
    await board.taps(OFFICER, texts.SEND)
    await board.worker.work()
    async with board.begin() as session:
        one, two = await outbox.claim(session, [board.name], board.clock(), timedelta(seconds=30), 50)
    await board.says(OFFICER, "huỷ thông báo")
    async with board.begin() as session:
        await outbox.mark_sent(session, [(one.id, "m1")], board.clock())
        await outbox.mark_failed(session, two.id, "trouble", board.clock() + timedelta(hours=1))
    await board.says(OFFICER, f"/dinhchinhtb {await board.code()} Họp 9h.")
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    assert {row.fate for row in await board.recipients(0)} == {Fate.SENT, Fate.CANCELLED}


async def test_who_is_erased_while_it_goes_is_not_written_to_again(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    await board.worker.work()
    await board.school.works()
    await board.says("mai", "/xoadulieu dong y")
    await board.says(OFFICER, "tạm dừng thông báo")
    await board.says(OFFICER, "gửi tiếp thông báo")
    await board.rounds()
    assert len(board.notices_in("mai")) == 1
    assert {row.fate for row in await board.recipients()} == {Fate.SENT, Fate.UNKNOWN}
    assert await board.stage() == "done"


async def test_who_stands_in_for_a_principal_gets_what_is_written_to_the_school(board: Board) -> None:
    await board.hires("xuan", "Lê Thị Xuân", "VB-ANHDUONG")
    xuan, mai = await id_of(board, "Lê Thị Xuân"), await id_of(board, "Trần Thị Mai")
    async with board.begin() as session:
        tomorrow = (board.clock() + timedelta(days=1)).date()
        await deputies.appoint(session, "VB-ANHDUONG", xuan, mai, tomorrow, board.clock())
    await board.sends_notice(OFFICER, WORDS, "Ánh Dương")
    assert (len(board.notices_in("mai")), len(board.notices_in("xuan"))) == (1, 1)
    board.clock.move(timedelta(days=2))
    await board.sends_notice(OFFICER, WORDS, "Ánh Dương")
    assert (len(board.notices_in("mai")), len(board.notices_in("xuan"))) == (2, 1)


async def test_who_stands_in_no_more_when_its_turn_comes_does_not_get_it(board: Board) -> None:
    await board.hires("xuan", "Lê Thị Xuân", "VB-ANHDUONG")
    xuan, mai = await id_of(board, "Lê Thị Xuân"), await id_of(board, "Trần Thị Mai")
    async with board.begin() as session:
        await deputies.appoint(session, "VB-ANHDUONG", xuan, mai, board.clock().date(), board.clock())
    await board.drafts(OFFICER, WORDS, "Ánh Dương")
    await board.taps(OFFICER, texts.LATER)
    await board.says(OFFICER, "14h chiều mai")
    await board.taps(OFFICER, "Gửi lúc 14:00")
    board.clock.move(timedelta(days=2))
    await board.rounds()
    assert (len(board.notices_in("mai")), len(board.notices_in("xuan"))) == (1, 0)


async def test_what_waits_for_the_next_month_on_another_way_does_not_keep_the_report_back(board: Board) -> None:
    board.school.platform.shut.add(GROUP_A)
    await board.drafts(OFFICER, WORDS, "Hoa Phượng")
    await board.taps(OFFICER, texts.SEND)
    await board.worker.work()
    await board.school.deliverer.deliver_ready()  # the group has refused it, the principal's waits
    async with board.begin() as session:
        [one] = await outbox.claim(session, [board.name], board.clock(), timedelta(seconds=30), 50)
        await outbox.put_back(session, one.id, board.clock() + timedelta(days=28), "quota")
    await board.rounds()
    assert await board.stage() == "done"
    assert "• đã gửi: 0/1\n• chờ vì hết tin của tháng: 1" in board.read_by(OFFICER)[-1]
    board.clock.move(timedelta(days=29))
    await board.school.works()
    assert "• đã gửi: 1/1" in await board.says(OFFICER, "tiến độ thông báo")

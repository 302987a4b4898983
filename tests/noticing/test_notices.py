"""A notice from its words to its report: shown before it goes, sent once, acknowledged, counted as it is."""

from core.errors import Act, SendFailed
from core.message import Address, Inbound, InboundKind, Outbound
from core.notices import Fate
from core.people import Role
from core.texts import notice_reports as reports
from core.texts import notices as texts
from records import contacts, people
from tests.noticing.stage import GROUP_A, GROUP_B, OFFICER, PRINCIPAL, Board

WORDS = "Mời thầy/cô họp giao ban 8h thứ Năm 07/12 tại Phòng."


async def test_an_officer_is_shown_whom_it_reaches_before_anything_is_sent(board: Board) -> None:
    assert (await board.says(OFFICER, "/thongbao")).startswith(texts.WRITE)
    asked = await board.says(OFFICER, WORDS)
    assert asked.startswith(texts.WHOM)
    shown = await board.taps(OFFICER, texts.ALL_SCHOOLS)
    assert f"📢 Thông báo của Phòng GDĐT huyện Vĩnh Bảo:\n\n{WORDS}" in shown
    assert "Gửi: các trường\nNơi nhận: 2 (1 nhóm, 1 người, nhắn riêng)\n• Telegram: 2 nơi, 2 tin" in shown
    assert shown.endswith(f"Lúc: {texts.NOW}")
    assert [one.label for one in board.last(OFFICER).choices][:3] == [texts.SEND, texts.TEST, texts.LATER]
    await board.rounds()
    assert board.notices_in(GROUP_A) == board.notices_in("mai") == []


async def test_it_goes_once_to_each_and_the_author_hears_when_nothing_is_left(board: Board) -> None:
    said = await board.sends_notice(OFFICER, WORDS, "các trường")
    code = await board.code()
    assert said == reports.begun(code, 2, None, board.clock())
    [in_group], [private] = board.notices_in(GROUP_A), board.notices_in("mai")
    assert WORDS in in_group.text
    assert WORDS in private.text
    assert ([one.label for one in in_group.choices], in_group.group) == ([texts.ACK], True)
    report = board.read_by(OFFICER)[-1]
    assert report.startswith(f"Thông báo {code} “{texts.beginning(WORDS)}”: đã xong.\n• đã gửi: 2/2")
    assert "• báo đã nhận: 0/2\nChưa báo nhận (2): " in report
    await board.rounds()
    assert len(board.notices_in(GROUP_A)) == 1


async def test_the_same_notice_confirmed_twice_is_sent_once(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    mark = board.last(OFFICER).choices[0].value
    await board.says(OFFICER, mark, pressed=True)
    again = await board.says(OFFICER, mark, pressed=True)
    assert again.startswith(f"Thông báo {await board.code()} đã xác nhận lúc 08:00 04/12 (đang gửi)")
    await board.rounds()
    assert len(await board.recipients()) == 2
    assert len(board.notices_in(GROUP_A)) == 1


async def test_nothing_is_called_sent_before_the_service_has_taken_it(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    assert "đã gửi: 0/2\n• đang chờ gửi: 2" in await board.says(OFFICER, "tiến độ thông báo")
    board.school.platform.failures = [SendFailed("offline")]
    await board.rounds()
    assert "• đã gửi: 1/2\n• không gửi được: 1" in await board.says(OFFICER, "tien do thong bao")


async def test_a_button_in_the_group_acknowledges_for_the_unit_and_says_by_whom(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    said = await board.taps_on(GROUP_A, "lan", 0, texts.ACK)
    assert said == "Đã ghi: MN Hoa Phượng đã nhận thông báo (Nguyễn Thị Lan)."
    assert await board.taps_on(GROUP_A, PRINCIPAL, 0, texts.ACK) == ""  # one word for the group is enough
    progress = await board.says(OFFICER, "tiến độ thông báo")
    assert "• báo đã nhận: 1/2\nChưa báo nhận (1): Lớp MN độc lập tư thục Ánh Dương (Trần Thị Mai)" in progress
    [_, group] = await board.recipients()  # by the code of the unit
    assert group.acked_by == "Nguyễn Thị Lan"
    assert group.acked_at is not None


async def test_the_words_do_too_in_private_and_in_a_group(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    assert await board.says("mai", "Em đã nhận ạ") == (
        "Đã ghi: Lớp MN độc lập tư thục Ánh Dương đã nhận thông báo (Trần Thị Mai)."
    )
    said = await board.says_in(GROUP_A, "nguoi-la", "đã nhận", sender_name="Cô Thơm")
    assert said == "Đã ghi: MN Hoa Phượng đã nhận thông báo (Cô Thơm)."
    assert "• báo đã nhận: 2/2" in await board.says(OFFICER, "tiến độ thông báo")
    assert await board.says("mai", "đã nhận") == reports.NOTHING_TO_ACK


async def test_the_author_may_ask_who_has_not_acknowledged(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    for asked in ("ai chua nhan thong bao", "Trường nào chưa báo nhận thông báo?"):
        assert "Chưa báo nhận (2)" in await board.says(OFFICER, asked), asked


async def test_of_several_notices_the_answered_one_is_acknowledged_else_it_is_asked_which(board: Board) -> None:
    await board.sends_notice(OFFICER, "Thứ nhất", "các trường")
    first = board.id_of_last("mai")
    await board.sends_notice(OFFICER, "Thứ hai", "các trường")
    assert await board.says("mai", "đã nhận") == reports.WHICH_ACK
    assert [one.label for one in board.last("mai").choices] == ["Thứ hai", "Thứ nhất"]
    await board.says("mai", "đã nhận", reply_to=first)
    assert [bool(one.acked_at) for one in await board.recipients(0)] == [True, False]
    assert [bool(one.acked_at) for one in await board.recipients(1)] == [False, False]


async def test_another_unit_cannot_acknowledge(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    assert await board.taps_on(GROUP_A, "mai", 0, texts.ACK) == reports.NOT_FOR_YOU
    assert await board.says("tuan", f"/danhan {await board.code()}") == reports.NOT_FOR_YOU


async def test_teachers_send_no_notices_and_read_nobody_elses(board: Board) -> None:
    assert await board.says("lan", "/thongbao") == texts.ONLY_HEADS
    await board.drafts(OFFICER, WORDS, "các trường")
    assert await board.says(PRINCIPAL, f"/tiendotb {await board.code()}") == texts.NOT_FOUND


async def test_a_principal_writes_to_her_school_alone(board: Board) -> None:
    shown = await board.drafts(PRINCIPAL, "Chiều nay họp tổ.", "nhóm trường")
    assert "Nơi nhận: 1 (1 nhóm)" in shown
    shown = await board.drafts(PRINCIPAL, "Chiều nay họp tổ.", "giáo viên")
    assert "Gửi: giáo viên MN Hoa Phượng\nNơi nhận: 1 (1 người, nhắn riêng)" in shown
    assert "chưa rõ “Ánh Dương”" in await board.drafts(PRINCIPAL, "Chiều nay họp tổ.", "Ánh Dương")


async def test_a_group_that_is_gone_is_in_the_report_by_name(board: Board) -> None:
    await board.binds(GROUP_B, "VB-ANHDUONG")
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    board.school.platform.failures = [SendFailed("bot was kicked from the group chat", act=Act.GONE)]
    board.school.platform.shut.add("mai")  # who would read it instead
    await board.rounds()
    report = board.read_by(OFFICER)[-1]
    assert "• đã gửi: 1/2\n• không gửi được: 1" in report
    assert "– Lớp MN độc lập tư thục Ánh Dương: bot đã bị đưa ra khỏi nhóm" in report
    assert {one.place.unit: one.fate for one in await board.recipients()} == {
        "VB-ANHDUONG": Fate.FAILED,
        "VB-HOAPHUONG": Fate.SENT,
    }


async def test_a_service_that_takes_it_and_names_no_message_is_not_believed(board: Board) -> None:
    class Drops(type(board.school.platform)):  # type: ignore[misc]
        async def send(self, message: Outbound) -> str:
            taken: str = await super().send(message)
            return "" if message.text.startswith("📢") else taken

    board.school.platform.__class__ = Drops
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    report = board.read_by(OFFICER)[-1]
    assert "• đã gửi: 0/2\n• không rõ đã tới chưa: 2" in report
    assert "– MN Hoa Phượng: không rõ đã tới chưa" in report


async def test_an_audience_of_nobody_cannot_be_confirmed(board: Board) -> None:
    shown = await board.drafts(OFFICER, WORDS, "các trường, trừ Hoa Phượng, Ánh Dương")
    assert shown.endswith(texts.NOBODY)
    assert not [one for one in board.last(OFFICER).choices if one.label.startswith(texts.SEND)]
    said = await board.says(OFFICER, f"/guitb {await board.code()} 2 0")
    assert texts.NOBODY in said
    assert await board.stage() == "draft"


async def test_who_can_be_reached_nowhere_is_named_beforehand_and_in_the_report(board: Board) -> None:
    async with board.begin() as session:
        await contacts.note(session, [Inbound(Address("telegram", "mai"), "mai", InboundKind.LEFT)], board.clock())
    shown = await board.drafts(OFFICER, WORDS, "các trường")
    assert "Nơi nhận: 1 (1 nhóm)\nChưa có cách gửi (1): Lớp MN độc lập tư thục Ánh Dương" in shown
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    assert "• đã gửi: 1/2\n• chưa có cách gửi: 1" in board.read_by(OFFICER)[-1]


async def test_what_has_changed_since_the_preview_is_shown_anew(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    old = board.last(OFFICER).choices[0].value
    await board.taps(OFFICER, texts.EDIT)
    await board.says(OFFICER, "Họp 14h.")
    assert (await board.says(OFFICER, old, pressed=True)).startswith(texts.CHANGED_SINCE)
    new = board.last(OFFICER).choices[0].value
    await board.binds("nhóm B", "VB-ANHDUONG")
    await board.binds("nhóm C", "VB-ANHDUONG")
    said = await board.says(OFFICER, new, pressed=True)
    assert said.startswith(texts.OTHERS_NOW)
    assert "Nơi nhận: 3 (3 nhóm)" in said
    assert await board.stage() == "draft"


async def test_who_speaks_for_the_school_may_answer_in_private_for_its_group(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    assert await board.says(PRINCIPAL, "đã nhận") == "Đã ghi: MN Hoa Phượng đã nhận thông báo (Phạm Thị Hương)."
    assert await board.says("tuan", "đã nhận") == reports.NOTHING_TO_ACK


async def test_teachers_without_an_account_are_counted_beforehand(board: Board) -> None:
    async with board.begin() as session:
        for name in ("Cô Một", "Cô Hai"):
            await people.add_person(session, name, "VB-HOAPHUONG", Role.TEACHER)
    shown = await board.drafts(OFFICER, WORDS, "giáo viên Hoa Phượng")
    assert "Nơi nhận: 1 (1 người, nhắn riêng)\nChưa có cách gửi (1): MN Hoa Phượng (2 người)" in shown
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    report = board.read_by(OFFICER)[-1]
    assert "• đã gửi: 1/3\n• chưa có cách gửi: 2" in report
    assert "– MN Hoa Phượng (Cô Một): chưa có cách gửi" in report

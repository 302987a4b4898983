"""A notice on its way: later, paused, gone on with, cancelled; reminded of, corrected; out of the month's messages."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from core.capabilities import ZALO_BOT
from core.errors import SendFailed
from core.message import Address
from core.notices import Fate, Place
from core.texts import notice_reports as reports
from core.texts import notices as texts
from records import groups, notice_recipients, outbox, usage
from scheduler import notices as worker
from tests.noticing.stage import GROUP_A, OFFICER, Board

WORDS = "Họp giao ban 8h thứ Năm."
SOFFICER = "tuan"  # an officer of the Sở: five schools below


async def fates(board: Board, number: int = -1) -> Counter[Fate]:
    return Counter(one.fate for one in await board.recipients(number))


@pytest.fixture
async def five(board: Board) -> Board:
    """Every school of the Sở has a group."""
    for number, unit in enumerate(("VB-ANHDUONG", "AL-TRUONGSON", "AL-QUANGTRUNG", "LC-SAOBIEN", "TN-MINHDUC")):
        await board.binds(f"nhóm {number}", unit)
    return board


@pytest.fixture
def by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox is given two at a time."""
    monkeypatch.setattr(worker, "AT_ONCE", 2)


async def test_it_goes_at_its_time_and_not_before(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.LATER)
    shown = await board.says(OFFICER, "14h chiều mai")
    assert shown.endswith("Lúc: 14:00 thứ Ba 05/12")
    said = await board.taps(OFFICER, "Gửi lúc 14:00")
    assert said == f"Đã hẹn: thông báo {await board.code()} gửi tới 2 nơi lúc 14:00 thứ Ba 05/12."
    await board.rounds()
    assert board.notices_in(GROUP_A) == []
    assert ": hẹn gửi 14:00 thứ Ba 05/12." in await board.says(OFFICER, "tiến độ thông báo")
    board.clock.move(timedelta(hours=30))
    await board.rounds()
    assert len(board.notices_in(GROUP_A)) == 1


async def test_at_night_it_waits_for_the_morning_unless_the_author_says_otherwise(board: Board) -> None:
    board.clock.move(timedelta(hours=14))  # 22:00
    shown = await board.drafts(OFFICER, WORDS, "các trường")
    assert shown.endswith("Lúc: đang giờ nghỉ nên 06:30 thứ Ba 05/12 mới gửi")
    assert [one.label for one in board.last(OFFICER).choices][:2] == ["Gửi lúc 06:30 thứ Ba 05/12", texts.SEND_NIGHT]
    await board.taps(OFFICER, "Gửi lúc 06:30")
    await board.rounds()
    assert board.notices_in(GROUP_A) == []
    await board.drafts(OFFICER, "Gấp: bão số 5.", "các trường")
    await board.taps(OFFICER, texts.SEND_NIGHT)
    await board.rounds()
    assert len(board.notices_in(GROUP_A)) == 1


@pytest.mark.usefixtures("by_two")
async def test_what_quiet_hours_interrupt_goes_on_in_the_morning(five: Board) -> None:
    five.clock.move(timedelta(hours=12, minutes=59))  # 20:59
    await five.drafts(SOFFICER, WORDS, "các trường")
    await five.taps(SOFFICER, texts.SEND)
    await five.worker.work()
    await five.school.works()
    five.clock.move(timedelta(minutes=2))
    await five.rounds()
    assert (await fates(five))[Fate.SENT] == 2
    assert ": nghỉ ngoài giờ, 06:30 thứ Ba 05/12 gửi tiếp." in await five.says(SOFFICER, "tiến độ thông báo")
    five.clock.move(timedelta(hours=10))
    await five.rounds()
    assert (await fates(five))[Fate.SENT] == 6


@pytest.mark.usefixtures("by_two")
async def test_a_pause_acts_at_once_and_nothing_is_sent_twice(five: Board) -> None:
    await five.drafts(SOFFICER, WORDS, "các trường")
    await five.taps(SOFFICER, texts.SEND)
    await five.worker.work()
    await five.school.works()  # two are out
    await five.worker.work()  # two more wait in the outbox
    assert len(await five.queued()) == 2
    said = await five.says(SOFFICER, "tạm dừng thông báo")
    assert said.startswith(f"Đã tạm dừng thông báo {await five.code()}, còn 4 nơi chưa gửi.\n\n")
    assert "đang tạm dừng.\n• đã gửi: 2/6\n• đang chờ gửi: 4" in said
    assert await five.queued() == []
    await five.rounds()
    assert (await fates(five))[Fate.SENT] == 2
    assert (await five.taps(SOFFICER, reports.RESUME)).startswith(f"Gửi tiếp thông báo {await five.code()}: còn 4 nơi.")
    await five.rounds()
    sent = Counter(one.address.chat for one in five.school.platform.sent if one.text.startswith("📢"))
    assert (len(sent), set(sent.values())) == (6, {1})


@pytest.mark.usefixtures("by_two")
async def test_where_messages_can_be_rewritten_one_shows_the_progress(five: Board) -> None:
    await five.drafts(SOFFICER, WORDS, "các trường")
    await five.taps(SOFFICER, texts.SEND)
    for _ in range(20):
        if not await five.worker.work():
            break
        await five.school.works()
        five.clock.move(timedelta(seconds=6))
    sent = five.school.platform.sent
    ids = {f"m{number}": one for number, one in enumerate(sent, 1)}
    rewritten = [one for one in sent if one.edits]
    assert {ids[one.edits].address.chat for one in rewritten} == {SOFFICER}
    assert len({one.edits for one in rewritten}) == 1
    shown = [ids[rewritten[0].edits].text, *(one.text for one in rewritten)]
    counts = [int(text.partition("đã gửi: ")[2].partition("/")[0]) for text in shown]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 6)
    assert "đã xong." in shown[-1]


async def test_who_is_erased_stands_in_no_notice(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.says("mai", "/xoadulieu dong y")
    assert "mai" not in {one.place.address.chat for one in await board.recipients() if one.place.address}
    assert (await fates(board))[Fate.SENT] == 2
    shown = await board.says(OFFICER, "nhắc những ai chưa nhận")
    assert "Nơi nhận: 1 (1 nhóm)\nChưa có cách gửi (1): Lớp MN độc lập tư thục Ánh Dương" in shown


@pytest.mark.usefixtures("by_two")
async def test_cancelled_in_the_middle_the_rest_never_goes(five: Board) -> None:
    await five.drafts(SOFFICER, WORDS, "các trường")
    await five.taps(SOFFICER, texts.SEND)
    await five.worker.work()
    await five.school.works()
    await five.worker.work()
    said = await five.says(SOFFICER, "huỷ thông báo")
    assert said.startswith(f"Đã huỷ: 4 nơi chưa gửi sẽ không nhận thông báo {await five.code()}.\n\n")
    assert "• đã gửi: 2/6\n• đã huỷ, không gửi: 4" in said
    await five.rounds()
    assert await fates(five) == {Fate.SENT: 2, Fate.CANCELLED: 4}
    assert (await five.says(SOFFICER, f"/tieptuctb {await five.code()}")) == reports.NOT_PAUSED


async def test_what_waits_to_be_tried_again_is_called_back_too(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    board.school.platform.failures = [SendFailed("trouble", timedelta(hours=1))] * 2
    await board.worker.work()
    await board.school.works()
    assert len(await board.queued()) == 2
    await board.says(OFFICER, "huỷ thông báo")
    board.clock.move(timedelta(hours=2))
    await board.rounds()
    assert board.notices_in(GROUP_A) == []
    assert await fates(board) == {Fate.CANCELLED: 2}


async def test_what_is_being_sent_when_it_is_cancelled_is_said_to_arrive(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    await board.worker.work()
    async with board.begin() as session:
        [claimed, _] = await outbox.claim(session, [board.name], board.clock(), timedelta(seconds=30), 50)
    said = await board.says(OFFICER, f"/huytb {await board.code()}")
    assert "Còn 2 tin đang trên đường, vẫn tới nơi." in said
    async with board.begin() as session:
        await outbox.mark_sent(session, [(claimed.id, "m1")], board.clock())
    assert (await fates(board))[Fate.SENT] == 1


async def test_a_reminder_goes_to_those_alone_that_have_not_acknowledged(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.taps_on(GROUP_A, "lan", 0, texts.ACK)
    shown = await board.says(OFFICER, "nhắc những ai chưa nhận")
    assert "Nơi nhận: 1 (1 người, nhắn riêng)" in shown
    assert "📢 Nhắc lại thông báo 04/12 08:00 của Phòng GDĐT huyện Vĩnh Bảo" in shown
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    assert (len(board.notices_in(GROUP_A)), len(board.notices_in("mai"))) == (1, 2)
    await board.taps("mai", texts.ACK)
    assert "• báo đã nhận: 2/2" in await board.says(OFFICER, f"/tiendotb {await board.code(0)}")
    assert await board.says(OFFICER, f"/nhaclaitb {await board.code(0)}") == reports.ALL_ACKED


async def test_who_acknowledges_between_preview_and_word_is_not_reminded(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.says(OFFICER, "nhắc những ai chưa nhận")
    send = board.last(OFFICER).choices[0].value
    await board.says("mai", "đã nhận")
    assert (await board.says(OFFICER, send, pressed=True)).startswith(texts.OTHERS_NOW)


@pytest.mark.usefixtures("by_two")
async def test_a_correction_reaches_exactly_those_who_got_the_first(five: Board) -> None:
    await five.drafts(SOFFICER, WORDS, "các trường")
    await five.taps(SOFFICER, texts.SEND)
    await five.worker.work()
    await five.school.works()
    got = {one.address.chat for one in five.school.platform.sent if one.text.startswith("📢")}
    assert (await five.says(SOFFICER, "đính chính thông báo")).startswith(reports.STILL_GOING)
    await five.says(SOFFICER, "tạm dừng thông báo")
    assert await five.says(SOFFICER, "đính chính thông báo") == reports.WHAT_CORRECT
    shown = await five.says(SOFFICER, "Họp 9h, không phải 8h.")
    assert "📢 ĐÍNH CHÍNH của Sở Giáo dục và Đào tạo Hải Phòng cho thông báo 04/12 08:00 (“Họp giao ban" in shown
    assert "Nơi nhận: 2 (2 nhóm)" in shown
    assert texts.correction_cancels(4) in shown
    await five.taps(SOFFICER, texts.SEND)
    await five.rounds()
    corrected = [one.address.chat for one in five.school.platform.sent if one.text.startswith("📢 ĐÍNH CHÍNH")]
    assert (set(corrected), len(corrected)) == (got, 2)
    assert (await five.stage(0), (await fates(five, 0))[Fate.CANCELLED]) == ("cancelled", 4)


async def test_the_months_messages_end_half_way_and_the_author_hears_it(board: Board) -> None:
    zalo = type(board.school.platform)("zalo_bot", replace(ZALO_BOT, per_second=1000.0))
    board.others["zalo_bot"] = board.school.deliverer._platforms["zalo_bot"] = zalo  # type: ignore[index]
    async with board.begin() as session:
        for number, unit in enumerate(("AL-TRUONGSON", "AL-QUANGTRUNG", "LC-SAOBIEN")):
            await groups.bind(session, Address("zalo_bot", f"z{number}"), unit)
        await usage.count(session, "zalo_bot", ZALO_BOT.per_month - 2, board.clock())
    shown = await board.drafts(SOFFICER, WORDS, "các trường")
    assert "• Zalo (bot): 3 nơi, 3 tin; tháng này còn 2 tin. THIẾU 1: phần thiếu sẽ dừng lại" in shown
    await board.taps(SOFFICER, texts.SEND)
    await board.rounds()
    [told] = [text for text in board.read_by(SOFFICER) if text.startswith(reports.out_of_quota("zalo_bot"))]
    assert "dừng vì hết tin của tháng." in told
    assert "• chờ vì hết tin của tháng: 1" in told
    assert len(zalo.sent) == 2
    board.clock.move(timedelta(days=28))
    await board.rounds()
    assert len(zalo.sent) == 2  # nobody has said that it is still wanted
    await board.says(SOFFICER, "gửi tiếp thông báo")
    await board.rounds()
    assert len(zalo.sent) == 3
    assert await board.stage() == "done"


async def test_ten_thousand_recipients_are_frozen_and_handed_over_some_at_a_time(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    async with board.begin() as session:
        many = [Place("VB-HOAPHUONG", Address(board.name, f"c{number}")) for number in range(10_000)]
        await notice_recipients.freeze(session, 1, many)
    await board.worker.work()
    assert len(await board.queued()) == worker.AT_ONCE
    progress = await board.says(OFFICER, "tiến độ thông báo")
    assert "• đã gửi: 0/10002\n• đang chờ gửi: 10002" in progress
    await board.says(OFFICER, "huỷ thông báo")
    assert await fates(board) == {Fate.SENT: worker.AT_ONCE, Fate.CANCELLED: 10_002 - worker.AT_ONCE}

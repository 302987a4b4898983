"""Who hears of a published plan, and of what: each unit of its own dates, once; and the same on Zalo."""

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from core.capabilities import ZALO_BOT
from core.evidence import Giver
from core.message import MAX_TEXT, Address, StoredFile, units
from core.texts import drafts as texts
from knowledge.digest import digest
from knowledge.readers import read_file
from records import files, received, submissions
from records.files import FileStore
from records.session import Begin
from records.tables import ContactRow
from scheduler.receipts import Receipts
from tests.drafting.plans import NAME, PLAN
from tests.drafting.stage import Desks
from tests.evidence.stage import District
from tests.fakes.clock import StillClock
from tests.knowledge.library import ROOT
from tests.noticing.stage import GROUP_A

LONG = ROOT / "samples" / "plans" / "seed-2-vinhbao-trongtam-thang-2023.txt"
OF_PRIVATE_SCHOOLS = PLAN.replace(
    "4. Các trường tổ chức".encode(),
    "4. Các cơ sở GDMN ngoài công lập nộp bản sao giấy phép về Phòng GDĐT trước ngày 16/12/2023.\n"
    "5. Các trường tổ chức".encode(),
)


async def later(here: Desks, text: str) -> str:
    """What the officer is answered a second after: a number means what was offered last."""
    here.clock.move(timedelta(seconds=1))
    return await here.says("hanh", text)


async def published(here: Desks, data: bytes, name: str = NAME) -> None:
    code = await here.sent_and_read(name=name, data=data)
    await here.says("hanh", f"/congbo {code} van")
    await here.taps("hanh", texts.PUBLISH)
    await here.goes_out()


async def test_each_unit_reads_the_dates_that_bind_it(here: Desks) -> None:
    await published(here, OF_PRIVATE_SCHOOLS)
    [group], private = here.read_by(GROUP_A), here.read_by("mai")[-1]
    assert "giấy phép" not in group
    assert "giấy phép về Phòng GDĐT – trước ngày 16/12/2023" in private
    assert "trước ngày 15/12/2023" in group
    assert "trước ngày 15/12/2023" in private


async def test_an_office_between_reads_its_own_dates(here: Desks) -> None:
    paper = PLAN.replace("UBND HUYỆN VĨNH BẢO\nPHÒNG".encode(), "UBND THÀNH PHỐ HẢI PHÒNG\nSỞ".encode())
    code = await here.sent_and_read("tuan", data=paper.replace("Vĩnh Bảo, ngày".encode(), "Hải Phòng, ngày".encode()))
    await here.says("tuan", f"/congbo {code} van")
    await here.taps("tuan", texts.PUBLISH)
    await here.goes_out()
    told = here.read_by("hanh")[-1]
    assert "trước ngày 28/12/2023" in told
    assert "15/12/2023" not in told
    assert len(here.read_by("nhóm B")) == len(here.read_by(GROUP_A)) == 1
    assert "28/12/2023" not in here.read_by("nhóm B")[0]


async def test_days_that_are_over_are_not_told_and_a_long_plan_is_one_message(here: Desks) -> None:
    await published(here, LONG.read_bytes(), LONG.name)
    [told] = here.read_by(GROUP_A)
    assert "2023 (" in told or "2024 (" in told
    assert "30/08/2023" not in told
    assert " việc nữa." in told
    assert units(told) <= MAX_TEXT


async def test_the_pages_of_a_long_plan_fit_into_one_message_each(here: Desks) -> None:
    await here.sent_and_read(name=LONG.name, data=LONG.read_bytes())
    said = await here.says("hanh", "xem lại")
    seen = 0
    while True:
        seen += sum(line[:1].isdigit() for line in said.splitlines())
        assert units(said) <= MAX_TEXT
        if texts.MORE not in here.labels():
            break
        said = await here.taps("hanh", texts.MORE)
    [row] = await here.drafted()
    assert row.plan
    assert seen == len(row.plan["obligations"]) > 80


async def test_who_cannot_be_written_to_is_named_before(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await Desks(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await session.execute(update(ContactRow).where(ContactRow.chat == "mai").values(reachable=False))
    code = await here.sent_and_read()
    said = await here.says("hanh", f"/congbo {code} van")
    assert "1 tin, mỗi nơi một tin: 1 nhóm." in said
    assert "Chưa có ai để báo ở: Lớp MN độc lập tư thục Ánh Dương." in said


async def test_on_zalo_it_comes_by_the_upload_page_and_is_checked_by_numbers(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    here = await Desks(begin, clock, tmp_path / "files", name="zalo_bot", limits=ZALO_BOT).opens()
    assert "/upload/" in await later(here, "văn bản mới")
    await _uploads(here, "hanh")
    assert "1. Đây là văn bản cần đọc" in here.read_by("hanh")[-1]
    assert (await later(here, "1")).startswith("Đang đọc")
    await here.reads()
    assert "1. Soát 4 chỗ nghi ngờ" in here.read_by("hanh")[-1]
    assert "1. Giữ" in await later(here, "1")
    assert "Chỗ nghi ngờ 2/4" in await later(here, "1")
    assert "Chỗ nghi ngờ 3/4" in await later(here, "2")
    assert "Chỗ nghi ngờ 4/4" in await later(here, "trước 23/12")
    await later(here, "1")
    assert "Tôi báo cho 2 đơn vị" in await later(here, "cong bo")
    assert (await later(here, "1")).startswith("Đã công bố")
    await here.goes_out()
    assert len(here.read_by(GROUP_A)) == 1


async def test_two_workers_read_each_draft_once(here: Desks) -> None:
    for number in range(3):
        await here.sends_file("hanh", "văn bản cần đọc", f"{number}.txt", PLAN + str(number).encode())
    await asyncio.gather(here.readers.work(), here.readers.work())
    await here.school.works()
    assert len([text for text in here.read_by("hanh") if "tôi đọc được" in text]) == 3
    assert [row.attempts for row in await here.drafted()] == [1, 1, 1]


def test_a_copy_is_known_whatever_it_is_called_and_however_its_lines_end() -> None:
    assert digest(read_file("a.txt", PLAN)) == digest(read_file("b.md", PLAN.replace(b"\n", b"\r\n")))


async def _uploads(here: District, who: str) -> None:
    """The page was given the plan, and closed."""
    store = FileStore(here.folder)
    coming = store.coming()
    coming.write_bytes(PLAN)
    kept = store.keep(coming)
    person = await here.school.person(who)
    assert person
    giver = Giver(Address(here.name, who), who, person=person.id, unit=person.unit)
    async with here.begin() as session:
        await files.note(session, kept, here.clock())
        id = await submissions.open_new(session, giver, submissions.Part(), here.clock())
        file = StoredFile(kept.sha256, NAME, kept.mime, kept.size)
        await received.hand_in(session, giver, "part", file, id, here.clock(), "")
        await submissions.note_arrival(session, id, here.clock())
    receipts = Receipts(here.begin, lambda: here.school.index, here.clock, here.school.deliverer.wake)
    await receipts.give_due()
    await here.school.works()

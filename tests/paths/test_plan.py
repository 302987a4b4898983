"""On Telegram, with the whole service: an officer sends a Word plan, publishes it, then what changes it."""

import asyncio

from core.people import Role
from core.texts import amendments
from core.texts import drafts as texts
from handlers.files import QUIET
from noticing.publishing import LAG
from tests.drafting.plans import CHANGES, in_word
from tests.fakes.telegram_people import Group, Person
from tests.paths.conftest import Town

QUESTION = "hạn nộp danh sách trẻ học hè tình nguyện?"


async def test_a_word_plan_is_checked_and_published_on_telegram(town: Town) -> None:
    officer = await town.resident("Lê Thị Nga", "PGD-VB", Role.STAFF)
    teacher = await town.resident("Đỗ Thị Mơ", "VB-HOAPHUONG", Role.TEACHER)
    group = await town.group_of("VB-HOAPHUONG", teacher)
    assert "15/12/2023" not in await town.asks(teacher, QUESTION)

    def result() -> bool:
        return any("tôi đọc được 5 việc" in str(one["text"]) for one in town.answers(officer))

    officer.sends_document("kế hoạch.docx", caption="văn bản cần đọc", content=in_word())
    await town.server.until(lambda: bool(town.server.asked("getFile")))
    assert "Đang đọc kế hoạch.docx" in str((await town.reads(officer, lambda: town.clock.move(QUIET)))["text"])
    await town.server.until(result, within=20)
    assert "Mục 3: " in str((await town.reads(officer, lambda: officer.taps("Soát 4 chỗ nghi ngờ")))["text"])
    assert "Đã sửa mục 3" in await town.asks(officer, "chậm nhất 19/12")
    await town.reads(officer, lambda: officer.taps(texts.DROP_ITEM))
    assert "Còn 2 chỗ nghi ngờ" in await town.asks(officer, "công bố")
    preview = await town.reads(officer, lambda: officer.taps(texts.ANYWAY))
    assert "Tôi báo cho " in str(preview["text"])
    before = len(town.answers(group))
    published = await town.reads(officer, lambda: officer.taps(texts.PUBLISH, on=preview))
    assert str(published["text"]).startswith("Đã công bố")
    town.clock.move(LAG)
    await town.asks(officer, "nhật ký văn bản")  # whatever goes out takes along what has become due
    await town.server.until(lambda: len(town.answers(group)) > before)
    told = str(town.answers(group)[-1]["text"])
    assert "chậm nhất 19/12/2023" in told
    assert "28/12/2023" not in told
    async with asyncio.timeout(60):  # the index follows within five seconds
        while "15/12/2023" not in await town.asks(teacher, QUESTION):
            pass
    await _changes_it(town, officer, group)
    async with asyncio.timeout(60):
        while "(hạn cũ 15/12" not in (answer := await town.asks(teacher, QUESTION)):
            pass
    assert answer.startswith("Trước ngày 20/12/2023")


async def _changes_it(town: Town, officer: Person, group: Group) -> None:
    """A letter comes: both changes are confirmed, it is published, the group hears of it."""

    def asked() -> bool:
        return any("bỏ 1 việc của văn bản trước" in str(one["text"]) for one in town.answers(officer))

    officer.sends_document("công văn.docx", caption="văn bản cần đọc", content=in_word(CHANGES))
    await town.server.until(lambda: len(town.server.asked("getFile")) > 1)
    await town.reads(officer, lambda: town.clock.move(QUIET))
    await town.server.until(asked, within=20)
    assert await town.asks(officer, "công bố") == amendments.unasked(2)
    await town.reads(officer, lambda: officer.taps(amendments.check_label(2)))
    await town.reads(officer, lambda: officer.taps(amendments.YES))
    await town.reads(officer, lambda: officer.taps(amendments.YES))
    preview = await town.reads(officer, lambda: officer.taps(texts.PUBLISH))
    before = len(town.answers(group))
    await town.reads(officer, lambda: officer.taps(texts.PUBLISH, on=preview))
    town.clock.move(LAG)
    await town.asks(officer, "nhật ký văn bản")
    await town.server.until(lambda: len(town.answers(group)) > before)
    assert "từ 15/12 sang 20/12 (theo Công văn số 530/GDĐT-MN)" in str(town.answers(group)[-1]["text"])

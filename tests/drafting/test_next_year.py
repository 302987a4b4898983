"""One command in chat: next year's plan from last year's, checked and published as any other; who may, once."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from core.capabilities import ZALO_BOT
from core.hours import Hours
from core.people import Role
from core.texts import drafts as draft_texts
from core.texts import next_year as texts
from core.work import Status
from handlers.next_year import in_words
from records.files import FileStore
from records.plan_codec import decode_plan
from records.session import Begin
from records.tables import OutboxRow
from scheduler.reminders import Reminders
from scheduler.sheets import Sheets
from tests.drafting.plans import PLAN
from tests.drafting.stage import Desks
from tests.fakes.clock import StillClock
from tests.noticing.stage import GROUP_A

ASK = "soạn kế hoạch năm sau"
TITLE = "Công tác giáo dục mầm non tháng 12 năm 2023"
MONTHLY = "V/v kế hoạch trọng tâm tháng GDMN năm học 2023-2024"  # the founding document of hanh's office
NEXT = TITLE.replace("2023", "2024")


async def published(here: Desks, who: str = "hanh", data: bytes = PLAN, name: str = "kế hoạch.txt") -> int:
    """The document; what may be asked from is what is published."""
    code = await here.sent_and_read(who, name, data)
    await here.says(who, f"/congbo {code} van")
    await here.taps(who, draft_texts.PUBLISH)
    await here.reindexes()
    return (await here.drafted())[-1].document_id or 0


async def made(here: Desks) -> int:
    """The worker's round; how many were asked for."""
    index, told = (lambda: here.school.index), here.school.deliverer.wake
    done = await Sheets(here.begin, FileStore(here.folder), index, here.clock, told).work()
    await here.school.works()
    return done


async def files_sent(here: Desks) -> list[bytes]:
    async with here.begin() as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.key.like("sheet:%")).order_by(OutboxRow.id))
        return [FileStore(here.folder).path(row.files[0]["sha256"]).read_bytes() for row in rows if row.files]


async def test_next_years_plan_is_drafted_checked_published_and_answered_from(here: Desks) -> None:
    document = await published(here)
    said = await here.says("hanh", f"/kehoachnamsau vb{document}")
    assert said == texts.drafting(TITLE, "2024-2025")
    assert await here.says("hanh", f"/kehoachnamsau vb{document}") == said
    assert await made(here) == 1
    said = here.read_by("hanh")[-1]
    assert f"Đã soạn “{NEXT}”" in said
    assert "5 việc, 4 dòng có hạn, đều ghi dự kiến." in said
    assert "Chưa ai thấy bản này." in said
    draft = (await here.drafted())[-1]
    assert (draft.stage, draft.issuer, draft.name) == ("read", "PGD-VB", "Dự thảo 2024-2025 (từ kế hoạch).docx")
    plan = decode_plan(draft.plan or {})
    assert {task.status for task in plan.obligations} == {Status.TENTATIVE}
    assert [str(task.due) for task in plan.obligations if task.due] == [
        "2024-12-13",  # trước ngày 15/12, a Sunday
        "2024-12-24",
        "2024-12-17",  # chậm nhất thứ Ba, ngày 20/12: a Friday
        "2024-12-31",
        "2024-12-27",  # trước ngày 28/12, a Saturday
    ]
    assert draft_texts.check_label(len(plan.doubts)) in here.labels()

    again = await here.says("hanh", f"/kehoachnamsau vb{document}")
    assert again.startswith(texts.open_already(draft.code))
    assert await made(here) == 0
    assert "[nghi ngờ, dự kiến]" in await here.says("hanh", "xem mục 1")
    assert "trước ngày 16/12/2024" in await here.says("hanh", "sửa mục 1: hạn trước 16/12")
    assert "thứ Ba 17/12/2024" in await here.says("hanh", "soát tiếp")
    await here.says("hanh", f"/congbo {draft.code} van")
    assert (await here.taps("hanh", draft_texts.PUBLISH)).startswith(f"Đã công bố “{NEXT}”")
    await here.goes_out()
    told = here.read_by(GROUP_A)[-1]
    assert f"\n{NEXT}\n" in told
    assert told.count("(dự kiến)") == 4
    assert await here.says("hanh", f"/kehoachnamsau vb{document}") == texts.published_already("2024-2025")

    await here.reindexes()
    here.clock.now = datetime(2024, 12, 2, 2, tzinfo=UTC)
    said = await here.says("lan", "tháng này nộp gì?")
    assert "chậm nhất 17/12/2024 (thứ Ba) (dự kiến)" in said
    assert "cây thông" in said
    assert "2023" not in said.partition("📄")[0]
    quoted = plan.obligations[2]
    assert "thứ Ba, ngày 17/12/2024" in quoted.snippet
    assert quoted.snippet in plan.passages[quoted.passage].text
    here.clock.now = datetime(2024, 12, 17, 1, tzinfo=UTC)
    await Reminders(here.begin, lambda: here.school.index, here.clock, here.school.deliverer.wake, Hours()).work()
    await here.school.works()
    assert re.search(r"• .*bếp ăn.* \(hạn 17/12\) – dự kiến$", here.read_by(GROUP_A)[-1], re.MULTILINE)


async def test_the_word_file_reads_as_the_draft_and_may_be_sent_back(here: Desks) -> None:
    document = await published(here)
    await here.says("hanh", f"/kehoachnamsau vb{document}")
    await made(here)
    [data] = await files_sent(here)
    paper = Document(BytesIO(data))
    assert paper.sections[0].header.paragraphs[0].text == texts.above(TITLE)
    plan = decode_plan((await here.drafted())[-1].plan or {})
    shown = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert all(task.snippet in shown for task in plan.obligations)
    assert "Nguyễn Văn Minh" not in shown
    assert "Vĩnh Bảo, ngày … tháng … năm 2024" in shown
    code = await here.sent_and_read(name="sửa.docx", data=data)
    again = decode_plan(next(row.plan or {} for row in await here.drafted() if row.code == code))
    assert [task.due for task in again.obligations] == [task.due for task in plan.obligations]


async def test_of_several_plans_one_is_picked_or_named_by_its_year(here: Desks) -> None:
    old = PLAN.replace(b"2023", b"2022").replace("bếp ăn".encode(), "nhà bếp".encode())
    await published(here, data=old, name="cũ.txt")
    await published(here)
    assert await here.says("hanh", ASK) == texts.WHICH
    assert here.labels() == [f"{TITLE} (2023-2024)", MONTHLY, f"{TITLE.replace('2023', '2022')} (2022-2023)"]
    said = await here.says("hanh", "làm kế hoạch năm học mới từ kế hoạch 2022-2023")
    assert said == texts.drafting(TITLE.replace("2023", "2022"), "2023-2024")
    assert (await here.says("hanh", f"{ASK} từ kế hoạch 2019-2020")).startswith(texts.none_of_year("2019-2020"))
    await here.says("hanh", "soạn kế hoạch năm học 2025-2026 từ kế hoạch 2023-2024")
    assert len(here.labels()) == 2
    assert await here.taps("hanh", TITLE) == texts.drafting(TITLE, "2025-2026")
    await made(here)
    assert "2025" in here.read_by("hanh")[-1]
    assert [row.name for row in await here.drafted()][-2:] == [
        "Dự thảo 2023-2024 (từ cũ).docx",
        "Dự thảo 2025-2026 (từ kế hoạch).docx",
    ]


async def test_who_may_and_from_what(here: Desks) -> None:
    document = 2
    for who in ("lan", "huong", "mai"):
        assert await here.says(who, ASK) == texts.ONLY_OFFICES
        assert await here.says(who, f"/kehoachnamsau vb{document}") == texts.ONLY_OFFICES
    assert await here.says("ngoc", f"/kehoachnamsau vb{document}") == texts.not_yours("Phòng GDĐT huyện Vĩnh Bảo")
    assert await here.says("ngoc", "/kehoachnamsau vb1") == texts.not_yours("Sở Giáo dục và Đào tạo Hải Phòng")
    assert await here.says("hanh", "/kehoachnamsau vb9999999") == texts.NOT_FOUND
    draft = await here.sent_and_read(data=PLAN.replace(b"2023", b"2025"))
    assert await here.says("hanh", f"/kehoachnamsau {draft}") == texts.NOT_PUBLISHED
    assert await here.says("ngoc", f"/kehoachnamsau {draft}") == texts.NOT_FOUND
    assert await here.says("tuan", "/kehoachnamsau vb4") == texts.NO_DAYS
    assert await here.says_in(GROUP_A, "hanh", ASK) == texts.IN_PRIVATE
    assert await made(here) == 0


async def test_a_colleague_has_her_own_and_one_of_both_is_published(here: Desks) -> None:
    await here.hires("nga", "Lê Thị Nga", "PGD-VB", role=Role.STAFF)
    for who in ("hanh", "nga"):
        assert await here.says(who, ASK) == texts.drafting(MONTHLY, "2024-2025")
    assert await made(here) == 2
    mine, hers = (row.code for row in (await here.drafted())[-2:])
    assert await here.says("nga", f"xem lại {mine}") == draft_texts.NOT_FOUND
    for who, code in (("hanh", mine), ("nga", hers)):
        await here.says(who, f"/congbo {code} van")
    assert (await here.taps("hanh", draft_texts.PUBLISH)).startswith("Đã công bố")
    name = (await here.drafted())[-1].name
    assert await here.taps("nga", draft_texts.PUBLISH) == draft_texts.known(name)


async def test_two_workers_make_one_draft_and_one_message(here: Desks) -> None:
    await here.says("hanh", ASK)
    assert sum(await asyncio.gather(made(here), made(here))) >= 1
    assert len(await here.drafted()) == 1
    assert len([text for text in here.read_by("hanh") if text.startswith("Đã soạn")]) == 1


async def test_on_zalo_it_is_checked_by_numbers(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await Desks(begin, clock, tmp_path / "files", name="zalo_bot", limits=ZALO_BOT).opens()
    assert await here.says("hanh", ASK) == texts.drafting(MONTHLY, "2024-2025")
    await made(here)
    said = here.read_by("hanh")[-1]
    assert "111 việc, 12 dòng có hạn" in said
    assert "1. Soát 9 chỗ nghi ngờ" in said
    here.clock.move(timedelta(seconds=1))
    assert "Chỗ nghi ngờ 1/9" in await here.says("hanh", "1")


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("soạn kế hoạch năm sau", ""),
        ("Soan ke hoach nam sau nhe", ""),
        ("soạn giúp em kế hoạch trọng tâm tháng năm học mới", ""),
        ("làm kế hoạch năm học mới từ kế hoạch 2025-2026", "tu 2025"),
        ("soạn kế hoạch năm học 2026-2027", "cho 2026"),
        ("soạn kế hoạch năm học 2026-2027 từ kế hoạch năm học 2024-2025", "tu 2024 cho 2026"),
        ("dự thảo kế hoạch năm tới từ H7K2QM", "H7K2QM"),
        ("lập kế hoạch năm học mới", None),  # the name of a task
        ("soạn kế hoạch năm sau hạn nào?", None),
        ("kế hoạch năm sau", None),
    ],
)
def test_words_that_ask_for_it(said: str, rest: str | None) -> None:
    assert in_words(said) == (None if rest is None else ("kehoachnamsau", rest))

"""One piece of evidence may serve the tasks of several documents: the bot proposes, the principal confirms."""

from datetime import date, datetime
from pathlib import Path

import pytest

from core.clock import VIETNAM
from core.dossier import Cut
from core.people import Asker, Level, Role
from core.texts import evidence as texts
from core.work import Shelved, TaskRef
from evidence.dossier import gather
from knowledge.extract import extract
from knowledge.index import Index
from knowledge.kindred import kindred
from knowledge.readers import read_file
from records import documents
from records.session import Begin
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock
from tests.knowledge.library import founding

SELF_ASSESSMENT = """\
ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 900/SGDĐT-GDMN
Hải Phòng, ngày 01 tháng 9 năm 2023
V/v tự đánh giá trường học an toàn năm học 2023-2024
Kính gửi: Phòng Giáo dục và Đào tạo các quận, huyện; các trường mầm non
1. Các trường mầm non tự đánh giá trường học an toàn, phòng, chống tai nạn thương tích cho trẻ, gửi kết quả về Phòng \
GD&ĐT trước ngày 15/5/2024.
2. Các trường mầm non xây dựng kế hoạch tổ chức Hội nghị tổng kết năm học, gửi Phòng GD&ĐT trước ngày 20/5/2024.
"""
SAFETY = "Kiểm tra, đánh giá kết quả xây dựng trường học an toàn"
CAPTION = "kiểm tra trường học an toàn phòng chống tai nạn thương tích"
TOO = "Các trường mầm non tự đánh giá trường học an toàn"


def with_self_assessment() -> Index:
    shelf = founding()
    plan = extract(read_file("900-tu-danh-gia.txt", SELF_ASSESSMENT.encode()))
    shelved = [volume.shelved for volume in shelf.volumes]
    return Index.of([*shelved, Shelved(len(shelved) + 1, "SO-HP", plan, date(2026, 11, 1))], shelf.tree)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    clock.move(datetime(2024, 5, 6, 8, tzinfo=VIETNAM) - clock())
    index = with_self_assessment()
    async with begin() as session:
        added = index.volumes[-1].shelved
        id = await documents.add(session, added.plan, added.unit, "900", documents.PUBLISHED, clock())
    assert id == added.id
    district.school.index = index
    return district


async def shared(here: District) -> str:
    """The principal hands in photos of the safety check and takes what is proposed; the answer."""
    await here.hands_in("huong", "a", "b", text=CAPTION)
    assert (await here.taps("huong", SAFETY)).endswith(texts.serves(1))
    return await here.taps("huong", f"Dùng cho: {TOO}")


async def test_what_another_document_asks_for_too_is_proposed_and_taken_on_the_principals_word(here: District) -> None:
    said = await shared(here)
    first, second = await here.rows()
    assert said.startswith(f"Đã dùng chung tệp của {first.code}.\nMã {second.code}.\nViệc: {TOO}")
    assert [(one.title[:40], one.state) for one in (first, second)] == [
        (SAFETY[:40], "submitted"),
        (TOO[:40], "submitted"),
    ]
    assert await here.files_of(first.id) == await here.files_of(second.id) == ["a", "b"]
    async with here.begin() as session:
        dossier = await gather(session, here.school.index, Cut(UNIT), here.clock())
    proofs = [proof.code for item in dossier.items for proof in item.proofs]
    assert proofs == [first.code, second.code]


async def test_the_office_decides_on_each_and_is_told_what_is_shared_instead_of_a_repeat(here: District) -> None:
    await shared(here)
    first, second = await here.rows()
    seen = await here.says("hanh", f"/xemnop {second.code}")
    assert f"Dùng chung tệp với {first.code}." in seen
    assert "trong lần nộp" not in seen
    await here.says("hanh", f"/nhan {second.code}")
    assert [row.state for row in await here.rows()] == ["submitted", "accepted"]


async def test_nothing_is_proposed_where_no_other_document_asks_for_it(here: District) -> None:
    receipt = await here.hands_in("huong", "a", text="cân đo lần 3")
    assert "Đã ghi là nộp" in receipt
    assert "việc khác nữa" not in receipt


async def test_any_task_can_be_named_but_each_once(here: District) -> None:
    await shared(here)
    first, second = await here.rows()
    offered = await here.says("huong", f"dùng chung {first.code}")
    assert offered.startswith(texts.SHARE_WHICH)
    labels = [choice.label for choice in here.last("huong").choices]
    assert not any(TOO in label or SAFETY in label for label in labels)
    again = f"/dungchung {first.code} {second.document_id}.{second.number}"
    assert await here.says("huong", again) == texts.SHARED_BEFORE
    assert len(await here.rows()) == 2


async def test_a_teacher_is_not_asked_and_cannot_share(here: District) -> None:
    await here.hands_in("lan", "a", text=CAPTION)
    await here.taps("lan", SAFETY)
    code = (await here.rows())[0].code
    assert "Dùng cho" not in here.last("lan").text
    assert await here.says("lan", f"/dungchung {code}") == texts.ONLY_PRINCIPALS
    assert await here.says("mai", f"/dungchung {code}") == texts.NOT_FOUND
    assert await here.says("huong", f"/dungchung {code}") == texts.NOTHING_TO_SHARE  # not handed in yet
    confirmed = await here.says("huong", f"/dongynop {code}")
    assert confirmed.endswith(texts.serves(1))


def test_only_the_same_subject_in_the_same_school_year_is_akin() -> None:
    index = with_self_assessment()
    school = index.tree.units[UNIT]
    asker = Asker(school, Role.TEACHER, Level.SCHOOL)
    pairs = {
        (volume.shelved.id, number, one.ref)
        for volume in index.volumes
        for number in range(len(volume.shelved.plan.obligations))
        for one in kindred(index, TaskRef(volume.shelved.id, number), asker)
    }
    assert {(document, ref.document) for document, _, ref in pairs} == {(2, 6), (6, 2)}
    tasks = {index.by_id[document].shelved.plan.obligations[number].task[:20] for document, number, _ in pairs}
    assert tasks == {SAFETY[:20], TOO[:20]}  # neither "kế hoạch" nor "hội nghị tổng kết" makes two alike

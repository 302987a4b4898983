"""Files that serve several tasks are deleted from all of them; a certificate says what is still kept, and why."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from core.texts import privacy as texts
from records import deletions
from records.session import Begin
from tests.evidence.privacy_stage import KEPT, PrivacyStage
from tests.fakes.clock import StillClock


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def shared(here: PrivacyStage, days: int = 1) -> tuple[str, str]:
    """The codes of two submissions with the same files, the second so many days later."""
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    first = (await here.rows())[-1].code
    here.clock.move(timedelta(days=days))
    await here.says("huong", f"dùng chung {first}")
    label = here.last("huong").choices[0].label
    await here.taps("huong", label)
    here.clock.move(timedelta(days=1))
    here.ages()
    return first, (await here.rows())[-1].code


async def bytes_go(here: PrivacyStage) -> None:
    await here.expiring().finish()
    await here.school.works()


async def test_what_shares_the_files_is_deleted_too_after_it_was_named(here: PrivacyStage) -> None:
    first, second = await shared(here)
    before = len(here.read_by("hanh"))
    await here.says("huong", f"xoá minh chứng {second}")
    asked = await here.taps("huong", texts.whole(2))
    assert f"{first} (" in asked
    assert "của Phạm Thị Hương" in asked
    done = await here.taps("huong", texts.SURE)
    assert f"Xoá cả ở lần nộp {first}" in done
    assert [row.state for row in await here.rows()] == ["withdrawn", "withdrawn"]
    told = here.read_by("hanh")[before:]
    assert [code for code in (first, second) if sum(code in one for one in told) == 1] == [first, second]
    await bytes_go(here)
    [made] = await here.certificates()
    assert (made.submissions, made.files) == (2, 4)
    assert here.on_disk() == {made.paper}
    [paper] = await here.papers_sent_to("huong")
    assert "Còn giữ" not in paper
    assert {first, second} <= set(re.findall(r"\b[A-Z0-9]{6}\b", paper))


async def test_one_file_goes_from_each_that_has_it_and_the_rest_of_both_stands(here: PrivacyStage) -> None:
    first, _ = await shared(here)
    files = await here.received()
    await here.says("huong", f"/xoaminhchung {first} {files[0].id} dong y")
    await bytes_go(here)
    assert [one.state for one in await here.received()] == ["deleted", "stored", "deleted", "stored"]
    assert [row.state for row in await here.rows()] == ["submitted", "submitted"]
    assert not here.store.path(str(files[0].sha256)).exists()


async def test_what_a_colleague_gave_with_the_same_picture_in_it_loses_it_too(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.hands_in("lan", "a", "b", text="cân đo lần 2")
    here.ages()
    code = (await here.rows())[0].code
    asked = await here.says("huong", f"/xoaminhchung {code} het")
    assert "của Nguyễn Thị Lan" in asked
    await here.says("huong", f"/xoaminhchung {code} het dong y")
    assert [one.state for one in await here.received()] == ["deleted", "deleted", "stored"]


async def test_what_another_school_handed_in_stays_and_the_certificate_says_so(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    await here.hands_in("mai", "a", text="cân đo lần 2")
    here.ages()
    code = (await here.rows())[0].code
    done = await here.says("huong", f"/xoaminhchung {code} het dong y")
    assert "Riêng 1 tệp nơi khác còn dùng" in done
    await bytes_go(here)
    [first, second, theirs] = await here.received()
    assert (first.state, second.state, theirs.state) == ("deleted", "deleted", "stored")
    [paper] = await here.papers_sent_to("huong")
    assert "Đã xoá: 1 tệp" in paper
    assert "Còn giữ: 1 tệp đã gỡ khỏi các lần nộp này, vì đơn vị khác cũng đã nộp tệp y hệt (số thứ tự 1)." in paper
    [made] = await here.certificates()
    assert (made.submissions, made.files, made.bytes) == (1, 2, len(here.contents["b"]))
    assert here.store.path(str(theirs.sha256)).exists()


async def test_what_expires_while_a_later_submission_shares_it_is_said_to_be_kept(here: PrivacyStage) -> None:
    _, second = await shared(here, days=100)
    [original, *_] = await here.received()
    await here.after(KEPT - 131)
    await here.after(30)
    [row, other] = await here.rows()
    assert (bool(row.deleted_at), bool(other.deleted_at)) == (True, False)
    assert here.store.path(str(original.sha256)).exists()
    [paper] = await here.papers_sent_to("huong")
    assert f"Còn giữ: 2 tệp đã gỡ khỏi các lần nộp này, vì lần nộp {second} còn dùng (số thứ tự 1, 2)." in paper
    assert "Đã xoá: 0 tệp" in paper
    await here.after(70)
    await here.after(32)
    [_, last] = await here.certificates()
    assert here.on_disk() == {one.paper for one in await here.certificates()}
    assert (last.files, last.bytes > 0) == (2, True)


async def test_the_chain_of_certificates_holds(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    await here.hands_in("mai", "a", text="cân đo lần 2")
    for row in await here.rows():
        who = "mai" if row.unit == "VB-ANHDUONG" else "huong"
        await here.says(who, f"/xoaminhchung {row.code} het dong y")
    async with here.begin() as session:
        assert await deletions.faults(session) == (2, [])

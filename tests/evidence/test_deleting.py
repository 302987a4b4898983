"""A principal deletes what a parent asks to have deleted: a whole submission, or one file of it; nobody else can."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.texts import evidence as evidence_texts
from core.texts import privacy as texts
from records.evidence_tables import SubmissionEventRow
from records.session import Begin
from records.tables import OutboxRow
from tests.evidence.privacy_stage import PrivacyStage
from tests.fakes.clock import StillClock

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def handed_in(here: PrivacyStage, who: str = "huong", *files: str) -> str:
    """The code of what was handed in a day ago."""
    await here.hands_in(who, *(files or ("a", "b")), text="cân đo lần 2")
    here.clock.move(timedelta(days=1))
    here.ages()
    return (await here.rows())[-1].code


async def bytes_go(here: PrivacyStage) -> None:
    """What is done every five minutes."""
    await here.expiring().finish()
    await here.school.works()


async def test_a_principal_deletes_a_submission_and_the_office_hears_of_it(here: PrivacyStage) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/nhan {code}")
    assert await here.says("huong", f"xoá minh chứng {code}") == texts.which(await here.submission(0), 2)
    asked = await here.taps("huong", texts.whole(2))
    assert asked == texts.sure(await here.submission(0), "")
    before = len(here.read_by("hanh"))
    done = await here.taps("huong", texts.SURE)
    [made] = await here.certificates()
    assert done == f"Đã xoá 2 tệp của lần nộp {code}. Biên bản {made.code}: ít phút nữa tôi gửi tệp Word."
    assert (made.reason, made.by_name, made.files) == ("asked", "Phạm Thị Hương", 2)
    assert here.read_by("hanh")[before:] == [
        f"MN Hoa Phượng đã xoá minh chứng {code} ({WEIGHING}) "
        "theo yêu cầu về dữ liệu cá nhân; lần nộp này được rút lại."
    ]
    await bytes_go(here)
    assert here.on_disk() == {one.paper for one in await here.certificates()}
    [paper] = await here.papers_sent_to("huong")
    assert "theo yêu cầu của chủ thể dữ liệu" in paper
    assert "Người thực hiện yêu cầu: Phạm Thị Hương." in paper
    [submission] = await here.rows()
    assert (submission.state, submission.caption, bool(submission.deleted_at)) == ("withdrawn", "", True)
    log = [(one.state, one.note) for one in await here.all(SubmissionEventRow)]
    assert log == [("submitted", ""), ("accepted", ""), ("withdrawn", texts.WITHDRAWN_NOTE)]
    assert f"tệp {texts.GONE}" in await here.says("huong", "dữ liệu của tôi")
    assert await here.says("huong", f"xoá minh chứng {code}") == texts.NOTHING_LEFT


async def test_one_file_of_several_goes_and_the_rest_stands(here: PrivacyStage) -> None:
    code = await handed_in(here)
    [first, second] = await here.received()
    before = len(here.read_by("hanh"))
    await here.says("huong", f"xoá minh chứng {code}")
    await here.taps("huong", "Tệp 2")
    await here.taps("huong", texts.SURE)
    await bytes_go(here)
    assert [(one.state, one.sha256) for one in await here.received()] == [
        ("stored", first.sha256),
        ("deleted", None),
    ]
    assert not here.store.path(str(second.sha256)).exists()
    assert here.store.path(str(first.sha256)).exists()
    assert await here.states() == [(WEIGHING, "submitted")]
    assert len(here.read_by("hanh")) == before
    log = [one.state for one in await here.all(SubmissionEventRow)]
    assert log == ["submitted", "deleted"]
    [made] = await here.certificates()
    said = f"Phạm Thị Hương xoá tệp “1 tệp, biên bản {made.code}”"
    assert said in await here.says("huong", f"nhật ký {code}")
    await here.says("huong", f"/xoaminhchung {code} {first.id} dong y")
    assert await here.states() == [(WEIGHING, "withdrawn")]
    assert len(here.read_by("hanh")) == before + 1


async def test_what_was_written_about_it_is_kept_no_longer(here: PrivacyStage) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/xemnop {code}")
    await here.says("huong", f"/xoaminhchung {code} het dong y")
    await bytes_go(here)
    kept = [row.text for row in await here.all(OutboxRow)]
    assert [text for text in kept if "Lời kèm" in text or "Đã nhận 2 ảnh" in text] == []


@pytest.mark.parametrize(
    ("who", "said"),
    [("lan", texts.ONLY_PRINCIPALS), ("mai", evidence_texts.NOT_FOUND), ("hanh", evidence_texts.NOT_FOUND)],
)
async def test_a_teacher_another_school_and_the_office_cannot(here: PrivacyStage, who: str, said: str) -> None:
    code = await handed_in(here, "lan")
    file = (await here.received())[0].id
    for command in (
        f"xoá minh chứng {code}",
        f"/xoaminhchung {code} het dong y",
        f"/xoaminhchung {code} {file} dong y",
    ):
        assert await here.says(who, command) == said
    assert await here.certificates() == []
    assert len(here.on_disk()) == 5


async def test_files_of_another_submission_cannot_be_had_by_their_number(here: PrivacyStage) -> None:
    await handed_in(here, "mai", "c")
    theirs = (await here.received())[0].id
    code = await handed_in(here)
    assert await here.says("huong", f"/xoaminhchung {code} {theirs} dong y") == texts.FILE_GONE
    assert await here.certificates() == []


async def test_nothing_is_deleted_without_a_word_or_while_files_still_come(here: PrivacyStage) -> None:
    code = await handed_in(here)
    await here.says("huong", f"xoá minh chứng {code}")
    await here.taps("huong", texts.whole(2))
    await here.taps("huong", texts.KEEP)
    assert await here.says("huong", "xoá minh chứng") == texts.HOW_TO_DELETE
    await here.sends("huong", "c")
    coming = (await here.rows())[-1].code
    assert await here.says("huong", f"/xoaminhchung {coming} het dong y") == texts.not_yet(coming)
    assert await here.certificates() == []


async def test_bytes_that_came_a_moment_ago_go_when_nobody_can_still_be_bringing_them(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [submission] = await here.rows()
    [file] = await here.received()
    await here.says("huong", f"/xoaminhchung {submission.code} het dong y")
    await bytes_go(here)
    assert here.store.path(str(file.sha256)).exists()
    here.ages()
    await here.expiring().work()
    assert not here.store.path(str(file.sha256)).exists()

"""What has been kept long enough is deleted: told a month before, all of it gone, a certificate for it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiohttp.test_utils import TestClient, TestServer
from openpyxl import load_workbook
from sqlalchemy import delete, update

from bot.checks.certificates import certificates
from bot.checks.finding import Finding, Premises
from bot.settings import read_settings
from core.dossier import Cut
from core.health import Level
from core.texts.privacy import EXPIRED
from records import deletions, files
from records.evidence_tables import SubmissionEventRow, SubmissionRow
from records.file_tables import UploadPartRow, UploadRow
from records.privacy_tables import DeletionRow
from records.session import Begin
from scheduler.sweeping import sweep
from tests.evidence.privacy_stage import KEPT, PrivacyStage, text_of
from tests.evidence.stage import UNIT
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import files_in

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def test_a_month_before_the_principals_are_told_once_of_all_that_falls_due(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    here.clock.move(timedelta(days=5))
    await here.hands_in("lan", "b", text="bổ sung cân đo lần 2")
    before = len(here.read_by("huong")), len(here.read_by("lan")), len(here.read_by("mai"))
    await here.after(KEPT - 30 - 5 - 1)
    assert len(here.read_by("huong")) == before[0]
    await here.after(1)
    await here.after(1)
    await here.after(10)
    [told] = here.read_by("huong")[before[0] :]
    assert told == (
        "Từ ngày 04/12/2028 đến ngày 09/12/2028 tôi xoá ảnh, tệp của 2 lần nộp đã giữ đủ 5 năm. "
        "Cần giữ thì thầy/cô tải hồ sơ về trước: /hoso"
    )
    assert (len(here.read_by("lan")), len(here.read_by("mai"))) == before[1:]
    assert len(await here.named()) == len(here.on_disk()) > 4


async def test_on_the_day_files_copies_and_words_are_gone_and_state_and_log_stay(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2 xong rồi ạ")
    code = (await here.rows())[0].code
    await here.says("hanh", f"/tralai {code} bé Na không có tên")
    original = str((await here.received())[0].sha256)
    assert len(here.on_disk()) == 5  # two photos, one with a clean copy, and a small copy of each
    await here.after(KEPT - 30)
    await here.after(30)
    [submission] = await here.rows()
    assert (submission.title, submission.state, submission.caption) == (WEIGHING, "returned", "")
    assert (submission.deleted_at, submission.chat, submission.sender) == (here.clock(), "", "")
    events = await here.all(SubmissionEventRow)
    assert [(one.state, one.note) for one in events] == [("submitted", ""), ("returned", "")]
    kept = [(one.state, one.name, one.sha256, one.source, one.chat) for one in await here.received()]
    assert kept == [("deleted", "", None, {}, "")] * 2
    assert await here.facts() == []
    [certificate] = await here.certificates()
    assert here.on_disk() == await here.named() == {certificate.paper}
    assert not here.store.path(original).exists()
    dump = repr([vars(row) for table in (SubmissionRow, SubmissionEventRow) for row in await here.all(table)])
    assert "Na" not in dump
    assert "xong" not in dump


async def test_the_principals_get_a_certificate_as_a_word_file(here: PrivacyStage) -> None:
    await here.hands_in("huong", "c", text="cân đo lần 2")
    [submission], [file] = await here.rows(), await here.received()
    sha256 = str(file.sha256)
    await here.after(KEPT - 30)
    await here.after(30)
    [made] = await here.certificates()
    assert (made.unit, made.reason, made.submissions, made.files, made.bytes) == (UNIT, "expired", 1, 1, 10)
    [paper] = await here.papers_sent_to("huong")
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "MN HOA PHƯỢNG, HUYỆN VĨNH BẢO, HẢI PHÒNG",
        "BIÊN BẢN XOÁ DỮ LIỆU",
        f"Số 1, mã {made.code}",
        "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP",
        "Lý do: hết thời hạn lưu.",
        "Thời điểm xoá: 08:00 ngày 04/12/2028.",
        "Đã xoá: 1 tệp của 1 lần nộp, dung lượng 10 byte",
        f"{submission.code}\n{WEIGHING}\n04/12/2023\n{sha256}\n10 byte",
        made.seal,
    ):
        assert said in paper
    assert f"Biên bản xoá dữ liệu {made.code}: xoá 1 tệp (10 byte) của 1 lần nộp lúc 08:00" in here.read_by("huong")[-1]
    listed = await here.says("huong", "biên bản xoá")
    assert f"• {made.code}, xoá 1 tệp (10 byte) của 1 lần nộp lúc 08:00 ngày 04/12/2028, hết hạn lưu" in listed
    await here.says("huong", f"biên bản xoá {made.code}")
    assert await here.papers_sent_to("huong") == [paper, paper]
    assert made.code not in await here.says("mai", f"biên bản xoá {made.code}")
    assert "hiệu trưởng" in await here.says("lan", "biên bản xoá")


async def test_a_deputy_is_told_where_there_is_no_principal_and_of_nothing_that_is_refused_to_her(
    here: PrivacyStage,
) -> None:
    await here.hands_in("huong", "c", text="cân đo lần 2")
    await here.after(KEPT - 31)
    await here.says("huong", "uỷ quyền cho cô Lan đến 20/12")
    before = len(here.read_by("lan"))
    await here.after(1)
    assert "/hoso" in here.read_by("huong")[-1]
    assert here.read_by("lan")[before:] == []
    await here.says("huong", "xoá dữ liệu của tôi")
    await here.taps("huong", "Đồng ý xoá")
    await here.after(30)
    [told] = here.read_by("lan")[before:]
    assert told.startswith("Biên bản xoá dữ liệu")
    assert "nhắn" not in told
    assert len(await here.papers_sent_to("lan")) == 1


async def test_bytes_that_a_kept_submission_uses_stay(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    here.clock.move(timedelta(days=100))
    await here.hands_in("mai", "a", text="cân đo lần 2")
    [first, second, third] = await here.received()
    assert first.sha256 == third.sha256
    await here.after(KEPT - 130)
    await here.after(30)
    assert here.store.path(str(first.sha256)).exists()
    assert not here.store.path(str(second.sha256)).exists()
    assert [one.sha256 for one in await here.facts()] == [first.sha256]
    assert len(here.on_disk()) == 4  # with its two copies, and the certificate
    await here.after(70)
    await here.after(30)
    assert here.on_disk() == {one.paper for one in await here.certificates()}


async def test_a_copy_of_ours_that_another_school_handed_in_stays(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [fact] = await here.facts()
    assert fact.clean != fact.sha256
    here.contents["copy"] = here.store.path(str(fact.clean)).read_bytes()
    here.clock.move(timedelta(days=100))
    await here.hands_in("mai", "copy", text="cân đo lần 2")
    await here.after(KEPT - 130)
    await here.after(30)
    assert not here.store.path(fact.sha256).exists()
    assert here.store.path(str(fact.clean)).exists()
    assert [one.sha256 for one in await here.facts()] == [fact.clean]


async def test_bytes_on_an_open_upload_page_stay(here: PrivacyStage) -> None:
    await here.hands_in("huong", "c", text="cân đo lần 2")
    await here.says("huong", "/nop")
    [file] = await here.received()
    async with here.begin() as session:
        [page] = await here.all(UploadRow)
        made_at = here.clock()
        values = {"name": "c.pdf", "size": 10, "received": 10, "sha256": file.sha256, "made_at": made_at}
        session.add(UploadPartRow(id="1", token_hash=page.token_hash, **values))
    await here.after(KEPT - 30)
    await here.after(30)
    assert here.store.path(str(file.sha256)).exists()


async def test_run_twice_and_on_two_machines_is_run_once(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    before = len(here.read_by("huong"))
    for days in (KEPT - 30, 30):
        here.clock.move(timedelta(days=days))
        here.ages()
        await asyncio.gather(here.expiring().work(), here.expiring().work())
        await here.expiring().work()
        await here.school.works()
    assert len(await here.certificates()) == 1
    assert len(here.read_by("huong")) - before == 2


async def test_killed_between_the_rows_and_the_bytes_the_rest_is_done_later(
    here: PrivacyStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [file] = await here.received()
    await here.after(KEPT - 30)
    before = len(here.read_by("huong"))

    async def killed(*_: object) -> int:
        raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr("scheduler.expiring.sweep", killed)
        with pytest.raises(asyncio.CancelledError):
            await here.after(30)
    assert (await here.rows())[0].deleted_at
    assert here.store.path(str(file.sha256)).exists()
    assert str(file.sha256) not in await here.named()
    await here.expiring().finish()
    await here.school.works()
    [certificate] = await here.certificates()
    assert here.on_disk() == {certificate.paper}
    assert len(here.read_by("huong")) - before == 1


async def test_the_sweep_leaves_what_is_just_arriving(here: PrivacyStage) -> None:
    async def put(content: bytes, *, row: bool = False) -> str:
        coming = here.store.coming()
        coming.write_bytes(content)
        kept = here.store.keep(coming)
        if row:
            async with here.begin() as session:
                await files.note(session, kept, here.clock())
        return kept.sha256

    named, left = await put(b"named", row=True), await put(b"left by a crash")
    again = await put(b"comes again")
    here.store.coming("half").write_bytes(b"x")
    slow = here.store.coming()
    slow.write_bytes(b"came long ago, and became whole now")
    here.ages()
    arriving, whole = await put(b"arriving"), here.store.keep(slow).sha256
    here.store.coming("growing").write_bytes(b"x")
    stale = here.store.untouched(timedelta(hours=1))
    assert sorted(stale) == sorted([named, left, again])
    await put(b"comes again")  # after it was found stale: put anew, its row not yet there
    assert not here.store.delete_untouched(again, timedelta(hours=1))
    assert await sweep(here.begin, here.store, here.clock) == 1
    assert here.on_disk() == {named, again, arriving, whole}
    assert [path.name for path in (here.folder / "coming").iterdir()] == ["growing"]


async def test_zero_days_keep_everything(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    before = len(here.read_by("huong"))
    await here.after(KEPT * 3, kept=0)
    assert (len(here.read_by("huong")), await here.certificates()) == (before, [])


async def test_fewer_days_delete_nothing_that_nobody_was_told_of(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.after(400, kept=365)
    assert here.read_by("huong")[-1].startswith("Ngày 06/02/2025 tôi xoá ảnh, tệp của 1 lần nộp đã giữ đủ 1 năm.")
    await here.after(29, kept=365)
    assert await here.certificates() == []
    await here.after(1, kept=365)
    assert len(await here.certificates()) == 1


async def test_what_still_waits_for_its_receipt_is_not_deleted(here: PrivacyStage) -> None:
    await here.sends("huong", "a", text="cân đo lần 2")
    await here.after(KEPT - 30)
    await here.after(30)
    assert await here.certificates() == []


async def test_everything_says_that_it_was_deleted_and_nothing_fails(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    link = await here.link(Cut(UNIT))
    async with TestClient(TestServer(here.app())) as client:
        [shown, _] = files_in(await (await client.get(link)).text())
        await here.after(KEPT - 30)
        await here.after(30)
        assert (await client.get(shown)).status == 404
        link = await here.link(Cut(UNIT))
        page = await (await client.get(link)).text()
        assert f"đã nộp 08:00 ngày 04/12/2023, tệp {EXPIRED}" in page
        assert files_in(page) == []
        zipped = await (await client.get(f"{link}.zip")).read()
    with ZipFile(BytesIO(zipped)) as packed:
        assert packed.namelist() == ["Mục lục.xlsx", "Mục lục.docx"]
        sheet = load_workbook(BytesIO(packed.read("Mục lục.xlsx"))).active
        assert EXPIRED in [row[8].value for row in sheet.iter_rows()]
        assert EXPIRED in text_of(packed.read("Mục lục.docx"))
    code = (await here.rows())[0].code
    assert EXPIRED in await here.says("huong", "dữ liệu của tôi")
    await here.says("hanh", "/duyet")
    assert EXPIRED in here.last("hanh").choices[0].label
    assert EXPIRED in await here.says("hanh", f"/xemnop {code}")
    assert (await here.says("hanh", f"/nhan {code}")).startswith(f"Đã nhận {code}")
    assert await here.says("huong", "tiến độ")


async def test_progress_says_it_where_the_task_is_still_near(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    here.house = replace(here.house, retention_days=1)
    await here.after(1, kept=1)
    await here.after(30, kept=1)
    assert f"đã nộp, tệp {EXPIRED}" in await here.says("huong", "tiến độ")


async def test_a_certificate_that_is_changed_or_missing_is_found(here: PrivacyStage) -> None:
    for number in range(3):
        await here.hands_in("huong", "abc"[number], text="cân đo lần 2")
        here.clock.move(timedelta(days=100))
    await here.after(KEPT - 300 - 30)
    for _ in range(3):
        await here.after(100)
    codes = [one.code for one in await here.certificates()]
    assert len(codes) == 3

    async def faults(*statements: object) -> list[str]:
        async with here.begin() as session:
            for statement in statements:
                await session.execute(statement)  # type: ignore[call-overload]
            found = (await deletions.faults(session))[1]
            await session.rollback()
        return found

    row = DeletionRow
    assert await faults() == []
    assert [found.level for found in await looked_at(here)] == [Level.GOOD]
    assert await faults(update(row).where(row.number == 2).values(bytes=0)) == [codes[1]]
    assert await faults(update(row).where(row.number == 2).values(reason="asked")) == [codes[1]]
    assert await faults(delete(row).where(row.number == 1)) == ["#1", codes[1], codes[0]]
    assert await faults(delete(row).where(row.number == 3)) == [codes[2]]
    async with here.begin() as session:
        await session.execute(update(row).where(row.number == 2).values(seal="0" * 64))
    [found] = await looked_at(here)
    assert (found.level, codes[1] in found.line, codes[2] in found.line) == (Level.WRONG, True, True)


async def looked_at(here: PrivacyStage) -> Sequence[Finding]:
    """What doctor says of it."""
    return await certificates(Premises(read_settings(None), here.begin, here.clock, Path(".env")))


async def test_bytes_whose_home_is_a_bucket_leave_it_once_nothing_can_name_them_again(
    here: PrivacyStage, cloud: Cloud
) -> None:
    here.store.home = here.home = cloud.home()
    here.starts_anew()
    await here.hands_in("huong", "a", text="cân đo lần 2")
    assert len(cloud.objects()) == 3  # the photo, its clean copy, a small one
    await here.after(KEPT - 30)
    await here.after(30)
    paper = cloud.key(str((await here.certificates())[0].paper))
    assert len(cloud.objects()) == 4
    cloud.wire.cut()
    await here.after(1 / 12)  # out of reach: it is for another time
    cloud.wire.mend()
    assert len(cloud.objects()) == 4
    await here.after(1 / 24)
    assert set(cloud.objects()) == {paper}
    assert here.on_disk() == await here.named()


async def test_what_is_handed_in_again_before_it_left_the_bucket_stays(here: PrivacyStage, cloud: Cloud) -> None:
    here.store.home = here.home = cloud.home()
    here.starts_anew()
    await here.hands_in("huong", "c", text="cân đo lần 2")
    await here.after(KEPT - 30)
    await here.after(30)
    await here.hands_in("mai", "c", text="cân đo lần 2")
    await here.after(1)
    [row] = [row for row in await here.received() if row.sha256]
    assert cloud.key(str(row.sha256)) in cloud.objects()

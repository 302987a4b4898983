"""Who is erased leaves no account behind beside what she handed in; what she still waits for reaches her."""

from pathlib import Path
from typing import Any

import pytest

from records.evidence_tables import SubmissionRow
from records.file_tables import ReceivedRow, UploadRow
from records.session import Begin
from tests.evidence.privacy_stage import PrivacyStage
from tests.fakes.clock import StillClock


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def named(here: PrivacyStage) -> set[str]:
    """The accounts and chats that stand beside what was handed in."""
    rows: list[Any] = [row for table in (SubmissionRow, ReceivedRow, UploadRow) for row in await here.all(table)]
    keys = {row.key.split(":")[1] for row in await here.received() if row.key.startswith("telegram:")}
    return {value for row in rows for value in (row.chat, row.sender) if value} | keys


async def test_no_account_stands_beside_what_she_handed_in_and_her_name_does(here: PrivacyStage) -> None:
    await here.hands_in("huong", "c", text="cân đo lần 2")
    await here.hands_in("lan", "a", text="cân đo lần 2")
    code = (await here.rows())[-1].code
    await here.says("lan", "/xoadulieu dong y")
    assert await named(here) == {"huong"}
    assert "Nguyễn Thị Lan gửi 1 ảnh cho việc" in "\n".join(here.read_by("huong"))
    assert (await here.rows())[-1].person_id is not None
    await here.says("huong", f"/dongynop {code}")
    before = len(here.read_by("huong"))
    assert (await here.says("hanh", f"/nhan {code}")).startswith(f"Đã nhận {code}")
    assert len(here.read_by("huong")) == before + 1  # and nothing fails for the giver who is gone


async def test_the_receipt_still_reaches_her_and_then_she_is_forgotten(here: PrivacyStage) -> None:
    await here.sends("lan", "a", text="cân đo lần 2")
    await here.says("lan", "/nop")
    await here.says("lan", "/xoadulieu dong y")
    assert "lan" in await named(here)
    before = len(here.read_by("lan"))
    await here.passes()
    assert here.read_by("lan")[before].startswith("Đã nhận ảnh.jpg")
    await here.expiring().work()
    assert [row.sender for row in await here.received()] == [row.sender for row in await here.rows()] == [""]
    pages: list[UploadRow] = await here.all(UploadRow)
    [page] = pages
    assert page.sender == "lan"  # still open: what comes through it is told there
    here.clock.now = page.expires_at
    await here.fetcher._receipts.close_forgotten(here.store)
    await here.expiring().work()
    assert await named(here) == set()


async def test_in_a_group_only_the_sender_is_forgotten(here: PrivacyStage) -> None:
    await here.says("huong", "/thamgia", chat="g1", group=True)
    photo = {"kind": "photo", "id": "a"}
    update = {"kind": "photo", "files": [photo], "message_id": "g7", "text": "cân đo lần 2"}
    await here.school.receives("g7", sender="lan", chat="g1", group=True, **update)
    await here.school.works()
    await here.passes()
    await here.school.receives("g8", sender="stranger", chat="g1", group=True, **update | {"message_id": "g8"})
    await here.school.works()
    await here.passes()
    for who in ("lan", "stranger"):
        await here.says(who, "/xoadulieu dong y")
    assert [(row.chat, row.sender) for row in await here.rows()] == [("g1", "")] * 2

"""Files sent in chat: kept and then confirmed; where the service hands none on, a link; never a false "received"."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from core.capabilities import TELEGRAM, WEB_CHAT, ZALO_BOT, ZALO_OA_GROUP
from core.message import Address
from core.platform import Limits, Platform
from core.texts import chat, files, joining
from handlers.context import House
from handlers.files import ALBUM_QUIET
from records import uploads
from records.files import FileStore
from records.session import Begin
from scheduler.fetch import Fetcher
from scheduler.receipts import Receipts
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform
from tests.fakes.school import School
from tests.web.file_stage import FileStage

PUBLIC = "https://nhacviec.example.vn"
LINK = re.compile(rf"{PUBLIC}(/upload/[\w-]{{43}})")


def photo(id: str = "p1") -> dict[str, Any]:
    return {"kind": "photo", "id": id}


def document(name: str = "ke-hoach.pdf", size: int = 0) -> dict[str, Any]:
    return {"kind": "document", "id": "d1", "name": name, "size": size}


async def school(begin: Begin, clock: StillClock, limits: Limits, public_url: str = PUBLIC) -> School:
    made = School(begin, clock, FakePlatform(limits=replace(limits, per_second=1000.0)), house=House(public_url))
    return await made.opens()


async def fetched(here: School, folder: Path) -> None:
    platforms: dict[str, Platform] = {here.platform.name: here.platform}
    receipts = Receipts(here.begin, lambda: here.index, here.clock, here.deliverer.wake)
    fetcher = Fetcher(here.begin, platforms, FileStore(folder), here.clock, receipts)
    await fetcher.fetch_ready()
    here.clock.move(ALBUM_QUIET)
    await fetcher.fetch_ready()
    await here.works()


async def sends(here: School, kind: str, *sent: dict[str, Any], sender: str = "lan", **update: Any) -> None:
    await here.receives(sender=sender, kind=kind, files=sent, message_id=update.pop("message_id", "m1"), **update)
    await here.works()


async def test_a_photo_is_confirmed_once_it_is_kept_not_before(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await school(begin, clock, TELEGRAM)
    await sends(here, "photo", photo())
    assert here.read_by("lan") == []
    await fetched(here, tmp_path)
    [text] = here.read_by("lan")
    assert text.startswith("Đã nhận ảnh (2 byte) lúc 08:00 ngày 04/12/2023. Mã: ")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestWhatCannotBeTaken:
    async def test_a_file_too_large_for_the_service_gets_the_limit_and_the_link(
        self, begin: Begin, clock: StillClock
    ) -> None:
        here = await school(begin, clock, TELEGRAM)
        await sends(here, "file", document(size=TELEGRAM.files_in + 1))
        [text] = here.read_by("lan")
        assert "chỉ lấy được tệp đến 21,0 MB, nên tệp này chưa được lưu" in text
        assert LINK.search(text)

    @pytest.mark.parametrize("limits", [ZALO_BOT, replace(WEB_CHAT, files_in=0)])
    async def test_where_no_documents_arrive_the_link_is_given(
        self, begin: Begin, clock: StillClock, limits: Limits
    ) -> None:
        here = await school(begin, clock, limits)
        await sends(here, "file", document())
        assert LINK.search(here.read_by("lan")[0])

    async def test_voice_is_taken_from_a_service_without_documents(
        self, begin: Begin, clock: StillClock, tmp_path: Path
    ) -> None:
        here = await school(begin, clock, ZALO_BOT)
        await sends(here, "voice", {"kind": "voice", "id": "v1"})
        await fetched(here, tmp_path)
        assert here.read_by("lan")[0].startswith("Đã nhận tin thoại")

    async def test_for_all_that_is_withheld_within_ten_minutes_there_is_one_link(
        self, begin: Begin, clock: StillClock
    ) -> None:
        here = await school(begin, clock, ZALO_BOT)
        for _ in range(3):
            await sends(here, "withheld")
        assert len(here.read_by("lan")) == 1
        clock.move(timedelta(minutes=10))
        await sends(here, "withheld")
        first, second = (LINK.findall(text) for text in here.read_by("lan"))
        assert first == second != []

    async def test_who_has_just_asked_for_the_link_still_hears_that_a_file_did_not_arrive(
        self, begin: Begin, clock: StillClock
    ) -> None:
        here = await school(begin, clock, ZALO_BOT)
        await here.says("lan", "nộp")
        for _ in range(2):
            await sends(here, "withheld")
        asked, told = here.read_by("lan")
        assert "không đến được chỗ tôi" in told
        assert LINK.findall(asked) == LINK.findall(told) != []

    async def test_without_a_public_address_it_is_said_plainly(self, begin: Begin, clock: StillClock) -> None:
        here = await school(begin, clock, ZALO_BOT, public_url="")
        await sends(here, "withheld")
        await sends(here, "file", document())
        await here.says("lan", "nộp")
        assert here.read_by("lan") == [files.NO_FILES_HERE] * 3

    @pytest.mark.parametrize("kind", ["photo", "file", "voice", "withheld"])
    async def test_strangers_get_nothing_but_how_to_join(
        self, begin: Begin, clock: StillClock, tmp_path: Path, kind: str
    ) -> None:
        here = await school(begin, clock, TELEGRAM)
        await sends(here, kind, photo(), sender="stranger")
        await fetched(here, tmp_path)
        assert here.read_by("stranger") == [joining.unknown_sender(phone=here.platform.limits.phone)]

    @pytest.mark.parametrize("words", ["/nop", "nộp", "Nop minh chung", "gửi tệp"])
    async def test_who_asks_for_the_link_gets_it(self, begin: Begin, clock: StillClock, words: str) -> None:
        here = await school(begin, clock, TELEGRAM)
        for _ in range(2):
            await here.says("lan", words)
        first, second = here.read_by("lan")
        assert LINK.findall(first) == LINK.findall(second) != []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestInGroups:
    async def test_a_photo_that_names_the_bot_is_taken_and_others_are_not(
        self, begin: Begin, clock: StillClock, tmp_path: Path
    ) -> None:
        here = await school(begin, clock, TELEGRAM)
        await sends(here, "photo", photo(), chat="group", group=True, addressed=False, message_id="m1")
        await fetched(here, tmp_path)
        assert here.read_by("group") == []
        await sends(here, "photo", photo(), chat="group", group=True, message_id="m2")
        await fetched(here, tmp_path)
        assert here.read_by("group")[0].startswith("Đã nhận ảnh")

    async def test_where_everything_is_shown_documents_are_taken_from_everybody(
        self, begin: Begin, clock: StillClock, tmp_path: Path
    ) -> None:
        here = await school(begin, clock, ZALO_OA_GROUP)
        await sends(here, "file", document(), chat="group", group=True, addressed=False, sender="mai", message_id="m1")
        await sends(here, "photo", photo(), chat="group", group=True, addressed=False, sender="mai", message_id="m2")
        await fetched(here, tmp_path)
        [text] = here.read_by("group")
        assert text.startswith("Đã nhận ke-hoach.pdf (2 byte)")

    async def test_the_link_is_personal(self, begin: Begin, clock: StillClock) -> None:
        here = await school(begin, clock, TELEGRAM)
        await here.says("lan", "chào")
        await here.says_in("group", "lan", "/nop")
        assert here.read_by("group") == [chat.ANSWERED_IN_PRIVATE]
        assert LINK.search(here.read_by("lan")[-1])


async def test_a_pdf_that_the_service_withholds_is_received_through_the_link(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    here = await school(begin, clock, ZALO_BOT)
    await sends(here, "withheld")
    found = LINK.search(here.read_by("lan")[0])
    assert found is not None
    stage = FileStage(begin, clock, tmp_path / "files")
    server = TestServer(stage.app())
    await server.start_server()
    async with ClientSession() as http:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": "filename YS5wZGY="}
        created = await http.post(server.make_url(f"{found[1]}/files"), headers=headers)
        sending = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        await http.patch(server.make_url(created.headers["Location"]), data=b"%PDF-1.4\n", headers=sending)
        await http.post(server.make_url(f"{found[1]}/done"))
    await server.close()
    await here.works()
    assert here.read_by("lan")[1].startswith("Đã nhận a.pdf (9 byte) lúc 08:00 ngày 04/12/2023. Mã: ")
    async with begin() as session:
        page = await uploads.find(session, found[1].removeprefix("/upload/"))
    assert page is not None
    assert (page.closed, page.giver.address, page.giver.unit) == (True, Address("fake", "lan"), "MN1")

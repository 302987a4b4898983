"""Documents on the staff site over HTTP: who sees which, what may be done to a draft, and what comes of it."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image
from sqlalchemy import update

from core.drafts import Stage
from core.media import Looked
from core.people import Role
from core.scan import Scan, Verdict
from core.texts import amendments
from core.texts import drafts as said_of
from core.texts import files as file_texts
from core.texts import site_papers as texts
from core.work import DoubtKind, Spot
from noticing.publishing import LAG
from records import facts, files, scans
from records.draft_tables import DraftRow
from records.files import Kept
from records.plan_codec import decode_plan, encode_plan
from records.session import open_engine, opener
from scheduler.drafts import Drafts
from tests.drafting.plans import PLAN, TITLE
from tests.fakes.clock import StillClock
from tests.web.papers_stage import Papers
from tests.web.site_stage import BOARD, path_in, site_of
from tests.web.test_sign_in import Client, enters, form_in

LIST = f"{BOARD}/van-ban"
Enter = Callable[[str], Awaitable[Client]]


@pytest.fixture
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Papers]:
    engine = open_engine(sqlite_url)
    stage = await Papers(opener(engine), StillClock(), tmp_path / "files").opens()
    await stage.hires("nga", "Lê Thị Nga", "PGD-VB", Role.STAFF)
    await stage.hires("quan-tri", "Nguyễn Văn Quản", "PGD-VB", Role.ADMIN)
    yield stage
    await engine.dispose()


@pytest.fixture
async def server(here: Papers) -> AsyncIterator[TestServer]:
    server = TestServer(site_of(here, secure=False))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def enter(here: Papers, server: TestServer) -> AsyncIterator[Enter]:
    """A browser of somebody's who has signed in."""
    async with AsyncExitStack() as browsers:

        async def enter(who: str) -> Client:
            client: Client = await browsers.enter_async_context(TestClient(server))
            await enters(client, path_in(await here.says(who, "trang quản lý")))
            return client

        yield enter


async def does(client: Client, path: str, lam: str, **said: str) -> tuple[int, str]:
    """What a form does there: the status, and the page that follows."""
    form = form_in(await (await client.get(f"{BOARD}/phien")).text())
    answer = await client.post(path, data={"lam": lam, "form": form, **said})
    return answer.status, await answer.text()


async def read(client: Client, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def row(here: Papers, code: str) -> DraftRow:
    return next(one for one in await here.drafted() if one.code == code)


ACTS: dict[str, dict[str, str]] = {
    "vb-giu": {"cho": "0"},
    "vb-sua": {"muc": "0", "han": "18/12"},
    "vb-bo": {"muc": "0"},
    "vb-lay": {"muc": "0"},
    "vb-dung": {"viec": "0"},
    "vb-khong": {"viec": "0"},
    "vb-ca": {"viec": "0"},
    "vb-khac": {"viec": "0", "khac": "1.1"},
    "vb-donvi": {"donvi": "PGD-VB"},
    "vb-huy": {},
}


async def test_a_draft_is_her_own_alone_and_nobody_else_does_anything_to_it(here: Papers, enter: Enter) -> None:
    code = await here.sent_and_read()
    path = f"{LIST}/nhap/{code}"
    before = [(one.revision, one.stage) for one in await here.drafted()], await here.edits()
    for who in ("lan", "huong", "nga", "ngoc", "tuan", "quan-tri"):
        client = await enter(who)
        shown = await read(client, LIST)
        assert code not in shown, who
        assert ((texts.UPLOAD in shown), who) == (who in ("nga", "ngoc", "tuan"), who)
        for below in ("", "/cong-bo", "/trang/1"):
            assert (await client.get(f"{path}{below}")).status == 404, (who, below)
        for act, said in ACTS.items():
            assert (await does(client, path, act, **said))[0] == 404, (who, act)
        assert (await does(client, f"{path}/cong-bo", "vb-congbo", ban="1", van="1"))[0] == 404, who
    assert ([(one.revision, one.stage) for one in await here.drafted()], await here.edits()) == before
    hers = await enter("hanh")
    assert code in await read(hers, LIST)
    assert TITLE.partition(" tháng")[0].removeprefix("Kế hoạch c") in await read(hers, path)
    async with here.begin() as session:
        await session.execute(update(DraftRow).values(unit="PGD-AL"))  # she has moved, as it were
    assert (await hers.get(path)).status == 404


async def test_it_is_settled_and_published_as_in_chat(here: Papers, enter: Enter) -> None:
    code = await here.sent_and_read()
    path, publishing = f"{LIST}/nhap/{code}", f"{LIST}/nhap/{code}/cong-bo"
    client = await enter("hanh")
    shown = await read(client, path)
    numbers = re.findall(r'name="cho" value="(\d+)"', shown)
    assert len(numbers) == 4
    for place in re.findall(r'href="#doan-(\d+)"', shown):
        assert f'id="doan-{place}"' in shown
    assert '<mark class="doubt">' in shown
    status, wrong = await does(client, path, "vb-sua", muc="2", cho=numbers[0], han="31/6")
    assert (status, 'value="31/6"' in wrong) == (422, True)
    assert (await does(client, path, "vb-sua", muc="2", han="khi nào tiện"))[0] == 422
    assert (await does(client, path, "vb-sua", muc="99", han="18/12"))[0] == 422
    assert (await does(client, path, "vb-sua", muc="2", viec=""))[0] == 422  # nothing was changed
    same = "Các trường  gửi phiếu khảo sát bếp ăn bán trú về Phòng GDĐT"
    assert (await does(client, path, "vb-sua", muc="2", viec=same))[0] == 422
    assert (await row(here, code)).revision == 1
    status, shown = await does(
        client, path, "vb-sua", muc="2", cho=numbers[0], han="chậm nhất 19/12", viec="Gửi phiếu, bếp ăn"
    )
    assert (status, "Đã sửa mục 3: Gửi phiếu, bếp ăn – chậm nhất 19/12/2023" in shown) == (200, True)
    status, shown = await does(client, path, "vb-bo", muc="4")
    assert texts.RESTORE in shown
    assert (await does(client, path, "vb-bo", muc="4"))[0] == 422
    assert (await does(client, path, "vb-lay", muc="4"))[0] == 200
    shown = await read(client, publishing)
    assert texts.anyway(3) in shown
    revision = re.findall(r'name="ban" value="(\d+)"', shown)[0]
    assert "Tôi báo cho 2 đơn vị" in shown
    assert (await does(client, publishing, "vb-congbo", ban=revision))[0] == 422  # doubts are left
    await here.says("hanh", f"sửa mục 1: hạn 14/12 {code}")
    await here.says("hanh", "bỏ mục 4")
    assert (await does(client, publishing, "vb-congbo", ban=revision, van="1"))[0] == 422  # it is another one now
    assert await here.told() == []
    revision = str((await row(here, code)).revision)
    status, shown = await does(client, publishing, "vb-congbo", ban=revision, van="1")
    published = await row(here, code)
    assert (status, published.stage) == (200, Stage.PUBLISHED)
    assert "Đã công bố" in shown
    assert (await does(client, publishing, "vb-congbo", ban=revision, van="1"))[0] == 200  # shown as it is
    assert len({one.key for one in await here.told()}) == len(await here.told()) == 2
    paper = f"{LIST}/{published.document_id}"
    assert "Gửi phiếu, bếp ăn" in await read(client, paper)  # at once, before any process has it on the shelf
    await here.passes(LAG)
    await here.reindexes()
    assert "19/12/2023" in await here.says("lan", "hạn gửi phiếu khảo sát bếp ăn bán trú?")
    assert [what for what, *_ in await here.edits()][-1] == "published"


async def test_published_documents_are_seen_along_the_line_alone(here: Papers, enter: Enter) -> None:
    await here.published()
    document = (await here.drafted())[-1].document_id
    changes = await here.changes_sent()
    client = await enter("hanh")
    path = f"{LIST}/nhap/{changes}"
    assert amendments.unasked(2) in await read(client, f"{path}/cong-bo")
    shown = await read(client, path)
    assert "15/12/2023" in shown
    assert "20/12/2023" in shown
    asked = re.findall(r'name="viec" value="(\d+)"', shown)
    for number in asked:
        status, shown = await does(client, path, "vb-dung", viec=number)
        assert (status, amendments.CONFIRMED in shown) == (200, True)
    revision = str((await row(here, changes)).revision)
    assert (await does(client, f"{path}/cong-bo", "vb-congbo", ban=revision, van="1"))[0] == 200
    await here.reindexes()
    letter = (await here.drafted())[-1].document_id
    for who, sees in {
        "lan": 200,
        "huong": 200,
        "mai": 200,
        "nga": 200,
        "tuan": 200,
        "ngoc": 404,
        "quan-tri": 200,
    }.items():
        other = await enter(who)
        for below in (f"{document}", f"{letter}", f"{document}/so-sanh?voi={letter}"):
            assert (await other.get(f"{LIST}/{below}")).status == sees, (who, below)
        listed = await read(other, f"{LIST}?tim=512/KH-GDĐT")
        assert (f'href="{LIST}/{document}"' in listed) == (sees == 200), who
        own = await (await other.get(f"{LIST}/{document}")).text()
        assert "gửi tệp" not in own, who  # the log of the draft
    shown = await read(client, f"{LIST}/{document}")
    assert "gửi tệp" in shown  # the log, hers alone
    rows = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in re.findall(r"<tr>.*?</tr>", shown, re.DOTALL)]
    assert any("15/12/2023" in one and "20/12/2023" in one and "04/12/2023" in one for one in rows)
    assert amendments.gone(here.school.index.by_id[document or 0].shelved.plan.obligations[1]) in shown
    assert texts.CHANGES in await read(client, f"{LIST}/{letter}")
    compared = await read(client, f"{LIST}/{document}/so-sanh?voi={letter}")
    counts = {fate: int(re.findall(rf"{name}: (\d+)", compared)[0]) for fate, name in texts.FATES.items()}
    assert counts == {"moved": 1, "new": 1, "dropped": 1, "same": 0}
    for bad in ("so-sanh", "so-sanh?voi=0", f"so-sanh?voi={document}", "so-sanh?voi=x"):
        assert (await client.get(f"{LIST}/{document}/{bad}")).status == 404
    assert texts.NONE_FOUND in await read(client, f"{LIST}?tim=khongcogi&xep=ten&trang=9999")


async def test_days_from_pictures_are_ticked_one_by_one_and_their_page_is_shown(here: Papers, enter: Enter) -> None:
    code = await here.sent_and_read()
    draft, picture = await row(here, code), BytesIO()
    Image.new("RGB", (300, 400), "white").save(picture, "PNG")
    kept = here.store.keep_bytes(picture.getvalue())
    assert draft.plan
    plan = decode_plan(draft.plan)
    doubts = tuple(replace(one, kind=DoubtKind.SCANNED) for one in plan.doubts[:2])
    passages = tuple(replace(one, spot=Spot(page=1, scanned=True)) for one in plan.passages)
    changed = replace(plan, doubts=doubts, passages=passages)
    async with here.begin() as session:
        await files.note(session, kept, here.clock())
        await session.execute(update(DraftRow).values(plan=encode_plan(changed), sha256=kept.sha256))
    client, path = await enter("hanh"), f"{LIST}/nhap/{code}"
    shown = await read(client, path)
    assert shown.count(texts.TICK) == 2
    assert f'src="{path}/trang/1"' in shown
    answer = await client.get(f"{path}/trang/1")
    assert (answer.status, answer.content_type, answer.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert (await answer.read()).startswith(b"\xff\xd8\xff")
    assert (await client.get(f"{path}/trang/2")).status == 404
    assert said_of.unticked(2) in await read(client, f"{path}/cong-bo")
    assert (await does(client, path, "vb-giu", cho="0"))[0] == 200
    assert (await does(client, f"{path}/cong-bo", "vb-congbo", ban=str((await row(here, code)).revision), van="1"))[
        0
    ] == 422
    assert (await does(client, path, "vb-giu", cho="1"))[0] == 200
    assert "Tôi báo cho 2 đơn vị" in await read(client, f"{path}/cong-bo")


async def test_a_small_file_is_sent_there_looked_at_and_read(here: Papers, enter: Enter) -> None:
    async def sends(client: Client, name: str, data: bytes, form: str = "") -> tuple[int, str]:
        body = FormData(quote_fields=False)  # as browsers send names
        body.add_field("form", form or form_in(await (await client.get(f"{BOARD}/phien")).text()))
        body.add_field("tep", data, filename=name, content_type="application/octet-stream")
        answer = await client.post(f"{LIST}/gui", data=body)
        return answer.status, await answer.text()

    hers, others = await enter("hanh"), {who: await enter(who) for who in ("lan", "huong", "quan-tri")}
    for who, client in others.items():
        assert (await sends(client, "a.txt", PLAN))[0] == 404, who
    assert (await sends(hers, "a.txt", PLAN, "x"))[0] == 403
    assert (await sends(hers, "a.exe", b"MZ"))[0] == 422
    assert (await sends(hers, "a.txt", b""))[0] == 422
    assert (await sends(hers, "a.txt", b"x" * (1 << 20)))[0] == 413
    assert await here.drafted() == []
    status, shown = await sends(hers, "kế hoạch.txt", PLAN)
    assert (status, texts.sent("kế hoạch.txt") in shown) == (200, True)
    await here.reads()
    [draft] = await here.drafted()
    assert (draft.stage, draft.person_id is not None, draft.unit) == (Stage.READ, True, "PGD-VB")
    assert f"mã {draft.code} · còn 4 chỗ cần soát" in await read(hers, LIST)
    await sends(hers, "xấu.txt", PLAN.replace(b"512", b"513"))

    async def look(kept: Kept) -> None:
        async with here.begin() as session:
            await facts.note(session, kept.sha256, Looked(kept.mime), None, None)
            await scans.note(session, kept.sha256, Verdict(Scan.FOUND, "Eicar"), here.clock())

    await Drafts(here.begin, here.store, lambda: here.school.index, here.clock, lambda: None, look=look).work()
    assert (await here.drafted())[-1].stage == Stage.FAILED
    await here.school.works()
    assert here.read_by("hanh")[-1] == file_texts.infected(["xấu.txt"], "Eicar", "")
    assert "không đọc được" in await read(hers, LIST)
    assert "https://nhacviec.example.vn/upload/" in await read(hers, f"{LIST}?tep=lon")

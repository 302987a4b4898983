"""Files on the demo's chat page: put down first, brought by a message then, seen by all in its chat, fetched once."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from core.message import FileRef, InboundKind
from tests.web.stage import Stage, stage
from tests.web.test_chat import Client, listen, say
from web import chat_files, sent_files

ID = "0123456789abcdef" * 2
OTHER = "f" * 32
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 40
BYTES = {"Content-Type": "application/octet-stream"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sent"


@pytest.fixture
def built(folder: Path) -> Stage:
    return stage(folder=folder)


@pytest.fixture
async def client(built: Stage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(built.app)) as client:
        yield client


async def put(client: Client, data: bytes = JPEG, headers: dict[str, str] = BYTES, **values: str) -> Any:
    """The answer to one file; `values` replace what a page would say of it."""
    params = {"persona": "lan", "id": ID, "name": "ảnh lớp.jpg"} | values
    return await client.post("/chat/files", params=params, data=data, headers=headers)


def left(folder: Path) -> list[str]:
    """What lies there."""
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def brought(name: str = "ảnh lớp.jpg", size: int = len(JPEG), id: str = ID) -> dict[str, Any]:
    return {"id": id, "name": name, "size": size}


async def test_a_file_is_put_down_and_brought_by_a_message(client: Client, built: Stage) -> None:
    assert await (await put(client)).json() == brought()
    assert await say(client, "cân đo lần 2", files=[brought()], reply_to="ab12cd34-m7") == 200
    [said] = [event for event in await listen(client, "lan", "said") if event["kind"] == "said"]
    assert (said["files"], said["reply_to"], said["text"]) == ([brought()], "ab12cd34-m7", "cân đo lần 2")
    message = built.chat.read(built.brain.stored["m-0000001"].raw)
    assert message is not None
    assert (message.kind, message.text, message.reply_to) == (InboundKind.PHOTO, "cân đo lần 2", "ab12cd34-m7")
    assert message.files == (FileRef("photo", ID, "ảnh lớp.jpg", len(JPEG)),)
    into = BytesIO()
    await built.chat.fetch(message.files[0], into)
    assert into.getvalue() == JPEG


async def test_a_picture_is_seen_again_and_another_kind_is_only_saved(client: Client) -> None:
    await put(client)
    await put(client, b"<script>alert(1)</script>", id=OTHER, name="trang.html")
    shown, saved = await client.get(f"/chat/files/{ID}"), await client.get(f"/chat/files/{OTHER}")
    assert (await shown.read(), shown.headers["Content-Type"]) == (JPEG, "image/jpeg")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"] == "attachment; filename*=UTF-8''trang.html"
    assert saved.headers["Content-Type"] == "text/plain"
    assert "default-src 'none'" in saved.headers["Content-Security-Policy"]


async def test_the_same_file_and_the_same_message_sent_again_are_one(
    client: Client, built: Stage, folder: Path
) -> None:
    for _ in range(2):
        assert (await put(client)).status == 200
        assert await say(client, "đây ạ", files=[brought()]) == 200
    events = await listen(client, "lan", "reply")
    assert [event["kind"] for event in events if event["kind"] != "typing"] == ["said", "reply"]
    assert len(built.brain.stored) == 1
    assert left(folder) == [ID]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"id": "../../etc/passwd"}, 400),
        ({"id": f"../{ID[3:]}"}, 400),
        ({"id": ID.upper()}, 400),
        ({"id": f"{ID}\n"}, 400),
        ({"id": ""}, 400),
        ({"persona": "nobody"}, 400),
        ({"persona": ""}, 400),
        ({"data": b""}, 400),
        ({"headers": {"Content-Type": "text/plain"}}, 415),
        ({"headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 415),
    ],
)
async def test_what_no_page_would_send_is_refused_and_leaves_nothing(
    client: Client, folder: Path, values: dict[str, Any], status: int
) -> None:
    assert (await put(client, **values)).status == status
    assert left(folder) == []
    assert (await client.get(f"/chat/files/{ID}")).status == 404


@pytest.mark.parametrize("announced", [True, False])
async def test_what_is_too_large_is_refused_whether_it_says_so_or_not(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch, announced: bool
) -> None:
    for module in (sent_files, chat_files):
        monkeypatch.setattr(module, "BIGGEST", 10_000)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * 1000

    answer = await put(client, b"x" * 11_000 if announced else pieces())  # type: ignore[arg-type]
    assert answer.status == 413
    assert left(folder) == []


@pytest.mark.parametrize("name", ["../../x.jpg", "..\\..\\x.jpg", "/etc/x.jpg", "x.jpg\u202e"])
async def test_of_a_name_only_the_last_part_is_left(client: Client, name: str) -> None:
    assert (await (await put(client, name=name)).json())["name"] == "x.jpg"


async def test_an_id_that_is_taken_is_nobody_elses(client: Client) -> None:
    await put(client)
    assert (await put(client, b"anderes", persona="huong")).status == 400
    assert (await put(client, JPEG + b"more")).status == 400
    assert await (await client.get(f"/chat/files/{ID}")).read() == JPEG


@pytest.mark.parametrize(
    ("values", "file"),
    [
        ({"persona": "huong"}, {}),  # a file of lan's
        ({"room": "group", "unit": "DH-HOASIM"}, {}),
        ({}, {"id": OTHER}),
        ({}, {"id": "../x"}),
        ({}, {"size": 7}),
        ({}, {"size": "44"}),
        ({}, {"size": True}),
        ({}, {"name": "khác.exe"}),
        ({"reply_to": "../../x"}, {}),
        ({"files": "x"}, {}),
        ({"files": [7]}, {}),
        ({"files": [brought()] * 11}, {}),
    ],
)
async def test_a_message_brings_only_what_its_sender_put_down(
    client: Client, built: Stage, values: dict[str, Any], file: dict[str, Any]
) -> None:
    await put(client)
    assert await say(client, "đây ạ", **({"files": [brought() | file]} | values)) == 400
    assert built.brain.stored == {}


async def test_in_the_group_files_without_a_call_are_only_shown(client: Client, built: Stage) -> None:
    await put(client)
    await say(client, "", room="group", files=[brought()])
    [said] = await listen(client, "huong", "said")
    assert (said["chat"], said["files"]) == ("g:VB-HOAPHUONG", [brought()])
    message = built.chat.read(built.brain.stored["m-0000001"].raw)
    assert message is not None
    assert not message.addressed


async def test_without_the_demo_there_is_no_place_for_files() -> None:
    async with TestClient(TestServer(stage(demo=False).app)) as client:
        assert (await put(client)).status == 404
        assert (await client.get(f"/chat/files/{ID}")).status == 404

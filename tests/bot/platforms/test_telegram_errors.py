"""Every refusal that Telegram has for a message, and who can do something about it."""

import asyncio
from datetime import timedelta

import pytest

from bot.platforms.telegram import Telegram
from bot.platforms.telegram_errors import OPERATOR_WAIT, REJECTED
from core.errors import Act, FetchFailed, SendFailed
from core.message import Address, Outbound
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer

_BAD, _FORBIDDEN = "Bad Request: ", "Forbidden: "
# Code and text as the service says them, and what we make of them: reason, try again in, who acts.
REFUSALS: list[tuple[int, str, str, timedelta | None, Act]] = [
    (400, f"{_BAD}chat not found", "refused: Chat not found", None, Act.GONE),
    (400, f"{_BAD}PEER_ID_INVALID", "refused: Peer_id_invalid", None, Act.GONE),
    (400, f"{_BAD}message thread not found", "refused: Message thread not found", None, Act.NOBODY),
    (400, f"{_BAD}message text is empty", "refused: Message text is empty", None, Act.NOBODY),
    (400, f"{_BAD}message is too long", "refused: Message is too long", None, Act.NOBODY),
    (400, f"{_BAD}can't parse entities: x", "refused: Can't parse entities: x", None, Act.NOBODY),
    (400, f"{_BAD}BUTTON_DATA_INVALID", "refused: Button_data_invalid", None, Act.NOBODY),
    (400, f"{_BAD}not enough rights to send text messages to the chat", "refused: Not enough", None, Act.OTHER_CHANNEL),
    (401, "Unauthorized", REJECTED, OPERATOR_WAIT, Act.OPERATOR),
    (404, "Not Found", REJECTED, OPERATOR_WAIT, Act.OPERATOR),
    (403, f"{_FORBIDDEN}bot was blocked by the user", "blocked", None, Act.GONE),
    (403, f"{_FORBIDDEN}user is deactivated", "deactivated", None, Act.GONE),
    (403, f"{_FORBIDDEN}bot can't initiate conversation with a user", "never started", None, Act.OTHER_CHANNEL),
    (403, f"{_FORBIDDEN}bot was kicked from the group chat", "kicked", None, Act.GONE),
    (403, f"{_FORBIDDEN}bot was kicked from the supergroup chat", "kicked", None, Act.GONE),
    (403, f"{_FORBIDDEN}bot is not a member of the supergroup chat", "kicked", None, Act.GONE),
    (403, f"{_FORBIDDEN}the group chat was deleted", "deleted", None, Act.GONE),
    (403, f"{_FORBIDDEN}CHAT_WRITE_FORBIDDEN", "forbidden: ", None, Act.OTHER_CHANNEL),
    (403, f"{_FORBIDDEN}something new", "forbidden: ", None, Act.GONE),
    (409, "Conflict: terminated by other getUpdates request", "conflict", OPERATOR_WAIT, Act.OPERATOR),
    (413, "Request Entity Too Large", "refused: Request Entity Too Large", None, Act.NOBODY),
    (429, "", "throttled", timedelta(seconds=9), Act.NOBODY),
]


@pytest.mark.covers("T.faults.2")
@pytest.mark.parametrize(("code", "text", "reason", "retry_in", "act"), REFUSALS, ids=[one[1] for one in REFUSALS])
async def test_each_refusal_says_whether_to_try_again_and_who_must_act(
    server: TelegramServer,
    telegram: Telegram,
    lan: Person,
    code: int,
    text: str,
    reason: str,
    retry_in: timedelta | None,
    act: Act,
) -> None:
    server.fail(Fault("sendMessage", status=code, description=text, retry_after=9))
    with pytest.raises(SendFailed, match=reason) as failed:
        await telegram.send(Outbound(Address("telegram", lan.id), "Chào cô"))
    assert (failed.value.retry_in, failed.value.act, failed.value.unknown) == (retry_in, act, False)
    assert "Nhắc Việc: Chào cô" not in server.transcript(lan)


@pytest.mark.covers("T.sending.2", "T.people.2")
async def test_who_cannot_be_written_to_and_why(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    hoa, mai = server.person("Hoa"), server.person("Mai")
    groups = {kind: server.group(kind, "supergroup") for kind in ("kicked", "deleted", "silent", "channel")}
    for group in groups.values():
        group.adds_bot(lan)
    hoa.says("/han@nhacviec_bot", to=groups["silent"])
    mai.starts()
    mai.deletes_account()
    groups["kicked"].removes_bot(lan)
    groups["deleted"].is_deleted()
    groups["silent"].silences_bot(lan)
    lan.blocks()
    found = {}
    for chat in (lan, hoa, mai, groups["kicked"], groups["deleted"], groups["silent"]):
        with pytest.raises(SendFailed) as failed:
            await telegram.send(Outbound(Address("telegram", chat.id), "Chào"))
        found[chat.chat.title] = (failed.value.reason, failed.value.act)
    silent = "refused: Not enough rights to send text messages to the chat"
    assert found == {
        "Lan": ("blocked", Act.GONE),
        "Hoa": ("never started", Act.OTHER_CHANNEL),
        "Mai": ("deactivated", Act.GONE),
        "kicked": ("kicked", Act.GONE),
        "deleted": ("deleted", Act.GONE),
        "silent": (silent, Act.OTHER_CHANNEL),
    }


@pytest.mark.parametrize(("code", "text"), [(401, "Unauthorized"), (404, "Not Found"), (409, "Conflict: two pollers")])
async def test_a_fault_of_the_set_up_is_the_operators_when_updates_are_asked_for(
    server: TelegramServer, telegram: Telegram, code: int, text: str
) -> None:
    server.fail(Fault("getUpdates", status=code, description=text))
    with pytest.raises(FetchFailed) as failed:
        await telegram.poll("")
    assert failed.value.act == Act.OPERATOR


async def test_no_error_of_a_broken_connection_names_the_token(server: TelegramServer) -> None:
    async def talks_nonsense(_: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        answer.write(b"khong phai HTTP\r\n\r\n")
        answer.close()

    async with await asyncio.start_server(talks_nonsense, "127.0.0.1", 0) as nonsense:
        for port in (nonsense.sockets[0].getsockname()[1], 1):
            telegram = Telegram.open(server.token, f"http://127.0.0.1:{port}")
            with pytest.raises(FetchFailed) as failed:
                await telegram.who()
            await telegram.close()
            assert server.token.partition(":")[2] not in _everything(failed.value)


def _everything(error: BaseException | None) -> str:
    """The error and its causes, as a log shows them."""
    told = ""
    while error is not None:
        told += f"{error!r} {error} "
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told

"""setup: from tokens to a file of settings that `run` takes, each answer tried on the local services."""

import asyncio
import io
import os
import pty
import select
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.env_file import changed, write
from bot.settings import read_settings
from core.clock import system_clock
from core.errors import BadInput
from core.texts import commands
from core.texts import setup as texts
from records import grants
from records.sealing import Sealer
from records.session import open_engine, opener
from tests.bot.cli_settings import Desk
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_server import TelegramServer
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.fakes.zalo_oa_oauth import APP, SECRET, OAuth
from tests.fakes.zalo_oa_server import SECRET_KEY, ZaloOAServer

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9"
Answers = Callable[..., None]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What is typed, a line an answer; then the input ends."""
    return lambda *lines: monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.fixture
async def telegram(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(system_clock) as server:
        monkeypatch.setenv("NHACVIEC_TELEGRAM_API_URL", server.url)
        yield server


@pytest.fixture
async def zalo(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ZaloBotServer]:
    async with ZaloBotServer(system_clock) as server:
        monkeypatch.setenv("NHACVIEC_ZALO_BOT_API_URL", server.url)
        yield server


@pytest.fixture
async def oa(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OAuth]:
    oauth = OAuth(system_clock)
    async with ZaloOAServer(system_clock, oauth) as server:
        monkeypatch.setenv("NHACVIEC_ZALO_OA_API_URL", server.url)
        monkeypatch.setenv("NHACVIEC_ZALO_OAUTH_URL", server.url)
        yield oauth


async def test_two_tokens_become_two_bots(
    desk: Desk, answers: Answers, telegram: TelegramServer, zalo: ZaloBotServer
) -> None:
    answers(zalo.token, telegram.token, "", "")
    code, said = await desk.types("setup")
    assert code == 0, said
    assert texts.is_bot("Bot Nhắc Việc") in said
    assert texts.is_bot("@nhacviec_bot") in said
    assert not any(zalo.token in line or telegram.token in line for line in said)
    assert desk.env.stat().st_mode & 0o777 == 0o600
    settings = read_settings(desk.env)
    assert _plain(settings.zalo_bot_token) == zalo.token
    assert _plain(settings.telegram_token) == telegram.token
    assert settings.zalo_bot_mode == "polling"


async def test_a_wrong_token_is_asked_for_again(desk: Desk, answers: Answers, telegram: TelegramServer) -> None:
    answers("", "1:wrong", "no token", telegram.token, "", "")
    code, said = await desk.types("setup")
    assert code == 0, said
    assert texts.fault(texts.REJECTED) in said
    assert texts.fault(texts.BAD_LETTERS) in said


async def test_an_address_makes_webhooks_each_with_its_own_secret(
    desk: Desk, answers: Answers, telegram: TelegramServer, zalo: ZaloBotServer
) -> None:
    answers(zalo.token, telegram.token, "", "http://bot.example", NOWHERE)
    code, said = await desk.types("setup")
    assert code == 0, said
    assert texts.fault(texts.HTTPS) in said
    settings = read_settings(desk.env)
    assert (settings.zalo_bot_mode, settings.telegram_mode, settings.public_url) == ("webhook", "webhook", NOWHERE)
    first = (_plain(settings.zalo_bot_webhook_secret), _plain(settings.telegram_webhook_secret))
    assert len(set(first)) == 2
    answers("", "", "", "")
    assert (await desk.types("setup"))[0] == 0
    again = read_settings(desk.env)
    assert (_plain(again.zalo_bot_webhook_secret), _plain(again.telegram_webhook_secret)) == first


async def test_run_again_it_keeps_what_is_not_asked_for_and_takes_away_what_is_crossed_out(
    desk: Desk, answers: Answers, telegram: TelegramServer, zalo: ZaloBotServer
) -> None:
    desk.env.write_text(f"# của trường\nNHACVIEC_PORT=9000\nNHACVIEC_TELEGRAM_TOKEN={telegram.token}\nOTHER=1\n")
    answers(zalo.token, "-", "", "")
    code, said = await desk.types("setup")
    assert code == 0, said
    assert any(texts.SET_ALREADY in line for line in said)
    lines = desk.env.read_text("utf-8").splitlines()
    assert lines == ["# của trường", "NHACVIEC_PORT=9000", "OTHER=1", f"NHACVIEC_ZALO_BOT_TOKEN={zalo.token}"]


async def test_whoever_stops_half_way_has_nothing_written(
    desk: Desk, answers: Answers, telegram: TelegramServer
) -> None:
    answers("", telegram.token)
    code, said = await desk.types("setup")
    assert (code, said[-1]) == (1, texts.ENDED)
    assert not desk.env.exists()


async def test_without_any_channel_nothing_is_written(desk: Desk, answers: Answers) -> None:
    answers("", "", "", "")
    code, said = await desk.types("setup")
    assert (code, said[-1]) == (1, texts.NOTHING)
    assert not desk.env.exists()


async def test_answers_may_be_given_beforehand(desk: Desk, telegram: TelegramServer) -> None:
    assert (await desk.types("setup", "--set", f"TELEGRAM_TOKEN={telegram.token}"))[0] == 0
    assert _plain(read_settings(desk.env).telegram_token) == telegram.token
    code, said = await desk.types("setup", "--set", "TELEGRAM_TOKEN=1:wrong")
    assert (code, said[-1]) == (1, texts.in_setting("TELEGRAM_TOKEN", texts.REJECTED))
    assert _plain(read_settings(desk.env).telegram_token) == telegram.token
    assert (await desk.types("setup", "--set", "PORT=1"))[0] == 2


async def test_an_official_account_by_refresh_token_keeps_the_new_pair(desk: Desk, answers: Answers, oa: OAuth) -> None:
    _, refresh = oa.issue()
    answers("", "", APP, SECRET, SECRET, SECRET_KEY, NOWHERE, refresh)
    code, said = await desk.types("setup")
    assert code == 0, said
    assert texts.fault(texts.SAME_KEY) in said
    assert any(line.startswith("  ✓ OA là ") for line in said), said
    assert oa.refreshes == 1
    settings = read_settings(desk.env)
    engine = open_engine(settings.database)
    async with opener(engine)() as session:
        kept = await grants.find(session, Sealer(SECRET), APP)
    await engine.dispose()
    assert not kept.lost
    assert kept.refresh != refresh
    assert oa.is_valid(kept.access)
    answers(*[""] * 7)
    assert (await desk.types("setup"))[0] == 0
    assert oa.refreshes == 1


async def test_an_official_account_without_a_token_is_given_the_link_to_consent_by(
    desk: Desk, answers: Answers, oa: OAuth
) -> None:
    answers("", "", APP, SECRET, SECRET_KEY, NOWHERE, "used-up", "")
    code, said = await desk.types("setup")
    assert code == 0, said
    whole = "\n".join(said)
    for needed in (f"{NOWHERE}/zalo-oa/consent?link=", f"{NOWHERE}/webhook/zalo-oa", "Code challenge: "):
        assert needed in whole
    assert not any(SECRET in line or SECRET_KEY in line for line in said)


@asynccontextmanager
async def _terminal(desk: Desk, telegram: TelegramServer) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """The command, and the terminal it runs at."""
    ours, theirs = pty.openpty()
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, ROOT / "bot.py", "setup"),
        cwd=desk.folder,
        env={"NHACVIEC_TELEGRAM_API_URL": telegram.url, "PYTHONUTF8": "1", "PATH": os.defpath},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    yield running, ours
    assert await asyncio.wait_for(running.wait(), 30) in (0, 130)
    os.close(ours)


async def test_it_can_be_typed_at_a_terminal_that_shows_no_secret(desk: Desk, telegram: TelegramServer) -> None:
    async with _terminal(desk, telegram) as (_, terminal):
        shown = ""
        for question, answer in (
            ("ZALO_BOT_TOKEN", ""),
            ("TELEGRAM_TOKEN", telegram.token),
            ("ZALO_OA_APP_ID", ""),
            ("PUBLIC_URL", ""),
        ):
            shown += await _shown(terminal, texts.question(question, ""))
            os.write(terminal, f"{answer}\n".encode())
        shown += await _shown(terminal, "bot.py invite")
    assert telegram.token not in shown
    assert _plain(read_settings(desk.env).telegram_token) == telegram.token


async def test_ctrl_c_ends_it_at_once_and_writes_nothing(desk: Desk, telegram: TelegramServer) -> None:
    async with _terminal(desk, telegram) as (running, terminal):
        shown = await _shown(terminal, texts.question("ZALO_BOT_TOKEN", ""))
        os.write(terminal, b"\n")
        shown += await _shown(terminal, texts.question("TELEGRAM_TOKEN", ""))
        os.write(terminal, f"{telegram.token}\n".encode())
        shown += await _shown(terminal, texts.question("ZALO_OA_APP_ID", ""))
        running.send_signal(signal.SIGINT)
        if not await _readable(terminal, 5):  # it came just before the waiting began
            running.send_signal(signal.SIGINT)
        shown += await _shown(terminal, commands.INTERRUPTED)
    assert "Traceback" not in shown
    assert desk.here == []


async def _readable(terminal: int, within: float) -> bool:
    """Whether the terminal shows something new within so many seconds."""
    return bool((await asyncio.to_thread(select.select, [terminal], [], [], within))[0])


async def _shown(terminal: int, part: str) -> str:
    """What the terminal shows until then."""
    shown = b""
    while part.encode() not in shown:
        assert await _readable(terminal, 30), shown.decode(errors="replace")
        shown += os.read(terminal, 4096)  # a read may end within a letter
    return shown.decode()


@pytest.mark.parametrize(("word", "kept"), [("c", True), ("k", False)])
async def test_whether_a_token_that_could_not_be_tried_is_kept_is_up_to_the_operator(
    desk: Desk, answers: Answers, telegram: TelegramServer, zalo: ZaloBotServer, word: str, kept: bool
) -> None:
    telegram.fail(Fault("getMe", cut="before", times=9))
    answers(zalo.token, telegram.token, word, *([] if kept else [""]), "", "")
    code, said = await desk.types("setup")
    assert code == 0, said
    assert (read_settings(desk.env).telegram_token is not None) == kept


async def test_a_wrong_secret_of_the_app_is_said_at_once(desk: Desk, answers: Answers, oa: OAuth) -> None:
    answers("", "", APP, "khong-phai", SECRET, SECRET_KEY, NOWHERE, "")
    code, said = await desk.types("setup")
    assert code == 0, said
    assert texts.fault(texts.WRONG_SECRET) in said
    assert texts.APP_RIGHT in said
    assert _plain(read_settings(desk.env).zalo_oa_app_secret) == SECRET


async def test_settings_that_cannot_be_read_are_mended(desk: Desk, answers: Answers, telegram: TelegramServer) -> None:
    desk.sets({"TELEGRAM_TOKEN": "no-token", "TELEGRAM_API_URL": telegram.url})
    answers("", telegram.token, "", "")
    code, said = await desk.types("setup")
    assert code == 0, said
    assert _plain(read_settings(desk.env).telegram_token) == telegram.token


def test_a_line_is_changed_in_its_place() -> None:
    text = "A=1\nexport NHACVIEC_PORT = 1\n# NHACVIEC_HOST=x\nNHACVIEC_PORT=2\n"
    assert changed(text, {"PORT": "3", "HOST": "h"}) == "A=1\nNHACVIEC_PORT=3\n# NHACVIEC_HOST=x\nNHACVIEC_HOST=h\n"


def test_what_does_not_fit_together_is_not_written(desk: Desk) -> None:
    desk.env.write_text("NHACVIEC_PORT=1\n")
    with pytest.raises(BadInput, match="PORT"):
        write(desk.env, {"PORT": "eighty"})
    assert desk.env.read_text() == "NHACVIEC_PORT=1\n"
    assert [path.name for path in desk.folder.iterdir()] == [".env"]


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""

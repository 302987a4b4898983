"""Telegram's refusals, in our words: who can mend them, and whether trying again is of use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.platforms.telegram_request import NotSent, Throttled
from core.errors import Act, FetchFailed, SendFailed

REJECTED = "the token was rejected"  # what FetchFailed and SendFailed say of a wrong token
OFFLINE_WAIT = timedelta(seconds=5)
UNKNOWN_WAIT = timedelta(seconds=30)
OPERATOR_WAIT = timedelta(minutes=5)  # somebody has to mend the settings first
GARBAGE = (TelegramError, KeyError, TypeError, ValueError, AttributeError)  # a 200 with a body nobody can parse
_UNREACHABLE = ("chat not found", "peer_id_invalid")
_NO_RIGHT = ("not enough rights", "have no rights", "chat_write_forbidden")
_NEVER_COMES = ("file is too big", "invalid file_id", "wrong file_id specified")
_BARRED = (
    ("bot can't initiate conversation", "never started", Act.OTHER_CHANNEL),
    ("user is deactivated", "deactivated", Act.GONE),
    ("blocked by the user", "blocked", Act.GONE),
    ("chat was deleted", "deleted", Act.GONE),
    ("bot was kicked", "kicked", Act.GONE),
    ("bot is not a member", "kicked", Act.GONE),
)


@contextmanager
def asking() -> Iterator[None]:
    """Refusals as FetchFailed; the cause of a rejected token is dropped, for it names the token."""
    try:
        yield
    except InvalidToken:
        raise FetchFailed(REJECTED, act=Act.OPERATOR) from None
    except Conflict as error:
        raise FetchFailed(f"conflict: {error.message}", act=Act.OPERATOR) from error
    except NotSent as error:
        raise FetchFailed(f"offline: {error.message}") from error
    except BadRequest as error:
        raise FetchFailed(f"refused: {error.message}", gone=says(error, _NEVER_COMES)) from error
    except GARBAGE as error:
        raise FetchFailed(f"{type(error).__name__}: {error}"[:200]) from error


@contextmanager
def sending() -> Iterator[None]:
    """Refusals as SendFailed; a 400 is a NetworkError to the library, but repeating it is no use."""
    try:
        yield
    except Throttled as error:
        raise SendFailed("throttled", error.retry_in, too_fast=True) from error
    except ChatMigrated as error:
        raise SendFailed("moved", timedelta(0), moved_to=str(error.new_chat_id)) from error
    except InvalidToken:
        raise SendFailed(REJECTED, OPERATOR_WAIT, act=Act.OPERATOR) from None
    except NotSent as error:
        raise SendFailed("offline", OFFLINE_WAIT) from error
    except (Forbidden, BadRequest, Conflict, NetworkError) as error:
        raise _refused(error) from error
    except FileNotFoundError as error:
        raise SendFailed("the file to send is not here") from error
    except GARBAGE as error:
        raise SendFailed("unknown", UNKNOWN_WAIT, unknown=True) from error


def says(error: TelegramError, texts: tuple[str, ...]) -> bool:
    """True where the refusal holds one of these; only the text tells its cases apart."""
    return any(text in error.message.lower() for text in texts)


def _refused(error: TelegramError) -> SendFailed:
    """403, 400, 409, 413; anything else of the network leaves open whether the message arrived."""
    if isinstance(error, Forbidden):
        return _barred(error)
    if isinstance(error, BadRequest):
        act = Act.GONE if says(error, _UNREACHABLE) else Act.NOBODY
        return SendFailed(f"refused: {error.message}", act=Act.OTHER_CHANNEL if says(error, _NO_RIGHT) else act)
    if isinstance(error, Conflict):
        return SendFailed("conflict", OPERATOR_WAIT, act=Act.OPERATOR)
    if says(error, ("request entity too large",)):
        return SendFailed(f"refused: {error.message}")
    return SendFailed("unknown", UNKNOWN_WAIT, unknown=True)


def _barred(error: TelegramError) -> SendFailed:
    for text, reason, act in _BARRED:
        if says(error, (text,)):
            return SendFailed(reason, act=act)
    return SendFailed(f"forbidden: {error.message}", act=Act.OTHER_CHANNEL if says(error, _NO_RIGHT) else Act.GONE)

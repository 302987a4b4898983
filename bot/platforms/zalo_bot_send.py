"""How a message of ours leaves through the Zalo Bot Platform, and what each refusal means."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from bot.platforms.zalo_bot_client import REJECTED, Declined, Lost, NotSent, ZaloBotClient
from bot.platforms.zalo_bot_text import markdown
from core.errors import Act, SendFailed
from core.message import FileOut, Outbound, split, units
from core.platform import Limits
from core.texts import channels as texts

OFFLINE_WAIT = timedelta(seconds=5)
UNKNOWN_WAIT = timedelta(seconds=30)
TROUBLE_WAIT = timedelta(minutes=1)
TOKEN_WAIT = timedelta(minutes=5)  # somebody has to mend the settings first
QUOTA_WAIT = timedelta(minutes=1)  # to begin with: nothing tells too many a second from too many a month
_TIMED_OUT = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT)
_TROUBLE = (HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE)  # 403: an error of the service's own
_REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Piece:
    """One call: a picture with words below it, or words alone."""

    text: str
    picture: FileOut | None = None


def pieces(message: Outbound, limits: Limits) -> list[Piece]:
    """The words stand below the first picture; files that are no pictures are lines with an address."""
    shown = [file for file in message.files if file.is_picture and file.url and file.size <= limits.picture_bytes]
    lines = [_line(file) for file in message.files if file not in shown]
    words = split("\n\n".join(filter(None, [message.text, *lines])), limits.text)
    first = Piece(words[0], shown[0] if shown else None)
    return [first, *(Piece(text) for text in words[1:]), *(Piece("", picture) for picture in shown[1:])]


async def send(client: ZaloBotClient, message: Outbound, limits: Limits) -> str:
    """The id of the last piece. Raises SendFailed; where the first pieces have arrived, it is not to be repeated."""
    sent = ""
    for piece in pieces(message, limits):
        try:
            sent = await _send_piece(client, message.address.chat, piece, limits)
        except (NotSent, Lost, Declined) as error:
            failed = refused(error, message.group)
            raise (SendFailed(f"cut short: {failed.reason}", act=failed.act) if sent else failed) from None
    return sent


async def _send_piece(client: ZaloBotClient, chat: str, piece: Piece, limits: Limits) -> str:
    """A picture that is refused becomes a line with its address."""
    if piece.picture is None:
        return await _send_text(client, chat, piece.text, limits)
    try:
        return await client.send_photo(chat, piece.picture.url, piece.text)
    except Declined as no:
        if no.code != HTTPStatus.BAD_REQUEST:
            raise
    *before, last = split("\n\n".join(filter(None, [piece.text, _line(piece.picture)])), limits.text)
    for text in before:
        await _send_text(client, chat, text, limits)
    return await _send_text(client, chat, last, limits)


async def _send_text(client: ZaloBotClient, chat: str, text: str, limits: Limits) -> str:
    """With markdown where it shows something; plain where that is refused."""
    formatted = markdown(text)
    if formatted is not None and units(formatted) <= limits.text:
        try:
            return await client.send_message(chat, formatted, "markdown")
        except Declined as no:
            if no.code != HTTPStatus.BAD_REQUEST:
                raise
    return await client.send_message(chat, text)


def _line(file: FileOut) -> str:
    return texts.file_link(file.name, file.url) if file.url else texts.file_not_shown(file.name)


def refused(error: NotSent | Lost | Declined, group: bool) -> SendFailed:
    """What is to be done. A lawful text that is refused was refused for its chat: nothing else is left to mind."""
    if isinstance(error, NotSent):
        return SendFailed("offline", OFFLINE_WAIT)
    if isinstance(error, Lost) or error.code in _TIMED_OUT:
        return SendFailed("unknown", UNKNOWN_WAIT, unknown=True)
    if error.code == HTTPStatus.UNAUTHORIZED:
        return SendFailed(REJECTED, TOKEN_WAIT, act=Act.OPERATOR)
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        return SendFailed("quota", QUOTA_WAIT, act=Act.OPERATOR)
    if error.code in _REFUSED:
        return SendFailed(f"refused: {error.description}", act=Act.GONE if group else Act.OTHER_CHANNEL)
    own_fault = error.certain and error.code >= HTTPStatus.INTERNAL_SERVER_ERROR
    if own_fault or error.code in _TROUBLE:
        return SendFailed(f"trouble: {error}", TROUBLE_WAIT)
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return SendFailed("unknown", UNKNOWN_WAIT, unknown=True)
    return SendFailed(f"refused: {error}")

"""How a message of ours leaves through an Official Account, to one person or to a group, and what a refusal means."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.platforms.zalo_oa_client import FAULTS, Declined, Json, Lost, NoGrant, NotSent, ZaloOAClient, as_object
from bot.platforms.zalo_oa_errors import LATER, Do, meaning, not_sent
from bot.platforms.zalo_oa_uploads import Uploads
from core.errors import Act, FetchFailed, SendFailed
from core.message import Choice, FileOut, Outbound, split
from core.platform import Limits
from core.texts import channels as texts

OFFLINE_WAIT = timedelta(seconds=5)
UNKNOWN_WAIT = timedelta(seconds=30)
MOST_REMEMBERED = 1000  # messages
LONGEST_TITLE = 100  # characters on a button
TO_PERSON = "/v3.0/oa/message/cs"
TO_GROUP = "/v3.0/oa/group/message"


@dataclass(frozen=True, slots=True)
class Piece:
    """One call."""

    text: str = ""
    attachment: Json | None = None
    file: FileOut | None = None  # what the attachment shows
    quote: str = ""

    def body(self) -> Json:
        parts = {"text": self.text, "attachment": self.attachment, "quote_message_id": self.quote}
        return {name: part for name, part in parts.items() if part}


class Sending:
    """Sends whole messages; `to_groups` are the ids of what this process last sent there."""

    def __init__(self, client: ZaloOAClient, uploads: Uploads) -> None:
        self._client = client
        self._uploads = uploads
        self.to_groups: deque[str] = deque(maxlen=MOST_REMEMBERED)

    async def send(self, message: Outbound, limits: Limits) -> str:
        """The id of the last piece. Raises SendFailed; where the first have arrived, it is not to be repeated."""
        sent = ""
        try:
            for piece in await self._pieces(message, limits):
                sent = await self._send(message, piece, limits)
                if message.group:
                    self.to_groups.append(sent)
        except FAULTS as error:
            failed = refused(error)
            raise (SendFailed(f"cut short: {failed.reason}", act=failed.act) if sent else failed) from None
        return sent

    async def _pieces(self, message: Outbound, limits: Limits) -> list[Piece]:
        """The words, with buttons or as the caption of the first picture; then the files. Uploads come first."""
        shown = [(file, await self._uploads.attachment(file, limits)) for file in message.files]
        lines = [_line(file) for file, attachment in shown if attachment is None]
        attached = [Piece(attachment=attachment, file=file) for file, attachment in shown if attachment is not None]
        words = [Piece(text) for text in split(_words(message, lines), limits.text) if text]
        buttons = _buttons(message.choices[: limits.buttons])
        if words and buttons:
            words[-1] = replace(words[-1], attachment=buttons)
        elif words and attached and attached[0].file is not None and attached[0].file.is_picture:
            attached[0] = replace(attached[0], text=words.pop().text)
        first, *others = [*words, *attached]
        return [replace(first, quote=message.reply_to if limits.quotes else ""), *others]

    async def _send(self, message: Outbound, piece: Piece, limits: Limits) -> str:
        """One piece; what a single repetition can mend is repeated once."""
        try:
            return await self._once(message, piece)
        except Declined as no:
            again = await self._mended(piece, no, limits)
            if again is None:
                raise
        return await self._once(message, again)

    async def _mended(self, piece: Piece, no: Declined, limits: Limits) -> Piece | None:
        """The piece to try instead; None: nothing helps."""
        do = meaning(no.code).do
        if do is Do.AGAIN:
            return piece
        if do is Do.UPLOAD and piece.file is not None:
            attachment = await self._uploads.attachment(piece.file, limits, anew=True)
            words = piece.text if attachment else "\n\n".join(filter(None, [piece.text, _line(piece.file)]))
            return replace(piece, text=words, attachment=attachment)
        if do is Do.GIVE_UP and piece.quote:  # what is quoted may be gone; the answer stands without it
            return replace(piece, quote="")
        return None

    async def _once(self, message: Outbound, piece: Piece) -> str:
        path, whom = (TO_GROUP, "group_id") if message.group else (TO_PERSON, "user_id")
        body = {"recipient": {whom: message.address.chat}, "message": piece.body()}
        return sent_id(await self._client.post(path, body))


def sent_id(data: object) -> str:
    """The id of what was sent. Raises Lost."""
    found = as_object(data)
    named = found.get("message_id") or found.get("msg_id")
    if not named:
        raise Lost("no message id")
    return str(named)


def refused(error: NotSent | Lost | Declined | NoGrant) -> SendFailed:
    """What the outbox does about it."""
    if isinstance(error, NotSent):
        return SendFailed("offline", OFFLINE_WAIT)
    if isinstance(error, Lost):
        return SendFailed(f"unknown: {error}", UNKNOWN_WAIT, unknown=True)
    if isinstance(error, Declined):
        return not_sent(error.code, error.message)
    cause = error.cause
    wait = LATER if cause.act is Act.OPERATOR else UNKNOWN_WAIT
    return cause if isinstance(cause, SendFailed) else _no_token(cause, wait)


def _no_token(cause: FetchFailed, wait: timedelta) -> SendFailed:
    return SendFailed(cause.reason, wait, act=cause.act)


def _words(message: Outbound, lines: Sequence[str]) -> str:
    """In a group `[@` names a member, so what people wrote must not hold it."""
    text = "\n\n".join(filter(None, [message.text, *lines]))
    if not message.group:
        return text
    named = f"[@{message.mention}] " if message.mention else ""
    return named + text.replace("[@", "[ @")


def _buttons(choices: Sequence[Choice]) -> Json | None:
    """A tap comes back as a message whose text is the payload; `hide` keeps it out of the chat."""
    if not choices:
        return None
    buttons = [
        {"title": choice.label[:LONGEST_TITLE], "type": "oa.query.hide", "payload": f"#{choice.value}"}
        for choice in choices
    ]
    return {"type": "template", "payload": {"buttons": buttons}}


def _line(file: FileOut) -> str:
    return texts.file_link(file.name, file.url) if file.url else texts.file_not_shown(file.name)

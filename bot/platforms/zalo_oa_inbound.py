"""What an event of an Official Account means to us, 1-1 and in groups; pure functions over its JSON."""

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.platforms.zalo_oa_attachments import KINDS, attached
from bot.platforms.zalo_oa_client import Json
from core.errors import Unreadable
from core.message import Address, Inbound, InboundKind
from core.texts import oa_errors as texts

NAME = "zalo_oa"
_TO_OA = "user_send_"
_IN_GROUP = "user_send_group_"
_MARK = re.compile(r"#(m[a-z0-9]{8}:\d{1,3})")  # what our buttons carry
_COMMAND = re.compile(r"/[^\W\d_]+(?!\S)")  # not "/-heart", which is how the app writes its faces
_MENTION = r"\s*\[@{id}\][ \n,:;]*"
_NOISE = re.compile(r"oa_send_.*|user_(received|seen|reacted)_.*|oa_reacted_.*|(add|remove)_user_.*_tag|anonymous_.*")
_PRIVATE = {
    "follow": InboundKind.JOINED,
    "user_click_chatnow": InboundKind.JOINED,
    "unfollow": InboundKind.LEFT,
    "user_withdraw": InboundKind.ERASE,
    "user_submit_info": InboundKind.CONTACT,
}
_GROUP = {"create_group": InboundKind.JOINED, "delete_group": InboundKind.LEFT}
_GROUP_OF_US = {
    "user_join_group": InboundKind.JOINED,
    "user_out_group": InboundKind.LEFT,
    "user_leave_group": InboundKind.LEFT,
}
_ALERTS = {
    "permission_revoked": texts.PERMISSION_REVOKED,
    "change_oa_daily_quota": texts.DAILY_QUOTA_CHANGED,
    "change_template_status": texts.TEMPLATE_CHANGED,
}


@dataclass(frozen=True, slots=True)
class Ours:
    """What tells our own from others': the account, empty where not yet known, and what it sent last to groups."""

    oa_id: str = ""
    messages: Collection[str] = ()


def event_of(raw: bytes) -> Json:
    """Raises Unreadable for what is no JSON object."""
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(event, dict):
        raise Unreadable("no object")
    return event


def name_of(event: Json) -> str:
    """What happened. Raises Unreadable."""
    name = event.get("event_name")
    if not isinstance(name, str) or not name:
        raise Unreadable("no event_name")
    return name


def is_noise(name: str) -> bool:
    """Echoes of what we sent, receipts, reactions, tags: nothing that anybody waits for an answer to."""
    return _NOISE.fullmatch(name) is not None


def alert_of(raw: bytes) -> str | None:
    """What the operator must be told of this event; None: nothing. Raises Unreadable."""
    return _ALERTS.get(name_of(event_of(raw)))


def key_of(event: Json) -> str:
    """Unique with the service: a message's own id, for it comes again after a failure; else what, when, who."""
    name, message = name_of(event), _part(event, "message")
    msg_id = str(message.get("msg_id") or "")
    if msg_id:
        return msg_id if name.startswith(_TO_OA) else f"{name}:{msg_id}"
    return f"{name}:{event.get('timestamp', '')}:{lane_of(event)}"


def lane_of(event: Json) -> str:
    """The group, or the person; the other side of the chat in any case. Empty: nobody's."""
    if _is_group(event):
        return _subject(event, ("recipient", "group")) or str(event.get("group_id") or "")
    return _subject(event, ("sender", "follower", "user")) or str(event.get("user_id") or "")


def inbound(event: Json, ours: Ours) -> Inbound | None:
    """The event understood; None: nothing to be answered or noted, or about another account. Raises Unreadable."""
    name = name_of(event)
    oa_id = _account(event)
    if is_noise(name) or (ours.oa_id and oa_id and oa_id != ours.oa_id):
        return None
    if name.startswith(_TO_OA):
        return _message(event, name, Ours(ours.oa_id or oa_id, ours.messages))
    if name in _PRIVATE:
        return _happened(event, _PRIVATE[name])
    kind = _GROUP.get(name)
    if kind is None and ours.oa_id in _members(event):
        kind = _GROUP_OF_US.get(name)
    return None if kind is None else _happened(event, kind)


def _message(event: Json, name: str, ours: Ours) -> Inbound | None:
    message, sender = _part(event, "message"), _subject(event, ("sender",))
    if not message or not sender:
        raise Unreadable("no message or no sender")
    if sender == ours.oa_id:
        return None
    kind = KINDS.get(name.removeprefix(_IN_GROUP).removeprefix(_TO_OA), InboundKind.OTHER)
    files, words = attached(message, kind)
    if kind is InboundKind.TEXT and not isinstance(message.get("text"), str):
        raise Unreadable("no text")
    group = name.startswith(_IN_GROUP)
    text, named = _without_us(_text(message) or words, ours.oa_id if group else "")
    mark = None if group else _MARK.fullmatch(text)
    quoted = str(message.get("quote_msg_id") or "")
    return Inbound(
        address=Address(NAME, _chat(event) if group else sender),
        sender=sender,
        kind=_kind(kind, bool(files)),
        text=mark[1] if mark else text,
        files=files,
        group=group,
        addressed=not group or named or _COMMAND.match(text) is not None or quoted in ours.messages,
        message_id=str(message.get("msg_id") or ""),
        reply_to=quoted,
        sent_at=_instant(event),
        pressed=mark is not None,
    )


def _kind(kind: InboundKind, has_files: bool) -> InboundKind:
    """A picture or file without an address was kept from us."""
    should = kind in (InboundKind.PHOTO, InboundKind.FILE, InboundKind.VOICE)
    return InboundKind.WITHHELD if should and not has_files else kind


def _happened(event: Json, kind: InboundKind) -> Inbound:
    """What happened to the chat itself. A phone number is as the person typed it: nobody has verified it."""
    group = _is_group(event)
    sender = "" if group else lane_of(event)
    info = _part(event, "info")
    return Inbound(
        address=Address(NAME, _chat(event) if group else _someone(sender)),
        sender=sender,
        kind=kind,
        sender_name=tidy(str(info.get("name") or "")),
        group=group,
        sent_at=_instant(event),
        phone=str(info.get("phone") or "") if kind is InboundKind.CONTACT else "",
    )


def _without_us(text: str, oa_id: str) -> tuple[str, bool]:
    """The text without the mention of the account, and whether it was there."""
    if not oa_id:
        return tidy(text), False
    rest, times = re.subn(_MENTION.format(id=re.escape(oa_id)), " ", text)
    return tidy(rest), times > 0


def _account(event: Json) -> str:
    """The Official Account that the event is for; empty: it does not say."""
    if event.get("oa_id") or _is_group(event):
        return str(event.get("oa_id") or "")
    return _subject(event, ("recipient",))


def _is_group(event: Json) -> bool:
    name = event.get("event_name")
    return (isinstance(name, str) and name.startswith(_IN_GROUP)) or "group_id" in event


def _chat(event: Json) -> str:
    return _someone(lane_of(event))


def _someone(id: str) -> str:
    if not id:
        raise Unreadable("about nobody")
    return id


def _members(event: Json) -> list[str]:
    users = event.get("users")
    return [str(user.get("id", "")) for user in users if isinstance(user, dict)] if isinstance(users, list) else []


def _subject(event: Json, keys: Collection[str]) -> str:
    """The id of the first of these that there is; a number is taken too."""
    for key in keys:
        found = _part(event, key).get("id")
        if isinstance(found, str | int) and not isinstance(found, bool) and found != "":
            return str(found)
    return ""


def _part(event: Json, key: str) -> Json:
    found = event.get(key)
    return found if isinstance(found, dict) else {}


def _text(message: Json) -> str:
    found = message.get("text")
    return found if isinstance(found, str) else ""


def _instant(event: Json) -> datetime | None:
    """The timestamp is milliseconds, as text."""
    try:
        return datetime.fromtimestamp(int(str(event.get("timestamp"))) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def tidy(text: str) -> str:
    """NFC, trimmed, without what a database refuses: half surrogate pairs and NUL."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", whole.replace("\0", "")).strip()

"""A message as rows of the outbox: cut into parts, and how far it may overtake others."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case

from core.message import Outbound, StoredFile, split
from records.tables import OutboxRow

# `outbox.urgency` is core.message.Urgency; less BEGUN while a message is being sent, and for the further parts of one
# that was sent: nothing of its chat goes out before them.
BEGUN = 10


def _parts(message: Outbound) -> list[Outbound]:
    """Choices and sources belong to the last part, the quoted message to the first."""
    texts = split(message.text)
    plain = replace(message, choices=(), sources=(), reply_to="", mention="", ask_phone=False)
    parts = [replace(plain, text=text) for text in texts]
    parts[0] = replace(parts[0], reply_to=message.reply_to, mention=message.mention)
    parts[-1] = replace(parts[-1], choices=message.choices, sources=message.sources, ask_phone=message.ask_phone)
    return parts


def rows_of(
    message: Outbound,
    key: str,
    stored: Sequence[StoredFile],
    person: int | None,
    now: datetime,
    ready_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """A row for each part, `key#1`, `key#2`, …; the files go with the last. `ready_at` None: at once."""
    rows = [
        {**_row(part, f"{key}#{number}", now, person), "ready_at": ready_at or now}
        for number, part in enumerate(_parts(message), start=1)
    ]
    rows[-1]["files"] = [asdict(file) for file in stored]
    return rows


def _row(part: Outbound, key: str, now: datetime, person: int | None) -> dict[str, Any]:
    return {
        "key": key,
        "platform": part.address.platform,
        "chat": part.address.chat,
        "thread": part.address.thread,
        "group": part.group,
        "text": part.text,
        "choices": [asdict(choice) for choice in part.choices],
        "sources": [asdict(source) for source in part.sources],
        "reply_to": part.reply_to,
        "files": [],
        "ask_phone": part.ask_phone,
        "mention": part.mention,
        "edits": part.edits,
        "tasks": [str(ref) for ref in part.tasks],
        "person_id": person,
        "urgency": part.urgency,
        "queued_at": now,
    }


def begun() -> ColumnElement[int]:
    """The urgency of a row that nothing of its chat may overtake from now on."""
    return case((OutboxRow.urgency < 0, OutboxRow.urgency), else_=OutboxRow.urgency - BEGUN)


def not_begun() -> ColumnElement[int]:
    """The urgency of a row that was not sent after all: a first part lets the more urgent pass again."""
    first = and_(OutboxRow.urgency < 0, OutboxRow.key.endswith("#1"))
    return case((first, OutboxRow.urgency + BEGUN), else_=OutboxRow.urgency)


def key_begins(begin: str) -> ColumnElement[bool]:
    """Whether a key begins so: along the unique index, which LIKE does not use."""
    last = chr(ord(begin[-1]) + 1)
    return and_(OutboxRow.key >= begin, OutboxRow.key < begin[:-1] + last)


def following(key: str) -> str:
    """The key of the next part."""
    whole, _, number = key.rpartition("#")
    return f"{whole}#{int(number) + 1}"

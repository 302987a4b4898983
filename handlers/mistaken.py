"""The wrong file was sent: which submission that was, and how to take it back."""

import re

from core.evidence import State
from core.message import Choice, Inbound, Reply
from core.texts import mistaken as texts
from handlers.context import Context
from handlers.files import giver_of
from knowledge.fold import fold
from records import given

_WORDS = re.compile(r"(?:\S+ ){0,4}?(?:gui|nop|up|tai len|dinh kem)(?: \S+){0,2} (?:nham|lon)(?: \S+){0,5}")


def in_words(text: str) -> tuple[str, str] | None:
    """ "em gửi nhầm ảnh rồi"; None: it is about something else."""
    return ("guinham", "") if _WORDS.fullmatch(fold(text).strip(" \n.!?,")) else None


async def what_to_do(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The sender's last submission by its code, and how it is taken back."""
    last = await given.last_of(ctx.session, giver_of(message, ctx))
    if last is None:
        return Reply(texts.NOTHING, private=True)
    if last.state is State.ACCEPTED:
        return Reply(f"{texts.last(last)}\n{texts.accepted(last.code)}", private=True)
    pick = Choice(texts.take_back(last.code), f"/rutlai {last.code}")
    return Reply(f"{texts.last(last)}\n{texts.how(last.code)}", (pick,), private=True)

"""A question about tasks, deadlines and what the documents say."""

import re

from core.choices import number_in
from core.message import Inbound, Reply, SourceRef, Talk
from core.people import Asker, on_behalf
from core.texts import answers as say
from core.texts import chat as texts
from core.texts.choices import no_such_choice
from handlers.context import Context
from knowledge.fold import fold
from knowledge.remembered import remembered_answer

_POLITE = r"(?: (?:di|nhe|nha|a|voi|nao|em|ban|oi|thoi|giup|khong|ko))*"
_DAYS = frozenset({"due", "deadline", "days_left", "overdue"})
_ASKS = re.compile(r"\b(?:gi|nao|dau|bao gio|khi nao|may|bao nhieu|ai|bao lau)\b")
_MORE = re.compile(
    rf"(?:cho )?(?:(?:toi|em|minh|co) )?(?:xem |doc )?(?:them|tiep(?: tuc)?|nua)(?: nua)?{_POLITE}"
    rf"|(?:con )(?:gi |viec gi )?nua{_POLITE}"
)


async def answer_question(message: Inbound, ctx: Context) -> Reply:
    """The answer for the asker's unit; "xem thêm" goes on with the last one."""
    said = " ".join(fold(message.text).split()).strip(" .!?…")
    if _MORE.fullmatch(said):
        return _next_part(ctx.talk)
    if number_in(message.text) is not None:
        return Reply(no_such_choice(0))
    return _fresh(message.text, ctx)


def asks_for_a_day(text: str, ctx: Context) -> bool:
    """Whether this is a question that is answered here with days: what is due, by when; not whether something is so."""
    if not _ASKS.search(fold(text)):
        return False
    found = remembered_answer(ctx.index, text, asker_of(ctx), ctx.now)
    return found.found and found.kind in _DAYS


def asker_of(ctx: Context) -> Asker:
    """On whose behalf the question is answered; in a group without a known person, the unit's."""
    return on_behalf(ctx.person, ctx.unit)


def _next_part(talk: Talk) -> Reply:
    """Where nothing is left, or the button belongs to an answer given to somebody else, that is said."""
    if not talk.more:
        return Reply(texts.NOTHING_MORE)
    part, rest = talk.more[0], talk.more[1:]
    text = f"{part}\n{say.MORE_HINT}" if rest else part
    return Reply(text, say.more_choice() if rest else (), talk=Talk(talk.question, rest))


def _fresh(question: str, ctx: Context) -> Reply:
    found = remembered_answer(ctx.index, question, asker_of(ctx), ctx.now)
    sources = tuple(
        SourceRef(c.document_id, c.passage, say.source_label(c.document, say.place(c.section, c.row)), c.quote)
        for c in found.citations
    )
    return Reply(found.text, found.choices, sources, Talk(question, found.more))

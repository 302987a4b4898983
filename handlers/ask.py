"""A question about tasks, deadlines and what the documents say."""

from core.message import Inbound, Reply, SourceRef, Talk
from core.people import Asker, Level, Role
from core.texts import answers as say
from handlers.context import Context
from knowledge.answer import answer
from knowledge.fold import fold

_MORE = frozenset({"xem them", "them", "tiep", "xem tiep", "con gi nua"})


async def answer_question(message: Inbound, ctx: Context) -> Reply:
    """The answer for the asker's unit; "xem thêm" goes on with the last one, a number picks what was offered."""
    said = " ".join(fold(message.text).split()).strip(" .!?")
    if said in _MORE and ctx.talk.more:
        return _next_part(ctx.talk)
    return _fresh(_picked(said, ctx.talk) or message.text, ctx)


def asker_of(ctx: Context) -> Asker:
    """On whose behalf the question is answered; in a group without a known person, the unit's."""
    role = ctx.person.role if ctx.person else Role.TEACHER
    return Asker(ctx.unit, role, ctx.unit.level if ctx.unit else Level.SCHOOL)


def _next_part(talk: Talk) -> Reply:
    part, rest = talk.more[0], talk.more[1:]
    text = f"{part}\n{say.MORE_HINT}" if rest else part
    return Reply(text, say.more_choice() if rest else (), talk=Talk(talk.question, talk.options, rest))


def _picked(said: str, talk: Talk) -> str:
    """The complete question that a number stands for, or ""."""
    digits = said.removeprefix("so ").strip()
    if digits.isdigit() and 1 <= int(digits) <= len(talk.options):
        return talk.options[int(digits) - 1]
    return ""


def _fresh(question: str, ctx: Context) -> Reply:
    found = answer(ctx.index, question, asker_of(ctx), ctx.now)
    sources = tuple(
        SourceRef(c.document_id, c.passage, say.source_label(c.document, say.place(c.section, c.row)), c.quote)
        for c in found.citations
    )
    return Reply(found.text, found.choices, sources, Talk(question, found.options, found.more))

"""The commands and plain words about documents that are being checked; words count only while one is open."""

import re
from collections.abc import Awaitable, Callable, Mapping

from core.codes import CODE
from core.message import Inbound, Reply
from evidence.drafts import READ_IT, may_publish
from handlers import draft_amending, draft_checking, draft_publishing, drafts, next_year
from handlers.awaited import awaited_by
from handlers.context import Context, Does
from handlers.evidence import desk_of
from knowledge.corrections import may_correct
from knowledge.fold import fold
from noticing.amending import AMEND, LIST
from noticing.checking import CORRECT
from records import drafts as kept

Handler = Callable[[Inbound, Context], Awaitable[Reply | None]]

COMMANDS: Mapping[str, Does] = {
    READ_IT[1:]: drafts.begin,
    "soatvb": draft_checking.check,
    "giuvb": draft_checking.keep,
    "suavb": draft_checking.correct,
    "bovb": draft_checking.drop,
    "layvb": draft_checking.restore,
    "xemvb": drafts.review,
    "congbo": draft_publishing.ask,
    "huyvb": drafts.cancel,
    "nhatkyvb": drafts.show_log,
    "donvivb": drafts.set_issuer,
    **next_year.COMMANDS,
    AMEND[1:]: draft_amending.amend,
}
_BEGIN = READ_IT[1:]
_POLITE = r"(?: (?:a|nhe|nha|di|giup|voi|em|toi|luon))*"
_CODE = rf"(?:(?: ma)? (?P<code>{CODE}))?"
_ITEM = r"(?:muc|so|dong) (?:so )?(?P<item>\d{1,4})"
_WORDS = tuple(
    (re.compile(pattern + _POLITE if ends else pattern, re.DOTALL), command)
    for pattern, command, ends in (
        (rf"xem lai(?: (?:van ban|ban nhap|ca van ban))?{_CODE}", "xemvb", True),
        (rf"xem (?:lai )?{_ITEM}", "xemvb muc", True),
        (rf"(?:sua|doi) (?:lai )?{_ITEM} ?[:,]? ?(?:thanh |la )?(?P<rest>.+)", "suavb", False),
        (rf"(?:bo|xoa) {_ITEM}", "bovb", True),
        (rf"(?:lay lai|khoi phuc|giu lai) {_ITEM}", "layvb", True),
        (rf"soat(?: (?:tiep|lai|van ban|cho nghi ngo|cac cho nghi ngo))*{_CODE}", "soatvb", True),
        (rf"(?:xem (?:lai )?)?(?:cac )?viec (?:duoc )?doi(?: han)?{_CODE}", f"{AMEND[1:]} {LIST}", True),
        (rf"cong bo(?: van ban(?: nay)?)?{_CODE}", "congbo", True),
        (rf"van cong bo{_CODE}", "congbo van", True),
        (rf"(?:huy|bo|xoa) van ban(?: nay)?{_CODE}", "huyvb", True),
        (rf"(?:xem )?nhat ky van ban{_CODE}", "nhatkyvb", True),
        (
            r"(?:doc |gui |them )?van ban moi|(?:doc|gui) van ban|doc (?:giup )?(?:van ban|ke hoach)(?: moi)?",
            _BEGIN,
            True,
        ),
    )
)


def in_words(text: str) -> tuple[str, str, str] | None:
    """The command that plain words stand for, the code that they name, and what follows; None: something else."""
    said = text.strip(" \n.!")
    if said.endswith("?"):
        return None
    folded = fold(said)
    for pattern, command in _WORDS:
        if found := pattern.fullmatch(folded):
            groups = found.groupdict()
            name, _, word = command.partition(" ")
            rest = said[found.start("rest") : found.end("rest")] if groups.get("rest") else ""
            more = " ".join(filter(None, (word, groups.get("item"), rest)))
            return name, (groups.get("code") or "").upper(), more
    return None


def where_open(drafted: tuple[str, str, str], otherwise: Handler) -> Handler:
    """What officers say of the document that they have open; of everybody else the words are about something else."""
    command, code, more = drafted

    async def handler(message: Inbound, ctx: Context) -> Reply | None:
        me = ctx.person
        if me is None or message.group or not may_publish(desk_of(ctx), me):
            return await otherwise(message, ctx)
        if command == _BEGIN:
            return await drafts.begin(message, ctx, drafts.NEW)
        about = code or await kept.current(ctx.session, me.id, me.unit)
        if not about:
            return await otherwise(message, ctx)
        return await COMMANDS[command](message, ctx, f"{about} {more}".strip())

    return handler


def awaited(message: Inbound, ctx: Context) -> str:
    """The doubt that these words put right: its draft's code and its number; empty: they are about something else."""
    about = awaited_by(CORRECT, ctx)
    return about if about and may_correct(message.text) else ""

"""Authors of what was handed in, and who gets a certificate: the school names them, the office is shown the list."""

import re
from collections.abc import Mapping

from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.people import Asker, Level, Role, require
from core.texts import certificates as texts
from core.texts import evidence as evidence_texts
from evidence import certificates
from evidence.certifying import holder_of
from handlers.context import Context, Does
from handlers.evidence import desk_of, to_change
from knowledge.author_names import names_in
from knowledge.fold import fold
from records import authors, sheets

LIST, EXCEL = "/chungnhan", "excel"
_LIST = re.compile(r"(?:lap |xem )?danh sach (?:duoc )?(?:cap )?giay chung nhan(?: tac gia)?(?: (?:a|nhe))?")
_TABLE = re.compile(
    r"(?:xuat|tai|lay)(?: bang| danh sach| excel)*(?: cap)? giay chung nhan(?: ra)?(?: excel)?(?: (?:a|nhe))?"
)
_AUTHORS = re.compile(
    r"(?:ghi )?(?:nhom )?tac gia(?: cua)?(?: ma)? (?P<code>[a-z2-9]{6}) ?[:,\-–] ?(?P<names>.+)", re.DOTALL
)


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" \n.!")
    folded = fold(said)
    if found := _AUTHORS.fullmatch(folded):
        return "tacgia", f"{said[found.start('code') : found.end('code')]} {said[found.start('names') :]}"
    if _LIST.fullmatch(folded):
        return "chungnhan", ""
    return ("chungnhan", EXCEL) if _TABLE.fullmatch(folded) else None


async def note_authors(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE names": these made it; the giver says so, or who speaks for the school."""
    code, _, said = rest.partition(" ")
    names = names_in(said)
    if not names:
        return Reply(texts.HOW)
    submission = await to_change(message, ctx, code)
    if submission.deleted_at:
        raise Refused(evidence_texts.EXPIRED)
    await authors.note(ctx.session, submission.id, names, ctx.person.id if ctx.person else None, ctx.now)
    return Reply(texts.noted(submission.code, names, holder_of(len(names))))


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Who gets one and why, to the office that has selected the material; "excel": as a file, made beside the chat."""
    me, desk = require(ctx.person, Role.STAFF, text=texts.ONLY_OFFICES), desk_of(ctx)
    if rest.strip() == EXCEL:
        await sheets.want(ctx.session, certificates.SHEET, me.unit, me.id, ctx.now)
        return Reply(texts.COMES, private=True)
    found = await certificates.granted(desk, me.unit)
    if not found.certificates and not found.nameless:
        return Reply(texts.NOTHING_SELECTED, private=True)
    units = [desk.short_name(one.unit) for one in found.certificates]
    nameless = [desk.short_name(one.unit) for one in found.nameless]
    unit = ctx.index.tree.get(me.unit)
    rule = certificates.rule_for(desk, Asker(unit, Role.STAFF, unit.level if unit else Level.DISTRICT))
    text = texts.listed(found, units, nameless, rule)
    return Reply(text, (Choice(texts.EXCEL, f"{LIST} {EXCEL}"),), private=True)


COMMANDS: Mapping[str, Does] = {
    "tacgia": note_authors,
    "chungnhan": show,
}

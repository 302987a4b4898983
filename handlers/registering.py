"""A school registers activities in chat: typed, shown back, confirmed, corrected, withdrawn; the office's table."""

import re
from collections.abc import Mapping

from core.activities import Activity, Scale
from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.people import Level, Person, Role
from core.texts import activities as texts
from evidence import registering
from evidence.desk import title_of
from handlers import daily_words, plain_words
from handlers.ask import asks_for_a_day
from handlers.awaited import await_next, awaited_by
from handlers.context import Context, Does
from handlers.evidence import desk_of
from handlers.files import giver_of
from handlers.speaking import refused
from knowledge.activity_words import corrected, read_activity
from knowledge.fold import fold
from records import activities, sheets

COMMAND, WITHDRAW, LIST, TABLE = "/dangky", "/rutdangky", "/xemdangky", "/xuatdangky"
SURE = "ghi"
_DRAFT = re.compile(r"\+(?P<number>\d*)\|(?P<title>[^|]*)\|(?P<scale>\w*)\|(?P<when>[^|]*)\+\s*(?P<said>.*)", re.DOTALL)
_YES = re.compile(r"(?:dung(?: roi)?|ok|oke|co|dong y|dang ky|duoc|vang|da)(?: dang ky)?(?: (?:a|nhe|em|roi))*")
_WORDS = re.compile(
    r"(?:(?:toi|em|truong) )?(?:(?:muon|xin|can) )?dang ky (?:them )?(?:cac |mot )?hoat dong"
    r"(?P<rest> ?[:;\n].+| .*\bcap .+)?(?: (?:a|nhe|nha))?",
    re.DOTALL,
)
_WITHDRAWN = re.compile(r"(?:rut|huy|bo|xoa) dang ky(?: hoat dong)?(?: so)? (?P<number>\d{1,4})")
_CHANGED = re.compile(r"sua dang ky(?: hoat dong)?(?: so)? (?P<number>\d{1,4})(?P<rest>[ :,].*)?", re.DOTALL)
_LISTED = re.compile(
    r"(?:xem |cac )*dang ky(?: hoat dong)? (?:cua )?truong(?: (?:toi|em|minh))?|xem (?:cac )?dang ky(?: hoat dong)?"
)
_TABLE = re.compile(
    r"(?:xuat|tai|lay)(?: bang| excel| tep)* dang ky(?: hoat dong)?(?: (?:cua )?cac truong)?(?: ra)?(?: excel)?"
)
_ASKED = re.compile(r"\b(?:gi|nao|khi|may|bao nhieu|ai|the nao|sao|han)\b")


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" .!")
    folded = fold(said)
    if found := _WITHDRAWN.fullmatch(folded):
        return "rutdangky", found["number"]
    if found := _CHANGED.fullmatch(folded):
        return "dangky", f"sua {found['number']} {said[found.end('number') :].strip(' :,')}".strip()
    if _TABLE.fullmatch(folded):
        return "xuatdangky", ""
    if _LISTED.fullmatch(folded):
        return "xemdangky", ""
    found = _WORDS.fullmatch(folded)
    if found is None or said.endswith("?") or _ASKED.search((found["rest"] or "").partition("cap ")[0]):
        return None
    start, end = found.span("rest")
    return "dangky", said[start:end].strip(" :;\n") if start >= 0 else ""


def wanted(message: Inbound, ctx: Context) -> str:
    """What was said of an activity so far, to which these words belong; empty: to none."""
    about, said = awaited_by(COMMAND, ctx), message.text
    other = in_words(said) or daily_words.in_words(said) or plain_words.about_a_code(said)
    return "" if not about or other or said.strip().endswith("?") or asks_for_a_day(said, ctx) else about


async def register(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "": what? Words: an activity, shown back. "ghi +…+": it is registered. "sua 2 words": it is to be otherwise."""
    me = await _head(ctx)
    sure = rest.startswith(f"{SURE} ")
    words = rest.removeprefix(f"{SURE} ") if sure else rest
    if words.startswith("sua "):
        return await _change(ctx, me, words.removeprefix("sua ").strip())
    draft = _DRAFT.fullmatch(words)
    if draft is None:
        return await _ask(ctx, me, read_activity(words), None)
    number = int(draft["number"]) if draft["number"] else None
    before = Activity(draft["title"], Scale(draft["scale"]) if draft["scale"] else None, draft["when"])
    if before.whole and (sure or _YES.fullmatch(fold(draft["said"].strip(" .!")))):
        return await _save(message, ctx, me, before, number)
    return await _ask(ctx, me, corrected(before, draft["said"]), number)


async def withdraw(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "2": it is registered no more."""
    me = await _head(ctx)
    said = await registering.withdraw(desk_of(ctx), me, int(rest)) if rest.isdecimal() and len(rest) < 9 else None
    if said is None:
        raise Refused(texts.NO_SUCH)
    return Reply(said, talk=Talk(), private=True)


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """What the school has registered this school year; an office is sent the table."""
    if ctx.person is None:
        raise Refused(texts.ONLY_HEADS)
    if ctx.person.role is Role.STAFF:
        return await table(message, ctx, rest)
    found = await registering.of_year(desk_of(ctx), [ctx.person.unit])
    return Reply(texts.listed(found) if found else texts.NOTHING_YET, private=True)


async def table(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The Excel file, made beside the chat."""
    me = ctx.person
    if me is None or not (me.role is Role.STAFF or await desk_of(ctx).heads(me)):
        raise Refused(texts.ONLY_OFFICES)
    await sheets.want(ctx.session, registering.SHEET, me.unit, me.id, ctx.now)
    return Reply(texts.COMES, private=True)


async def _change(ctx: Context, me: Person, words: str) -> Reply:
    number, _, said = words.partition(" ")
    one = await activities.get(ctx.session, me.unit, int(number)) if number.isdecimal() and len(number) < 9 else None
    if one is None:
        raise Refused(texts.NO_SUCH)
    return await _ask(ctx, me, corrected(one.activity, said) if said.strip() else one.activity, one.number)


async def _ask(ctx: Context, me: Person, activity: Activity, number: int | None) -> Reply:
    """What is still wanted, or whether it is so."""
    talk = await_next(COMMAND, _marked(activity, number), ctx.now)
    if not activity.title:
        return Reply(texts.WHAT, talk=talk, private=True)
    if activity.scale is None:
        return Reply(texts.asked(activity), tuple(Choice(*one) for one in texts.LEVELS), talk=talk, private=True)
    if not activity.when:
        return Reply(texts.asked(activity), talk=talk, private=True)
    task = registering.due_of(desk_of(ctx), me.unit)
    text = texts.shown(activity, title_of(task) if task else "", task.until if task else None, number)
    yes = Choice(texts.YES, f"{COMMAND} {SURE} {_marked(activity, number)}")
    return Reply(text, (yes, Choice(texts.NOT_NOW, "/huy")), talk=talk, private=True)


async def _save(message: Inbound, ctx: Context, me: Person, activity: Activity, number: int | None) -> Reply:
    desk = desk_of(ctx)
    if number is None:
        said = await registering.register(desk, me, activity, giver_of(message, ctx), message.message_id)
        return Reply(said, talk=Talk(), private=True)
    one = await activities.get(ctx.session, me.unit, number)
    if one is None:
        raise Refused(texts.NO_SUCH)
    said = await registering.change(desk, one, activity, giver_of(message, ctx), message.message_id)
    return Reply(said, talk=Talk(), private=True)


async def _head(ctx: Context) -> Person:
    """Who heads a school. Raises Refused."""
    me, desk = ctx.person, desk_of(ctx)
    if me is None or desk.asker(me.unit).level is not Level.SCHOOL or not await desk.heads(me):
        raise await refused(desk, me, me.unit if me else None, texts.ONLY_HEADS)
    return me


def _marked(activity: Activity, number: int | None) -> str:
    """As it is carried from one answer to the next."""
    return f"+{number or ''}|{activity.title}|{activity.scale or ''}|{activity.when}+"


COMMANDS: Mapping[str, Does] = {
    "dangky": register,
    "rutdangky": withdraw,
    "xemdangky": show,
    "xuatdangky": table,
}

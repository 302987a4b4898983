"""The board in chat as pictures and files, which are made beside it: of a month, a task, a school."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from core.clock import local_day
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.people import Person, Role
from core.texts import evidence as evidence_texts
from core.texts import exports as texts
from core.texts import pictures as picture_texts
from core.work import TaskRef
from evidence import board_wishes, progress
from evidence.board_wishes import CALENDAR, EXCEL, MONTH, SCHOOL, TASK, WORD
from handlers.context import Context, Does
from handlers.evidence import desk_of
from handlers.extending import unit_in
from knowledge.fold import fold
from knowledge.periods import find_period
from records import sheets

PICTURE, FILE = "/anh", "/xuat"
MOST = 6  # tasks to pick from
_GOOD = 0.6  # share of the words that stand in a task's title
_DO = r"(?:(?:cho|gui|ve|lam|lay|xem|xuat|tao|tai)(?: cho)? )?(?:(?:toi|em|minh) )?"
_PICTURE_OF = re.compile(rf"{_DO}anh (?P<rest>(?:tien do|lich|phieu truong)(?: .+)?)", re.DOTALL)
_SCHOOL_OF = re.compile(rf"{_DO}(?P<rest>phieu (?:(?:tien do|bao cao) )?(?:cua )?truong(?: .+)?)", re.DOTALL)
_ASKED = re.compile(r"\?$|\b(?:gi|nao|khong|bao gio|khi|may|ai|sao)\b")
_WHEN = r"(?: (?:tien do|cua|trong|thang|nam|nay|truoc|sau|toi|qua|[\d/-]+|a|nhe|nha|giup|voi))*"
_EXCEL = re.compile(rf"{_DO}(?:xuat|bang|file|tep|so|tien do)(?: (?:bang|file|tep|tien do|ra))* excel(?P<rest>{_WHEN})")
_WORD = re.compile(
    rf"{_DO}(?:xuat |file |tep )?(?:bao cao|tien do)(?: (?:tien do|bang|file|tep|ra))* word(?P<rest>{_WHEN})"
)
_WHAT = re.compile(r"(?P<what>tien do|lich|viec|phieu (?:(?:tien do|bao cao) )?(?:cua )?truong|truong)\b ?(?P<rest>.*)")
_FILLER = frozenset("cua trong thang nay viec a nhe nha giup voi cho toi em minh truong".split())


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" \n.!")
    folded = fold(said)
    if _ASKED.search(folded):
        return None
    if found := _PICTURE_OF.fullmatch(folded) or _SCHOOL_OF.fullmatch(folded):
        return PICTURE[1:], said[found.start("rest") :]
    for kind, words in ((EXCEL, _EXCEL), (WORD, _WORD)):
        if found := words.fullmatch(folded):
            return FILE[1:], f"{kind}{said[found.start('rest') :]}"
    return None


async def picture(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "tiến độ tháng 12", "tiến độ cân đo", "lịch tháng 12", "phiếu trường Hoa Phượng"; else: which?

    Raises Refused.
    """
    me, found = _known(ctx), _WHAT.fullmatch(fold(rest.strip()))
    if found is None:
        return Reply(picture_texts.WHICH, _kinds(), private=True)
    words = rest.strip()[found.start("rest") :]
    if found["what"] == "viec" and (marked := _marked(words)):
        return await _wanted(ctx, me, TASK, marked)
    if found["what"] == "lich":
        return await _wanted(ctx, me, CALENDAR, _month(ctx, words)[0])
    if found["what"].endswith("truong"):
        return await _school(ctx, me, words)
    month, left = _month(ctx, words)
    return await (_task(ctx, me, left) if left else _wanted(ctx, me, MONTH, month))


async def file(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "excel tháng 12", "word tháng 12"; else: which? Raises Refused."""
    me = _known(ctx)
    kind, _, words = rest.strip().partition(" ")
    if kind.lower() not in (EXCEL, WORD):
        return Reply(texts.WHAT_FILE, tuple(Choice(name, f"{FILE} {one}") for name, one in _FILES), private=True)
    return await _wanted(ctx, me, kind.lower(), _month(ctx, words)[0])


_FILES = ((texts.EXCEL, EXCEL), (texts.WORD, WORD))


def _known(ctx: Context) -> Person:
    if ctx.person is None:
        raise Refused(texts.NEEDS_A_PERSON)
    return ctx.person


def _kinds() -> tuple[Choice, ...]:
    return (
        Choice(picture_texts.MONTH_PICK, f"{PICTURE} tien do"),
        Choice(picture_texts.CALENDAR_PICK, f"{PICTURE} lich"),
        Choice(picture_texts.SCHOOL_PICK, f"{PICTURE} truong"),
    )


async def _wanted(ctx: Context, me: Person, kind: str, about: str, unit: str = "") -> Reply:
    await sheets.want(ctx.session, board_wishes.kind_of(kind), unit or me.unit, me.id, ctx.now, about)
    return Reply(texts.COMES, private=True)


def _month(ctx: Context, words: str) -> tuple[str, str]:
    """The month that the words name, else this one; and the other words, without those that say nothing."""
    today = local_day(ctx.now)
    found = find_period(fold(words), today)
    month = today
    if found and found.period.grain == "month":
        month = found.period.first
        words = f"{words[: found.start]} {words[found.end :]}"
    return f"{month:%Y-%m}", " ".join(word for word in words.split() if fold(word) not in _FILLER)


def _marked(words: str) -> str:
    """What a button carries: "3.12 2023-12-05"; empty: it is something else."""
    ref, _, day = words.partition(" ")
    try:
        return f"{ref} {date.fromisoformat(day)}" if TaskRef.parse(ref) else ""
    except ValueError:
        return ""


async def _task(ctx: Context, me: Person, words: str) -> Reply:
    if me.role is not Role.STAFF:
        raise Refused(picture_texts.TASK_FOR_OFFICES)
    picks = await _named(ctx, me, words)
    if len(picks) == 1:
        return await _wanted(ctx, me, TASK, picks[0].value.partition(" viec ")[2])
    return Reply(picture_texts.WHICH_TASK if picks else picture_texts.no_task(words), tuple(picks), private=True)


async def _named(ctx: Context, me: Person, words: str) -> Sequence[Choice]:
    """The tasks of the units below about now in whose titles most of the words stand."""
    said, scored = set(fold(words).split()), list[tuple[float, Choice]]()
    for (ref, day), ones in (await progress.of_office(desk_of(ctx), me.unit)).items():
        score = len(said & set(fold(ones[0].title).split())) / len(said)
        if day and score >= _GOOD:
            pick = Choice(evidence_texts.label(ones[0].title, ones[0].due), f"{PICTURE} viec {ref} {day}")
            scored.append((score, pick))
    best = max((score for score, _ in scored), default=0)
    return [pick for score, pick in scored if score == best][:MOST]


async def _school(ctx: Context, me: Person, words: str) -> Reply:
    """The own unit's; an office names one of those below it."""
    month, name = _month(ctx, words)
    own = fold(name) in fold(desk_of(ctx).short_name(me.unit))
    if me.role is not Role.STAFF:
        if name and not own:
            raise Refused(picture_texts.NOT_YOURS)
        return await _wanted(ctx, me, SCHOOL, month)
    if not name:
        return Reply(picture_texts.WHICH_SCHOOL, private=True)
    unit = unit_in(ctx, me, name)
    if unit is None:
        return Reply(picture_texts.no_school(name), private=True)
    return await _wanted(ctx, me, SCHOOL, month, unit)


COMMANDS: Mapping[str, Does] = {PICTURE[1:]: picture, FILE[1:]: file}

"""Links to a unit's dossier: made for one document or month or for all, listed with who came by them, revoked."""

import re
from dataclasses import dataclass, replace

from core.clock import local_day
from core.criteria import CriteriaSet
from core.dossier import Cut
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.people import Asker, Person, Role, Unit, UnitTree
from core.texts import dossier as texts
from evidence.dossier import gather
from handlers import dossier_sets
from handlers.context import Context
from knowledge.cite import label
from knowledge.fold import fold
from knowledge.periods import find_period
from knowledge.sentences import shortened
from knowledge.unit_names import proper_name, units_named
from knowledge.unit_words import proper_names
from knowledge.volume import Volume, tokens_of
from records import dossiers

COMMAND, REVOKE, NEW = "/hoso", "/thuhoihoso", "moi"
_BLURRED = "chemat"
SHOWN = 10  # links that are listed
OFFERED = 6  # units or documents to pick from
MOST_OPEN = 30  # links of one unit
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_DOCUMENT = re.compile(r"vb(\d{1,12})", re.IGNORECASE)
_FACES = re.compile(
    r"\b(?:co |da |duoc )?(?:che|lam mo) (?:khuon )?mat\b"
    r"(?: (?:cua )?(?:tre(?: em)?|(?:cac )?(?:be|chau|con)|hoc sinh)\b)?"
)
_PLACE = re.compile(r"\b(?:truong|nhom tre|lop|mn|mam non|phong|so|ubnd|xa|phuong)\b.*")
_FILLER = frozenset(
    "cua cho ve theo cac tat ca toi em minh truong don vi nay giup voi a oi nhe xem tai mo tao gui".split()
)

_ASKED = re.compile(r"\b(?:gi|nao|dau|sao|bao gio|khi|may|ai|bao nhieu|the nao|gom|khong)\b")
_CALLED = re.compile(
    r"\b(?:truong |lop |nhom tre )?(?:mn|mam non|truong|lop|nhom tre) (?:sao|may|dau) \w+"
)  # "Sao Biển"
_WORDS = re.compile(
    r"(?:(?:xin |cho |tao |lay |mo |gui )?(?:toi |em |minh )?(?:duong )?(?:link |lien ket )"
    r"(?:xem )?ho so(?: minh chung)?|(?:mo |tao )?ho so minh chung|(?:mo |tao |xem )?ho so(?= theo (?:bo )?tieu chi\b))"
    r"(?: (?P<rest>.+))?"
)

_REVOKE_WORDS = re.compile(
    r"(?:thu hoi|dong|huy)(?: (?:link|lien ket))? ho so(?: minh chung)?(?: ma)?(?: (?P<rest>\S+))?"
)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What was said of it so far."""

    unit: Unit | None = None
    month: str = ""
    document: int | None = None
    blurred: bool = False
    words: str = ""  # not understood yet


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" \n.!")
    folded = fold(said)
    for pattern, command in ((_REVOKE_WORDS, "thuhoihoso"), (_WORDS, "hoso")):
        found = pattern.fullmatch(folded)
        if found and not (command == "hoso" and _asks(said, found["rest"] or "")):
            start, end = found.span("rest")
            return command, said[start:end] if found["rest"] else NEW * (command == "hoso")
    return None


def _asks(said: str, rest: str) -> bool:
    """Whether it is a question; `rest`: what is said of the dossier, without marks."""
    return "?" in said or bool(_ASKED.search(_CALLED.sub("", rest)))


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The open links; a new one where there is none, or where it is said of what."""
    me = _head(ctx)
    if not ctx.house.public_url:
        return Reply(texts.NO_ADDRESS, private=True)
    if not rest and (listed := await _listed(ctx, me)):
        return listed
    rest, by = dossier_sets.split(rest)
    cut = _cut(ctx, me, rest or NEW)
    if by is not None and isinstance(cut, Cut):
        cut = await dossier_sets.with_set(ctx, cut, by)
    if isinstance(cut, Reply):
        return cut
    if cut.blurred and not ctx.house.blurs:
        return Reply(texts.NO_DETECTOR, private=True)
    return await _made(ctx, me, cut)


async def by_criteria(ctx: Context, me: Person, set: CriteriaSet) -> Reply:
    """A link to the own unit's dossier by this set."""
    return await _made(ctx, _head(ctx), Cut(me.unit, criteria=set.id))


async def revoke(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The link with this code shows nothing any more."""
    me = _head(ctx)
    if not rest:
        return Reply(texts.HOW_TO_REVOKE, private=True)
    link = await dossiers.by_code(ctx.session, rest.strip(), ctx.now)
    if link is None or link.cut.unit not in _reach(ctx.index.tree, me):
        return Reply(texts.NO_SUCH_LINK, private=True)
    await dossiers.revoke(ctx.session, link.code, ctx.now)
    return Reply(texts.revoked(link.code), private=True)


async def _listed(ctx: Context, me: Person) -> Reply | None:
    links = await dossiers.open_ones(ctx.session, _reach(ctx.index.tree, me), ctx.now)
    if not links:
        return None
    here = links[:SHOWN]
    lines = [
        texts.open_link(link, _name(ctx, link.cut.unit), visits, await dossier_sets.name_of(ctx, link.cut))
        for link, visits in here
    ]
    picks = [Choice(texts.NEW_LINK, f"{COMMAND} {NEW}")]
    picks += [Choice(texts.revoke(link.code), f"{REVOKE} {link.code}") for link, _ in here[:3]]
    return Reply(texts.open_links(lines, len(links)), tuple(picks), private=True)


async def _made(ctx: Context, me: Person, cut: Cut) -> Reply:
    if len(await dossiers.open_ones(ctx.session, [cut.unit], ctx.now)) >= MOST_OPEN:
        return Reply(texts.too_many(MOST_OPEN), private=True)
    link, token = await dossiers.make(ctx.session, cut, me.id, ctx.now)
    dossier = await gather(ctx.session, ctx.index, cut, ctx.now)
    address = f"{ctx.house.public_url}/dossier/{token}"
    offered = ctx.house.blurs and not cut.blurred
    picks = (Choice(texts.BLUR, _command(replace(cut, blurred=True))),) if offered else ()
    return Reply(texts.opened(dossier, link, address, dossiers.LIFETIME.days), picks, private=True)


def _head(ctx: Context) -> Person:
    """Who may open the dossier to others. Raises Refused."""
    if ctx.person is None or ctx.person.role is Role.TEACHER:
        raise Refused(texts.ONLY_HEADS)
    return ctx.person


def _reach(tree: UnitTree, me: Person) -> frozenset[str]:
    """The codes of the units whose dossiers are this person's to open: the own, for staff also those below."""
    if me.role is Role.ADMIN:
        return frozenset(tree.units)
    below = tree.below(me.unit) if me.role is Role.STAFF else ()
    return frozenset({me.unit, *(unit.code for unit in below)})


def _cut(ctx: Context, me: Person, rest: str) -> Cut | Reply:
    """What the words mean; else a question. Raises Refused for a unit that is not this person's to open."""
    meant = _with_unit(ctx, me, _marks(ctx, rest))
    if isinstance(meant, Reply):
        return meant
    unit = meant.unit or ctx.index.tree.get(me.unit)
    if unit is None or unit.code not in _reach(ctx.index.tree, me):
        raise Refused(texts.NOT_YOURS)
    volumes = ctx.index.scope(Asker(unit, Role.TEACHER, unit.level))
    if meant.document is not None and meant.document not in (volume.shelved.id for volume in volumes):
        raise Refused(texts.NOT_YOURS)
    cut = Cut(unit.code, meant.document, meant.month, meant.blurred)
    if not meant.words:
        return cut
    said = set(tokens_of(meant.words))
    found = [volume for volume in volumes if said <= set(tokens_of(label(ctx.index, volume)))]
    if len(found) == 1:
        return replace(cut, document=found[0].shelved.id)
    picks = tuple(_pick(ctx, cut, volume) for volume in (found or volumes)[:OFFERED])
    return Reply(texts.WHICH_DOCUMENT if found else texts.UNCLEAR, picks, private=True)


def _marks(ctx: Context, rest: str) -> _Meant:
    """What buttons carry, and the month; the words that are left."""
    meant, left = _Meant(), []
    for word in rest.split():
        if _MONTH.fullmatch(word):
            meant = replace(meant, month=word)
        elif found := _DOCUMENT.fullmatch(word):
            meant = replace(meant, document=int(found[1]))
        elif unit := ctx.index.tree.get(word.upper()):
            meant = replace(meant, unit=unit)
        elif word == _BLURRED:
            meant = replace(meant, blurred=True)
        elif word != NEW:
            left.append(word)
    words, faces = _without_faces(" ".join(left))
    meant = replace(meant, blurred=meant.blurred or faces)
    found_period = find_period(fold(words), local_day(ctx.now))
    if found_period and found_period.period.grain == "month":
        words = f"{words[: found_period.start]} {words[found_period.end :]}"
        meant = replace(meant, month=f"{found_period.period.first:%Y-%m}")
    return replace(meant, words=" ".join(words.split()))


def _without_faces(words: str) -> tuple[str, bool]:
    """The words but for "che mặt trẻ", and whether that was there."""
    found = _FACES.search(fold(words))
    return (f"{words[: found.start()]} {words[found.end() :]}", True) if found else (words, False)


def _with_unit(ctx: Context, me: Person, meant: _Meant) -> _Meant | Reply:
    """With the unit that the words name; a question where several are called so. Raises Refused."""
    place = _PLACE.search(fold(meant.words))
    named = meant.words[place.start() :] if place else ""
    if _is_filler(named):
        return replace(meant, words=_without_filler(meant.words))
    found = units_named(ctx.index.tree, named) or _called(ctx.index.tree, named)
    if not found:
        return replace(meant, words=_without_filler(meant.words))
    mine = [unit for unit in found if unit.code in _reach(ctx.index.tree, me)]
    if not mine:
        raise Refused(texts.NOT_YOURS)
    if len(mine) > 1:
        cuts = [Cut(unit.code, meant.document, meant.month, meant.blurred) for unit in mine[:OFFERED]]
        picks = tuple(Choice(unit.name, _command(cut)) for unit, cut in zip(mine, cuts, strict=False))
        return Reply(texts.WHICH_UNIT, picks, private=True)
    before = meant.words[: place.start()] if place else ""
    return replace(meant, unit=mine[0], words=_without_filler(before))


def _called(tree: UnitTree, words: str) -> tuple[Unit, ...]:
    """The units with this proper name of their own."""
    name = proper_name(words)
    return tuple(unit for unit in tree.units.values() if name and name in proper_names(unit)[:1])


def _is_filler(words: str) -> bool:
    return set(fold(words).split()) <= _FILLER


def _without_filler(words: str) -> str:
    return " ".join(word for word in words.split() if fold(word) not in _FILLER)


def _pick(ctx: Context, cut: Cut, volume: Volume) -> Choice:
    return Choice(shortened(label(ctx.index, volume), 60), _command(replace(cut, document=volume.shelved.id)))


def _command(cut: Cut) -> str:
    """What a button says."""
    document = f"vb{cut.document}" if cut.document is not None else ""
    by = dossier_sets.mark(cut.criteria) if cut.criteria is not None else ""
    return " ".join(filter(None, (COMMAND, cut.unit, cut.month, document, by, _BLURRED if cut.blurred else "")))


def _name(ctx: Context, code: str) -> str:
    unit = ctx.index.tree.get(code)
    return unit.name.partition(",")[0] if unit else code

"""A dossier by a criteria set: which set the words mean."""

import re
from dataclasses import replace

from core.dossier import Cut
from core.message import Choice, Reply
from core.texts import criteria as criteria_texts
from core.texts import dossier_criteria as texts
from evidence.criteria import binding
from handlers.context import Context
from handlers.evidence import desk_of
from knowledge.criteria_match import named_sets
from knowledge.fold import fold
from records import criteria

_NAMED = re.compile(
    r"\b(?:theo )?(?:bo )?tieu chi\b[ :]*(?P<name>.*?)"
    r"(?=$| (?:cua|cho) (?:truong|mn|mam non|lop|nhom tre|phong|so)\b| (?:co |da |duoc )?che (?:khuon )?mat\b)"
)
_MARK = re.compile(r"(?<!\S)tc(\d{1,12})(?!\S)")


def split(rest: str) -> tuple[str, str | None]:
    """What is said of the dossier without the set, and the words or the mark that name the set; None: none."""
    found = _MARK.search(rest) or _NAMED.search(fold(rest))
    if found is None:
        return rest, None
    start, end = found.span("name") if found.re is _NAMED else found.span()
    return f"{rest[: found.start()]} {rest[found.end() :]}".strip(), rest[start:end].strip(' "“”')


async def with_set(ctx: Context, cut: Cut, words: str) -> Cut | Reply:
    """The cut by the set that is meant; else a question. `words` may be a mark."""
    sets = await binding(desk_of(ctx), cut.unit)
    meant = [one for one in sets if mark(one.id) == words] if _MARK.fullmatch(words) else named_sets(sets, words)
    if len(meant) == 1 or (len(sets) == 1 and not words):
        return replace(cut, criteria=(meant or sets)[0].id)
    blurred = " chemat" if cut.blurred else ""
    picks = tuple(
        Choice(criteria_texts.short(one.name), f"/hoso {cut.unit} {mark(one.id)}{blurred}") for one in meant or sets
    )
    return Reply(texts.WHICH_SET if sets else texts.NO_SETS, picks, private=True)


def mark(id: int) -> str:
    """What buttons carry."""
    return f"tc{id}"


async def name_of(ctx: Context, cut: Cut) -> str:
    """Empty: by document, or the set was taken back."""
    set = await criteria.by_id(ctx.session, cut.criteria) if cut.criteria is not None else None
    return set.name if set else ""

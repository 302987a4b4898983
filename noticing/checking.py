"""What an officer is told of a draft, and what she may do with it next."""

from collections.abc import Sequence

from core.clock import local_day
from core.drafts import Draft
from core.message import Choice
from core.people import Level, Unit
from core.texts import amendments
from core.texts import drafts as texts
from evidence.desk import Desk
from knowledge.drafting import figures, open_doubts, within
from knowledge.proposed import asked_about, open_proposals
from noticing.amending import AMEND, LIST, found

CHECK, KEEP, CORRECT, DROP_ITEM, RESTORE = "/soatvb", "/giuvb", "/suavb", "/bovb", "/layvb"
REVIEW, PUBLISH, CANCEL, LOG, ISSUER = "/xemvb", "/congbo", "/huyvb", "/nhatkyvb", "/donvivb"
_SOME = 8  # units to choose from


def steps(desk: Desk, draft: Draft) -> tuple[str, tuple[Choice, ...]]:
    """What was read, in figures, and the ways on; where it is not known who issued it, that is asked first."""
    read = figures(draft)
    issuer = desk.short_name(draft.issuer) if draft.issuer else ""
    text = texts.result(draft, read.tasks, read.dated, read.two_tiers, read.doubts, issuer)
    if not draft.issuer:
        offered = issuers(desk, draft.unit)[:_SOME]
        picks = tuple(Choice(desk.short_name(one.code), f"{ISSUER} {draft.code} {one.code}") for one in offered)
        return f"{text}\n\n{texts.ISSUED_BY}", (*picks, Choice(texts.DROP, f"{CANCEL} {draft.code}"))
    if not within(desk.index.tree, draft.issuer, draft.unit):
        text = f"{text}\n{texts.from_above(issuer, desk.short_name(draft.unit))}"
    changes = found(desk, draft)
    return f"{text}\n\n{changes}" if changes else text, ways_on(draft)


def ways_on(draft: Draft) -> tuple[Choice, ...]:
    """Checking, where there is something to check, changes of earlier tasks first; reviewing; publishing; dropping."""
    code, label = draft.code, to_check_label(draft)
    check = (Choice(label, f"{CHECK} {code}"),) if label else ()
    others = (texts.REVIEW, REVIEW), (texts.PUBLISH, PUBLISH), (texts.DROP, CANCEL)
    return (*check, *(Choice(label, f"{command} {code}") for label, command in others))


def to_check_label(draft: Draft) -> str:
    """What comes next to be checked; empty: nothing is left."""
    if changes := len(open_proposals(draft)):
        return amendments.check_label(changes)
    left = len(open_doubts(draft))
    return texts.check_label(left) if left else ""


def changes_choice(draft: Draft) -> tuple[Choice, ...]:
    """To look at the changes of earlier tasks again, once all were answered."""
    answered = asked_about(draft) and not open_proposals(draft)
    return (Choice(amendments.LIST, f"{AMEND} {draft.code} {LIST}"),) if answered else ()


def issuers(desk: Desk, unit: str) -> Sequence[Unit]:
    """Those of `line_of` that there are today."""
    today = local_day(desk.now)
    return [one for one in line_of(desk, unit) if one.exists_on(today)]


def line_of(desk: Desk, unit: str) -> Sequence[Unit]:
    """Who may have issued what this office sends: itself, those above it, the offices below it."""
    tree = desk.index.tree
    below = sorted((one for one in tree.below(unit) if one.level is not Level.SCHOOL), key=lambda one: one.code)
    above = [one for one in tree.above(unit) if one.code == unit or not within(tree, one.code, unit)]
    return list(dict.fromkeys((*above, *below)))

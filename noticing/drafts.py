"""The drafts that somebody checks: whose they are, who issued them, what they change of earlier ones; thrown away."""

from dataclasses import replace

from core.drafts import OPEN, Act, Draft, Stage
from core.errors import Refused
from core.people import Person
from core.texts import drafts as texts
from evidence.desk import Desk
from evidence.drafts import may_publish
from knowledge.proposed import joined
from noticing.amending import proposals
from noticing.checking import issuers
from records import drafts


async def own(desk: Desk, me: Person, code: str) -> Draft:
    """Of what this officer has sent for the office that she is in, the draft of this code, held. Raises Refused."""
    if not may_publish(desk, me):
        raise Refused(texts.ONLY_OFFICES)
    found = await drafts.by_code(desk.session, code)
    if found is None or (found.person, found.unit) != (me.id, me.unit):
        raise Refused(texts.NOT_FOUND)
    return found


def must_be_read(draft: Draft) -> None:
    """It is being checked. Raises Refused."""
    if draft.stage is Stage.READING:
        raise Refused(texts.STILL_READING)
    if draft.stage is not Stage.READ:
        raise Refused(texts.already_published(draft) if draft.document else texts.CLOSED)


async def set_issuer(desk: Desk, draft: Draft, unit: str) -> Draft:
    """This unit issued it. Raises Refused for one that cannot have."""
    if unit not in {one.code for one in issuers(desk, draft.unit)}:
        raise Refused(texts.NOT_FOUND)
    before = desk.short_name(draft.issuer) if draft.issuer else ""
    found = proposals(desk, replace(draft, issuer=unit))  # whose documents it may change hangs on whose it is
    changed = await drafts.change(desk.session, draft, desk.now, issuer=unit, proposals=found)
    after = desk.short_name(unit)
    await drafts.note(desk.session, draft.id, Act.ISSUER, draft.person, desk.now, before=before, after=after)
    return changed


async def with_changes(desk: Desk, draft: Draft) -> Draft:
    """With what it changes of documents that were published since it was read."""
    found = joined(draft.proposals, proposals(desk, draft)) if draft.issuer else ()
    return draft if found == draft.proposals else await drafts.change(desk.session, draft, desk.now, proposals=found)


async def cancel(desk: Desk, draft: Draft) -> None:
    """It is thrown away; nobody has seen anything of it. Raises Refused where it is open no more."""
    if draft.stage not in OPEN:
        raise Refused(texts.already_published(draft) if draft.document else texts.CLOSED)
    await drafts.change(desk.session, draft, desk.now, stage=Stage.DROPPED)
    await drafts.note(desk.session, draft.id, Act.CANCELLED, draft.person, desk.now)

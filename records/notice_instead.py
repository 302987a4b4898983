"""Who gets a notice anyway, of those to whom it would go instead of a group of their unit."""

import re
from collections.abc import Collection

from sqlalchemy import select

from records.notice_fates import key_of
from records.notice_tables import RecipientRow
from records.outbox import instead_key
from records.session import Session
from records.tables import OutboxRow

_KEY = re.compile(r"notice:(?P<notice>\d+):(?P<recipient>\d+)#(?P<part>\d+)")
_GETS_IT = ("waiting", "held", "queued", "sent")


async def told_themselves(session: Session, key: str, people: Collection[int]) -> set[int]:
    """Those of these people to whom the notice with this key goes as people too, or instead of another group."""
    found = _KEY.fullmatch(key)
    if found is None:
        return set()
    notice, recipient, part = int(found["notice"]), int(found["recipient"]), found["part"]
    own = select(RecipientRow.person_id).where(RecipientRow.notice_id == notice)
    own = own.where(RecipientRow.person_id.in_(people), RecipientRow.state.in_(_GETS_IT))
    unit = select(RecipientRow.unit).where(RecipientRow.id == recipient).scalar_subquery()
    groups = select(RecipientRow.id).where(RecipientRow.notice_id == notice, RecipientRow.unit == unit)
    ways = [
        f"{instead_key(f'{key_of(notice, group)}#{part}', number)}#1"
        for group in await session.scalars(groups.where(RecipientRow.group, RecipientRow.id != recipient))
        for number in range(len(people))
    ]
    instead = select(OutboxRow.person_id).where(OutboxRow.key.in_(ways), OutboxRow.state != "failed")
    told = {*await session.scalars(own), *await session.scalars(instead)}
    return {person for person in told if person is not None}

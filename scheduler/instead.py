"""What a group takes no more goes to who gives its unit's word, in private, once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from core.clock import local_day
from core.message import Address, Urgency
from core.texts import delivery as texts
from records import heads, known_keys, notice_instead, outbox, people, reminders
from records.outbox import Claimed
from records.session import Session


async def to_the_heads(session: Session, claimed: Claimed, platforms: Collection[str], now: datetime) -> None:
    """Queue a reminder or bulk message for each of those who can be reached, under keys made from its own.

    Not an answer: who asked in the group hears it where they ask again.
    """
    message = claimed.message
    if message.urgency is Urgency.ANSWER:
        return
    unit, people_of_it = await heads.of_group(session, message.address, local_day(now))
    told = await reminders.told_themselves(session, claimed.key, people_of_it)
    told |= await notice_instead.told_themselves(session, claimed.key, people_of_it)
    ways = {person: await way_to(session, person, platforms) for person in people_of_it if person not in told}
    reached = {person: way for person, way in ways.items() if way is not None}
    whole, _, part = claimed.key.rpartition("#")
    first = part == "1" or await known_keys.was_sent(session, f"{whole}#{int(part) - 1}")  # the first that she reads
    text = texts.instead_of_group(unit, message.text) if first else message.text
    private = replace(message, group=False, text=text, choices=(), edits="", mention="", reply_to="")
    for number, (person, way) in enumerate(reached.items()):
        key = outbox.instead_key(claimed.key, number)
        if not await outbox.put(session, replace(private, address=way), key, now, stored=claimed.stored, person=person):
            return  # all of this was queued before


async def way_to(session: Session, person: int, platforms: Collection[str]) -> Address | None:
    """The private chat with one of these services that reaches her best; None: there is none."""
    last = await people.last_way_to(session, person)
    ways = (*await people.ways_to(session, person), *([last] if last else []))
    return next((way for way in ways if way.platform in platforms), None)

"""Which chat groups belong to which unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select, update

from core.message import Address
from records.session import Session, in_pieces, insert_into
from records.tables import ContactRow, GroupRow


async def unit_of(session: Session, address: Address) -> str | None:
    """The code of the unit that this group is bound to; None: no group, not bound, or the bot was removed."""
    return await session.scalar(
        select(GroupRow.unit).where(
            GroupRow.platform == address.platform, GroupRow.chat == address.chat, GroupRow.active
        )
    )


async def units_of(session: Session, addresses: Collection[Address]) -> dict[tuple[str, str], str]:
    """The units' codes of those chats that are bound groups, by platform and chat."""
    bound = select(GroupRow.platform, GroupRow.chat, GroupRow.unit)
    here = (
        GroupRow.platform.in_({one.platform for one in addresses}),
        GroupRow.chat.in_({one.chat for one in addresses}),
    )
    rows = await session.execute(bound.where(*here, GroupRow.active))
    return {(row.platform, row.chat): row.unit for row in rows}


async def of_units(session: Session, units: Collection[str]) -> dict[str, list[Address]]:
    """The groups that are bound to these units, by unit."""
    found: dict[str, list[Address]] = {}
    for some in in_pieces(units):
        bound = select(GroupRow.unit, GroupRow.platform, GroupRow.chat).where(GroupRow.unit.in_(some), GroupRow.active)
        for row in sorted(await session.execute(bound), key=lambda row: (row.platform, row.chat)):
            found.setdefault(row.unit, []).append(Address(row.platform, row.chat))
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A group that is bound to a unit; `active`: the bot is in it; `reachable`: it takes messages;
    `seen_at`: when it was last heard of.
    """

    unit: str
    address: Address
    active: bool
    reachable: bool
    seen_at: datetime | None


async def standing(session: Session, units: Collection[str]) -> list[Standing]:
    """The groups of these units, also those that removed the bot."""
    known = and_(ContactRow.platform == GroupRow.platform, ContactRow.chat == GroupRow.chat)
    all_of_them = select(GroupRow, ContactRow.reachable, ContactRow.seen_at).outerjoin(ContactRow, known)
    found: list[Standing] = []
    for some in in_pieces(units):
        rows = await session.execute(all_of_them.where(GroupRow.unit.in_(some)))
        for row, reachable, seen_at in rows:
            takes = row.active and reachable is not False
            found.append(Standing(row.unit, Address(row.platform, row.chat), row.active, takes, seen_at))
    return sorted(found, key=lambda one: (one.unit, one.address.platform, one.address.chat))


async def bind(session: Session, address: Address, unit: str) -> None:
    """The group is this unit's from now on."""
    statement = insert_into(session, GroupRow).values(
        platform=address.platform, chat=address.chat, unit=unit, active=True
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[GroupRow.platform, GroupRow.chat], set_={"unit": unit, "active": True}
        )
    )


async def deactivate(session: Session, address: Address) -> None:
    """The bot was removed: the group gets nothing until somebody joins it again with a code."""
    bound = update(GroupRow).where(GroupRow.platform == address.platform, GroupRow.chat == address.chat)
    await session.execute(bound.values(active=False))


async def move(session: Session, platform: str, old: str, new: str) -> None:
    """The group has a new id; moving it twice changes nothing."""
    before = await session.get(GroupRow, (platform, old))
    if before is None or old == new:
        return
    await session.execute(delete(GroupRow).where(GroupRow.platform == platform, GroupRow.chat == new))
    await session.execute(update(GroupRow).where(GroupRow.platform == platform, GroupRow.chat == old).values(chat=new))

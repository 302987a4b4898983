"""Who is who, and which accounts are theirs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import and_, select

from core.message import Address
from core.people import Person, Role
from records.session import Session, insert_into
from records.tables import AddressRow, ContactRow, PersonRow


async def find_person(session: Session, platform: str, sender: str) -> Person | None:
    """The person whose account this is, or None."""
    row = await session.scalar(
        select(PersonRow)
        .join(AddressRow, AddressRow.person_id == PersonRow.id)
        .where(AddressRow.platform == platform, AddressRow.sender == sender)
    )
    return None if row is None else Person(row.id, row.name, row.unit, Role(row.role))


async def of_accounts(session: Session, senders: Collection[str]) -> dict[tuple[str, str], Person]:
    """The people whose accounts these are, by platform and sender."""
    linked = select(
        AddressRow.platform, AddressRow.sender, PersonRow.id, PersonRow.name, PersonRow.unit, PersonRow.role
    )
    joined = linked.join(PersonRow, AddressRow.person_id == PersonRow.id)
    rows = await session.execute(joined.where(AddressRow.sender.in_(senders)))
    return {(row.platform, row.sender): Person(row.id, row.name, row.unit, Role(row.role)) for row in rows}


async def ways_to(session: Session, person: int) -> tuple[Address, ...]:
    """The private chats in which this person can be written to: the preferred one first, then the last used."""
    seen = select(AddressRow.platform, AddressRow.sender).join(
        ContactRow, and_(ContactRow.platform == AddressRow.platform, ContactRow.chat == AddressRow.sender)
    )
    reachable = seen.where(AddressRow.person_id == person, ContactRow.reachable)
    rows = await session.execute(reachable.order_by(AddressRow.preferred.desc(), ContactRow.seen_at.desc()))
    return tuple(Address(row.platform, row.sender) for row in rows)


async def admins(session: Session) -> Sequence[int]:
    """The ids of the people who look after this installation."""
    return (await session.scalars(select(PersonRow.id).where(PersonRow.role == Role.ADMIN.value))).all()


async def add_person(session: Session, name: str, unit: str, role: Role) -> Person:
    """A new person; a namesake with the same role in the unit gets a number: "Nguyễn Thị Lan (2)"."""
    for number in count(1):
        distinct = name if number == 1 else f"{name} ({number})"
        statement = insert_into(session, PersonRow).values(name=distinct, unit=unit, role=role.value)
        id = await session.scalar(statement.on_conflict_do_nothing().returning(PersonRow.id))
        if id is not None:
            return Person(id, distinct, unit, role)
    raise AssertionError("unreachable")


async def link(session: Session, platform: str, sender: str, person_id: int, now: datetime) -> None:
    """The account is this person's from now on."""
    statement = insert_into(session, AddressRow).values(
        platform=platform, sender=sender, person_id=person_id, linked_at=now
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[AddressRow.platform, AddressRow.sender],
            set_={"person_id": person_id, "linked_at": now},
        )
    )

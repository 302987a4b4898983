"""Who is who, and which accounts are theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, select, update

from core.message import Address
from core.people import Person, Role
from records import memberships
from records.session import Session, in_pieces, insert_into
from records.tables import AddressRow, ContactRow, MembershipRow, PersonRow


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account with a chat service."""

    platform: str
    sender: str
    preferred: bool


async def find_person(session: Session, platform: str, sender: str) -> Person | None:
    """The person whose account this is; None: nobody's, or of somebody who belongs to no unit now."""
    return (await of_accounts(session, [(platform, sender)])).get((platform, sender))


async def of_accounts(session: Session, accounts: Collection[tuple[str, str]]) -> dict[tuple[str, str], Person]:
    """The people whose accounts these are, by platform and sender; those alone who belong to a unit now."""
    services, senders = {platform for platform, _ in accounts}, {sender for _, sender in accounts}
    theirs = AddressRow.platform.in_(services), AddressRow.sender.in_(senders)
    rows = await session.execute(_holders().join(MembershipRow, _in_use()).where(*theirs))
    return {(row.platform, row.sender): Person(row.id, row.name, row.unit, Role(row.role)) for row in rows}


async def holder(session: Session, platform: str, sender: str) -> Person | None:
    """Whose account this is, also where the person waits or has left; None: nobody's."""
    account = AddressRow.platform == platform, AddressRow.sender == sender
    row = (await session.execute(_holders().where(*account))).one_or_none()
    return None if row is None else Person(row.id, row.name, row.unit, Role(row.role))


async def get(session: Session, id: int | None) -> Person | None:
    """The person with this id, as she is known now; None: nobody."""
    row = await session.get(PersonRow, id) if id is not None else None
    return None if row is None else Person(row.id, row.name, row.unit, Role(row.role))


async def in_a_unit(session: Session, id: int) -> Person | None:
    """The person with this id, as she is known now; None: nobody, or somebody who belongs to no unit now."""
    row = await session.scalar(select(PersonRow).join(MembershipRow, _in_use()).where(PersonRow.id == id))
    return None if row is None else Person(row.id, row.name, row.unit, Role(row.role))


async def note_notice(session: Session, person: int, now: datetime) -> bool:
    """From now on the person has been told what her files are for; False: she was told before."""
    first = update(PersonRow).where(PersonRow.id == person, PersonRow.noticed_at.is_(None))
    return await session.scalar(first.values(noticed_at=now).returning(PersonRow.id)) is not None


async def phone_of(session: Session, person: int) -> str:
    """The number that is kept; empty: none."""
    return await session.scalar(select(PersonRow.phone).where(PersonRow.id == person)) or ""


async def with_phone(session: Session, phone: str) -> tuple[Person, ...]:
    """Those of the staff list with this number (core.names.clean_phone)."""
    active = and_(MembershipRow.person_id == PersonRow.id, MembershipRow.state == "active")
    rows = await session.scalars(
        select(PersonRow)
        .where(PersonRow.phone == phone, PersonRow.phone != "")
        .where(PersonRow.id.in_(select(MembershipRow.person_id).where(active)))
        .order_by(PersonRow.id)
    )
    return tuple(Person(row.id, row.name, row.unit, Role(row.role)) for row in rows)


async def accounts(session: Session, person: int) -> tuple[Account, ...]:
    """The person's accounts, oldest first."""
    mine = select(AddressRow).where(AddressRow.person_id == person)
    rows = await session.scalars(mine.order_by(AddressRow.linked_at, AddressRow.platform))
    return tuple(Account(row.platform, row.sender, row.preferred) for row in rows)


async def ways_to(session: Session, person: int) -> tuple[Address, ...]:
    """The private chats in which this person can be written to: the preferred one first, then the last used."""
    return tuple((await ways_by_person(session, [person])).get(person, ()))


async def ways_by_person(session: Session, people: Collection[int]) -> dict[int, list[Address]]:
    """The same of several; who cannot be written to is not among them."""
    heard = and_(ContactRow.platform == AddressRow.platform, ContactRow.chat == AddressRow.sender)
    seen = select(AddressRow.person_id, AddressRow.platform, AddressRow.sender).join(ContactRow, heard)
    found: dict[int, list[Address]] = {}
    for some in in_pieces(people):
        reachable = seen.where(AddressRow.person_id.in_(some), ContactRow.reachable)
        rows = await session.execute(reachable.order_by(AddressRow.preferred.desc(), ContactRow.seen_at.desc()))
        for row in rows:
            found.setdefault(row.person_id, []).append(Address(row.platform, row.sender))
    return found


async def last_way_to(session: Session, person: int) -> Address | None:
    """Where a template message reaches this person: by the Official Account's id, else by phone. None: nowhere."""
    account = select(AddressRow.sender).where(AddressRow.person_id == person, AddressRow.platform == "zalo_oa")
    if sender := await session.scalar(account.order_by(AddressRow.linked_at.desc()).limit(1)):
        return Address("zalo_template", f"uid:{sender}")
    phone = await session.scalar(select(PersonRow.phone).where(PersonRow.id == person))
    return Address("zalo_template", f"tel:{phone}") if phone else None


async def admins(session: Session) -> Sequence[int]:
    """The ids of the people who look after this installation and have an account."""
    return await memberships.in_role(session, None, Role.ADMIN)


async def add_person(
    session: Session, name: str, unit: str, role: Role, *, phone: str = "", member: bool = True
) -> Person:
    """A new person who belongs to the unit; a namesake with the same role there gets a number: "Lan (2)"."""
    for distinct in memberships.numbered(name):
        statement = insert_into(session, PersonRow).values(name=distinct, unit=unit, role=role.value, phone=phone)
        id = await session.scalar(statement.on_conflict_do_nothing().returning(PersonRow.id))
        if id is not None:
            if member:
                await memberships.add(session, id, unit, role, None)
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
            set_={"person_id": person_id, "linked_at": now, "preferred": False},
        )
    )


async def prefer(session: Session, person: int, platform: str) -> None:
    """The person wants to be written to there."""
    mine = update(AddressRow).where(AddressRow.person_id == person)
    await session.execute(mine.values(preferred=AddressRow.platform == platform))


async def rename(session: Session, person: Person, name: str) -> str:
    """The name that the person has now; a namesake's with the same role there gets a number, as `add_person` gives."""
    same = select(PersonRow.name).where(PersonRow.unit == person.unit, PersonRow.role == person.role.value)
    taken = set(await session.scalars(same.where(PersonRow.id != person.id)))
    free = next(distinct for distinct in memberships.numbered(name) if distinct not in taken)
    await session.execute(update(PersonRow).where(PersonRow.id == person.id).values(name=free))
    return free


async def take_over(session: Session, line: int, person: int) -> None:
    """The line of the staff list, which nobody has joined, is this very person: its name, number and units are hers."""
    old = (await session.scalars(select(PersonRow).where(PersonRow.id == line))).one()
    name, phone = old.name, old.phone
    theirs = select(MembershipRow.unit, MembershipRow.role).where(MembershipRow.person_id == line)
    for unit, role in (await session.execute(theirs)).all():
        same = MembershipRow.unit == unit, MembershipRow.role == role
        await session.execute(delete(MembershipRow).where(MembershipRow.person_id == person, *same))
    moved = update(MembershipRow).where(MembershipRow.person_id == line)
    await session.execute(moved.values(person_id=person))
    await _forget(session, line, person)
    row = (await session.scalars(select(PersonRow).where(PersonRow.id == person))).one()
    namesake = select(func.count()).where(
        PersonRow.name == name, PersonRow.unit == row.unit, PersonRow.role == row.role, PersonRow.id != person
    )
    if not await session.scalar(namesake):
        row.name = name
    row.phone = phone or row.phone
    await session.flush()


async def _forget(session: Session, line: int, person: int) -> None:
    """The line is gone; what pointed at it points at the person."""
    for table in PersonRow.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == PersonRow.__tablename__:
                await session.execute(update(table).where(key.parent == line).values({key.parent.name: person}))
    await session.execute(delete(PersonRow).where(PersonRow.id == line))


def _in_use() -> ColumnElement[bool]:
    """The membership by which the person acts now."""
    return and_(
        MembershipRow.person_id == PersonRow.id,
        MembershipRow.unit == PersonRow.unit,
        MembershipRow.role == PersonRow.role,
        MembershipRow.state == "active",
    )


def _holders() -> Select[str, str, int, str, str, str]:
    linked = select(
        AddressRow.platform, AddressRow.sender, PersonRow.id, PersonRow.name, PersonRow.unit, PersonRow.role
    )
    return linked.join(PersonRow, AddressRow.person_id == PersonRow.id)

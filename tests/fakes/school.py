"""A school on a fake chat service: what is said goes through the real inbox, receiver, outbox and deliverer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.receive import Receiver
from core.message import Address, Talk
from core.people import Level, Person, Role, Unit, UnitTree
from core.platform import Platform
from handlers import route
from handlers.context import House
from handlers.route import Choose
from knowledge.index import Index
from records import groups, people, talks
from records.session import Begin
from records.tables import UnitRow
from scheduler.afresh import Afresh
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform

OFFICE = Unit("PGD", "Phòng Giáo dục và Đào tạo", Level.DISTRICT)
SCHOOL = Unit("MN1", "Trường Mầm non Hoa Sen", Level.SCHOOL, parent="PGD")


@dataclass
class School:
    """`lan` is the account of a teacher of SCHOOL; "group" is bound to SCHOOL.

    `faults` are raised, in order, when the index is asked for: faults outside any handler.
    """

    begin: Begin
    clock: StillClock
    platform: FakePlatform = field(default_factory=FakePlatform)
    choose: Choose = route.choose
    faults: list[Exception] = field(default_factory=list)
    house: House = House()
    came: list[datetime] = field(default_factory=list)  # when the fetcher was woken

    def __post_init__(self) -> None:
        platforms: dict[str, Platform] = {self.platform.name: self.platform}
        self.index = Index.of((), UnitTree.of((OFFICE, SCHOOL)))
        self._ids = (f"auto{number}" for number in count())
        afresh = Afresh(self.begin, lambda: self.index, self.clock)
        self.deliverer = Deliverer(self.begin, platforms, self.clock, self.clock.sleep, holds=afresh.holds)
        self.receiver = Receiver(
            self.begin,
            platforms,
            self._current_index,
            self.clock,
            self.deliverer.wake,
            choose=self.choose,
            house=self.house,
            typing_after=timedelta(0),
            files_came=lambda: self.came.append(self.clock()),
        )

    async def opens(self) -> "School":
        """The units, one teacher and one group are known."""
        async with self.begin() as session:
            for unit in (OFFICE, SCHOOL):
                session.add(UnitRow(code=unit.code, name=unit.name, level=unit.level, parent=unit.parent))
            await session.flush()
            lan = await people.add_person(session, "Lan", "MN1", Role.TEACHER)
            await people.link(session, self.platform.name, "lan", lan.id, self.clock())
            await groups.bind(session, Address(self.platform.name, "group"), "MN1")
        return self

    def _current_index(self) -> Index:
        if self.faults:
            raise self.faults.pop(0)
        return self.index

    async def person(self, sender: str) -> Person | None:
        async with self.begin() as session:
            return await people.find_person(session, self.platform.name, sender)

    async def open_with(self, sender: str) -> Talk:
        """What the last answer to somebody in private left open."""
        async with self.begin() as session:
            return await talks.recall(session, Address(self.platform.name, sender), sender)

    async def receives(self, id: str | None = None, **update: Any) -> None:
        """The service delivers an update; it is stored, not yet handled."""
        update.setdefault("chat", update.get("sender", ""))
        await self.receiver.store([self.platform.delivery(id or next(self._ids), **update)])

    async def works(self) -> None:
        """Everything that can be handled and sent now is."""
        while await self.receiver.handle_next():
            pass
        while await self.deliverer.deliver_ready():
            pass

    async def says(self, sender: str, text: str, id: str | None = None, **update: Any) -> None:
        await self.receives(id, sender=sender, text=text, **update)
        await self.works()

    async def says_in(self, chat: str, sender: str, text: str, id: str | None = None, **update: Any) -> None:
        await self.says(sender, text, id, chat=chat, group=True, **update)

    def read_by(self, chat: str) -> list[str]:
        return self.platform.read_by(chat)

"""A submission in every state, and everybody who may come by its code: what each is answered, with nothing changed."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, update

from core.capabilities import TELEGRAM
from core.clock import local_day
from core.errors import Refused
from core.evidence import Giver, State
from core.message import Address, Inbound, Reply, Talk
from handlers import route
from handlers.context import Context
from records import deputies, groups, people, submissions, uploads
from records.evidence_tables import SubmissionEventRow, SubmissionRow
from records.file_tables import ReceivedRow
from records.session import Session
from records.tables import OutboxRow
from tests.evidence.stage import UNIT
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage

GROUP_CHAT = "toan-truong"
NOBODYS = "Z9Z9Z9"  # a code that none has

# how it came to stand as it does; "taken back": before it was handed in
WAYS: dict[str, tuple[State, ...]] = {
    "coming": (),
    "unplaced": (State.UNPLACED,),
    "kept": (State.UNPLACED, State.KEPT),
    "questioned": (State.QUESTIONED,),
    "held": (State.HELD,),
    "taken back": (State.HELD, State.WITHDRAWN),
    "submitted": (State.HELD, State.SUBMITTED),
    "returned": (State.HELD, State.SUBMITTED, State.RETURNED),
    "accepted": (State.HELD, State.SUBMITTED, State.ACCEPTED),
    "withdrawn": (State.HELD, State.SUBMITTED, State.WITHDRAWN),
}
HANDED_IN = ("submitted", "returned", "accepted", "withdrawn")

VIEWERS = {  # account, and the chat where it is not in private
    "giver": ("lan", ""),
    "colleague": ("nga", ""),
    "principal": ("huong", ""),
    "deputy": ("hoa", ""),
    "former deputy": ("oanh", ""),
    "office": ("hanh", ""),
    "office above": ("tuan", ""),
    "other office": ("ngoc", ""),
    "other school": ("mai", ""),
    "stranger": ("la", ""),
    "stranger in the group": ("la", GROUP_CHAT),
    "office in the group": ("hanh", GROUP_CHAT),
    "other school in the group": ("mai", GROUP_CHAT),
}


@dataclass(frozen=True)
class Answered:
    """What was answered, without the code, and what was left behind."""

    reply: Reply
    text: str
    events: int
    written: int

    @property
    def shape(self) -> tuple[object, ...]:
        """Two with the same one cannot be told apart by who asked."""
        one = self.reply
        return self.text, len(one.choices), one.files, one.talk is None, one.private, self.events, self.written


@dataclass
class AccessStage(DossierStage):
    """One submission by lan, a teacher, with one picture."""

    async def opens(self) -> "AccessStage":
        await super().opens()
        for account, name in {"nga": "Đỗ Thị Nga", "hoa": "Bùi Thị Hoa", "oanh": "Lý Thị Oanh"}.items():
            await self.hires(account, name, UNIT)
        await self.knows("ngoc", "Bùi Thị Ngọc")  # an officer of the next district
        async with self.begin() as session:
            await uploads.offer(
                session, Giver(Address(self.name, "x"), "x"), self.clock()
            )  # links are the same each time
            await groups.bind(session, Address(self.name, GROUP_CHAT), UNIT)
            today, principal = local_day(self.clock()), await self.id_of(session, "huong")
            await self._appoints(session, principal, "hoa", today + timedelta(days=5))
            await self._appoints(session, principal, "oanh", today - timedelta(days=1))
        return self

    async def stands(self, how: str) -> str:
        """The code of one that has come to stand so."""
        code = await self.gives(WEIGHING, {"a.jpg": JPEG}, State.COMING)
        async with self.begin() as session:
            one = await submissions.by_code(session, code)
            assert one is not None
            lan, huong, hanh = [await self.id_of(session, who) for who in ("lan", "huong", "hanh")]
            by = {State.SUBMITTED: huong, State.RETURNED: hanh, State.ACCEPTED: hanh}
            for state in WAYS[how]:
                await submissions.turn(session, one.id, state, by.get(state, lan), self.clock())
            given = {"chat": "lan", "sender": "lan", "person_id": lan}
            await session.execute(update(SubmissionRow).where(SubmissionRow.id == one.id).values(**given))
            await session.execute(update(ReceivedRow).where(ReceivedRow.submission_id == one.id).values(code=code))
        return code

    async def came_in(self, chat: str) -> None:
        """All of it was handed in there."""
        async with self.begin() as session:
            await session.execute(update(SubmissionRow).values(chat=chat, group=True))

    async def asks(self, viewer: str, said: str, code: str) -> Answered:
        """What this viewer is answered; all that it changes is undone."""
        account, chat = VIEWERS[viewer]
        address = Address(self.name, chat or account)
        message = Inbound(address, account, text=said.format(code), group=bool(chat), message_id="x")
        async with self.begin() as session:
            undone = await session.begin_nested()
            before = await self._left(session)
            ctx = await self._context(session, message)
            try:
                reply = await route.choose(message, ctx)(message, ctx)
            except Refused as refused:
                reply = Reply(refused.text)
            assert reply is not None
            events, written = [now - then for now, then in zip(await self._left(session), before, strict=True)]
            await undone.rollback()
        return Answered(reply, reply.text.replace(code, "MÃ"), events, written)

    async def _context(self, session: Session, message: Inbound) -> Context:
        person = await people.find_person(session, self.name, message.sender)
        tree = self.school.index.tree
        own = tree.get(person.unit) if person else None
        unit = tree.get(UNIT) if message.group else own
        return Context(person, unit, self.clock(), session, self.school.index, Talk(), TELEGRAM, self.house)

    async def _left(self, session: Session) -> tuple[int, int]:
        """How many events and messages there are."""
        tables = (SubmissionEventRow, OutboxRow)
        events, messages = [await session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]
        return events, messages

    async def _appoints(self, session: Session, by: int, who: str, until: date) -> None:
        await deputies.appoint(session, UNIT, await self.id_of(session, who), by, until, self.clock())

    async def id_of(self, session: Session, account: str) -> int:
        """Whose account it is."""
        person = await people.find_person(session, self.name, account)
        assert person is not None
        return person.id

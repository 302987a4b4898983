"""A district on a fake chat service: a teacher, two principals, officers of two tiers, the founding documents."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import select

from core.capabilities import TELEGRAM
from core.evidence import Submission
from core.message import Address, FileRef, Inbound, InboundKind, Outbound
from core.people import Role
from core.platform import Limits, Platform
from handlers.context import House
from handlers.files import ALBUM_QUIET
from records import contacts, people, submissions
from records.evidence_tables import SubmissionRow
from records.file_tables import ReceivedRow
from records.files import FileStore
from records.home import Home
from records.session import Begin, Session
from records.tables import PersonRow
from scheduler.fetch import Fetcher, LookAt, not_at_all
from scheduler.receipts import Receipts
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform
from tests.fakes.school import School
from tests.knowledge.library import founding
from tests.paths.conftest import move_in

PEOPLE = {
    "lan": "Nguyễn Thị Lan",
    "huong": "Phạm Thị Hương",
    "mai": "Trần Thị Mai",
    "hanh": "Vũ Thị Hạnh",
    "tuan": "Phạm Minh Tuấn",
}
UNIT = "VB-HOAPHUONG"  # lan's and huong's; mai is of VB-ANHDUONG, hanh of PGD-VB above both, tuan of the Sở above it


@dataclass
class Photos(FakePlatform):
    """A file holds what `contents` says, else it is a picture that holds its own id."""

    contents: dict[str, bytes] = field(default_factory=dict)

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        into.write(self.contents.get(file.id, b"\xff\xd8\xff\xe0" + file.id.encode()))


@dataclass
class District:
    """What people here do, and what the bot writes to each."""

    begin: Begin
    clock: StillClock
    folder: Path
    name: str = "telegram"
    limits: Limits = TELEGRAM
    house: House = House("https://nhacviec.example.vn")
    contents: dict[str, bytes] = field(default_factory=dict)
    look: LookAt = not_at_all
    platform_of: type[Photos] = Photos
    home: Home | None = None
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    async def opens(self) -> "District":
        await move_in(self.begin, self.clock)
        limits = replace(self.limits, per_second=1000.0)
        platform = self.platform_of(self.name, limits, contents=self.contents)
        self.school = School(self.begin, self.clock, platform, house=self.house)
        self.starts_anew()
        async with self.begin() as session:
            for account, name in PEOPLE.items():
                await self._links(session, account, name)
        return self

    def starts_anew(self) -> None:
        """As after a crash: nothing is known but what the database knows."""
        self.school = School(self.begin, self.clock, self.school.platform, house=self.house)
        self.school.index = founding()
        platforms: dict[str, Platform] = {self.name: self.school.platform}
        told, confirm = self.school.deliverer.wake, self.house.confirm_evidence
        days = self.house.retention_days
        receipts = Receipts(self.begin, lambda: self.school.index, self.clock, told, confirm, days)
        self.fetcher = Fetcher(
            self.begin, platforms, FileStore(self.folder, self.home), self.clock, receipts, self.look
        )

    async def knows(self, account: str, name: str) -> None:
        """Somebody of the staff list uses the bot by this account."""
        async with self.begin() as session:
            await self._links(session, account, name)

    async def _links(self, session: Session, account: str, name: str) -> None:
        """With a chat that was opened, so that it can be written to."""
        person = (await session.scalars(select(PersonRow.id).where(PersonRow.name == name))).one()
        await people.link(session, self.name, account, person, self.clock())
        await people.note_notice(session, person, self.clock())
        opened = Inbound(Address(self.name, account), account, InboundKind.JOINED)
        await contacts.note(session, [opened], self.clock())

    async def hires(self, account: str, name: str, unit: str, role: Role = Role.TEACHER) -> None:
        """Somebody new in the staff list, who uses the bot by this account."""
        async with self.begin() as session:
            await people.add_person(session, name, unit, role)
        await self.knows(account, name)

    async def says(self, who: str, text: str, **update: Any) -> str:
        """What is answered."""
        before = len(self.read_by(who))
        id = f"in{next(self._ids)}"
        await self.school.says(who, text, id, message_id=id, **update)
        return "\n".join(self.read_by(who)[before:])

    async def sends(self, who: str, *files: str, text: str = "", reply_to: str = "", album: str = "") -> None:
        """Photos, each in a message of its own; the text comes with the first."""
        for number, file in enumerate(files):
            await self.sends_one(who, file, text if not number else "", reply_to, album)
        await self.school.works()

    async def sends_one(
        self, who: str, file: str, text: str = "", reply_to: str = "", album: str = "", **known: Any
    ) -> None:
        photo, id = {"kind": "photo", "id": file, **known}, f"in{next(self._ids)}"
        update: dict[str, Any] = {"kind": "photo", "files": [photo], "message_id": id, "text": text}
        await self.school.receives(id, sender=who, reply_to=reply_to, album=album, **update)

    async def passes(self, time: timedelta = ALBUM_QUIET) -> None:
        """The clock moves, and all that is due is done."""
        await self.fetcher.fetch_ready()
        self.clock.move(time)
        while await self.fetcher.fetch_ready():
            pass
        await self.school.works()

    async def hands_in(self, who: str, *files: str, text: str = "", reply_to: str = "") -> str:
        """The receipt."""
        before = len(self.read_by(who))
        await self.sends(who, *files, text=text, reply_to=reply_to)
        await self.passes()
        [receipt] = self.read_by(who)[before:]
        return receipt

    async def taps(self, who: str, label: str) -> str:
        """A choice of the last message to this person whose label begins so."""
        last = self.last(who)
        mark = next(choice.value for choice in last.choices if choice.label.startswith(label))
        return await self.says(who, mark, pressed=True)

    def read_by(self, who: str) -> list[str]:
        return self.school.read_by(who)

    def last(self, who: str) -> Outbound:
        return next(m for m in reversed(self.school.platform.sent) if m.address.chat == who)

    def id_of_last(self, who: str) -> str:
        """The service's id of the last message to this person, by which it is answered."""
        sent = self.school.platform.sent
        return f"m{max(number for number, one in enumerate(sent, 1) if one.address.chat == who)}"

    async def rows(self) -> list[SubmissionRow]:
        async with self.begin() as session:
            return list(await session.scalars(select(SubmissionRow).order_by(SubmissionRow.id)))

    async def submission(self, number: int) -> Submission:
        """The one with this number, from 0, in the order they came."""
        async with self.begin() as session:
            return await submissions.hold(session, (await self.rows())[number].id)

    async def states(self) -> list[tuple[str, str]]:
        return [(row.title, row.state) for row in await self.rows()]

    async def files_of(self, submission: int) -> list[str]:
        async with self.begin() as session:
            found = select(ReceivedRow).where(ReceivedRow.submission_id == submission)
            return [row.source["id"] for row in await session.scalars(found.order_by(ReceivedRow.id))]

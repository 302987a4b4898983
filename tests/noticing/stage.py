"""The district with groups of its schools, and the worker that hands notices to the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from core.message import Address, Outbound
from core.notices import Recipient
from core.platform import Platform
from records import groups, notice_recipients
from records.notice_tables import NoticeRow
from records.tables import OutboxRow
from scheduler.notices import Notices
from tests.evidence.stage import District

GROUP_A, GROUP_B = "nhóm A", "nhóm B"  # of VB-HOAPHUONG, of AL-TRUONGSON
OFFICER, PRINCIPAL = "hanh", "huong"


@dataclass
class Board(District):
    """`hanh` is an officer of PGD-VB, whose schools are VB-HOAPHUONG (with a group) and VB-ANHDUONG (mai's, without);
    `tuan` of the Sở above it and four others. `others`: further services."""

    others: dict[str, Platform] = field(default_factory=dict)

    async def opens(self) -> "Board":
        await super().opens()
        await self.binds(GROUP_A, "VB-HOAPHUONG")
        return self

    async def binds(self, chat: str, unit: str) -> None:
        async with self.begin() as session:
            await groups.bind(session, Address(self.name, chat), unit)

    @property
    def worker(self) -> Notices:
        platforms: dict[str, Platform] = {self.name: self.school.platform, **self.others}
        index, told = (lambda: self.school.index), self.school.deliverer.wake
        return Notices(self.begin, platforms, index, self.clock, told, self.house.hours)

    async def rounds(self, most: int = 20) -> None:
        """The worker and delivery, in turn, until nothing goes any more."""
        for _ in range(most):
            if not await self.worker.work():
                break
            await self.school.works()
        await self.school.works()

    async def drafts(self, who: str, text: str, whom: str) -> str:
        """The preview."""
        await self.says(who, "thông báo")
        await self.says(who, text)
        return await self.says(who, whom)

    async def sends_notice(self, who: str, text: str, whom: str) -> str:
        """Written, confirmed, gone out; what was said when it was confirmed."""
        await self.drafts(who, text, whom)
        said = await self.taps(who, "Gửi ngay")
        await self.rounds()
        return said

    async def taps_on(self, chat: str, who: str, number: int, label: str) -> str:
        """Somebody taps a button of the message with this number in a group; what is then said there."""
        one = [message for message in self.school.platform.sent if message.address.chat == chat][number]
        before = len(self.read_by(chat))
        mark = next(choice.value for choice in one.choices if choice.label == label)
        await self.says(who, mark, chat=chat, group=True, pressed=True)
        return "\n".join(self.read_by(chat)[before:])

    async def says_in(self, chat: str, who: str, text: str, **update: object) -> str:
        before = len(self.read_by(chat))
        await self.says(who, text, chat=chat, group=True, **update)
        return "\n".join(self.read_by(chat)[before:])

    async def recipients(self, number: int = -1) -> Sequence[Recipient]:
        """Of the notice with this number, in the order they were written."""
        async with self.begin() as session:
            ids = (await session.scalars(select(NoticeRow.id).order_by(NoticeRow.id))).all()
            return await notice_recipients.all_of(session, ids[number])

    async def code(self, number: int = -1) -> str:
        async with self.begin() as session:
            return (await session.scalars(select(NoticeRow.code).order_by(NoticeRow.id))).all()[number]

    async def stage(self, number: int = -1) -> str:
        async with self.begin() as session:
            return (await session.scalars(select(NoticeRow.stage).order_by(NoticeRow.id))).all()[number]

    async def queued(self) -> list[str]:
        """The keys of notices' messages that wait in the outbox."""
        async with self.begin() as session:
            waiting = select(OutboxRow.key).where(OutboxRow.state == "waiting", OutboxRow.key.startswith("notice:"))
            return list(await session.scalars(waiting.order_by(OutboxRow.id)))

    def notices_in(self, chat: str) -> list[Outbound]:
        """What stands in a chat and is a notice."""
        return [one for one in self.school.platform.sent if one.address.chat == chat and one.text.startswith("📢")]

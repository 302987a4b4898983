"""The wiring: settings -> database -> index -> platforms -> receiver, deliverer, timetable, web; start and stop."""

import asyncio
import random
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from errno import EADDRINUSE
from functools import partial

from aiohttp import web

from bot.health import Health
from bot.polling import UntilDriving
from bot.receive import Receiver
from bot.running import Chore, Loop, Timetable, Wake, all_of, first, in_turn, serving, timed, working
from bot.transactions import Transactions
from bot.watching import AlertOf, Watch
from core.clock import Clock
from core.errors import BadInput
from core.links import FileLinks
from core.message import FileOut, StoredFile
from core.platform import Platform
from core.texts import commands as texts
from handlers.context import House
from knowledge.shelf import Shelf
from knowledge.workdays import Workdays
from media.clamd import Clamd
from records import secrets
from records.documents import revision
from records.files import FileStore
from records.session import Begin
from scheduler.afresh import Afresh
from scheduler.blurring import Blurrer
from scheduler.data_requests import Requests
from scheduler.deliver import Deliverer
from scheduler.drafts import Drafts
from scheduler.driving import Driver
from scheduler.expiring import Expiring
from scheduler.fallen import Fallen
from scheduler.fetch import Fetcher
from scheduler.jobs import timetable
from scheduler.looking import Looker
from scheduler.looking_again import LookingAgain
from scheduler.notice_reports import NoticeReports
from scheduler.notices import Notices
from scheduler.reach import tell_cut_off
from scheduler.receipts import Receipts
from scheduler.reindex import keep_fresh, reindex
from scheduler.reminders import Reminders
from scheduler.sheets import Sheets
from scheduler.storage import Storage
from web.app import build
from web.calendar import CalendarSite
from web.consent import Consent
from web.demo import DemoSite
from web.dossier import DossierSite
from web.files import FileSite
from web.site.frame import StaffSite

Channel = Callable[[Begin, Wake, UntilDriving], Loop]  # the loop that listens to a chat service


@dataclass(frozen=True)
class Service:
    """Everything that runs together."""

    begin: Begin
    clock: Clock
    platforms: Mapping[str, Platform]
    store: FileStore
    demo: DemoSite | None = None
    house: House = House()
    consent: Consent | None = None
    watchers: Mapping[str, AlertOf] = field(default_factory=dict)
    chores: Sequence[Chore] = ()
    scanner: Clamd | None = None
    shelf: Shelf = field(default_factory=Shelf)
    calendar: Callable[[], Workdays | None] = lambda: None  # a new one where the table of working days has changed
    connected: dict[str, bool] = field(default_factory=dict)  # channels that have answered, by name

    async def run(
        self,
        listening: socket.socket,
        channels: Sequence[Channel],
        on_start: Callable[[], Awaitable[None]],
        stop: asyncio.Event,
    ) -> None:
        """Work until `stop` is set, then end in order: the site, what comes in, what goes out."""
        coming, going, driving = (Transactions(self.begin) for _ in range(3))
        driver = Driver(driving, self.platforms)
        links = FileLinks(await self._secret("files"), self.house.public_url)
        index, hours, health = self.shelf.current, self.house.hours, self._health()
        deliverer = self._deliverer(going, links, driver)
        driver.on_more(deliverer.wake)
        made = self._made_beside(coming, deliverer.wake)
        notices = Notices(coming, self.platforms, index, self.clock, deliverer.wake, hours, made)
        looker = Looker(coming, self.store, self.clock, self.scanner)
        drafts = Drafts(coming, self.store, index, self.clock, deliverer.wake, look=looker.look)
        receipts = self._receipts(coming, partial(all_of, deliverer.wake, drafts.wake))
        fetcher = Fetcher(coming, self.platforms, self.store, self.clock, receipts, looker.look)
        told = partial(all_of, deliverer.wake, notices.wake, drafts.wake)
        receiver = self._receiver(coming, told, fetcher.wake)
        await reindex(self.begin, self.shelf)
        blurrer = Blurrer(coming, self.store, self.clock, index)
        uploads = FileSite(coming, self.store, links, self.clock, receipts, looker.look, self.house.retention_days)
        site = self._site(receiver, uploads, blurrer.wake, coming, told, health)
        wake = (receiver.wake, deliverer.wake, fetcher.wake, blurrer.wake, notices.wake, drafts.wake)
        inward = [receiver.run(), fetcher.run(), notices.run(), drafts.run(), health.run()]
        inward += [keep_fresh(coming, self.shelf, self.calendar)]
        inward += [blurrer.run()] if self.house.blurs else []
        inward += [channel(coming, receiver.wake, driver.until_driving) for channel in channels]
        async with (
            working([driver.run()], driving) as steering,
            working([deliverer.run()], going) as outward,
            timed(self._timetable(coming, wake, looker, receipts, health)),
            working(inward, coming, begin_no_more=True) as workers,
            serving(site, listening),
        ):
            await on_start()
            await first(stop, [*workers, *outward, *steering])

    def _health(self) -> Health:
        return Health(self.clock, self.store.root, self.shelf, self.platforms, self.connected, self.scanner)

    def _deliverer(self, begin: Begin, links: FileLinks, driver: Driver) -> Deliverer:
        attach, holds = partial(self._attach, links), Afresh(begin, self.shelf.current, self.clock).holds
        return Deliverer(
            begin,
            self.platforms,
            self.clock,
            attach=attach,
            drives=driver.drives,
            jitter=random.random,
            holds=holds,
        )

    def _made_beside(self, begin: Begin, told: Wake) -> Chore:
        """Files that people have asked for in chat."""
        wanted = begin, self.store, self.shelf.current, self.clock, told
        return partial(in_turn, NoticeReports(*wanted).work, Sheets(*wanted).work)

    def _receipts(self, begin: Begin, told: Wake) -> Receipts:
        house = self.house
        return Receipts(begin, self.shelf.current, self.clock, told, house.confirm_evidence, house.retention_days)

    def _receiver(self, begin: Begin, replied: Wake, files_came: Wake) -> Receiver:
        index, house = self.shelf.current, self.house
        return Receiver(begin, self.platforms, index, self.clock, replied, house=house, files_came=files_came)

    def _site(
        self, receiver: Receiver, files: FileSite, blur: Wake, begin: Begin, told: Wake, health: Health
    ) -> web.Application:
        watch, index, house = Watch(receiver.store, self.watchers, begin, self.clock), self.shelf.current, self.house
        secure = house.public_url.startswith("https://")
        return build(
            platforms=self.platforms,
            store=watch.keep,
            forged=watch.forged,
            ready=self._ready,
            demo=self.demo,
            consent=self.consent,
            files=files,
            calendars=CalendarSite(begin, index, self.clock),
            staff=StaffSite(begin, self.store, index, self.clock, told, house, secure, machine=health.machine),
            dossiers=DossierSite(begin, self.store, index, self.clock, blur, house.retention_days),
        )

    def _timetable(
        self, begin: Begin, wake: Sequence[Wake], looker: Looker, receipts: Receipts, health: Health
    ) -> Timetable:
        days, index, told = self.house.retention_days, self.shelf.current, receipts.told
        expiring = Expiring(begin, self.store, index, self.clock, days, told)
        requests = Requests(begin, index, self.clock, days, told)
        forgotten = partial(receipts.close_forgotten, self.store)
        again, storage = LookingAgain(looker, receipts), Storage(begin, self.store, self.clock)
        others: list[Chore] = [*self.chores, forgotten, again.round, storage.tend, expiring.finish]
        reminders = Reminders(begin, index, self.clock, told, self.house.hours)
        mornings = self.demo.at_once if self.demo else others  # the demo's come when its clock is moved
        mornings.append(reminders.work)
        cut_off = partial(tell_cut_off, begin, self.clock)
        by_day: list[Chore] = [expiring.work, requests.work, Fallen(begin, index, self.clock, told).work, cut_off]
        made: Timetable = timetable(begin, self.clock, wake, others, by_day, health.ran)
        return made

    def note(self, channel: str, works: bool) -> None:
        """What /readyz says of this channel from now on."""
        self.connected[channel] = works

    async def _attach(self, links: FileLinks, file: StoredFile) -> FileOut:
        """Where its bytes lie, and its public address for as long as a service may fetch it."""
        address = links.address(file, self.clock())
        path = await asyncio.to_thread(self.store.at_hand, file.sha256)
        return FileOut(file.name, file.mime, file.size, path, address)

    async def _secret(self, name: str) -> str:
        async with self.begin() as session:
            return await secrets.get_or_make(session, name)

    async def _ready(self) -> Mapping[str, bool]:
        """The parts of /readyz."""
        database = False
        with suppress(Exception):
            async with self.begin() as session:
                await revision(session)
                database = True
        return {"database": database, "index": self.shelf.revision >= 0, **self.connected}


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits at this address. Raises BadInput where that cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        taken = error.errno == EADDRINUSE
        raise BadInput(texts.port_taken(port) if taken else texts.cannot_listen(host, port)) from None


def stop_on_signals() -> asyncio.Event:
    """Set by Ctrl+C or SIGTERM, where the system has such signals."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop

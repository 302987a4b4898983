"""The people, groups, files and plan of a local Official Account, and how long each person may be written to."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.clock import VIETNAM, Clock
from tests.fakes.telegram_params import ApiError, Json
from tests.fakes.zalo_cdn import Cdn

APP_ID = "3608465249409000000"
OA_ID = "3886132808788080000"
FREE_FOR = timedelta(hours=48)
WINDOW = timedelta(days=7)
UPLOAD_LIVES = timedelta(days=7)
IDLE = timedelta(days=45)


@dataclass(slots=True)
class Switches:
    """The plan, and where sources disagree about the live service."""

    verified: bool = True
    package: str = "Tăng trưởng"
    cloud_account: bool = True
    money: bool = True
    a_minute: int = 100  # calls
    free: int = 8  # messages after each interaction, within 48 hours
    billed: int = 500  # messages a month beyond those
    uploads: int = 5000  # a month
    templates: int = 500  # a day
    expired: int = -216  # the code for a token that is not good; -220, -401 … are seen too
    echoes: bool = True
    receipts: bool = True
    photo_type: bool = False  # attachments of type photo instead of image
    size_as_number: bool = False
    left_name: str = "user_out_group"  # one specification says user_leave_group


@dataclass(slots=True)
class User:
    """Somebody with the Zalo app."""

    id: str
    name: str
    phone: str
    follower: bool = False
    admin: bool = False  # of the account
    last: datetime | None = None  # interaction
    free_used: int = 0
    banned: bool = False
    refuses: bool = False  # has switched this kind of message off
    refuses_groups: bool = False
    messages: dict[str, Json] = field(default_factory=dict)

    @property
    def by_app(self) -> str:
        return str(int(self.id) + 1_000_000_000_000_000_000)


@dataclass(slots=True)
class OwnedGroup:
    """A group that the account made."""

    id: str
    name: str
    asset: str
    about: str = ""
    enabled: bool = True
    oa_inside: bool = True
    auto_delete: str = ""
    members: list[str] = field(default_factory=list)
    admins: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    messages: dict[str, Json] = field(default_factory=dict)

    @property
    def link(self) -> str:
        return f"https://zalo.me/g/{self.id[:8]}"


@dataclass(frozen=True, slots=True)
class Upload:
    """What came over an upload address. `kind`: image, gif, file."""

    kind: str
    name: str
    content: bytes
    at: datetime


@dataclass(slots=True)
class Template:
    """An approved text; `params`: the longest value of each."""

    id: str
    params: dict[str, int]
    status: str = "ENABLE"
    tag: int = 1  # 1 transaction, 2 customer care, 3 promotion
    by_uid: bool = True
    cap: int = 1000  # a day


class World:
    """Everything the server knows; ids are the same in every run. `emit` takes the events that the app is told."""

    def __init__(self, clock: Clock, cdn: Cdn) -> None:
        self.clock = clock
        self.cdn = cdn
        self.switches = Switches()
        self.users: dict[str, User] = {}
        self.groups: dict[str, OwnedGroup] = {}
        self.uploads: dict[str, Upload] = {}
        self.templates: dict[str, Template] = {}
        self.assets: dict[str, str] = {"gmf-asset-1": ""}  # what groups are made with, and which has it
        self.used: Counter[tuple[str, str]] = Counter()  # what, in which month or on which day
        self.emit: Callable[[Json], None] = lambda event: None
        self._numbers = itertools.count(1)

    def new_id(self) -> str:
        """Of a message, a group or a file: opaque, hexadecimal."""
        return hashlib.sha256(f"oa {next(self._numbers)}".encode()).hexdigest()[:20]

    def new_user(self, name: str) -> User:
        """Nobody that the account knows yet; ids are beyond 2^53."""
        number = next(self._numbers)
        user = User(str(2_468_458_835_291_970_000 + number * 7_919), name, f"849{number:08}")
        self.users[user.id] = user
        return user

    def user(self, user_id: object) -> User:
        """Raises ApiError for somebody who never had to do with the account."""
        user = self.users.get(str(user_id))
        if user is None or (user.last is None and not user.follower):
            raise ApiError(-213, "User has not followed the OA or has no relation with it")
        return user

    def group(self, group_id: object) -> OwnedGroup:
        """A group that may be written to. Raises ApiError."""
        group = self.groups.get(str(group_id))
        if group is None or not group.oa_inside:
            raise ApiError(-403, "OA is not a member of the group")
        if not group.enabled:
            raise ApiError(-237, "Group is disabled")
        return group

    def interacts(self, user: User) -> None:
        """The person did something that opens the window anew."""
        user.last, user.free_used = self.clock(), 0

    def charge(self, user: User) -> None:
        """One message to this person: free, billed, or refused. Raises ApiError."""
        now = self.clock()
        if user.banned or (user.last is not None and now - user.last > IDLE):
            raise ApiError(-227, "User is banned or has been idle for more than 45 days")
        if user.refuses:
            raise ApiError(-244, "User has restricted this message type")
        if user.last is None or now - user.last > WINDOW:
            raise ApiError(-230, "User has not interacted with the OA in the past 7 days")
        if now - user.last <= FREE_FOR and user.free_used < self.switches.free:
            user.free_used += 1
            return
        self.use("cs", self.month, self.switches.billed, ApiError(-211, "Out of quota"))

    def free_left(self, user: User) -> int:
        """Messages to this person that cost nothing now."""
        within = user.last is not None and self.clock() - user.last <= FREE_FOR
        return self.switches.free - user.free_used if within else 0

    def use(self, what: str, when: str, most: int, refusal: ApiError) -> None:
        """One more of what there is a limit of. Raises `refusal`."""
        if self.used[what, when] >= most:
            raise refusal
        self.used[what, when] += 1

    def upload(self, upload_id: object, kind: str) -> Upload:
        """Raises ApiError for an id that is unknown, too old or of another kind."""
        found = self.uploads.get(str(upload_id))
        if found is None or found.kind != kind or self.clock() - found.at > UPLOAD_LIVES:
            raise ApiError(-100, "Attachment id is invalid or has expired")
        return found

    @property
    def month(self) -> str:
        return f"{self.clock().astimezone(VIETNAM):%Y-%m}"

    @property
    def day(self) -> str:
        return f"{self.clock().astimezone(VIETNAM):%Y-%m-%d}"

    @property
    def is_night(self) -> bool:
        """When promotions rest."""
        return not 6 <= self.clock().astimezone(VIETNAM).hour < 22

    def now(self) -> str:
        """Milliseconds, as text."""
        return str(int(self.clock().timestamp() * 1000))

    def tell(self, name: str, **parts: object) -> None:
        """An event, with what every event has."""
        self.emit({"app_id": APP_ID, "event_name": name, "timestamp": self.now(), **parts})

"""Data of people: what was deleted and how that is proven; what somebody may ask, and by when it must be done.

Sources: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 and Nghị định 356/2025/NĐ-CP, both in force since 2026-01-01.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

RETENTION_DAYS = 1827  # five years, one cycle of accreditation: Thông tư 19/2018/TT-BGDĐT
TOLD_BEFORE = timedelta(days=30)  # so long before it happens, the unit is told that something will be deleted

ANSWER_WORKDAYS = 2  # to answer who asks, counted from the day after


class Reason(StrEnum):
    """Why something was deleted."""

    EXPIRED = "expired"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Gone:
    """A file that was deleted; `code` is the submission's. Without its name, which may be somebody's.

    `kept`: why the same bytes are there all the same: for the unit's own submissions of these codes ("A2B3C4 H7K2QM"),
    ANOTHER_UNIT's or ANOTHER_USE; empty: they are not.
    """

    code: str
    title: str  # of the task; empty: none was known
    handed_in: date
    sha256: str
    size: int
    kept: str = ""


ANOTHER_UNIT, ANOTHER_USE = "unit", "use"


@dataclass(frozen=True, slots=True)
class Deletion:
    """The certificate of a deletion. `by`: the name of who asked for it, empty: its time was over."""

    number: int
    code: str
    unit: str | None
    reason: Reason
    at: datetime
    by: str
    submissions: int
    items: tuple[Gone, ...]
    seal: str = ""

    @property
    def gone(self) -> tuple[Gone, ...]:
        """Those of which nothing is kept."""
        return tuple(one for one in self.items if not one.kept)

    @property
    def bytes(self) -> int:
        """Of what is gone; what several submissions had counts once."""
        return sum({one.sha256: one.size for one in self.gone}.values())


def seal_of(deletion: Deletion, before: str, key: str) -> str:
    """HMAC-SHA256 of all but the seal, and of the seal `before`: a changed or missing one breaks the chain."""
    items = [{name: value for name, value in asdict(one).items() if name != "kept" or value} for one in deletion.items]
    said = asdict(deletion) | {"items": items, "seal": before, "at": deletion.at.astimezone(UTC).isoformat()}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return hmac.digest(key.encode(), canonical.encode(), hashlib.sha256).hex()


class Asked(StrEnum):
    """What somebody asks about data."""

    VIEW = "view"
    CORRECT = "correct"
    PROVIDE = "provide"
    RESTRICT = "restrict"  # restrict, object, withdraw consent
    DELETE = "delete"


DAYS: Mapping[Asked, int] = {  # to have it done, counted from the day after
    Asked.VIEW: 10,
    Asked.CORRECT: 10,
    Asked.PROVIDE: 10,
    Asked.RESTRICT: 15,
    Asked.DELETE: 20,
}


@dataclass(frozen=True, slots=True)
class DataRequest:
    """What somebody asked a unit, as it was written down. `words` are empty once their time is over."""

    code: str
    unit: str
    kind: Asked
    words: str
    made_at: datetime
    answered_at: datetime | None = None
    done_at: datetime | None = None

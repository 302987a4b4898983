"""What a scanner for malware says of a file."""

from dataclasses import dataclass
from enum import StrEnum


class Scan(StrEnum):
    """How far it is known."""

    NONE = ""  # nobody has scanned it
    CLEAN = "clean"
    TOO_LARGE = "too_large"  # the scanner takes no files of this size
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`malware`: the scanner's name for what it found; empty: nothing."""

    scan: Scan
    malware: str = ""

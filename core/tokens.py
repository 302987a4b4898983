"""What a service grants us: a token to call with, and one to get the next with."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class TokenPair:
    """`refresh` can be used once; `lives`: how long `access` is good, from when it was given."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lives: timedelta

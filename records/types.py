"""Column types on which SQLite and PostgreSQL agree."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

BYTEWISE = String().with_variant(String(collation="C"), "postgresql")  # so that an index finds what begins so


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite itself would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """As above; a board reads tens of thousands, so each driver's own way. PostgreSQL's gives UTC."""
        return _from_sqlite if dialect.name == "sqlite" else None


def _from_sqlite(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value + "+00:00") if value else None

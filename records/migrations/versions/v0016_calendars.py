"""Calendars: links that show one. Reminders: of whose tasks a message is, who wants one again, an office's steps.

Revision ID: 0016
Revises: 0015
"""

import re
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
AT_ONCE = 1000  # rows
OLD = re.compile(r"reminder:(?P<unit>.+?):(?P<day>\d{4}-\d\d-\d\d):(?P<to>[^#]+)(?P<part>#.*)", re.DOTALL)
OUTBOX = sa.table("outbox", sa.column("id", BIG_ID), sa.column("key", sa.String()))
UNITS = sa.table(
    "reminder_units", sa.column("key", sa.String()), sa.column("unit", sa.String()), sa.column("day", sa.Date())
)


def upgrade() -> None:
    op.create_table(
        "calendar_links",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "calendar_links_unit"), nullable=True),
        sa.Column("person_id", BIG_ID, _key("people.id", "calendar_links_person_id"), nullable=True),
        sa.Column("made_by", BIG_ID, _key("people.id", "calendar_links_made_by"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_links"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_links_token_hash"),
    )
    op.create_index("ix_calendar_links_unit", "calendar_links", ["unit"], unique=False)
    op.create_index("ix_calendar_links_person_id", "calendar_links", ["person_id"], unique=False)
    op.create_table(
        "reminder_units",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", "unit", name="pk_reminder_units"),
    )
    op.create_index("ix_reminder_units_unit", "reminder_units", ["unit", "day"], unique=False)
    op.create_index("ix_reminder_units_day", "reminder_units", ["day"], unique=False)
    op.create_table(
        "reminder_later",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "reminder_later_unit"), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "reminder_later_person_id"), nullable=True),
        sa.PrimaryKeyConstraint("platform", "chat", name="pk_reminder_later"),
    )
    op.create_index("ix_reminder_later_at", "reminder_later", ["at"], unique=False)
    op.create_table(
        "issuer_steps",
        sa.Column("unit", sa.String(), _key("units.code", "issuer_steps_unit"), nullable=False),
        sa.Column("ahead", sa.JSON(), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "issuer_steps_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("unit", name="pk_issuer_steps"),
    )
    _rename_reminders()


def downgrade() -> None:
    op.drop_table("issuer_steps")
    op.drop_table("reminder_later")
    op.drop_table("reminder_units")
    op.drop_table("calendar_links")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")


def _rename_reminders() -> None:
    """ "reminder:UNIT:DAY:TO#1" is "reminder:DAY:morning:TO#1" now: what was said today is not said once more.

    Who was told of several units was so in several messages: the further ones have the unit after the receiver.
    """
    base, last = op.get_bind(), 0
    units: dict[str, str] = {}  # by new key
    rows = sa.select(OUTBOX).where(OUTBOX.c.key.like("reminder:%")).order_by(OUTBOX.c.id).limit(AT_ONCE)
    while found := base.execute(rows.where(OUTBOX.c.id > last)).all():
        last = found[-1].id
        renamed, about = [], []
        for id, one in ((row.id, match) for row in found if (match := OLD.fullmatch(row.key))):
            key = f"reminder:{one['day']}:morning:{one['to']}"
            if units.get(key, one["unit"]) != one["unit"]:
                key += f"@{one['unit']}"
            renamed.append({"row": id, "renamed": key + one["part"]})
            if key not in units:
                units[key] = one["unit"]
                about.append({"key": key, "unit": one["unit"], "day": date.fromisoformat(one["day"])})
        if renamed:
            changed = sa.update(OUTBOX).where(OUTBOX.c.id == sa.bindparam("row"))
            base.execute(changed.values(key=sa.bindparam("renamed")), renamed)
        if about:
            base.execute(sa.insert(UNITS), about)

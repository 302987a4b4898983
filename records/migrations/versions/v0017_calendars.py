"""Calendars: links that show one. Reminders: of whose tasks a message is, who wants one again, an office's steps.

Revision ID: 0017
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


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


def downgrade() -> None:
    op.drop_table("issuer_steps")
    op.drop_table("reminder_later")
    op.drop_table("reminder_units")
    op.drop_table("calendar_links")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

"""Reminders: up to which day they were planned, a unit's own steps, and which were stopped.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reminder_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_reminder_days"),
    )
    op.create_table(
        "reminder_steps",
        sa.Column("unit", sa.String(), _key("units.code", "reminder_steps_unit"), nullable=False),
        sa.Column("ahead", sa.JSON(), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "reminder_steps_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("unit", name="pk_reminder_steps"),
    )
    op.create_table(
        "reminder_stops",
        sa.Column("unit", sa.String(), _key("units.code", "reminder_stops_unit"), nullable=False),
        sa.Column("document_id", BIG_ID, _key("documents.id", "reminder_stops_document_id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "reminder_stops_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("unit", "document_id", "number", name="pk_reminder_stops"),
    )


def downgrade() -> None:
    op.drop_table("reminder_stops")
    op.drop_table("reminder_steps")
    op.drop_table("reminder_days")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

"""Deputies: who speaks in the stead of a school's principal.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "deputies",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "unit"), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "person_id"), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "by_person"), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deputies"),
    )
    op.create_index("ix_deputies_unit", "deputies", ["unit", "until"], unique=False)


def downgrade() -> None:
    op.drop_table("deputies")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_deputies_{name}")

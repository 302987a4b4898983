"""What people do on the staff site.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "site_acts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", BIG_ID, sa.ForeignKey("people.id", name="fk_site_acts_person_id"), nullable=True),
        sa.Column("session_id", BIG_ID, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site_acts"),
    )
    op.create_index("ix_site_acts_person_id", "site_acts", ["person_id"])
    op.create_index("ix_site_acts_unit", "site_acts", ["unit"])


def downgrade() -> None:
    op.drop_table("site_acts")

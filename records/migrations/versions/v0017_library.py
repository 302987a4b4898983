"""The store of shared material: which submissions offices have put in.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "library",
        sa.Column("submission_id", BIG_ID, _key("submissions.id", "library_submission_id"), nullable=False),
        sa.Column("office", sa.String(), _key("units.code", "library_office"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("put_by", BIG_ID, _key("people.id", "library_put_by"), nullable=False),
        sa.Column("put_at", INSTANT, nullable=False),
        sa.Column("out_at", INSTANT, nullable=True),
        sa.Column("out_unit", sa.String(), _key("units.code", "library_out_unit"), nullable=True),
        sa.PrimaryKeyConstraint("submission_id", "office", name="pk_library"),
    )
    op.create_index("ix_library_office", "library", ["office"], unique=False)


def downgrade() -> None:
    op.drop_table("library")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

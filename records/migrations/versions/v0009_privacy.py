"""Privacy: deletions with their certificates, requests about data, links to one's own data.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("expiry_told_at", "deleted_at"):
        op.add_column("submissions", sa.Column(name, INSTANT, nullable=True))
    op.create_table(
        "unwanted",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_unwanted"),
    )
    op.create_table(
        "deletions",
        sa.Column("number", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "deletions_unit"), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "deletions_by_person"), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), _key("files.sha256", "deletions_paper"), nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_deletions"),
        sa.UniqueConstraint("code", name="uq_deletions_code"),
    )
    op.create_index("ix_deletions_unit", "deletions", ["unit"], unique=False)
    op.create_table(
        "own_data_links",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "own_data_links_person_id"), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_own_data_links"),
    )
    op.create_index("ix_own_data_links_person_id", "own_data_links", ["person_id"], unique=False)
    op.create_table(
        "data_requests",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "data_requests_unit"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("made_by", BIG_ID, _key("people.id", "data_requests_made_by"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_data_requests"),
        sa.UniqueConstraint("code", name="uq_data_requests_code"),
    )
    op.create_index("ix_data_requests_unit", "data_requests", ["unit"], unique=False)


def downgrade() -> None:
    op.drop_table("data_requests")
    op.drop_table("own_data_links")
    op.drop_table("deletions")
    op.drop_table("unwanted")
    for name in ("deleted_at", "expiry_told_at"):  # not in a batch: SQLite would drop a table that others point to
        op.drop_column("submissions", name)


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

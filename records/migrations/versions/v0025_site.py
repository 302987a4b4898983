"""The staff site: one-time links that sign in, and the sessions that they begin.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "site_links",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "site_links_person_id"), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_site_links"),
        sa.UniqueConstraint("token_hash", name="uq_site_links_token_hash"),
    )
    op.create_index("ix_site_links_person_id", "site_links", ["person_id"])
    op.create_table(
        "site_sessions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "site_sessions_person_id"), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_site_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_site_sessions_token_hash"),
    )
    op.create_index("ix_site_sessions_person_id", "site_sessions", ["person_id"])


def downgrade() -> None:
    op.drop_table("site_sessions")
    op.drop_table("site_links")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

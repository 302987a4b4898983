"""Dossiers: links that show one, and who came by them.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "dossier_links",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "dossier_links_unit"), nullable=False),
        sa.Column("document_id", BIG_ID, _key("documents.id", "dossier_links_document_id"), nullable=True),
        sa.Column("month", sa.String(), nullable=True),
        sa.Column("made_by", BIG_ID, _key("people.id", "dossier_links_made_by"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_dossier_links"),
        sa.UniqueConstraint("token_hash", name="uq_dossier_links_token_hash"),
    )
    op.create_index("ix_dossier_links_unit", "dossier_links", ["unit"], unique=False)
    op.create_table(
        "dossier_visits",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("link", sa.String(), _key("dossier_links.code", "dossier_visits_link"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("visitor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_visits"),
    )
    op.create_index("ix_dossier_visits_link", "dossier_visits", ["link", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("dossier_visits")
    op.drop_table("dossier_links")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

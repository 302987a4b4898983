"""What later documents change of earlier ones: proposed while a document is checked, confirmed with its publication.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", BIG_ID, primary_key=True),
        sa.Column("document_id", BIG_ID, _key("documents.id", "amendments_document_id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("by_document", BIG_ID, _key("documents.id", "amendments_by_document"), nullable=False),
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("snippet", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("made_by", BIG_ID, _key("people.id", "amendments_made_by"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.UniqueConstraint("document_id", "number", "by_document", name="uq_amendments_task"),
    )
    op.create_index("ix_amendments_by_document", "amendments", ["by_document"])
    op.create_index("ix_amendments_made_at", "amendments", ["made_at"])
    op.add_column("drafts", sa.Column("proposals", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("drafts", "proposals")
    op.drop_table("amendments")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

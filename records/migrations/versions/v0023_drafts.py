"""Documents that officers send in chat: read, checked, published; and who changed what.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", BIG_ID, primary_key=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "drafts_unit"), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "drafts_person_id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), _key("files.sha256", "drafts_sha256"), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), _key("units.code", "drafts_issuer"), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("settled", sa.JSON(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ready_at", INSTANT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.Column("document_id", BIG_ID, _key("documents.id", "drafts_document_id"), nullable=True),
        sa.UniqueConstraint("code", name="uq_drafts_code"),
    )
    op.create_index("ix_drafts_stage", "drafts", ["stage", "ready_at"])
    op.create_index("ix_drafts_person", "drafts", ["person_id", "touched_at"])
    op.create_index("ix_drafts_sha256", "drafts", ["sha256"])
    op.create_table(
        "draft_edits",
        sa.Column("id", BIG_ID, primary_key=True),
        sa.Column("draft_id", BIG_ID, _key("drafts.id", "draft_edits_draft_id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "draft_edits_person_id"), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
    )
    op.create_index("ix_draft_edits_draft_id", "draft_edits", ["draft_id"])


def downgrade() -> None:
    op.drop_table("draft_edits")
    op.drop_table("drafts")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

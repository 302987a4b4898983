"""Notices: what is written to many, whom it went to, who acknowledged.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _notices()
    _recipients()
    op.create_table(
        "notice_kept",
        sa.Column("unit", sa.String(), _key("units.code", "notice_kept_unit"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "notice_kept_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("unit", "kind", "key", name="pk_notice_kept"),
    )


def downgrade() -> None:
    op.drop_table("notice_kept")
    op.drop_table("notice_recipients")
    op.drop_table("notices")


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "notices_unit"), nullable=False),
        sa.Column("author", BIG_ID, _key("people.id", "notices_author"), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", BIG_ID, _key("notices.id", "notices_about"), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=True),
        sa.Column("night", sa.Boolean(), nullable=False),
        sa.Column("approver", BIG_ID, _key("people.id", "notices_approver"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("wanted_at", INSTANT, nullable=True),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("code", name="uq_notices_code"),
    )
    op.create_index("ix_notices_about", "notices", ["about"], unique=False)
    op.create_index("ix_notices_stage", "notices", ["stage", "starts_at"], unique=False)
    op.create_index("ix_notices_unit", "notices", ["unit", "made_at"], unique=False)


def _recipients() -> None:
    op.create_table(
        "notice_recipients",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("notice_id", BIG_ID, _key("notices.id", "notice_recipients_notice_id"), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "notice_recipients_unit"), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("group", sa.Boolean(), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "notice_recipients_person_id"), nullable=True),
        sa.Column("first_id", BIG_ID, _key("notice_recipients.id", "notice_recipients_first_id"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("acked_at", INSTANT, nullable=True),
        sa.Column("acked_by", BIG_ID, _key("people.id", "notice_recipients_acked_by"), nullable=True),
        sa.Column("acked_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_recipients"),
        sa.UniqueConstraint("notice_id", "platform", "chat", name="uq_notice_recipients_notice_id_platform_chat"),
    )
    op.create_index("ix_notice_recipients_chat", "notice_recipients", ["chat", "platform"], unique=False)
    op.create_index("ix_notice_recipients_unit", "notice_recipients", ["unit", "notice_id"], unique=False)
    op.create_index("ix_notice_recipients_person_id", "notice_recipients", ["person_id"], unique=False)
    op.create_index(
        "ix_notice_recipients_next", "notice_recipients", ["notice_id", "state", "platform", "id"], unique=False
    )


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

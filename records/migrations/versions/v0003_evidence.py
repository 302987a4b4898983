"""Evidence: submissions, what happened to them, and which task a message of ours named.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _submissions()
    op.create_table(
        "submission_events",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("submission_id", BIG_ID, _key("submissions.id", "submission_events_submission_id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "submission_events_person_id"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission_events"),
    )
    op.create_index("ix_submission_events_submission_id", "submission_events", ["submission_id"], unique=False)
    _file_facts()
    _extensions()
    with op.batch_alter_table("received") as batch:
        batch.add_column(
            sa.Column("submission_id", BIG_ID, _key("submissions.id", "received_submission_id"), nullable=True)
        )
        batch.create_index("ix_received_submission_id", ["submission_id"])
        batch.create_index("ix_received_code", ["code"])
    with op.batch_alter_table("menus") as batch:
        batch.add_column(sa.Column("count", sa.Integer(), nullable=False, server_default=sa.text("2")))
    with op.batch_alter_table("uploads") as batch:
        batch.add_column(sa.Column("task", sa.String(), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("tasks", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch.create_index("ix_outbox_service_id", ["platform", "chat", "service_id"])


def downgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.drop_index("ix_outbox_service_id")
        batch.drop_column("tasks")
    with op.batch_alter_table("uploads") as batch:
        batch.drop_column("task")
    with op.batch_alter_table("menus") as batch:
        batch.drop_column("count")
    with op.batch_alter_table("received") as batch:
        batch.drop_index("ix_received_code")
        batch.drop_index("ix_received_submission_id")
        batch.drop_column("submission_id")
    op.drop_table("extensions")
    op.drop_table("file_facts")
    op.drop_table("submission_events")
    op.drop_table("submissions")


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("group", sa.Boolean(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "submissions_person_id"), nullable=True),
        sa.Column("unit", sa.String(), _key("units.code", "submissions_unit"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.Column("album", sa.String(), nullable=False),
        sa.Column("document_id", BIG_ID, _key("documents.id", "submissions_document_id"), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("among", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("quiet_at", INSTANT, nullable=False),
        sa.Column("handed_in_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("code", name="uq_submissions_code"),
    )
    op.create_index("ix_submissions_giver", "submissions", ["platform", "chat", "sender", "opened_at"], unique=False)
    op.create_index("ix_submissions_unit", "submissions", ["unit", "state"], unique=False)
    op.create_index("ix_submissions_task", "submissions", ["document_id", "number"], unique=False)


def _extensions() -> None:
    op.create_table(
        "extensions",
        sa.Column("unit", sa.String(), _key("units.code", "extensions_unit"), nullable=False),
        sa.Column("document_id", BIG_ID, _key("documents.id", "extensions_document_id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_by", BIG_ID, _key("people.id", "extensions_made_by"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("unit", "document_id", "number", name="pk_extensions"),
    )


def _file_facts() -> None:
    op.create_table(
        "file_facts",
        sa.Column("sha256", sa.String(), _key("files.sha256", "file_facts_sha256"), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("phash", sa.String(), nullable=False),
        sa.Column("located", sa.Boolean(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("clean", sa.String(), _key("files.sha256", "file_facts_clean"), nullable=True),
        sa.Column("thumb", sa.String(), _key("files.sha256", "file_facts_thumb"), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_file_facts"),
    )


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

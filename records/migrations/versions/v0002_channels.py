"""Channels: memberships, menus, contacts, grants, quotas, alerts, files and uploads.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
EMPTY, NO, YES, ZERO = sa.text("''"), sa.false(), sa.true(), sa.text("0")


def upgrade() -> None:
    _columns()
    _memberships()
    _contacts()
    _menus()
    _operation()
    _files()
    _uploads()
    op.execute(
        "INSERT INTO memberships (person_id, unit, role, state, since)"
        " SELECT people.id, unit, role, 'active', MIN(linked_at) FROM people"
        " LEFT JOIN addresses ON addresses.person_id = people.id GROUP BY people.id, unit, role"
    )


def downgrade() -> None:
    for table in ("upload_parts", "uploads", "received", "files", "alerts", "usage", "grants", "secrets"):
        op.drop_table(table)
    for table in ("menus", "contacts", "memberships"):
        op.drop_table(table)
    op.drop_index("ix_guesses_made_at", "guesses")
    for table, columns in (
        ("addresses", ("preferred",)),
        ("invitations", ("person_id", "made_by", "confirm", "revoked_at")),
        ("guesses", ("held",)),
        ("outbox", ("files", "ask_phone", "mention", "edits", "person_id")),
    ):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
    with op.batch_alter_table("talks") as batch:
        batch.add_column(sa.Column("options", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def _columns() -> None:
    with op.batch_alter_table("addresses") as batch:
        batch.add_column(sa.Column("preferred", sa.Boolean(), nullable=False, server_default=NO))
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(_person("person_id", "fk_invitations_person_id"))
        batch.add_column(_person("made_by", "fk_invitations_made_by"))
        batch.add_column(sa.Column("confirm", sa.Boolean(), nullable=False, server_default=NO))
        batch.add_column(sa.Column("revoked_at", INSTANT, nullable=True))
    with op.batch_alter_table("guesses") as batch:
        batch.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=NO))
        batch.create_index("ix_guesses_made_at", ["made_at"])
    with op.batch_alter_table("talks") as batch:
        batch.drop_column("options")  # now the choices of a menu
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("files", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch.add_column(sa.Column("ask_phone", sa.Boolean(), nullable=False, server_default=NO))
        batch.add_column(sa.Column("mention", sa.String(), nullable=False, server_default=EMPTY))
        batch.add_column(sa.Column("edits", sa.String(), nullable=False, server_default=EMPTY))
        batch.add_column(_person("person_id", "fk_outbox_person_id"))


def _person(column: str, key: str) -> sa.Column[int]:
    return sa.Column(column, BIG_ID, sa.ForeignKey("people.id", name=key), nullable=True)


def _unit(table: str, *, nullable: bool) -> sa.Column[str]:
    return sa.Column("unit", sa.String(), sa.ForeignKey("units.code", name=f"fk_{table}_unit"), nullable=nullable)


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, sa.ForeignKey("people.id", name="fk_memberships_person_id"), nullable=False),
        _unit("memberships", nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=True),
        sa.Column("until", INSTANT, nullable=True),
        _person("by_person", "fk_memberships_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        sa.UniqueConstraint("person_id", "unit", "role", name="uq_memberships_person_id_unit_role"),
    )
    op.create_index("ix_memberships_person_id", "memberships", ["person_id"], unique=False)
    op.create_index("ix_memberships_unit", "memberships", ["unit", "state"], unique=False)


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("group", sa.Boolean(), nullable=False),
        sa.Column("first_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", name="pk_contacts"),
    )


def _menus() -> None:
    op.create_table(
        "menus",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_menus"),
    )
    op.create_index("ix_menus_chat", "menus", ["platform", "chat", "sender", "made_at"], unique=False)
    op.create_index("ix_menus_made_at", "menus", ["made_at"], unique=False)


def _operation() -> None:
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )
    op.create_table(
        "grants",
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("refresh", sa.String(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("renewed_at", INSTANT, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("renewing_until", INSTANT, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("seed_hash", sa.String(), nullable=False),
        sa.Column("expected_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("app", name="pk_grants"),
    )
    op.create_table(
        "usage",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "period", "what", name="pk_usage"),
    )
    op.create_table(
        "alerts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("cleared_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_alerts"),
    )


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("stored_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_files"),
    )
    op.create_table(
        "received",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("group", sa.Boolean(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        _person("person_id", "fk_received_person_id"),
        _unit("received", nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("files.sha256", name="fk_received_sha256"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("ready_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_received"),
        sa.UniqueConstraint("key", name="uq_received_key"),
    )
    op.create_index("ix_received_waiting", "received", ["state", "ready_at"], unique=False)


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("group", sa.Boolean(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        _person("person_id", "fk_uploads_person_id"),
        _unit("uploads", nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("offered_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_uploads"),
    )
    op.create_table(
        "upload_parts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(
            "token_hash",
            sa.String(),
            sa.ForeignKey("uploads.token_hash", name="fk_upload_parts_token_hash"),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("files.sha256", name="fk_upload_parts_sha256"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_upload_parts"),
    )
    op.create_index("ix_upload_parts_token_hash", "upload_parts", ["token_hash"], unique=False)

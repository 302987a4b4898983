"""Deletion: found by indices, from when each submission is kept, which accounts are still to be forgotten.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
INDICES = {
    "submissions": {
        "owed": ["unit", "document_id", "state"],
        "over": ["deleted_at", "expiry_told_at", "kept_since", "id"],
        "over_unit": ["unit", "deleted_at", "expiry_told_at", "kept_since", "id"],
        "sender": ["sender"],
    },
    "received": {"sha256": ["sha256"], "sender": ["sender"]},
    "uploads": {"sender": ["sender"]},
    "upload_parts": {"sha256": ["sha256"]},
    "file_facts": {name: [name] for name in ("clean", "thumb", "blurred")},
    "deletions": {name: [name] for name in ("paper", "told_at")},
    "outbox": {"age": ["state", "queued_at", "id"]},
}


def upgrade() -> None:
    op.add_column("submissions", sa.Column("kept_since", INSTANT, nullable=True))
    op.add_column("unwanted", sa.Column("removing_at", INSTANT, nullable=True))
    op.execute("UPDATE submissions SET kept_since = coalesce(handed_in_at, opened_at)")
    for table, indices in INDICES.items():
        for name, columns in indices.items():
            op.create_index(f"ix_{table}_{name}", table, columns, unique=False)
    op.create_table(
        "erased",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "sender", name="pk_erased"),
    )
    for table in ("submissions", "received", "uploads"):
        op.execute(
            f"INSERT INTO erased (platform, sender) SELECT DISTINCT platform, sender FROM {table} AS given "
            "WHERE sender <> '' AND person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM addresses "
            "WHERE addresses.platform = given.platform AND addresses.sender = given.sender) "
            "ON CONFLICT DO NOTHING"
        )


def downgrade() -> None:
    op.drop_table("erased")
    for table, indices in INDICES.items():
        for name in indices:
            op.drop_index(f"ix_{table}_{name}", table_name=table)
    op.drop_column("unwanted", "removing_at")
    op.drop_column("submissions", "kept_since")

"""Delivery: what is urgent goes first; one process at a time sends for a service.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("ix_outbox_waiting", "ix_outbox_chat"):
        op.drop_index(name, table_name="outbox")
    op.add_column("outbox", sa.Column("urgency", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.create_index("ix_outbox_waiting", "outbox", ["platform", "state", "urgency", "id"], unique=False)
    op.create_index("ix_outbox_ready", "outbox", ["platform", "state", "ready_at"], unique=False)
    op.create_index("ix_outbox_chat", "outbox", ["chat", "state", "urgency", "id"], unique=False)
    op.create_table(
        "drivers",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("platform", name="pk_drivers"),
    )


def downgrade() -> None:
    op.drop_table("drivers")
    for name in ("ix_outbox_waiting", "ix_outbox_ready", "ix_outbox_chat"):
        op.drop_index(name, table_name="outbox")
    op.drop_column("outbox", "urgency")
    op.create_index("ix_outbox_waiting", "outbox", ["state", "ready_at"], unique=False)
    op.create_index("ix_outbox_chat", "outbox", ["platform", "chat", "state", "id"], unique=False)

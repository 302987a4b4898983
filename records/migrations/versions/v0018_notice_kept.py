"""Notices: for which further units a message counts, how many heads read it, and when its words were deleted.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("notice_recipients", sa.Column("also", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("notice_recipients", sa.Column("heads", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column(
        "notice_recipients", sa.Column("heads_got", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column("notices", sa.Column("deleted_at", INSTANT, nullable=True))
    op.create_index("ix_notices_ended", "notices", ["ended_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_notices_ended", "notices")
    op.drop_column("notices", "deleted_at")
    for name in ("heads_got", "heads", "also"):
        op.drop_column("notice_recipients", name)

"""Submissions: whether the due day itself is too late, and from which submission the files are shared.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("submissions") as table:
        table.add_column(sa.Column("before", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("shared_from", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_submissions_shared_from", "submissions", ["shared_from"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_submissions_shared_from", "submissions")
    with op.batch_alter_table("submissions") as table:
        table.drop_column("before")
        table.drop_column("shared_from")

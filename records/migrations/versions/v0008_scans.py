"""Scans: what a scanner for malware has said of a file.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("file_facts") as batch:
        for name in ("scan", "malware"):
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    with op.batch_alter_table("file_facts") as batch:
        for name in ("malware", "scan"):
            batch.drop_column(name)

"""Scans: what a scanner for malware has said of a file.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
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

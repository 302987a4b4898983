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
    for name in ("scan", "malware"):
        op.add_column("file_facts", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    for name in ("malware", "scan"):
        op.drop_column("file_facts", name)

"""Messages: PostgreSQL orders their keys by bytes, so that its index finds those that begin alike, as SQLite's does.

Revision ID: 0015
Revises: 0014
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _order('"C"')


def downgrade() -> None:
    _order('"default"')


def _order(collation: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE outbox ALTER COLUMN key TYPE VARCHAR COLLATE {collation}")

"""How units stand with tasks is read from an index alone, thousands of rows at a time.

Revision ID: 0030
Revises: 0029
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_NAME, _TABLE, _BEFORE = "ix_submissions_owed", "submissions", ["unit", "document_id", "state"]


def upgrade() -> None:
    op.drop_index(_NAME, _TABLE)
    op.create_index(_NAME, _TABLE, [*_BEFORE, "number", "handed_in_at", "code"])


def downgrade() -> None:
    op.drop_index(_NAME, _TABLE)
    op.create_index(_NAME, _TABLE, _BEFORE)

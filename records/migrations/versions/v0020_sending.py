"""What has happened to evidence lately is found by when it happened.

Revision ID: 0020
Revises: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_submission_events_at", "submission_events", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_submission_events_at", "submission_events")

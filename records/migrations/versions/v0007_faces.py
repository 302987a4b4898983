"""Faces: copies of pictures with the faces blurred, and links that show those alone.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NO = sa.false()


def upgrade() -> None:
    with op.batch_alter_table("file_facts") as batch:
        key = sa.ForeignKey("files.sha256", name="fk_file_facts_blurred")
        batch.add_column(sa.Column("blurred", sa.String(), key, nullable=True))
        batch.add_column(sa.Column("faces", sa.Integer(), nullable=True))
    # not in a batch: SQLite would drop a table that others point to
    op.add_column("dossier_links", sa.Column("blurred", sa.Boolean(), nullable=False, server_default=NO))


def downgrade() -> None:
    op.execute("UPDATE dossier_links SET revoked_at = made_at WHERE blurred AND revoked_at IS NULL")
    op.drop_column("dossier_links", "blurred")
    with op.batch_alter_table("file_facts") as batch:
        batch.drop_column("faces")
        batch.drop_column("blurred")

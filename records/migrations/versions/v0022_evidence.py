"""Bands of the hashes of pictures; which part of a dossier a file is; what lies in an archive.

Revision ID: 0022
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0017"
branch_labels = None
depends_on = None

AT_ONCE = 1000  # rows
BANDS = ("band1", "band2", "band3", "band4", "band5")
WIDTH = 13  # bits of a band
FACTS = sa.table(
    "file_facts",
    sa.column("sha256", sa.String()),
    sa.column("phash", sa.String()),
    *(sa.column(name, sa.Integer()) for name in BANDS),
)


def upgrade() -> None:
    for name in BANDS:
        op.add_column("file_facts", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("file_facts", sa.Column("inside", sa.JSON(), nullable=True))
    op.add_column("received", sa.Column("part", sa.String(), nullable=False, server_default=""))
    _cut(op.get_bind())
    for name in BANDS:
        op.create_index(f"ix_file_facts_{name}", "file_facts", [name], unique=False)


def downgrade() -> None:
    op.drop_column("received", "part")
    op.drop_column("file_facts", "inside")
    for name in BANDS:
        op.drop_index(f"ix_file_facts_{name}", table_name="file_facts")
        op.drop_column("file_facts", name)


def _cut(connection: sa.Connection) -> None:
    """The hashes that are there, some at a time."""
    its = sa.update(FACTS).where(FACTS.c.sha256 == sa.bindparam("its"))
    set_ = its.values({name: sa.bindparam(f"new_{name}") for name in BANDS})
    found, last = sa.select(FACTS.c.sha256, FACTS.c.phash).where(FACTS.c.phash != ""), ""
    while rows := connection.execute(found.where(FACTS.c.sha256 > last).order_by(FACTS.c.sha256).limit(AT_ONCE)).all():
        connection.execute(set_, [{"its": row.sha256, **_bands(row.phash)} for row in rows])
        last = rows[-1].sha256


def _bands(phash: str) -> dict[str, int]:
    """As core.media.bands cut them when this was written."""
    number, most = int(phash, 16), (1 << WIDTH) - 1
    return {f"new_{name}": number >> (WIDTH * at) & most for at, name in enumerate(BANDS)}

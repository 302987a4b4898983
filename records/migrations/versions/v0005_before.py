"""Submissions: whether the due day itself is too late, and from which submission the files are shared.

Revision ID: 0005
Revises: 0004
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not in a batch: SQLite would drop a table that others point to
    op.add_column("submissions", sa.Column("before", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("submissions", sa.Column("shared_from", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_submissions_shared_from", "submissions", ["shared_from"], unique=False)
    _fill_before()


def downgrade() -> None:
    op.drop_index("ix_submissions_shared_from", "submissions")
    for name in ("shared_from", "before"):
        op.drop_column("submissions", name)


def _fill_before() -> None:
    """As the paper says it, where the office has not moved the day."""
    bind = op.get_bind()
    papers = sa.table("documents", sa.column("id", sa.BigInteger()), sa.column("plan", sa.JSON()))
    for document, plan in bind.execute(sa.select(papers.c.id, papers.c.plan)).all():
        for number, task in enumerate(plan.get("obligations", ())):
            if task.get("rule") == "before" and task.get("due"):
                _set_before(bind, document, number, date.fromisoformat(task["due"]))


def _set_before(bind: sa.Connection, document: int, number: int, due: date) -> None:
    moved = sa.table("extensions", *map(sa.column, ("unit", "document_id", "number")))
    given = sa.table("submissions", *map(sa.column, ("unit", "document_id", "number", "due", "before")))
    mine = (given.c.document_id == document, given.c.number == number, given.c.due == sa.literal(due, sa.Date()))
    own = (moved.c.document_id == document, moved.c.number == number, moved.c.unit == given.c.unit)
    bind.execute(sa.update(given).where(*mine, ~sa.exists().where(*own)).values(before=sa.true()))

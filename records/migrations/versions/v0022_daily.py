"""Books that are kept by the day, and counters; activities that schools register, authors, tables that are asked for.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "book_spans",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "book_spans_unit"), nullable=False),
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("by_person", BIG_ID, _key("people.id", "book_spans_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_book_spans"),
    )
    op.create_index("ix_book_spans_unit", "book_spans", ["unit", "book"], unique=False)
    op.create_table(
        "book_entries",
        sa.Column("submission_id", BIG_ID, _key("submissions.id", "book_entries_submission_id"), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "book_entries_unit"), nullable=False),
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=True),
        sa.Column("things", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("submission_id", name="pk_book_entries"),
    )
    op.create_index("ix_book_entries_day", "book_entries", ["unit", "book", "day"], unique=False)

    op.create_table(
        "activities",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "activities_unit"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("document_id", BIG_ID, _key("documents.id", "activities_document_id"), nullable=True),
        sa.Column("task", sa.Integer(), nullable=True),
        sa.Column("submission_id", BIG_ID, _key("submissions.id", "activities_submission_id"), nullable=True),
        sa.Column("by_person", BIG_ID, _key("people.id", "activities_by_person"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("out_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_activities"),
        sa.UniqueConstraint("unit", "number", name="uq_activities_unit_number"),
    )
    op.create_table(
        "authors",
        sa.Column("submission_id", BIG_ID, _key("submissions.id", "authors_submission_id"), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "authors_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("submission_id", name="pk_authors"),
    )
    op.create_table(
        "sheet_wishes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "sheet_wishes_unit"), nullable=False),
        sa.Column("person_id", BIG_ID, _key("people.id", "sheet_wishes_person_id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sheet_wishes"),
    )


def downgrade() -> None:
    op.drop_table("sheet_wishes")
    op.drop_table("authors")
    op.drop_table("activities")
    op.drop_table("book_entries")
    op.drop_table("book_spans")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

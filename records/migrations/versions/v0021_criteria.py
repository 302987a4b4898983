"""Criteria sets: the lists, what serves each criterion, a unit's own points; dossiers by set.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "criteria_sets",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "criteria_sets_unit"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("made_by", BIG_ID, _key("people.id", "criteria_sets_made_by"), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("gone_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_criteria_sets"),
        sa.UniqueConstraint("unit", "name_key", name="uq_criteria_sets_unit_name_key"),
    )
    op.create_table(
        "criteria",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("set_id", BIG_ID, _key("criteria_sets.id", "criteria_set_id"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("hints", sa.String(), nullable=False),
        sa.Column("gone_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_criteria"),
    )
    op.create_index("ix_criteria_set_id", "criteria", ["set_id"], unique=False)
    op.create_table(
        "criteria_evidence",
        sa.Column("criterion_id", BIG_ID, _key("criteria.id", "criteria_evidence_criterion_id"), nullable=False),
        sa.Column("submission_id", BIG_ID, _key("submissions.id", "criteria_evidence_submission_id"), nullable=False),
        sa.Column("serves", sa.Boolean(), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "criteria_evidence_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("criterion_id", "submission_id", name="pk_criteria_evidence"),
    )
    op.create_index("ix_criteria_evidence_submission_id", "criteria_evidence", ["submission_id"], unique=False)
    _scores_drafts_forms()
    # not in a batch: SQLite would drop a table that others point to
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    key = "CONSTRAINT fk_dossier_links_criteria_id REFERENCES criteria_sets (id)"
    op.execute(f"ALTER TABLE dossier_links ADD COLUMN criteria_id {kind} {key}")


def _scores_drafts_forms() -> None:
    op.create_table(
        "criteria_scores",
        sa.Column("criterion_id", BIG_ID, _key("criteria.id", "criteria_scores_criterion_id"), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "criteria_scores_unit"), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("by_person", BIG_ID, _key("people.id", "criteria_scores_by_person"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("criterion_id", "unit", name="pk_criteria_scores"),
    )
    op.create_index("ix_criteria_scores_unit", "criteria_scores", ["unit"], unique=False)
    op.create_table(
        "criteria_drafts",
        sa.Column("person_id", BIG_ID, _key("people.id", "criteria_drafts_person_id"), nullable=False),
        sa.Column("unit", sa.String(), _key("units.code", "criteria_drafts_unit"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lines", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_criteria_drafts"),
    )


def downgrade() -> None:
    op.drop_column("dossier_links", "criteria_id")
    for table in ("criteria_drafts", "criteria_scores", "criteria_evidence", "criteria"):
        op.drop_table(table)
    op.drop_table("criteria_sets")


def _key(column: str, name: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, name=f"fk_{name}")

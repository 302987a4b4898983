"""The tables of criteria sets: the lists, what serves each criterion, a unit's own points, what is being typed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class CriteriaSetRow(Base):
    """A set (core.criteria.CriteriaSet); one of a name in a unit, its next version takes its place."""

    __tablename__ = "criteria_sets"
    __table_args__ = (UniqueConstraint("unit", "name_key"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    name: Mapped[str]
    name_key: Mapped[str]  # core.words.bare
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: on the command line
    made_at: Mapped[datetime] = mapped_column(Instant)
    gone_at: Mapped[datetime | None] = mapped_column(Instant)  # taken back


class CriterionRow(Base):
    """A criterion; where a new version holds none that fits it stays, gone, with what hangs on it."""

    __tablename__ = "criteria"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("criteria_sets.id"), index=True)
    place: Mapped[int]  # from 0
    number: Mapped[str]
    title: Mapped[str]
    heading: Mapped[str] = mapped_column(default="")
    most: Mapped[int | None]  # hundredths of a point
    hints: Mapped[str] = mapped_column(default="")
    gone_at: Mapped[datetime | None] = mapped_column(Instant)


class CriterionEvidenceRow(Base):
    """That a submission serves a criterion; `serves` False: it was said that it does not, and is not proposed again."""

    __tablename__ = "criteria_evidence"
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True, index=True)
    serves: Mapped[bool]
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class CriterionScoreRow(Base):
    """A unit's own points for a criterion, in hundredths; 100 and 0 where it is only met or not."""

    __tablename__ = "criteria_scores"
    __table_args__ = (Index("ix_criteria_scores_unit", "unit"),)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    score: Mapped[int]
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class CriteriaDraftRow(Base):
    """A set that somebody is typing in chat, line by line."""

    __tablename__ = "criteria_drafts"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    name: Mapped[str]
    lines: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Instant)

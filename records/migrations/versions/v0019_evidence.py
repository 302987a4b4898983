"""Bands of the hashes of pictures; the part of a dossier a file is; what an archive holds; words of shared material.

Revision ID: 0019
Revises: 0018
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
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

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIBRARY = sa.table(
    "library",
    *(sa.column(name) for name in ("submission_id", "office", "title", "words")),
    sa.column("files", sa.JSON()),
)
FILES = sa.table("library_files", *(sa.column(name) for name in ("submission_id", "office", "received_id", "words")))
SUBMISSIONS = sa.table("submissions", *(sa.column(name) for name in ("id", "title", "unit", "deleted_at")))
UNITS = sa.table("units", sa.column("code"), sa.column("name"))
RECEIVED = sa.table("received", sa.column("id"), sa.column("name"))


def upgrade() -> None:
    for name in BANDS:
        op.add_column("file_facts", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("file_facts", sa.Column("inside", sa.JSON(), nullable=True))
    op.add_column("received", sa.Column("part", sa.String(), nullable=False, server_default=""))
    _cut(op.get_bind())
    for name in BANDS:
        op.create_index(f"ix_file_facts_{name}", "file_facts", [name], unique=False)
    op.add_column("library", sa.Column("words", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "library_files",
        sa.Column("submission_id", BIG_ID, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column(
            "received_id", BIG_ID, sa.ForeignKey("received.id", name="fk_library_files_received_id"), nullable=False
        ),
        sa.Column("words", sa.String(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("submission_id", "office", "received_id", name="pk_library_files"),
        sa.ForeignKeyConstraint(
            ["submission_id", "office"], ["library.submission_id", "library.office"], name="fk_library_files_library"
        ),
    )
    op.create_index("ix_library_files_received_id", "library_files", ["received_id"], unique=False)
    _part(op.get_bind())
    op.drop_column("library", "files")


def downgrade() -> None:
    op.add_column("library", sa.Column("files", sa.JSON(), nullable=False, server_default="[]"))
    _join(op.get_bind())
    op.drop_table("library_files")
    op.drop_column("library", "words")
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


def _part(connection: sa.Connection) -> None:
    """What offices have put in: each file a row, and by which words it is found."""
    rows = sa.select(
        LIBRARY, SUBMISSIONS.c.title.label("task"), SUBMISSIONS.c.deleted_at, UNITS.c.name.label("unit_name")
    )
    rows = rows.join(SUBMISSIONS, SUBMISSIONS.c.id == LIBRARY.c.submission_id)
    for row in connection.execute(rows.outerjoin(UNITS, UNITS.c.code == SUBMISSIONS.c.unit)).all():
        key = {"submission_id": row.submission_id, "office": row.office}
        files = connection.execute(sa.select(RECEIVED).where(RECEIVED.c.id.in_(row.files or []))).all()
        made = [{**key, "received_id": one.id, "words": _words(one.name)} for one in files]
        if made:
            connection.execute(FILES.insert(), made)
        called = "" if row.deleted_at else _words("\n".join((row.title, row.task, row.unit_name or "")))
        mine = LIBRARY.c.submission_id == row.submission_id, LIBRARY.c.office == row.office
        connection.execute(LIBRARY.update().where(*mine).values(words=called))


def _join(connection: sa.Connection) -> None:
    found: dict[tuple[int, str], list[int]] = {}
    for row in connection.execute(sa.select(FILES).order_by(FILES.c.received_id)):
        found.setdefault((row.submission_id, row.office), []).append(row.received_id)
    for (submission, office), files in found.items():
        mine = LIBRARY.c.submission_id == submission, LIBRARY.c.office == office
        connection.execute(LIBRARY.update().where(*mine).values(files=files))


def _words(text: str) -> str:
    """As knowledge.fold folded and parted them when this was written."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D")).lower()
    said = "".join(char for char in plain if not unicodedata.combining(char))
    found: set[str] = set()
    for word in re.findall(r"\d+(?:[.,/:-]\d+)+%?|\d+%|[^\W_]+", said):
        if hour := re.match(r"(\d{1,2})h(\d\d)?$", word):
            found.add(f"{int(hour[1])}h{hour[2] if hour[2] not in (None, '00') else ''}")
        elif "/" in word or "." in word or "-" in word:
            found |= _numbers(word)
        else:
            found.add(word)
    return f" {' '.join(sorted(found))} " if found else ""


def _numbers(word: str) -> set[str]:
    day = re.match(r"0?(\d{1,2})[/.-]0?(\d{1,2})(?:[/.-](?:20)?(\d\d))?$", word)
    if day and int(day[1]) <= 31 and int(day[2]) <= 12:
        return {"/".join(part for part in day.groups() if part)}
    return {part for part in re.split(r"[/-]", word) if part} if "-" in word or "/" in word else {word}

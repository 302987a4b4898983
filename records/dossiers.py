"""Links that show a unit's dossier, who came by them, and the files that it shows."""

import hashlib
import hmac
import secrets as random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select, update

from core.dossier import Cut, Exhibit, Link, Looked, Visits, Withheld
from core.evidence import State, Submission
from records import codes, faces, facts, secrets, submissions
from records.dossier_tables import DossierLinkRow, DossierVisitRow
from records.session import Session

LIFETIME = timedelta(days=14)
NO_PERSON = "bot"  # agent of programs that look at addresses by themselves
_SECRET = "dossiers"


async def make(session: Session, cut: Cut, made_by: int | None, now: datetime) -> tuple[Link, str]:
    """A new link, and its token: the only time that anybody can know it."""
    token = random.token_urlsafe(32)
    link = Link(await codes.unused(session, DossierLinkRow.code), cut, now + LIFETIME)
    session.add(
        DossierLinkRow(
            code=link.code,
            token_hash=_hash(token),
            unit=cut.unit,
            document_id=cut.document,
            month=cut.month or None,
            blurred=cut.blurred,
            criteria_id=cut.criteria,
            made_by=made_by,
            made_at=now,
            expires_at=link.expires_at,
        )
    )
    await session.flush()
    return link, token


async def find(session: Session, token: str, now: datetime) -> Link | None:
    """The open link of this token; None: there is none, or it is expired or revoked."""
    mine = select(DossierLinkRow).where(DossierLinkRow.token_hash == _hash(token), *_open(now))
    row = await session.scalar(mine)
    return None if row is None else _link(row)


async def by_code(session: Session, code: str, now: datetime) -> Link | None:
    """The open link of this code; None: there is none, or it is expired or revoked."""
    row = await session.scalar(select(DossierLinkRow).where(DossierLinkRow.code == code.upper(), *_open(now)))
    return None if row is None else _link(row)


async def open_ones(session: Session, units: Collection[str], now: datetime) -> Sequence[tuple[Link, Visits]]:
    """The open links to dossiers of these units, the newest first, with who came by them."""
    mine = select(DossierLinkRow).where(DossierLinkRow.unit.in_(units), *_open(now))
    rows = (await session.scalars(mine.order_by(DossierLinkRow.made_at.desc(), DossierLinkRow.code))).all()
    visits = await _visits(session, [row.code for row in rows])
    return [(_link(row), visits.get(row.code, Visits())) for row in rows]


async def revoke(session: Session, code: str, now: datetime) -> None:
    """From now on it shows nothing."""
    await session.execute(update(DossierLinkRow).where(DossierLinkRow.code == code).values(revoked_at=now))


async def note_visit(session: Session, link: Link, what: Looked, agent: str, address: str, now: datetime) -> None:
    """Somebody came. Where from is kept as a hash that nobody can compute without our secret, another for each link."""
    key = await secrets.get_or_make(session, _SECRET)
    visitor = hmac.digest(key.encode(), f"{link.code}\0{address}".encode(), "sha256").hex()[:16]
    session.add(DossierVisitRow(link=link.code, at=now, what=what, agent=agent, visitor=visitor))
    await session.flush()


async def blurred(session: Session, now: datetime) -> Sequence[Link]:
    """The open links that show blurred faces, the oldest first."""
    mine = select(DossierLinkRow).where(DossierLinkRow.blurred, *_open(now))
    rows = await session.scalars(mine.order_by(DossierLinkRow.made_at, DossierLinkRow.code))
    return [_link(row) for row in rows]


async def proofs(
    session: Session, cut: Cut, shown: Collection[State], without_files: Collection[State]
) -> Sequence[tuple[Submission, tuple[Exhibit | Withheld, ...]]]:
    """What the unit handed in that stands in one of these states, oldest first, with the files of those `shown`."""
    found = await submissions.placed(session, [cut.unit], (*shown, *without_files))
    ids = [one.id for one in found if one.state in shown]
    files: dict[int, list[Exhibit | Withheld]] = {}
    for submission, file in await (faces.shown if cut.blurred else _as_they_came)(session, ids):
        files.setdefault(submission, []).append(file)
    return [(one, tuple(files.get(one.id, ()))) for one in found]


async def _as_they_came(session: Session, submissions: Sequence[int]) -> list[tuple[int, Exhibit]]:
    return [(submission, Exhibit(number, file)) for submission, number, file in await facts.shown(session, submissions)]


async def _visits(session: Session, codes: Sequence[str]) -> dict[str, Visits]:
    came = DossierVisitRow

    def of(what: Looked) -> ColumnElement[int]:
        return func.sum(case((came.what == what, 1), else_=0))

    people = came.link.in_(codes), came.agent != NO_PERSON
    counted = select(
        came.link,
        of(Looked.PAGE).label("pages"),
        of(Looked.ZIP).label("zips"),
        of(Looked.FILE).label("files"),
        func.count(came.visitor.distinct()).label("visitors"),
        func.max(came.at, type_=came.at.type).label("last"),
    )
    used = select(came.link, came.agent).where(*people).group_by(came.link, came.agent).order_by(func.count().desc())
    agents: dict[str, list[str]] = {}
    for code, agent in await session.execute(used):
        agents.setdefault(code, []).append(agent)
    found = await session.execute(counted.where(*people).group_by(came.link))
    return {
        code: Visits(pages, zips, files, visitors, tuple(agents[code]), last)
        for code, pages, zips, files, visitors, last in found
    }


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return DossierLinkRow.expires_at > now, DossierLinkRow.revoked_at.is_(None)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _link(row: DossierLinkRow) -> Link:
    cut = Cut(row.unit, row.document_id, row.month or "", row.blurred, row.criteria_id)
    return Link(row.code, cut, row.expires_at)

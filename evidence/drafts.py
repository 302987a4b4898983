"""A file that an officer sent is a document to be read, and no evidence."""

from collections.abc import Sequence

from core.drafts import Draft
from core.evidence import State, Submission
from core.message import StoredFile
from core.people import Level, Person, Role
from core.texts import drafts as texts
from evidence.desk import Desk
from evidence.turning import turn
from knowledge.drafting import may_be_read
from records import drafts

READ_IT = "/vanban"
MOST = 5  # files of one submission


def may_publish(desk: Desk, person: Person | None) -> bool:
    """Whether the person publishes for an office: its staff."""
    unit = desk.index.tree.get(person.unit) if person else None
    return person is not None and person.role is Role.STAFF and unit is not None and unit.level is not Level.SCHOOL


def documents(files: Sequence[StoredFile]) -> list[StoredFile]:
    """Those of them that are documents by their names."""
    return [file for file in files if may_be_read(file.name)]


async def take(desk: Desk, submission: Submission, files: Sequence[StoredFile], me: Person) -> list[Draft]:
    """Each is read from now on, pictures only where there is nothing else; the submission is withdrawn, the bytes are
    the drafts'.
    """
    opened: list[Draft] = []
    for file in (documents(files) or files)[:MOST]:
        code = "" if opened else submission.code
        opened.append(await drafts.open_new(desk.session, me.unit, me.id, file.name, file.sha256, desk.now, code))
    await turn(desk, submission, State.WITHDRAWN, me.id, texts.TAKEN)
    return opened


def said(opened: Sequence[Draft]) -> str:
    """That they are being read."""
    return texts.reading([(one.name, one.code) for one in opened])

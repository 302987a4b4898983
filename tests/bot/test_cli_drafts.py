"""drafts: what officers are checking is listed, shown with its log and published from the shell."""

import asyncio
import hashlib
from datetime import date
from pathlib import Path

import pytest

from bot.app import main
from core.amendments import Amending, Proposal
from core.drafts import Draft, Stage
from core.people import Level, Role, Unit
from core.texts import amendments
from core.texts import draft_commands as texts
from core.work import Effect, Head, Obligation, Passage, Plan, TaskRef
from knowledge.digest import digest
from knowledge.extract import extract
from knowledge.readers import read_file
from records import documents, drafts, files, people
from records.files import Kept
from records.session import migrate, open_engine, opener
from records.units import import_units
from tests.drafting.plans import NAME, PLAN
from tests.fakes.clock import START

pytestmark = pytest.mark.usefixtures("logs_as_they_were")


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a draft with four doubts in the database that the commands work on."""
    url = f"sqlite:///{tmp_path / 'nhacviec.db'}"
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", url)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path))
    return asyncio.run(_draft(url)).code


async def _draft(url: str) -> Draft:
    engine = open_engine(url)
    await migrate(engine)
    async with opener(engine)() as session:
        await import_units(session, [Unit("PGD", "Phòng GDĐT huyện Vĩnh Bảo", Level.DISTRICT)])
        await session.flush()
        hanh = await people.add_person(session, "Vũ Thị Hạnh", "PGD", Role.STAFF)
        kept = Kept(hashlib.sha256(PLAN).hexdigest(), len(PLAN), "text/plain")
        await files.note(session, kept, START)
        draft = await drafts.open_new(session, "PGD", hanh.id, NAME, kept.sha256, START)
        source = read_file(NAME, PLAN)
        plan = extract(source)
        await drafts.finish(session, draft, Stage.READ, START, plan, issuer="PGD", digest=digest(source))
    await engine.dispose()
    return draft


async def _states(folder: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{folder / 'nhacviec.db'}")
    async with opener(engine)() as session:
        found = [one.plan.source_file for one in await documents.shelved(session)]
    await engine.dispose()
    return found


def test_a_draft_is_listed_and_shown_with_its_log(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "list"]) == 0
    assert f"{code}  đang soát" in capsys.readouterr().out
    assert main(["drafts", "show", code]) == 0
    shown = capsys.readouterr().out
    assert "trước 15/12/2023: Các trường nộp danh sách" in shown
    assert "Vũ Thị Hạnh gửi tệp" in shown


def test_it_is_published_once_and_not_over_open_doubts(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drafts", "publish", code]) == 1
    assert capsys.readouterr().err.strip() == texts.doubtful(4)
    assert asyncio.run(_states(tmp_path)) == []
    assert main(["drafts", "publish", code, "--anyway"]) == 0
    assert capsys.readouterr().out.startswith("Đã công bố")
    assert asyncio.run(_states(tmp_path)) == [NAME]
    assert main(["drafts", "publish", code, "--anyway"]) == 1
    assert capsys.readouterr().err.strip() == texts.NOT_READ


def test_it_is_not_published_before_somebody_has_said_what_it_changes(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_proposes(tmp_path, code))
    assert main(["drafts", "publish", code, "--anyway"]) == 1
    assert capsys.readouterr().err.strip() == amendments.unasked(1)
    assert asyncio.run(_states(tmp_path)) == ["trước.txt"]
    assert main(["drafts", "show", code]) == 0
    assert "1. Nộp báo cáo trước ngày 05/12/2023: từ 05/12 sang 10/12 [chưa xem]" in capsys.readouterr().out


async def _proposes(folder: Path, code: str) -> None:
    """A task of an earlier plan is moved by it."""
    engine = open_engine(f"sqlite:///{folder / 'nhacviec.db'}")
    async with opener(engine)() as session:
        task = Obligation("Nộp báo cáo trước ngày 05/12/2023", "Nộp báo cáo", 1, 0, due=date(2023, 12, 5))
        plan = Plan("trước.txt", Head(), (Passage(0, 1, task.snippet),), (task,))
        id = await documents.add(session, plan, "PGD", "sum", documents.PUBLISHED, START)
        said = Amending(Effect.MOVED, 8, "trước ngày 10/12/2023", due=date(2023, 12, 10))
        draft = await drafts.by_code(session, code)
        assert draft
        await drafts.change(session, draft, START, proposals=(Proposal(said, TaskRef(id, 0)),))
    await engine.dispose()


def test_a_code_that_is_none_says_where_to_look(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "show", "NOSUCH"]) == 1
    assert capsys.readouterr().err.strip() == texts.NO_SUCH

"""outbox: what did not go out is listed without its words, counted by doctor, and sent again if that is asked for."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select, update

from bot.app import main
from core.message import Address, Outbound, Urgency
from records import outbox
from records.session import Session, migrate, open_engine, opener
from records.tables import OutboxRow
from tests.fakes.clock import START

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
Found = TypeVar("Found")


class Post:
    """The outbox that the commands work on."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'nhacviec.db'}"

    def put(self, key: str, state: str, reason: str = "", urgency: Urgency = Urgency.ANSWER) -> int:
        """Its number."""

        async def write(session: Session) -> int:
            message = Outbound(Address("telegram", "lan"), "Bí mật", urgency=urgency)
            await outbox.put(session, message, key, START)
            ours = update(OutboxRow).where(OutboxRow.key == f"{key}#1")
            changed = ours.values(state=state, reason=reason, attempts=12, urgency=urgency - 10)
            return (await session.scalars(changed.returning(OutboxRow.id))).one()

        return self._within(write)

    def states(self) -> dict[str, tuple[str, int, int]]:
        """State, attempts and urgency by key."""

        async def read(session: Session) -> dict[str, tuple[str, int, int]]:
            rows = await session.scalars(select(OutboxRow))
            return {row.key.removesuffix("#1"): (row.state, row.attempts, row.urgency) for row in rows}

        return self._within(read)

    def _within(self, work: Callable[[Session], Awaitable[Found]]) -> Found:
        async def run() -> Found:
            engine = open_engine(self.url)
            await migrate(engine)
            async with opener(engine)() as session:
                found = await work(session)
            await engine.dispose()
            return found

        return asyncio.run(run())


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("NHACVIEC_DATABASE_URL", raising=False)
    return Post(tmp_path)


def _typed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out


def test_what_did_not_go_out_is_listed_without_its_words(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    failed = post.put("broadcast:1", "failed", "blocked", Urgency.BULK)
    post.put("reply:2", "sent")
    waiting = post.put("reply:3", "waiting")
    said = (
        f"{failed}: không gửi được, gửi nhiều nơi, Telegram, riêng, từ 08:00 04/12/2023, đã thử 12 lần, lý do: blocked"
    )
    assert _typed(capsys, "outbox", "list", "--failed").splitlines() == [said]
    lines = _typed(capsys, "outbox", "list").splitlines()
    assert [line.split(":")[0] for line in lines] == [str(failed), str(waiting)]
    told = [json.loads(line) for line in _typed(capsys, "outbox", "list", "--json").splitlines()]
    assert [(one["key"], one["state"], one["urgency"]) for one in told] == [
        ("broadcast:1#1", "failed", "bulk"),
        ("reply:3#1", "waiting", "answer"),
    ]
    assert "Bí mật" not in json.dumps(told, ensure_ascii=False)


def test_where_all_went_out_it_is_said_so(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    assert _typed(capsys, "outbox", "list") == "Không có tin nào đang chờ hay không gửi được.\n"
    assert _typed(capsys, "outbox", "list", "--json") == ""
    assert _typed(capsys, "outbox", "retry", "--all") == "Không có tin nào không gửi được.\n"


def test_one_that_may_have_arrived_is_sent_again_only_by_its_number(
    post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    post.put("reply:1", "failed", "busy", Urgency.REMINDER)
    unknown = post.put("reply:2", "unknown", "unknown: lost")
    post.put("reply:3", "sent")
    assert _typed(capsys, "outbox", "retry", "--all") == "Đã xếp 1 tin vào hàng chờ gửi lại.\n"
    assert [state for state, _, _ in post.states().values()] == ["waiting", "unknown", "sent"]
    assert post.states()["reply:1"] == ("waiting", 0, Urgency.REMINDER)
    assert _typed(capsys, "outbox", "retry", str(unknown)) == "Đã xếp 1 tin vào hàng chờ gửi lại.\n"
    assert post.states()["reply:2"] == ("waiting", 0, Urgency.ANSWER)


def test_what_went_another_way_is_not_sent_again_with_all(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    post.put("notice:1", "failed", "blocked")
    post.put(f"notice:1#1{outbox.NOT_BY}telegram", "sent")
    assert _typed(capsys, "outbox", "retry", "--all") == "Không có tin nào không gửi được.\n"


def test_doctor_counts_what_did_not_go_out(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    assert "Tin gửi đi" not in capsys.readouterr().out
    post.put("reply:1", "failed", "busy")
    post.put("reply:2", "unknown", "unknown: lost")
    main(["doctor"])
    assert "Tin gửi đi: 1 tin không gửi được, 1 tin không rõ đã tới chưa." in capsys.readouterr().out


def test_many_are_listed_page_by_page(
    post: Post, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.letters._PAGE", 2)
    for number in range(5):
        post.put(f"reply:{number}", "failed")
    assert len(_typed(capsys, "outbox", "list").splitlines()) == 5

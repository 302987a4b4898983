"""Killed at any moment: once it is back, every message is answered, and none twice but for want of its own mark."""

import multiprocessing
import signal
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from records.session import Begin
from records.tables import DeliveryRow, OutboxRow
from tests.fakes.mortal import MOMENTS, Book, live

UPDATES = [(f"chat {number % 5}", f"{number:02}") for number in range(40)]
KILLS = [(moment, count) for count in (1, 2, 3, 5) for moment in MOMENTS]

_fork = multiprocessing.get_context("forkserver")


def _live(url: str, folder: Path, moment: str, count: int, life: int) -> int | None:
    """A whole life in a process of its own; its exit code, negative: the signal that killed it."""
    _fork.set_forkserver_preload(["tests.fakes.mortal"])
    process = _fork.Process(target=live, args=(url, folder, UPDATES, moment, count, life))
    process.start()
    process.join(30)
    code = process.exitcode
    process.kill()
    process.join()
    process.close()
    return code


async def _accepted_but_unmarked(begin: Begin, book: Book) -> set[str]:
    async with begin() as session:
        waiting = await session.scalars(select(OutboxRow.text).where(OutboxRow.state == "waiting"))
    return set(waiting) & set(book.read("accepted"))


async def test_a_process_killed_again_and_again_answers_everything(
    database_url: str, begin: Begin, tmp_path: Path
) -> None:
    book = Book(tmp_path)
    may_repeat: Counter[str] = Counter()
    deaths: Counter[str] = Counter()
    for life, (moment, count) in enumerate(KILLS):
        code = _live(database_url, tmp_path, moment, count, life)
        if code == 0:
            break  # everything was done before that moment came
        assert code == -signal.SIGKILL, (moment, count)
        deaths[moment] += 1
        may_repeat.update(await _accepted_but_unmarked(begin, book))
    assert all(deaths[moment] > 1 for moment in MOMENTS), deaths
    assert _live(database_url, tmp_path, "never", 1, len(KILLS)) == 0

    accepted = book.read("accepted")
    assert set(accepted) == {text for _, text in UPDATES}
    assert book.read("acknowledged") == sorted({text for _, text in UPDATES})
    repeats = Counter(accepted) - Counter(set(accepted))
    assert not repeats - may_repeat
    assert sum(repeats.values()) >= deaths["after the send"] > 0  # else this test has shown nothing
    for chat in {chat for chat, _ in UPDATES}:
        first = list(dict.fromkeys(text for text in accepted if (chat, text) in UPDATES))
        assert first == sorted(first)
    async with begin() as session:
        assert set(await session.scalars(select(DeliveryRow.state))) == {"handled"}

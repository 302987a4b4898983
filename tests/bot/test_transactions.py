"""Nothing is cancelled in the midst of a transaction."""

import asyncio
from datetime import timedelta

from bot.transactions import Transactions
from records.documents import raise_revision, revision
from records.session import Begin

LONG = timedelta(seconds=30)


async def test_idle_waits_for_the_last_transaction_to_end(begin: Begin) -> None:
    transactions = Transactions(begin)
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        async with transactions() as session:
            await raise_revision(session)
            inside.set()
            await go_on.wait()

    working = asyncio.create_task(work())
    await inside.wait()
    waiting = asyncio.create_task(transactions.idle(LONG))
    await asyncio.sleep(0)
    assert not waiting.done()
    go_on.set()
    await waiting
    assert working.cancel() or working.done()
    async with begin() as session:
        assert await revision(session) == 1


async def test_idle_waits_no_longer_than_it_is_told(begin: Begin) -> None:
    transactions = Transactions(begin)
    async with transactions():
        await transactions.idle(timedelta(0))


async def test_once_closed_no_transaction_begins(begin: Begin) -> None:
    transactions = Transactions(begin)
    transactions.close()

    async def work() -> None:
        async with transactions() as session:
            await raise_revision(session)

    working = asyncio.create_task(work())
    await transactions.idle(LONG)
    working.cancel()
    await asyncio.wait([working])
    assert working.cancelled()
    async with begin() as session:
        assert await revision(session) == 0

"""Codes that people call things by: where chance gives one twice, the second thing gets another."""

from datetime import UTC, datetime
from itertools import chain, repeat

import pytest

from core.evidence import Giver
from core.message import Address
from records import codes, submissions
from records.session import Begin
from records.submissions import Part


async def test_a_code_that_is_taken_is_not_given_again(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = chain(["AAAAA2", "AAAAA2", "AAAAA2"], repeat("AAAAA3"))
    monkeypatch.setattr(codes, "new_code", lambda: next(drawn))
    giver, now = Giver(Address("telegram", "lan"), "lan"), datetime(2023, 12, 1, tzinfo=UTC)
    async with begin() as session:
        ids = [await submissions.open_new(session, giver, Part(), now) for _ in range(2)]
        assert [(await submissions.hold(session, id)).code for id in ids] == ["AAAAA2", "AAAAA3"]

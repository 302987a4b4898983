"""Who acknowledges: one word for each school, found without reading what went to all the others."""

import re
from typing import Any

from sqlalchemy import event

from core.message import Address
from core.people import Role
from core.texts import notice_reports as reports
from records import memberships, notice_acks
from records.session import open_engine, opener
from tests.noticing.stage import GROUP_A, PRINCIPAL, Board
from tests.noticing.test_meanwhile import id_of

WORDS = "Họp giao ban 8h thứ Năm."


async def test_who_speaks_for_two_schools_answers_in_private_for_both(board: Board) -> None:
    await board.binds("nhóm B", "AL-TRUONGSON")
    huong = await id_of(board, "Phạm Thị Hương")
    async with board.begin() as session:
        await memberships.add(session, huong, "AL-TRUONGSON", Role.PRINCIPAL, board.clock())
    await board.sends_notice("tuan", WORDS, "Hoa Phượng, Trường Sơn")
    said = {await board.says(PRINCIPAL, "đã nhận") for _ in range(2)}
    assert len({one for one in said if one.startswith("Đã ghi: ")}) == 2
    assert await board.says(PRINCIPAL, "đã nhận") == reports.NOTHING_TO_ACK
    assert "• báo đã nhận: 2/2" in await board.says("tuan", "tiến độ thông báo")


async def test_what_waits_to_be_acknowledged_is_found_by_indices(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    asked: list[tuple[str, Any]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        asked.append((statement, parameters))

    async with opener(engine)() as session:
        connection = await session.connection()
        event.listen(connection.sync_connection, "before_cursor_execute", listen)
        await notice_acks.open_for(session, Address("telegram", GROUP_A), 1, ["VB-HOAPHUONG", "AL-TRUONGSON"])
        event.remove(connection.sync_connection, "before_cursor_execute", listen)
        [(statement, parameters)] = asked
        plan = str((await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all())
    await engine.dispose()
    assert {"ix_notice_recipients_chat", "ix_notice_recipients_unit"} <= {*re.findall(r"\w+", plan)}

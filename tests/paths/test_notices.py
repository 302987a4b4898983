"""A notice through the running service on Telegram: written, sent to group and private chat, acknowledged, reported."""

import pytest

from core.people import Role
from core.texts import notice_reports as reports
from core.texts import notices as texts
from tests.paths.conftest import PAUSE, Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WORDS = "Mời họp giao ban 8h thứ Năm 07/12."


async def test_from_the_officers_words_to_the_report(town: Town) -> None:
    hanh = await town.resident("Vũ Thị Hạnh B", "PGD-VB", Role.STAFF)
    huong = await town.resident("Phạm Thị Hương B", "VB-HOAPHUONG", Role.PRINCIPAL)
    mai = await town.resident("Trần Thị Mai B", "VB-ANHDUONG", Role.PRINCIPAL)
    group = await town.group_of("VB-HOAPHUONG", huong)
    await town.asks(hanh, "/thongbao")
    await town.asks(hanh, WORDS)
    preview = await town.reads(hanh, lambda: hanh.taps(texts.ALL_SCHOOLS))
    assert "Nơi nhận: 2 (1 nhóm, 1 người, nhắn riêng)" in preview["text"]
    before = len(town.answers(group)), len(town.answers(mai))
    begun = await town.reads(hanh, lambda: hanh.taps(texts.SEND))
    assert begun["text"].startswith("Bắt đầu gửi thông báo")
    await town.server.until(lambda: (len(town.answers(group)), len(town.answers(mai))) > before, within=10)
    await town.clock.sleep(PAUSE)  # bulk goes one by one
    await town.server.until(lambda: "đã xong." in town.answers(hanh)[-1]["text"], within=10)
    assert "• đã gửi: 2/2\n• báo đã nhận: 0/2" in town.answers(hanh)[-1]["text"]
    assert WORDS in town.answers(mai)[-1]["text"]
    await town.clock.sleep(PAUSE)
    acked = await town.reads(group, lambda: huong.taps(texts.ACK, within=group))
    assert acked["text"] == "Đã ghi: MN Hoa Phượng đã nhận thông báo (Phạm Thị Hương B)."
    assert "Lớp MN độc lập" in await town.asks(mai, "đã nhận")
    assert "• báo đã nhận: 2/2" in await town.asks(hanh, "tiến độ thông báo")
    assert await town.asks(hanh, "nhắc nơi chưa nhận") == reports.ALL_ACKED

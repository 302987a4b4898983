"""Evidence from end to end, on Telegram: handed in by a reply, looked at, sent back, handed in again, accepted."""

import pytest

from core.people import Role
from core.texts import evidence as texts
from handlers.files import QUIET
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_people import Person
from tests.paths.conftest import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TASK = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
OFFICE = "Phòng GDĐT huyện Vĩnh Bảo"


async def test_a_photo_goes_to_the_office_and_back_and_is_accepted(town: Town) -> None:
    huong = await town.resident("Phạm Thị Hương B", "VB-HOAPHUONG", Role.PRINCIPAL)
    hanh = await town.resident("Vũ Thị Hạnh B", "PGD-VB", Role.STAFF)
    answer = await town.reads(huong, lambda: huong.says("cân đo lần 2 hạn nào"))
    receipt = await _receipt(town, huong, answer)
    assert receipt["text"].startswith("Đã nhận ảnh.")
    assert f"Việc: {TASK} (trước 05/12/2023)\nĐã ghi là nộp. {OFFICE} sẽ xem." in receipt["text"]
    queue = await town.reads(hanh, lambda: hanh.says("duyệt"))
    [item] = [row[0]["text"] for row in queue["reply_markup"]["inline_keyboard"]]
    assert item == f"MN Hoa Phượng: {TASK}, 1 ảnh, 04/12"
    await town.reads(hanh, lambda: hanh.taps(item))
    assert town.server.asked("sendPhoto")
    await town.reads(hanh, lambda: hanh.taps(texts.SEND_BACK))
    await town.reads(hanh, lambda: hanh.says("Thiếu chữ ký y tế"))
    returned = town.answers(huong)[-1]
    assert "Lý do: Thiếu chữ ký y tế" in returned["text"]
    again = await _receipt(town, huong, returned)
    assert f"Việc: {TASK}" in again["text"]
    queue = await town.reads(hanh, lambda: hanh.says("/duyet"))
    [item] = [row[0]["text"] for row in queue["reply_markup"]["inline_keyboard"]]
    assert item.endswith("(nộp lại)")
    await town.reads(hanh, lambda: hanh.taps(item))
    await town.reads(hanh, lambda: hanh.taps(texts.ACCEPT))
    await town.server.until(lambda: f"{OFFICE} đã nhận minh chứng: {TASK}" in town.answers(huong)[-1]["text"])


async def _receipt(town: Town, who: Person, reply_to: Json) -> Json:
    """What is said once a photo, sent in reply, is kept and no other follows."""
    fetched = len(town.server.asked("getFile"))
    who.sends_photo(reply_to=reply_to)
    await town.server.until(lambda: len(town.server.asked("getFile")) > fetched)
    return await town.reads(who, lambda: town.clock.move(QUIET))

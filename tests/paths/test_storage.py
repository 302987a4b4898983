"""Evidence with a bucket behind the service: kept there before it is confirmed, shown from there by another machine."""

import shutil

import pytest
from pydantic import SecretStr

from core.people import Role
from handlers.files import QUIET
from tests.fakes.bucket import Cloud
from tests.paths.conftest import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def also_set(cloud: Cloud) -> dict[str, object]:
    values = {name.lower(): value for name, value in cloud.settings.items()}
    return values | {name: SecretStr(values[name]) for name in ("storage_key", "storage_secret")}


async def test_a_photo_is_confirmed_from_the_bucket_and_shown_from_it(town: Town, cloud: Cloud) -> None:
    huong = await town.resident("Phạm Thị Hương B", "VB-HOAPHUONG", Role.PRINCIPAL)
    hanh = await town.resident("Vũ Thị Hạnh B", "PGD-VB", Role.STAFF)
    answer = await town.reads(huong, lambda: huong.says("cân đo lần 2 hạn nào"))
    huong.sends_photo(reply_to=answer)
    await town.server.until(lambda: bool(town.server.asked("getFile")))
    receipt = await town.reads(huong, lambda: town.clock.move(QUIET))
    assert receipt["text"].startswith("Đã nhận ảnh.")
    kept = cloud.objects()
    assert kept
    for name, content in kept.items():
        assert (town.settings.files / name.removeprefix(f"{cloud.prefix}/")).read_bytes() == content
    shutil.rmtree(town.settings.files)
    queue = await town.reads(hanh, lambda: hanh.says("duyệt"))
    [item] = [row[0]["text"] for row in queue["reply_markup"]["inline_keyboard"]]
    await town.reads(hanh, lambda: hanh.taps(item))
    assert len(town.server.asked("sendPhoto")) == 1
    assert [path.read_bytes() for path in town.settings.files.glob("??/*")][0] in kept.values()

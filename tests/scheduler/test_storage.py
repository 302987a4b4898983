"""The operator hears once that the storage cannot be used, and it is over once it can."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from records.alerts import Alert, open_alerts
from records.files import FileStore
from records.session import Begin
from scheduler.storage import ALERT, Storage
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock


@pytest.fixture
def storage(begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud) -> Storage:
    return Storage(begin, FileStore(tmp_path / "files", cloud.home()), clock)


async def open_now(storage: Storage) -> Sequence[Alert]:
    async with storage.begin() as session:
        return await open_alerts(session)


async def test_an_outage_is_one_alert_and_ends_by_itself(storage: Storage, cloud: Cloud, clock: StillClock) -> None:
    await storage.tend()
    assert await open_now(storage) == []
    cloud.wire.cut()
    began = clock()
    for _ in range(3):
        await storage.tend()
        await clock.sleep(300)
    [alert] = await open_now(storage)
    assert (alert.key, alert.raised_at) == (ALERT, began)
    assert "NHACVIEC_STORAGE_ENDPOINT" in alert.text
    assert "Tệp mới gửi đang chờ, chưa báo là đã nhận" in alert.text
    cloud.wire.mend()
    await storage.tend()
    assert await open_now(storage) == []
    assert cloud.objects() == {}


async def test_a_folder_needs_no_tending(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    storage = Storage(begin, FileStore(tmp_path / "files"), clock)
    await storage.tend()
    assert await open_now(storage) == []

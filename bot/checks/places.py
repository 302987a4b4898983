"""The file of settings, the folder for data, and what the operator was already told."""

import asyncio
import os
import shutil
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.checks.finding import Finding, Premises, doubt, good, wrong
from bot.oa_grant import ALERT as GRANT
from bot.storage import home_of
from core.texts import doctor as texts
from core.texts import storage as say
from media.faces import installed
from records.alerts import open_alerts
from records.home import Home, Unreachable
from scheduler.storage import ALERT as OUT_OF_REACH

OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MB = 1024 * 1024
LITTLE, TOO_LITTLE = 1024 * _MB, 100 * _MB  # bytes free


async def env_file(at: Premises) -> Sequence[Finding]:
    """Only its owner may read it; there may be none."""
    if os.name != "posix" or not at.env_file.exists():
        return []
    mode = stat.S_IMODE(at.env_file.stat().st_mode)
    if mode & OTHERS:
        return [wrong(texts.ENV_FILE, texts.readable_by_others(at.env_file.name, f"{mode:o}"))]
    return [good(texts.ENV_FILE, texts.ONLY_OWNER)]


async def storage(at: Premises) -> Sequence[Finding]:
    """The folders can be written to, with room left; the bucket can be written to, read and deleted from."""
    folders = {at.settings.data_dir, *([at.settings.files] if at.settings.storage_url else [])}
    found = [await asyncio.to_thread(_folder, folder) for folder in sorted(folders)]
    if home := home_of(at.settings):
        found.append(await asyncio.to_thread(_home, home, at.settings.bucket))
    return found


async def faces(at: Premises) -> Sequence[Finding]:
    """Whether they can be blurred; a service that cannot do so lacks nothing."""
    return [good(texts.FACES, texts.FACES_FOUND if installed() else texts.NO_DETECTOR)]


async def alerts(at: Premises) -> Sequence[Finding]:
    """What the running service has noticed and nobody has mended yet, and news that nobody was told.

    Of the grant and the storage their own checks tell.
    """
    if at.begin is None:
        return []
    async with at.begin() as session:
        found = [alert for alert in await open_alerts(session) if alert.key not in (GRANT, OUT_OF_REACH)]
    return [(doubt if alert.is_news else wrong)(texts.ALERT, alert.text) for alert in found]


def _home(home: Home, address: str) -> Finding:
    try:
        home.try_out()
    except Unreachable as error:
        return wrong(texts.STORAGE, say.unusable(address, error.reason, error.code))
    return good(texts.STORAGE, say.usable(address))


def _folder(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return wrong(texts.STORAGE, texts.cannot_write(str(folder), error.strerror or ""))
    if free < TOO_LITTLE:
        return wrong(texts.STORAGE, texts.disk_full(str(folder), free // _MB))
    say = doubt if free < LITTLE else good
    return say(texts.STORAGE, texts.disk_free(str(folder), free // _MB, little=free < LITTLE))

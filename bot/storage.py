"""Where the files are kept, as the settings say."""

from bot.settings import Settings
from records.bucket import Bucket
from records.files import FileStore
from records.home import Home


def open_store(settings: Settings) -> FileStore:
    """No network yet."""
    return FileStore(settings.files, home_of(settings))


def home_of(settings: Settings) -> Home | None:
    """None: the folder itself is the home."""
    if not (settings.bucket and settings.storage_key and settings.storage_secret):
        return None
    return Bucket(
        settings.bucket,
        key=settings.storage_key.get_secret_value(),
        secret=settings.storage_secret.get_secret_value(),
        region=settings.storage_region or "",
        endpoint=settings.storage_endpoint or "",
    )

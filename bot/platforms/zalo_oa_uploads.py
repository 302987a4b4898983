"""Files on their way to an Official Account: uploaded once, named by ids that live seven days."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.platforms.zalo_oa_client import Declined, Json, Lost, ZaloOAClient
from bot.platforms.zalo_oa_errors import Do, meaning
from core.clock import Clock
from core.message import FileOut
from core.platform import Limits

LIVES = timedelta(days=7)
MARGIN = timedelta(hours=1)
MOST_KEPT = 500
PICTURES = {"image/jpeg": ("jpg", "jpeg"), "image/png": ("png",)}


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The id and the instant since when it counts."""

    id: str
    at: datetime


class Uploads:
    """What this process has uploaded, by path and size."""

    def __init__(self, client: ZaloOAClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._had: OrderedDict[tuple[str, int], Uploaded] = OrderedDict()

    async def attachment(self, file: FileOut, limits: Limits, *, anew: bool = False) -> Json | None:
        """The `attachment` of a message that shows the file; None: it cannot be carried, give its address.

        `anew`: the id that we have was refused. Raises as the client does.
        """
        if not carried(file, limits):
            return None
        try:
            found = await self._id(file, anew)
        except FileNotFoundError:  # nobody keeps it any more
            return None
        except Declined as no:
            if meaning(no.code).do is Do.GIVE_UP:  # too large or of another kind than it says
                return None
            raise
        return _picture(found) if file.is_picture else {"type": "file", "payload": {"token": found}}

    async def _id(self, file: FileOut, anew: bool) -> str:
        key, now = (str(file.path), file.size), self._clock()
        had = self._had.get(key)
        if had is not None and not anew and now - had.at < LIVES - MARGIN:
            return had.id
        path, field = ("image", "attachment_id") if file.is_picture else ("file", "token")
        found = str((await self._client.upload(f"/v2.0/oa/upload/{path}", file)).get(field) or "")
        if not found:
            raise Lost("no id of the upload")
        self._had[key] = Uploaded(found, now)
        while len(self._had) > MOST_KEPT:
            self._had.popitem(last=False)
        return found


def carried(file: FileOut, limits: Limits) -> bool:
    """Whether the service takes this kind and size."""
    if file.is_picture:
        return file.mime in PICTURES and file.size <= limits.picture_bytes
    ending = file.name.rpartition(".")[2].lower()
    return ending in limits.file_types and file.size <= limits.file_bytes


def _picture(attachment_id: str) -> Json:
    elements = [{"media_type": "image", "attachment_id": attachment_id}]
    return {"type": "template", "payload": {"template_type": "media", "elements": elements}}

"""What a form of the staff site brings."""

import hmac

from aiohttp import web
from aiohttp.web_request import FileField
from multidict import MultiDict, MultiDictProxy

Form = MultiDictProxy[str | FileField | bytes | bytearray]
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def said(request: web.Request) -> Form:
    """The fields of a form of ours; nothing, where it is none."""
    if request.content_type not in _FORMS:
        return MultiDictProxy(MultiDict())
    return await request.post()


def same(one: object, other: str) -> bool:
    """Whether the form brought back what it was given; takes as long for every wrong one."""
    brought = one if isinstance(one, str) else ""
    return hmac.compare_digest(brought.encode(errors="replace"), other.encode(errors="replace"))

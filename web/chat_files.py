"""Where the demo's chat page puts down files, one a request, before the message that brings them; and sees them again.

POST /chat/files?persona=12&id=9d41…&name=ảnh.jpg with the bytes as the body; GET /chat/files/9d41…
"""

import re
from errno import ENOSPC
from functools import partial

from aiohttp import ClientError, web

from core.file_names import tidy
from core.texts.files import nameless
from web.demo import DemoSite
from web.files import as_file
from web.sent_files import BIGGEST, Empty, Taken, TooLarge

PIECE = 256 * 1024  # bytes written at once
NO_ROOM = 507

_ID = re.compile(r"[0-9a-f]{32}")
_BYTES = "application/octet-stream"  # which another site's page cannot send without our leave


def add_to(app: web.Application, site: DemoSite) -> None:
    """Both addresses."""

    async def show(request: web.Request) -> web.StreamResponse:
        sent = site.sent.find(request.match_info["id"])
        if sent is None:
            raise web.HTTPNotFound
        return as_file(sent.path, sent.name, sent.mime)

    app.router.add_post("/chat/files", partial(_take, site))
    app.router.add_get(r"/chat/files/{id:[0-9a-f]{32}}", show)


async def _take(site: DemoSite, request: web.Request) -> web.Response:
    """200 once the file is whole; 413 too large, 400 empty, nobody's, or under an id that is none or taken."""
    if request.content_type != _BYTES:
        raise web.HTTPUnsupportedMediaType
    id, persona = request.query.get("id", ""), site.persona(request.query.get("persona", ""))
    if persona is None or not _ID.fullmatch(id):
        raise web.HTTPBadRequest
    name = tidy(request.query.get("name", "")) or nameless("", "")
    try:
        if (request.content_length or 0) > BIGGEST:
            raise TooLarge
        sent = await site.sent.keep(id, persona.id, name, request.content.iter_chunked(PIECE))
    except TooLarge:
        raise web.HTTPRequestEntityTooLarge(max_size=BIGGEST, actual_size=request.content_length or 0) from None
    except (Empty, Taken, ClientError, ConnectionError):
        raise web.HTTPBadRequest from None
    except OSError as error:
        return _no_room(error)
    return web.json_response({"id": sent.id, "name": sent.name, "size": sent.size})


def _no_room(error: OSError) -> web.Response:
    """Raises it where it is something else."""
    if error.errno != ENOSPC:
        raise error
    return web.Response(status=NO_ROOM)

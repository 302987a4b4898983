"""What all pages have that a link alone opens: nothing runs, no cache keeps them, whatever is wrong looks the same."""

from aiohttp import web

from core.texts import dossier as texts
from web.pages import page

# Nothing runs, nothing is sent anywhere, nobody keeps it and no engine finds it.
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
PAGE = {**PRIVATE, "Content-Security-Policy": f"{_POLICY}frame-ancestors 'none'"}


def private(response: web.Response) -> web.Response:
    """With the headers of such a page."""
    response.headers.update(PAGE)
    return response


def gone() -> web.HTTPNotFound:
    """One and the same page, that says nothing of why."""
    found = page("notice.html", title=texts.GONE_TITLE, text=texts.GONE)
    return web.HTTPNotFound(text=found.text, content_type="text/html", headers=PAGE)

"""What little is told of a visitor: which kind of browser, and an address that is only ever hashed."""

from ipaddress import ip_address

from aiohttp import web

from records.dossiers import NO_PERSON

# The first that fits. Chat services and search engines look at addresses before anybody opens them.
_KINDS = (
    (NO_PERSON, ("bot", "crawler", "spider", "preview", "facebookexternalhit", "zalopc-link", "curl", "wget")),
    ("Zalo", ("zalo",)),
    ("Telegram", ("telegram",)),
    ("Edge", ("edg/", "edga/", "edgios/")),
    ("Coc Coc", ("coc_coc",)),
    ("Firefox", ("firefox", "fxios")),
    ("Chrome", ("chrome", "crios")),
    ("Safari", ("safari",)),
)


def agent(request: web.Request) -> str:
    """The kind of browser; "other" for what is not known."""
    said = request.headers.get("User-Agent", "").lower()
    return next((kind for kind, marks in _KINDS if any(mark in said for mark in marks)), "other")


def address(request: web.Request) -> str:
    """Where the visitor is; behind a proxy of ours, which has an address of no public network, as the proxy says."""
    near = request.remote or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told if told and _is_ours(near) else near


def _is_ours(near: str) -> bool:
    try:
        return ip_address(near).is_private
    except ValueError:
        return False

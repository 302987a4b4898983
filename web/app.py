"""The routes together: webhooks, health and, in the demo, the chat page."""

from collections.abc import Mapping

from aiohttp import web

from core.platform import Platform
from web import calendar as calendar_feed
from web import chat, own_data, uploads
from web import consent as consent_page
from web import dossier as dossier_pages
from web.api import site as api_site
from web.api.site import ApiSite
from web.calendar import CalendarSite
from web.consent import Consent
from web.demo import DemoSite
from web.dossier import DossierSite
from web.files import FileSite
from web.health import Ready, alive, readiness
from web.pages import HERE
from web.site import pages as site_pages
from web.site.frame import StaffSite
from web.webhooks import Refused, Store, webhook

MAX_BODY = 1024 * 1024  # bytes; a chat message is far smaller
READ_AHEAD = 512 * 1024  # bytes; of what a sender sends, twice as many wait for us before he does
WEBHOOKS = {  # by the platform's name; addresses are an outer contract
    "telegram": "/webhook/telegram",
    "zalo_bot": "/webhook/zalo-bot",
    "zalo_oa": "/webhook/zalo-oa",
}

# Nothing from elsewhere, nothing inline, nobody may frame it.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Cache-Control": "no-cache",  # ask again each time: a new release is seen at once
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def build(
    *,
    platforms: Mapping[str, Platform],
    store: Store,
    ready: Ready,
    demo: DemoSite | None,
    forged: Refused | None = None,
    consent: Consent | None = None,
    files: FileSite | None = None,
    dossiers: DossierSite | None = None,
    calendars: CalendarSite | None = None,
    staff: StaffSite | None = None,
) -> web.Application:
    """The site, not yet started. `store` keeps deliveries durably before it returns; /chat only where `demo` is,
    /zalo-oa/consent where `consent` is, /upload and /f where `files`, /dossier and /du-lieu where
    `dossiers`, /calendar where `calendars` are, /trang-quan-ly and /api where `staff` is.
    """
    app = web.Application(client_max_size=MAX_BODY)
    app.on_response_prepare.append(_guard)
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", readiness(ready))
    for name, address in WEBHOOKS.items():
        if name in platforms:
            app.router.add_post(address, webhook(platforms[name], store, forged))
    app.router.add_static("/static", HERE / "static")
    if files is not None:
        uploads.add_to(app, files)
    _add_by_link(app, dossiers, calendars, staff)
    if consent is not None:
        consent_page.add_to(app, consent)
    if demo is not None:
        chat.add_to(app, demo, store)
    return app


def _add_by_link(
    app: web.Application, dossiers: DossierSite | None, calendars: CalendarSite | None, staff: StaffSite | None
) -> None:
    """What a link from the chat opens, or lets in to."""
    if dossiers is not None:
        dossier_pages.add_to(app, dossiers)
        own_data.add_to(app, dossiers)
    if calendars is not None:
        calendar_feed.add_to(app, calendars)
    if staff is not None:
        site_pages.add_to(app, staff)
        api_site.add_to(app, ApiSite(staff.begin, staff.index, staff.clock))


async def _guard(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)

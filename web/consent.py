"""The consent page: the Official Account's administrator comes to it twice, on the way to Zalo and back."""

from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from web.pages import HERE, page

PATH = "/zalo-oa/consent"  # an outer contract: it is saved as callback URL in Zalo's developer console


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says. `onward`: Zalo's address behind the button; empty: no button."""

    text: str
    onward: str = ""
    done: bool = False
    status: int = 200


class Consent(Protocol):
    """What stands behind the page."""

    async def begun(self, link: str) -> Said:
        """Somebody has opened a link; only those that we made lead on."""
        ...

    async def returned(self, code: str, state: str) -> Said:
        """Somebody came back from Zalo; `state` empty: Zalo did not say."""
        ...


def add_to(app: web.Application, consent: Consent) -> None:
    """The page; no HEAD, since coming back has an effect."""

    async def show(request: web.Request) -> web.Response:
        asked = request.query
        code, state = asked.get("code", ""), asked.get("state", "")
        said = await (consent.returned(code, state) if code else consent.begun(asked.get("link", "")))
        return page("consent.html", said.status, said=said)

    app.router.add_get(PATH, show, allow_head=False)
    app.router.add_static("/static", HERE / "static")

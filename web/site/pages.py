"""The pages of the staff site, as the menu has them; add_to puts them, and the way in, where they answer."""

from aiohttp import web

from web.site import (
    board,
    draft_pictures,
    exports,
    live,
    paper_sending,
    proof_files,
    sign_in,
    tokens,
)
from web.site.frame import StaffSite, add_pages

PAGES = (
    board.PAGE,
    tokens.PAGE,
    sign_in.PAGE,
    *exports.PAGES,
)


def add_to(app: web.Application, site: StaffSite) -> None:
    """The whole site."""
    sign_in.add_to(app, site)
    add_pages(app, site, PAGES)
    paper_sending.add_to(app, site)
    draft_pictures.add_to(app, site)
    live.add_to(app, site)
    proof_files.add_to(app, site)

"""The pages of the staff site, as the menu has them; add_to puts them, and the way in, where they answer."""

from aiohttp import web

from web.site import (
    board,
    calendar,
    channels,
    draft,
    draft_pictures,
    draft_publishing,
    exports,
    health,
    journal,
    live,
    notice_progress,
    notice_writing,
    notices,
    paper,
    paper_sending,
    papers,
    proof,
    proof_files,
    proofs,
    search,
    sign_in,
    tokens,
    unit_import,
    unit_invites,
    units,
)
from web.site.frame import StaffSite, add_pages

PAGES = (
    board.PAGE,
    search.PAGE,
    proofs.PAGE,
    proof.PAGE,
    papers.PAGE,
    paper.PAGE,
    paper.COMPARED,
    draft.PAGE,
    draft_publishing.PAGE,
    calendar.PAGE,
    notices.PAGE,
    notice_writing.PAGE,
    notice_writing.COUNT,
    notice_progress.PAGE,
    notice_progress.REPORT,
    units.PAGE,
    unit_import.PAGE,
    unit_invites.PAGE,
    unit_invites.POSTER_PAGE,
    channels.PAGE,
    journal.PAGE,
    health.PAGE,
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

"""Joining codes: made, listed while they can be used, taken back; and the poster with one."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from core.errors import Refused
from core.people import Role, Unit
from core.texts import joining
from core.texts import site_invites as texts
from core.texts import site_units as units_texts
from evidence import staffing
from records import invitations
from records.invitations import Invitation
from web.poster import draw, of_code
from web.site.frame import Done, SitePage, Visit, nothing_here, private
from web.site.paging import sheet, whole
from web.site.units import INVITES, UNITS, role_said, roles_for, unit_here

MANAGERS = frozenset(staffing.MANAGERS)
MOST_USES, MOST_DAYS = 1000, 366  # as on the command line
POSTER = f"{UNITS}/to-dan"


async def _show(visit: Visit) -> web.Response:
    unit = unit_here(visit)
    if unit is None:
        return nothing_here()
    roles = roles_for(visit, unit)
    values: dict[str, Any] = {
        "unit": unit,
        "roles": roles,
        "uses": staffing.USES if roles and roles[0] is Role.TEACHER else 1,
        "days": staffing.VALID_FOR.days,
        "open": sheet(visit, await _open(visit, unit)),
        "made": await _made(visit, visit.asked("giay")),
        "units": UNITS,
        "poster": POSTER,
    }
    return visit.page("unit_invites.html", its=texts, paged=units_texts, **values)


async def _open(visit: Visit, unit: Unit) -> list[invitations.Open]:
    """Those that she may take back; where the address names a unit, of that one."""
    tree, me = visit.desk.index.tree, visit.person
    units = None if me.role is Role.ADMIN else staffing.units_of(tree, me)
    found = await invitations.open_ones(visit.session, visit.now, units, me.id)
    here = [one for one in found if not visit.asked("ma") or one.what.unit == unit.code]
    return [one for one in here if staffing.may_revoke(tree, me, one.what)]


async def _made(visit: Visit, paper: str) -> dict[str, Any] | None:
    """The code that the address holds sealed, while it can be used."""
    code = await invitations.unsealed(visit.session, paper)
    found = await invitations.find(visit.session, code, visit.now) if code else None
    if code is None or found is None or not staffing.may_revoke(visit.desk.index.tree, visit.person, found):
        return None
    links = [link.format(code=code) for link in visit.site.house.links()]
    return {"code": code, "what": found, "links": links, "paper": paper}


async def _make(visit: Visit) -> Done:
    unit, role = unit_here(visit), role_said(visit)
    if unit is None:
        raise Refused(joining.NOT_YOURS)
    if role is None:
        raise Refused(texts.NO_ROLE)
    uses, days = whole(visit.said("luot")), whole(visit.said("ngay"))
    if uses is None or not 1 <= uses <= MOST_USES:
        raise Refused(texts.BAD_USES)
    if days is None or not 1 <= days <= MOST_DAYS:
        raise Refused(texts.BAD_DAYS)
    me = visit.person
    wanted = Invitation(unit.code, role, confirm=bool(visit.said("dongy")), made_by=me.id)
    until = visit.now + timedelta(days=days)
    code = await staffing.invite(visit.session, visit.desk.index.tree, me, wanted, uses, until)
    paper = await invitations.sealed(visit.session, code)
    to = str(visit.request.rel_url.with_path(INVITES).with_query(ma=unit.code, giay=paper))
    return Done(texts.DONE, f"{unit.code} {role.value}", to)


async def _revoke(visit: Visit) -> Done:
    found = {one.id: one for one in await _open(visit, _any_unit(visit))}
    one = found.get(visit.said("ma_so"))
    if one is None or not await invitations.revoke_by_id(visit.session, one.id, visit.now):
        raise Refused(texts.NOT_OPEN)
    return Done(texts.REVOKED, f"{one.what.unit} {one.what.role.value}")


def _any_unit(visit: Visit) -> Unit:
    unit = unit_here(visit)
    if unit is None:
        raise Refused(texts.NOT_OPEN)
    return unit


async def _show_poster(visit: Visit) -> web.Response:
    """To print; never of a code for one person alone."""
    made = await _made(visit, visit.part("giay"))
    if made is None or made["what"].person is not None:
        return nothing_here()
    until = await invitations.until(visit.session, made["code"], visit.now)
    assert until is not None
    link = next(iter(made["links"]), "")
    drawn = draw(of_code(visit.desk.unit_name(made["what"].unit), made["code"], link, until), alone=False)
    return private(web.Response(text=drawn, content_type="text/html"))


PAGE = SitePage("/don-vi/moi", _show, roles=MANAGERS, acts={"taoloimoi": _make, "thuhoiloimoi": _revoke})
POSTER_PAGE = SitePage("/don-vi/to-dan/{giay}", _show_poster, roles=MANAGERS)

"""The units of somebody's line and their people and groups; `?ma=CODE`, else her own unit."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from core.errors import Refused
from core.message import Address
from core.names import clean_name, clean_phone
from core.people import Member, Role, State, Unit, manages
from core.texts import joining, members
from core.texts import site_units as texts
from evidence import staffing, unit_tree
from evidence.unit_tree import Row
from handlers.confirming import settle
from records import groups, invitations, memberships
from web.site.frame import HOME, Done, SitePage, Visit, nothing_here
from web.site.paging import Sheet, sheet, whole

UNITS = f"{HOME}/don-vi"
INVITES = f"{UNITS}/moi"


def unit_here(visit: Visit) -> Unit | None:
    """The unit that the address names, else her own; None: there is none, or it is not of her line."""
    code = visit.asked("ma") or visit.person.unit
    tree = visit.desk.index.tree
    return tree.units[code] if unit_tree.may_see(tree, visit.person, code) else None


def roles_for(visit: Visit, unit: Unit) -> list[Role]:
    """Those in which she may bring people in to this unit."""
    me, tree = visit.person, visit.desk.index.tree
    return [role for role in Role if manages(tree, me.role, me.unit, unit.code, role)]


async def _show(visit: Visit) -> web.Response:
    unit = unit_here(visit)
    if unit is None:
        return nothing_here()
    me, desk = visit.person, visit.desk
    looks = me.role in staffing.MANAGERS
    people = await unit_tree.people_of(visit.session, desk.index.tree, me, unit.code) if looks else []
    values: dict[str, Any] = {
        "unit": unit,
        "path": unit_tree.path_to(desk, me, unit.code),
        "roles": roles_for(visit, unit) if looks else [],
        "people": sheet(visit, people),
        "waiting": await unit_tree.waiting_at(visit.session, desk.index.tree, me, unit.code) if looks else [],
        "groups": await groups.standing(visit.session, [unit.code]),
        "frees": staffing.speaks(desk.index.tree, await memberships.of_person(visit.session, me.id), unit.code),
        "officer": me.role in (Role.STAFF, Role.ADMIN),
        "units": UNITS,
    }
    return visit.page("units.html", its=texts, **values, **await _line(visit, unit, people))


async def _line(visit: Visit, unit: Unit, people: Sequence[Member]) -> dict[str, Any]:
    """Of officers: the units below, or those that are searched for, and people by name."""
    if visit.person.role not in (Role.STAFF, Role.ADMIN):
        return {"rows": None, "called": None}
    words, only = visit.asked("tim"), visit.asked("loc")
    found = await unit_tree.rows(visit.desk, visit.person, _meant(visit, unit, words, only))
    rows = unit_tree.in_order(unit_tree.chosen(found, only), visit.asked("xep"))
    shown: Sheet[Row] = sheet(visit, rows)
    called = await _called(visit, words) if words else None
    return {"rows": shown, "called": called}


def _meant(visit: Visit, unit: Unit, words: str, only: str) -> Sequence[Unit]:
    """Right below this unit; where something is looked for, everywhere below."""
    desk, me = visit.desk, visit.person
    if not words and not only:
        at_top = me.role is Role.ADMIN and not visit.asked("ma")
        return unit_tree.tops(desk) if at_top else unit_tree.right_below(desk, unit.code)
    tree = desk.index.tree
    line = [one for one in unit_tree.line(tree, me) if not visit.asked("ma") or tree.is_below(one.code, unit.code)]
    return unit_tree.named(line, words) if words else line


async def _called(visit: Visit, words: str) -> Sequence[Member]:
    return await unit_tree.people_called(visit.session, visit.desk.index.tree, visit.person, words)


async def _let_in(visit: Visit) -> Done:
    return await _decided(visit, State.ACTIVE)


async def _refuse(visit: Visit) -> Done:
    return await _decided(visit, State.REFUSED)


async def _decided(visit: Visit, state: State) -> Done:
    """As in chat: whoever is first decides, and who waited is told."""
    one = await _member(visit)
    tree = visit.desk.index.tree
    if one is None or not await staffing.decides(visit.session, tree, visit.person.id, one.membership):
        raise Refused(joining.NOT_YOURS)
    if not await settle(visit.session, tree, one, state, visit.person.id, visit.now):
        raise Refused(joining.ALREADY_DECIDED)
    said = joining.confirmed if state is State.ACTIVE else joining.refused
    return Done(said(one.name, visit.desk.unit_name(one.membership.unit)), _about(one))


async def _send_away(visit: Visit) -> Done:
    one = await _member(visit)
    if one is None or not staffing.looks_after(visit.desk.index.tree, visit.person, one.membership):
        raise Refused(joining.NOT_YOURS)
    if one.membership.state is not State.ACTIVE:
        raise Refused(joining.ALREADY_DECIDED)
    unit = visit.desk.unit_name(one.membership.unit)
    await staffing.send_away(visit.session, one, unit, visit.person, visit.now)
    return Done(members.removed(one.name, unit), _about(one))


async def _add(visit: Visit) -> Done:
    """A line of the staff list; the next page shows the code for it."""
    unit, role = unit_here(visit), role_said(visit)
    if unit is None:
        raise Refused(joining.NOT_YOURS)
    if role is None:
        raise Refused(texts.NO_ROLE)
    name = clean_name(visit.said("hoten"))
    if not name:
        raise Refused(texts.NO_NAME)
    tree, me = visit.desk.index.tree, visit.person
    phone = clean_phone(visit.said("so"))
    person, own = await staffing.add(visit.session, tree, me, unit, role, name, phone)
    until = visit.now + staffing.VALID_FOR
    code = await staffing.invite(visit.session, tree, me, own, 1, until)
    paper = await invitations.sealed(visit.session, code)
    to = str(visit.request.rel_url.with_path(INVITES).with_query(ma=unit.code, giay=paper))
    return Done(members.added(person.name, unit.name), f"{unit.code} {role.value}", to)


async def _unbind(visit: Visit) -> Done:
    """As "gỡ nhóm" in the group itself."""
    address = Address(visit.said("kenh"), visit.said("nhom"))
    bound = await groups.unit_of(visit.session, address)
    mine = await memberships.of_person(visit.session, visit.person.id)
    if bound is None or not staffing.speaks(visit.desk.index.tree, mine, bound):
        raise Refused(joining.NOT_YOURS)
    await groups.deactivate(visit.session, address)
    return Done(texts.unbound(visit.desk.unit_name(bound)), f"{bound} {address.platform}")


def role_said(visit: Visit) -> Role | None:
    """The role that the form names."""
    return next((role for role in Role if role.value == visit.said("vaitro")), None)


async def _member(visit: Visit) -> Member | None:
    id = whole(visit.said("so_nguoi"))
    return await memberships.member(visit.session, id) if id is not None else None


def _about(one: Member) -> str:
    """Without the name, which is the person's to have forgotten."""
    return f"{one.membership.unit} {one.membership.role.value} #{one.membership.person}"


PAGE = SitePage(
    "/don-vi",
    _show,
    texts.TITLE,
    acts={
        "nhannguoi": _let_in,
        "tuchoinguoi": _refuse,
        "choroi": _send_away,
        "themnguoi": _add,
        "gonhom": _unbind,
    },
)

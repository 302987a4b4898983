"""Lists of units and people: sent, shown with all that they would change, then imported whole or not at all."""

from typing import Any, get_args

from aiohttp import web

from core.csv_lines import decode
from core.errors import BadInput, Refused
from core.texts import site_import as texts
from core.texts import site_units as units_texts
from evidence import registers
from evidence.registers import Kind, Preview
from records import site_imports
from records.site_imports import Pending
from web.site.frame import OFFICERS, Done, SitePage, Visit
from web.site.paging import sheet
from web.site.units import UNITS

_ROWS = 100  # of a preview on one page


async def _show(visit: Visit) -> web.Response:
    sent = await site_imports.of_person(visit.session, visit.person.id)
    seen = await _preview(visit, sent) if sent else None
    values: dict[str, Any] = {
        "sent": sent if seen else None,
        "seen": seen,
        "rows": sheet(visit, seen.changes if seen else (), _ROWS),
        "units": UNITS,
    }
    return visit.page("unit_import.html", its=texts, paged=units_texts, **values)


async def _look(visit: Visit) -> Done:
    """The file is kept until she says yes or no."""
    kind, file = _kind(visit.said("loai")), visit.file("tep")
    if kind is None:
        raise Refused(texts.NO_KIND)
    if file is None or not file[1]:
        raise Refused(texts.NO_FILE)
    try:
        text = decode(file[1]).replace("\0", "")
        await registers.preview(visit.session, visit.person, kind, text)
    except BadInput as bad:
        raise Refused(texts.bad_file(bad.text)) from None
    await site_imports.keep(visit.session, visit.person.id, Pending(kind, file[0][:100], text), visit.now)
    return Done("", kind, visit.request.path)


async def _apply(visit: Visit) -> Done:
    sent = await site_imports.take(visit.session, visit.person.id)
    kind = _kind(sent.kind) if sent else None
    if sent is None or kind is None:
        raise Refused(texts.GONE)
    done = await registers.apply(visit.session, visit.person, kind, sent.text, visit.said("xemtruoc"))
    about = f"{kind} +{done.added} ~{done.changed}"
    return Done(texts.imported(kind, done.added, done.changed), about, visit.request.path)


async def _drop(visit: Visit) -> Done:
    await site_imports.take(visit.session, visit.person.id)
    return Done(texts.DROPPED, to=visit.request.path)


def _kind(words: str) -> Kind | None:
    return next((kind for kind in get_args(Kind) if kind == words), None)


async def _preview(visit: Visit, sent: Pending) -> Preview | None:
    """None: it is no such list any more."""
    kind = _kind(sent.kind)
    try:
        return await registers.preview(visit.session, visit.person, kind, sent.text) if kind else None
    except BadInput:
        return None


PAGE = SitePage("/don-vi/nhap", _show, roles=OFFICERS, acts={"xemtep": _look, "nhapdanhsach": _apply, "botep": _drop})

"""Search everywhere, `?hoi=…`: the answer that the chat gives, and below it all that is called so."""

from typing import Any

from aiohttp import web

from core.texts import answers
from core.texts import site_search as texts
from evidence import search
from web.site.frame import HOME, SitePage, Visit
from web.site.links import link


async def _show(visit: Visit) -> web.Response:
    asked = visit.asked("hoi")[: search.LONGEST]
    if not asked:
        return visit.page("search.html", its=texts, asked="")
    desk, me = visit.desk, visit.person
    answer = search.answer(desk, me, asked)
    found = await search.search(desk, me, asked)
    first = found.nothing or (answer.found and not found.names_somebody)
    values: dict[str, Any] = {
        "asked": asked,
        "answered_it": answer.found,
        "first": first,
        "last": not first and answer.kind != "off_topic",  # what is found says more than that
        "lines": search.told(answer),
        "quoted": search.quoted(answer),
        "readings": [one for one in answer.choices if one.value != answers.MORE],
        "found": found,
        "most": search.MOST,
        "desk": desk,
        "here": f"{HOME}/tim",
        "link": lambda path: link(visit, path),
    }
    return visit.page("search.html", its=texts, **values)


PAGE = SitePage("/tim", _show)

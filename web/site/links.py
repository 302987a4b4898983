"""Links from one page of the staff site to another, only where that one is."""

from web.site.frame import HOME, MENU, Visit


def link(visit: Visit, path: str) -> str:
    """The address of what stands at this path below HOME, with its question; empty: she has no such page."""
    asked = path.partition("?")[0]
    mine = (its.path for its in visit.request.app[MENU] if visit.person.role in its.roles)
    return f"{HOME}{path}" if any(_leads(to, asked) for to in mine) else ""


def _leads(path: str, asked: str) -> bool:
    """Whether a page answers there: one with a part in its path ends with that part."""
    fixed, part, _ = path.partition("{")
    if not part:
        return asked == path
    return path.endswith("}") and asked.startswith(fixed) and asked.count("/") == path.count("/")

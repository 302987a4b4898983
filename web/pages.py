"""Pages from templates; what goes into them is escaped."""

from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent

_TEMPLATES = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)


def page(template: str, status: int = 200, **values: Any) -> web.Response:
    """A page that no cache keeps."""
    html = part(template, **values)
    return web.Response(text=html, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})


def part(template: str, **values: Any) -> str:
    """The HTML of a template."""
    return _TEMPLATES.get_template(template).render(**values)

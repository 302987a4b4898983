"""The poster for the staff room, as a page to print."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.texts import poster as texts

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True, slots=True)
class Poster:
    """`qr` is an SVG of our own making; `telegram`: it opens the bot there."""

    unit: str
    code: str
    qr: str
    telegram: bool
    until: datetime


def draw(poster: Poster) -> str:
    """HTML, A4 when printed."""
    steps = {texts.ZALO: texts.zalo_steps(poster.code)}
    if poster.telegram:
        steps[texts.TELEGRAM] = texts.telegram_steps(poster.code)
    left, right = poster.code.split("-")
    return _TEMPLATES.get_template("poster.html").render(
        texts=texts,
        unit=poster.unit,
        halves=(left, right),
        qr=Markup(poster.qr),
        scan=texts.SCAN_FOR_TELEGRAM if poster.telegram else texts.SCAN_FOR_WORDS,
        steps=steps,
        until=texts.valid_until(poster.until),
    )

"""The poster for the staff room, as a page to print."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.texts import poster as texts

_HERE = Path(__file__).parent
_TEMPLATES = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True, slots=True)
class Poster:
    """`qr` is an SVG of our own making; `telegram`: it opens the bot there."""

    unit: str
    code: str
    qr: str
    telegram: bool
    until: datetime


def of_code(unit: str, code: str, link: str, until: datetime) -> Poster:
    """With a QR of the link that opens the bot, or where there is none of the words to send."""
    qr = segno.make(link or texts.words(code), micro=False, error="m").svg_inline(border=2, omitsize=True)
    return Poster(unit, code, qr, telegram=bool(link), until=until)


def draw(poster: Poster, *, alone: bool = True) -> str:
    """HTML, A4 when printed; `alone`: a file that needs no other, else a page of ours."""
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
        style=Markup((_HERE / "static/poster.css").read_text(encoding="utf-8")) if alone else "",
    )

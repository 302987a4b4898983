"""What a Word paragraph takes from its styles: font, list, centring, capitals, what is hidden."""

from dataclasses import dataclass

from knowledge.readers.safe_xml import Element, attr, child, flag, local, number

_DEEP = 12  # styles based on styles


@dataclass(frozen=True, slots=True)
class Style:
    """What one style sets; None and "": it leaves that to the style it is based on."""

    name: str = ""
    based_on: str = ""
    font: str = ""
    list_id: int | None = None  # numId; 0: no list
    level: int | None = None
    centered: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._known: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}
        self.default = ""
        base = child(root, "docDefaults", "rPrDefault", "rPr")
        self._base = Style(font=font_of(base)) if base is not None else Style()
        for element in () if root is None else root:
            if local(element) == "style":
                self._known[attr(element, "styleId")] = _style(element)
                if attr(element, "type") == "paragraph" and attr(element, "default") in ("1", "true"):
                    self.default = attr(element, "styleId")

    def of(self, style_id: str) -> Style:
        """The style with all that it inherits."""
        if style_id not in self._whole:
            self._whole[style_id] = self._inherited(style_id)
        return self._whole[style_id]

    def _inherited(self, style_id: str) -> Style:
        chain: list[Style] = []
        while (style := self._known.get(style_id)) and len(chain) < _DEEP:
            chain.append(style)
            style_id = style.based_on
        chain.append(self._base)
        return Style(
            name=chain[0].name,
            font=next((one.font for one in chain if one.font), ""),
            list_id=next((one.list_id for one in chain if one.list_id is not None), None),
            level=next((one.level for one in chain if one.level is not None), None),
            centered=next((one.centered for one in chain if one.centered is not None), None),
            caps=next((one.caps for one in chain if one.caps is not None), None),
            hidden=next((one.hidden for one in chain if one.hidden is not None), None),
        )


def font_of(properties: Element | None) -> str:
    """The font of the letters; "": not set here."""
    fonts = child(properties, "rFonts")
    return "" if fonts is None else attr(fonts, "ascii") or attr(fonts, "hAnsi")


def centered(properties: Element | None) -> bool | None:
    """Of a paragraph's properties; None: not set here."""
    found = child(properties, "jc")
    return None if found is None else attr(found, "val") == "center"


def list_of(properties: Element | None) -> tuple[int | None, int | None]:
    """List and level of a paragraph's properties; None: not set here."""
    found = child(properties, "numPr")
    list_id, level = child(found, "numId"), child(found, "ilvl")
    return (
        None if list_id is None else number(list_id, "val"),
        None if level is None else min(number(level, "val"), 8),
    )


def _style(element: Element) -> Style:
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    list_id, level = list_of(paragraph)
    name, based_on = child(element, "name"), child(element, "basedOn")
    return Style(
        "" if name is None else attr(name, "val").lower(),
        "" if based_on is None else attr(based_on, "val"),
        font_of(run),
        list_id,
        level,
        centered(paragraph),
        flag(run, "caps"),
        flag(run, "vanish"),
    )

"""Formatted text as the Bot API reads it: HTML and MarkdownV2, into plain text with marked stretches."""

import html
import re
from dataclasses import dataclass, field

from core.message import units
from tests.fakes.telegram_params import Json, Params, bad, structure

_TAGS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline"}
_TAGS |= {"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre"}
_TAGS |= {"tg-spoiler": "spoiler", "blockquote": "blockquote", "a": "text_link"}
_HTML = re.compile(
    r"<(?P<end>/?)(?P<tag>[A-Za-z][\w-]*)(?P<more>[^<>]*)>|&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);|.", re.S
)
_SIGNS = {"*": "bold", "__": "underline", "_": "italic", "~": "strikethrough", "||": "spoiler", "`": "code"}
_SIGNS |= {"```": "pre", "[": "text_link"}
_MARKDOWN = re.compile(r"\\(?P<plain>[\x01-\x7e])|(?P<sign>```|__|\|\||[*_~`\[])|\]\((?P<url>[^)\s]*)\)|.", re.S)
_RESERVED = "_*[]()~`>#+-=|{}.!"
_VERBATIM = ("code", "pre")


@dataclass(slots=True)
class _Parsed:
    """What was read so far, and what is still open: name, offset, what else its entity says."""

    text: str = ""
    open: list[tuple[str, int, Json]] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def begin(self, name: str, **more: object) -> None:
        self.open.append((name, units(self.text), dict(more)))

    def end(self, kind: str, **more: object) -> None:
        _, start, also = self.open.pop()
        if length := units(self.text) - start:
            self.entities.append({"type": kind, "offset": start, "length": length} | also | more)

    def trimmed(self) -> tuple[str, list[Json]]:
        """Blank ends cut off, as the service does."""
        text = self.text.strip()
        before = units(self.text[: len(self.text) - len(self.text.lstrip())])
        last, kept = units(text), []
        for entity in self.entities:
            start = max(entity["offset"] - before, 0)
            end = min(entity["offset"] + entity["length"] - before, last)
            if end > start:
                kept.append(entity | {"offset": start, "length": end - start})
        return text, sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def formatted(params: Params, name: str = "text") -> tuple[str, list[Json]]:
    """The text of a call and its entities, by `parse_mode` or as they are given."""
    raw = str(params.get(name) or "").replace("\0", "")
    mode = str(params.get("parse_mode") or "").lower()
    if mode not in ("", "html", "markdownv2"):
        raise bad("unsupported parse_mode")
    given = structure(params, "entities" if name == "text" else "caption_entities", [])
    if mode:
        return (_html if mode == "html" else _markdown)(raw).trimmed()
    return _Parsed(raw, entities=list(given)).trimmed()


def _html(raw: str) -> _Parsed:
    found = _Parsed()
    for piece in _HTML.finditer(raw):
        tag = (piece["tag"] or "").lower()
        if piece.group() == "<" or (tag and _kind(tag, piece["more"]) is None):
            raise _cannot(f'Unsupported start tag "{tag}"', raw, piece.start())
        if not tag:
            found.text += html.unescape(piece.group())
        elif not piece["end"]:
            address = re.search(r"href=[\"']([^\"']*)[\"']", piece["more"])
            found.begin(tag, **({"url": address[1]} if address else {}))
        elif not found.open:
            raise _cannot("Unexpected end tag", raw, piece.start())
        elif found.open[-1][0] != tag:
            expected = f'expected "</{found.open[-1][0]}>", found "</{tag}>"'
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {_byte(raw, piece.start())}, {expected}")
        else:
            found.end(_TAGS.get(tag, "spoiler"))
    if found.open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{found.open[-1][0]}\"")
    return found


def _kind(tag: str, more: str) -> str | None:
    if tag == "span":
        return "spoiler" if not more or "tg-spoiler" in more else None
    return _TAGS.get(tag)


def _markdown(raw: str) -> _Parsed:
    found = _Parsed()
    for piece in _MARKDOWN.finditer(raw):
        sign, inside = piece["sign"], found.open[-1][0] if found.open else ""
        if piece["plain"] is not None:
            found.text += piece["plain"]
        elif piece["url"] is not None and inside == "[":
            found.end("text_link", url=piece["url"])
        elif sign and sign == inside:
            found.end(_SIGNS[sign])
        elif sign and _SIGNS.get(inside) not in _VERBATIM:
            found.begin(sign)
        elif piece.group()[0] in _RESERVED and _SIGNS.get(inside) not in _VERBATIM:
            why = f"Character '{piece.group()[0]}' is reserved and must be escaped with the preceding '\\'"
            raise bad(f"can't parse entities: {why}")
        else:
            found.text += piece.group()
    if found.open:
        kind = _SIGNS[found.open[-1][0]].title()
        raise bad(f"can't parse entities: Can't find end of {kind} entity at byte offset {_byte(raw, len(raw))}")
    return found


def _cannot(why: str, raw: str, at: int) -> Exception:
    return bad(f"can't parse entities: {why} at byte offset {_byte(raw, at)}")


def _byte(raw: str, at: int) -> int:
    return len(raw[:at].encode())

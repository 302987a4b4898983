"""Our plain texts in the markdown of the Zalo Bot Platform."""

import re

SOURCE = "📄"
# What markdown would eat and no backslash can save: code, strikes, colours, headings, quotes, rules; and addresses,
# for nobody says whether a backslash in one becomes part of the link
_UNSAVED = re.compile(r"`|~~|\{/?[a-z]+\}|\\|^[ \t]*(?:#|>|-{3,}[ \t]*$)|://\S*[*_]", re.MULTILINE)
_SAVED = re.compile(r"([*_])")


def markdown(text: str) -> str | None:
    """The head in bold and the sources as quotes; None: nothing to show that way, or it would change the words."""
    if _UNSAVED.search(text):
        return None
    lines = [_SAVED.sub(r"\\\1", line) for line in text.split("\n")]
    shown = [f"> {line}" if line.startswith(SOURCE) else line for line in lines]
    if len(lines) > 1 and lines[0].endswith(":"):
        shown[0] = f"**{lines[0]}**"
    return "\n".join(shown) if shown != lines else None

"""Words of documents made to fit a message."""


def cut(text: str, most: int) -> str:
    """At most so many characters, at a word's end."""
    shown = " ".join(text.split())
    return shown if len(shown) <= most else f"{shown[: most - 1].rsplit(' ', 1)[0]}…"

"""One screen of a phone at a time."""

from collections.abc import Sequence

from core.answer import Answer, Citation, Item
from core.texts import answers as say
from knowledge.cite import sources

SCREEN = 1100  # characters of the answer proper; about one screen and a half of a small phone


def paged(
    lines: list[str],
    later: list[str],
    citations: list[Citation],
    items: list[Item],
    kind: str,
    found: bool = True,
    later_citations: Sequence[Citation] = (),
) -> Answer:
    """An answer of these lines; `later` lines, and what does not fit, come on "xem thêm"."""
    first, rest = _fitting(lines)
    parts = _parts([*rest, *later])
    if parts and later_citations:
        parts[-1] += "\n" + sources(later_citations)
    text = "\n".join(filter(None, [*first, say.MORE_HINT if parts else "", sources(citations)]))
    choices = say.more_choice() if parts else ()
    return Answer(
        text, kind, found, tuple(citations), tuple(items), choices, more=tuple(parts), later=tuple(later_citations)
    )


def _fitting(lines: list[str]) -> tuple[list[str], list[str]]:
    used = 0
    for i, line in enumerate(lines):
        used += len(line) + 1
        if used > SCREEN and i:
            return lines[:i], lines[i:]
    return lines, []


def _parts(lines: list[str]) -> list[str]:
    parts: list[str] = []
    while lines:
        first, lines = _fitting(lines)
        parts.append("\n".join(first))
    return parts

"""Sentences that a page or line end had torn, made whole."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.blocks import Block, Paragraph, mask
from knowledge.fold import fold
from knowledge.numbering import marker

CLOSING = re.compile(
    r"noi nhan\b|(?:kt|tl|tm|tuq)\.?\s?(?:\S+\s){0,4}\S+$|"
    r"(?:pho\s+)?(?:truong phong|giam doc|hieu truong|chu tich|chanh van phong)(?:\s+\S+){0,3}$|"
    r"nguoi (?:lap|viet)|thu truong"
)  # over folded text: where the signatures begin
_DONE = re.compile(r"[.;:!?…]\s*[)”\"*]*\s*$|/\.?\s*$")
_WIDE = 60  # characters; a shorter line was not broken by the page's edge


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with sentences that a page or line end had torn made whole."""
    done: list[Block] = []
    last_line = 0
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _goes_on(before, block, last_line):
            between = "\n" * (block.line - last_line)  # the text stays a run of the file
            done[-1] = replace(before, text=f"{before.text}{between}{block.text}")
        else:
            done.append(block)
        last_line = block.line
    return done


def _goes_on(before: Paragraph, block: Paragraph, last_line: int) -> bool:
    if _DONE.search(mask(before.text).rstrip()) or marker(mask(block.text)) or before.text.isupper():
        return False
    if block.text[0].islower():
        return True
    broken = block.line == last_line + 1 and len(before.text) >= _WIDE and not block.text.isupper()
    return broken and not CLOSING.match(fold(block.text))

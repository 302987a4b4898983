"""What a document is recognised by, under whatever name it comes."""

import hashlib
import unicodedata

from knowledge.blocks import Source


def digest(source: Source) -> str:
    """The SHA-256 of its words, NFC, whatever the file is called and however its lines end."""
    text = "\n".join(block.text.strip() for block in source.blocks)
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()


def copy_digest(digest: str, unit: str) -> str:
    """That of a paper from above which this office keeps for its own units alone."""
    return hashlib.sha256(f"{digest} {unit}".encode()).hexdigest()

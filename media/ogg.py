"""What an Ogg recording tells beside the sound: the comments in its second packet (RFC 3533, RFC 7845, Vorbis I).

The comments become none, and the pages that held them get a new sum. A packet without comments stays: the name of the
encoder in it tells no device.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from media.blanks import Blank, Eraser
from media.trouble import Bad

_PAGE_HEAD = 27  # bytes
_MOST_PAGES = 256  # that comments reach over; with pictures they may be long
_COMMENTS = {b"OpusHead": (b"OpusTags", b""), b"\x01vorbis": (b"\x03vorbis", b"\1")}  # and what ends them
_POLYNOMIAL = 0x04C11DB7


@dataclass(frozen=True, slots=True)
class _Page:
    """`pieces`: from and to of the parts of packets in it; `open`: the last of them goes on in the next page."""

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    open: bool


def read_ogg(sound: Eraser) -> None:
    """Blank the comments of one stream of Opus or Vorbis. Raises Bad, "unclean" for any other."""
    pages = _pages(sound)
    first = next(pages)
    head = sound.read(first.pieces[0][0], 8)
    magic, tail = next((after for start, after in _COMMENTS.items() if head.startswith(start)), (b"", b""))
    if not magic or first.open or len(first.pieces) != 1:
        raise Bad("unclean")
    held = _second_packet(pages)
    start, end = held[0].pieces[0]
    said = sound.read(start, min(end - start, 1 << 16))
    empty = magic + bytes(8) + tail
    if not said.startswith(magic):
        raise Bad("unclean")
    if len(said) < len(empty):
        raise Bad("broken")
    vendor = int.from_bytes(said[len(magic) : len(magic) + 4], "little")
    if said[len(magic) + 4 + vendor :][:4] != bytes(4):
        _blank(sound, held, empty)


def _second_packet(pages: Iterator[_Page]) -> list[_Page]:
    """The pages it lies in, in each as the first piece. Raises Bad where it has no end."""
    held = []
    for page in pages:
        held.append(page)
        if len(page.pieces) > 1 or not page.open:
            return held
        if len(held) > _MOST_PAGES:
            break
    raise Bad("broken")


def _pages(sound: Eraser) -> Iterator[_Page]:
    start = 0
    while True:
        sound.step()
        head = sound.read(start, _PAGE_HEAD + 255)
        table = head[_PAGE_HEAD : _PAGE_HEAD + head[26]] if head[:4] == b"OggS" and len(head) > _PAGE_HEAD else b""
        at = start + _PAGE_HEAD + len(table)
        end = at + sum(table)
        if not table or end > sound.size:
            raise Bad("broken")
        pieces, begun = [], at
        for size in table:
            at += size
            if size < 255:
                pieces.append((begun, at))
                begun = at
        goes_on = table[-1] == 255
        yield _Page(start, end, tuple([*pieces, (begun, at)] if goes_on else pieces), goes_on)
        start = end


def _blank(sound: Eraser, pages: list[_Page], empty: bytes) -> None:
    for page in pages:
        start, end = page.pieces[0]
        head = empty if page is pages[0] else b""
        whole = bytearray(sound.read(page.start, page.end - page.start))
        whole[22:26] = bytes(4)
        whole[start - page.start : end - page.start] = head.ljust(end - start, b"\0")
        sound.erase(start, end, Blank(start, end - start, head), Blank(page.start + 22, 4, _sum(whole)))


def _table() -> Iterator[int]:
    for number in range(256):
        rest = number << 24
        for _ in range(8):
            rest = (rest << 1 ^ (_POLYNOMIAL if rest >> 31 else 0)) & 0xFFFFFFFF
        yield rest


_SUMS = tuple(_table())


def _sum(page: bytes | bytearray) -> bytes:
    """RFC 3533, 6: CRC-32, not reflected, from nought."""
    rest = 0
    for byte in page:
        rest = (rest << 8 & 0xFFFFFFFF) ^ _SUMS[rest >> 24 ^ byte]
    return rest.to_bytes(4, "little")

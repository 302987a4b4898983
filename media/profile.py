"""A colour profile with only what colours need: those of screens name the maker, the model and even the serial number.

ICC.1:2022, 7: a header of 128 bytes, a table of tags, their contents.
"""

_MOST = 1 << 20  # bytes; those of printers reach half of it
_COLOURS = (
    b"wtpt bkpt chad rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 "
    b"B2D0 B2D1 B2D2 B2D3 gamt chrm cicp"
).split()
_NAME = b"RGB"
_SPACES = (b"RGB ", b"GRAY", b"CMYK")


def bare_profile(profile: bytes) -> bytes:
    """The same colours, and nothing of who made what for which screen; empty for what is no profile of pictures."""
    if not 132 < len(profile) <= _MOST or profile[36:40] != b"acsp" or profile[16:20] not in _SPACES:
        return b""
    header = bytearray(profile[:128])
    for start, end in ((4, 8), (40, 44), (48, 56), (80, 100)):  # preferred module, system, maker and model, creator, id
        header[start:end] = bytes(end - start)
    header[24:36] = (2000).to_bytes(2, "big") + bytes((0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # a day
    words = _words(header[8])
    tags = [(b"desc", words[0]), (b"cprt", words[1]), *_kept(profile)]
    return _assembled(bytes(header), tags)


def _kept(profile: bytes) -> list[tuple[bytes, bytes]]:
    number = min(int.from_bytes(profile[128:132], "big"), 100)
    kept = []
    for at in range(132, 132 + number * 12, 12):
        name, entry = profile[at : at + 4], profile[at + 4 : at + 12]
        start, size = int.from_bytes(entry[:4], "big"), int.from_bytes(entry[4:], "big")
        if name in _COLOURS and size >= 8 and start + size <= len(profile):
            kept.append((name, profile[start : start + size]))
    return kept


def _words(version: int) -> tuple[bytes, bytes]:
    """What every profile must say of itself and of who owns it, as little as possible."""
    if version >= 4:
        text = _NAME.decode().encode("utf-16-be")
        one = b"mluc" + bytes(4) + b"\0\0\0\1\0\0\0\x0cenUS" + len(text).to_bytes(4, "big") + b"\0\0\0\x1c" + text
        return one, one
    name = _NAME + b"\0"
    return b"desc" + bytes(4) + len(name).to_bytes(4, "big") + name + bytes(78), b"text" + bytes(4) + name


def _assembled(header: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    """Equal contents are written once, as the curves of three colours often are."""
    at = 132 + 12 * len(tags)
    table, body, places = len(tags).to_bytes(4, "big"), b"", dict[bytes, int]()
    for name, content in tags:
        if content not in places:
            places[content] = at + len(body)
            body += content + bytes(-len(content) % 4)
        table += name + places[content].to_bytes(4, "big") + len(content).to_bytes(4, "big")
    whole = header + table + body
    return len(whole).to_bytes(4, "big") + whole[4:] if len(whole) <= 2 * _MOST else b""

"""What recordings tell beside the sound: tags around MP3, blocks before FLAC."""

from media.blanks import Blank, Eraser
from media.trouble import Bad

_ID3, _APE, _OLD = b"ID3", b"APETAGEX", b"TAG"
_OLD_SIZE, _APE_SIZE = 128, 32  # bytes
_NEEDED, _PADDING = (0, 3), 1  # blocks of FLAC: what the stream is, where to seek


def read_mp3(sound: Eraser) -> None:
    """Blank ID3v2 before the sound (id3.org, 2.4.0, 3.1), and behind it ID3v1 and APEv2; tags without a frame stay.

    The name of the encoder that lies within the sound stays. Raises Bad for a tag that reaches over the end.
    """
    start = 0
    while (head := sound.read(start, 10))[:3] == _ID3:
        sound.step()
        if len(head) < 10:
            raise Bad("broken")
        size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        end = start + 10 + size + (10 if head[5] & 0x10 else 0)
        if end > sound.size:
            raise Bad("broken")
        sound.erase(start + 10, end, Blank(start + 5, 1))
        start = end
    end = sound.size
    if sound.read(max(end - _OLD_SIZE, 0), 3) == _OLD:
        sound.erase(end - _OLD_SIZE + len(_OLD), end - 1)  # the last byte is the kind of music
        end -= _OLD_SIZE
    _blank_ape(sound, end)


def read_flac(sound: Eraser) -> None:
    """RFC 9639, 8: what is not needed becomes padding. Raises Bad."""
    start, last = 4, False
    while not last:
        sound.step()
        head = sound.read(start, 4)
        body, end = start + 4, start + 4 + int.from_bytes(head[1:], "big")
        if len(head) < 4 or end > sound.size:
            raise Bad("broken")
        last = bool(head[0] & 0x80)
        if head[0] & 0x7F not in _NEEDED:
            sound.erase(body, end, Blank(start, 1, bytes((head[0] & 0x80 | _PADDING,))))
        start = end


def _blank_ape(sound: Eraser, end: int) -> None:
    """A tag that ends here says its size without its head, which need not be there."""
    foot = sound.read(max(end - _APE_SIZE, 0), _APE_SIZE)
    if foot[:8] == _APE and len(foot) == _APE_SIZE:
        size = int.from_bytes(foot[12:16], "little") + (_APE_SIZE if foot[23] & 0x80 else 0)
        sound.erase(max(end - size, 0), end)

"""A hash that stays nearly the same when a picture is saved anew, made smaller or a little brighter.

pHash: the low frequencies of the picture at 32 × 32, each above or below their median (Zauner, "Implementation and
Benchmarking of Perceptual Image Hash Functions", 2010, 3.2.1).
"""

from math import cos, pi
from statistics import median

from PIL import Image

_SIDE, _LOW = 32, 8
_FLAT = 2.0  # grey levels of 255 that a picture must vary by
_WAVES = [[cos(pi * u * (2 * x + 1) / (2 * _SIDE)) for x in range(_SIDE)] for u in range(1, _LOW + 1)]


def phash(grey: Image.Image) -> str:
    """16 hex digits for a picture of mode "L"; empty where it shows nothing that could be told from another."""
    small = grey.resize((_SIDE, _SIDE), Image.Resampling.BOX).tobytes()
    rows = [small[at : at + _SIDE] for at in range(0, _SIDE * _SIDE, _SIDE)]
    mean = sum(small) / len(small)
    if sum(abs(value - mean) for value in small) / len(small) < _FLAT:
        return ""
    across = [[sum(wave[x] * row[x] for x in range(_SIDE)) for wave in _WAVES] for row in rows]
    low = [sum(wave[y] * across[y][u] for y in range(_SIDE)) for wave in _WAVES for u in range(_LOW)]
    middle = median(low)
    return f"{sum(1 << at for at, value in enumerate(low) if value > middle):016x}"

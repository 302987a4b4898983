"""Two pictures are near when one was made from the other."""

from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from core.media import near
from media.alike import phash
from media.copies import seen_small
from media.look import look
from tests.media.made import page, photo, put, saved

Make = Callable[[int], Image.Image]
Change = Callable[[Image.Image], Image.Image]


def hash_of(picture: Image.Image, folder: Path) -> str:
    return look(put(folder, saved(picture, "PNG", compress_level=0)), folder / "out").phash


def resaved(picture: Image.Image) -> Image.Image:
    again = Image.open(BytesIO(saved(picture, "JPEG", quality=40)))
    again.load()
    return again


def cropped(picture: Image.Image) -> Image.Image:
    edge = picture.width // 100
    return picture.crop((edge, edge, picture.width - edge, picture.height - edge))


CHANGES: dict[str, Change] = {
    "saved anew": resaved,
    "half": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.1),
    "darker": lambda picture: ImageEnhance.Brightness(picture).enhance(0.9),
    "cropped": cropped,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("make", [photo, page])
def test_a_changed_picture_is_near(change: str, make: Make, tmp_path: Path) -> None:
    for seed in range(12):
        before = make(seed)
        assert near(hash_of(before, tmp_path), hash_of(CHANGES[change](before), tmp_path)), seed


@pytest.mark.parametrize("make", [photo, page])
def test_different_pictures_are_not_near(make: Make) -> None:
    hashes = [phash(seen_small(make(seed), 1).convert("L")) for seed in range(200)]
    pairs = list(combinations(hashes, 2))
    assert sum(near(*pair) for pair in pairs) <= len(pairs) / 100


def test_an_empty_sheet_is_near_to_nothing(tmp_path: Path) -> None:
    empty = hash_of(Image.new("RGB", (600, 800), "white"), tmp_path)
    assert empty == ""
    assert not near(empty, empty)
    assert not near(empty, "0" * 16)


def test_how_near_is_the_callers_choice() -> None:
    assert near("00ff", "00ff", 0)
    assert near("0000", "00ff")
    assert not near("0000", "01ff")
    assert near("0000", "01ff", 9)

"""The copy of a film is made from what a process says that was in the hands of the film: it is not believed."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.blanks import Blank, leave, make_copy
from media.folder import blanks_of, clean_copy
from media.trouble import Bad
from tests.media.films import cleaned, telling
from tests.media.made import box, film, put
from tests.media.test_recordings import AVI, MATROSKA, SOUND

CONTENT = film(3)


def copied(folder: Path, content: bytes, blanks: Sequence[Blank]) -> bytes:
    out = folder / "out"
    out.mkdir()
    leave(blanks, out)
    make_copy(put(folder, content), out)
    copy = clean_copy(out)
    assert copy is not None
    return copy.read_bytes()


def test_blanks_are_written_in_their_order(tmp_path: Path) -> None:
    copy = copied(tmp_path, CONTENT, [Blank(30, 20), Blank(26, 12, b"JUNK"), Blank(28, 2, b"!!")])
    assert copy == CONTENT[:26] + b"JU!!" + bytes(20) + CONTENT[50:]


def test_a_long_blank_is_written_in_pieces(tmp_path: Path) -> None:
    content = film(3, media=0) + box(b"free", b"x" * 5_000_000)
    copy = copied(tmp_path, content, [Blank(200, 4_500_000, b"head")])
    assert copy == content[:200] + b"head" + bytes(4_499_996) + content[4_500_200:]


def test_the_film_itself_is_left_as_it_is(tmp_path: Path) -> None:
    copied(tmp_path, CONTENT, [Blank(0, len(CONTENT))])
    assert (tmp_path / "handed-in").read_bytes() == CONTENT


def test_without_blanks_no_copy_is_made(tmp_path: Path) -> None:
    make_copy(put(tmp_path, CONTENT), tmp_path)
    assert clean_copy(tmp_path) is None


@pytest.mark.parametrize(
    "said",
    [
        [[len(CONTENT) - 3, 4, ""]],
        [[-1, 4, ""]],
        [[4, -1, ""]],
        [[4, 1 << 70, ""]],
        [[1e400, 4, ""]],
        [[4, 2, "00" * 3]],
        [[4, 40, "00" * 17]],
        [[4, 40, "zz"]],
        [[4, 40]],
        [[0, len(CONTENT), ""]] * 3,
        [[4, 0, ""]] * 100_001,
        {"4": 40},
        "free",
        None,
        7,
    ],
)
def test_blanks_that_do_not_fit_the_film_are_not_written(said: object, tmp_path: Path) -> None:
    blanks_of(tmp_path).write_text(json.dumps(said))
    with pytest.raises(Bad):
        make_copy(put(tmp_path, CONTENT), tmp_path)
    assert clean_copy(tmp_path) is None


@pytest.mark.parametrize("said", [b"", b"[[", b"\xff\xfe", b"[" * 100_000, b"[" + b" " * 7_000_000 + b"]"])
def test_what_is_no_list_of_blanks_is_not_read(said: bytes, tmp_path: Path) -> None:
    blanks_of(tmp_path).write_bytes(said)
    with pytest.raises(Bad):
        make_copy(put(tmp_path, CONTENT), tmp_path)
    assert clean_copy(tmp_path) is None


SEEDS = [telling(), telling(first=True), *MATROSKA.values(), *AVI.values(), *SOUND.values()]
HEADS = [
    b"\0\0\0\x08ftyp",
    b"\0\0\0\x08moov",
    b"\x1aE\xdf\xa3",
    b"RIFF\xff\xff\xff\xffAVI ",
    b"OggS",
    b"ID3\4\0",
    b"fLaC",
]
bytes_after_a_head = st.builds(bytes.__add__, st.sampled_from(HEADS), st.binary(max_size=300))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for place, value in draw(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=8)):
        content[place % len(content)] = value
    return bytes(content)


@settings(max_examples=400, deadline=None)
@given(content=st.one_of(bytes_after_a_head, damaged()))
def test_whatever_a_film_holds_its_copy_differs_in_the_blanks_alone(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("film")
    seen, copy = cleaned(folder, content)
    assert not (seen.trouble and copy)
    if copy is None:
        return
    blanked = bytearray(content)
    for start, length, head in json.loads(blanks_of(folder / "out").read_bytes()):
        blanked[start : start + length] = bytes.fromhex(head).ljust(length, b"\0")
    assert copy == bytes(blanked)

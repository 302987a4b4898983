"""Addresses of files: they open until they expire, and nobody else can make one."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.links import LIFETIME, FileLinks
from core.message import StoredFile
from tests.fakes.clock import START

FILE = StoredFile("ab" * 32, "Kế hoạch tháng 12.pdf", "application/pdf", 35_000)
LINKS = FileLinks("một khoá", "https://nhacviec.example.vn")


def token(file: StoredFile = FILE) -> str:
    return LINKS.address(file, START).removeprefix("https://nhacviec.example.vn/f/")


def test_an_address_opens_until_it_expires() -> None:
    assert LINKS.open(token(), START) == FILE
    assert LINKS.open(token(), START + LIFETIME - timedelta(seconds=1)) == FILE
    assert LINKS.open(token(), START + LIFETIME) is None


def test_an_address_is_made_of_plain_letters_and_stays_short() -> None:
    made = token(replace(FILE, name="Ảnh " * 100 + ".jpg"))
    assert set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert len(made) < 600
    opened = LINKS.open(made, START)
    assert opened is not None
    assert opened.name.endswith("Ảnh .jpg")


def test_without_a_public_address_there_is_none() -> None:
    assert FileLinks("một khoá").address(FILE, START) == ""


def test_another_key_opens_nothing() -> None:
    assert FileLinks("khoá khác").open(token(), START) is None


@given(st.integers(0, 10_000), st.characters(codec="ascii"))
def test_a_token_changed_in_one_place_opens_nothing(place: int, letter: str) -> None:
    made = token()
    place %= len(made)
    changed = made[:place] + letter + made[place + 1 :]
    assert changed == made or LINKS.open(changed, START) is None


@given(st.text())
def test_no_text_is_a_token(text: str) -> None:
    assert LINKS.open(text, START) is None


def test_the_key_does_not_show() -> None:
    assert "một khoá" not in repr(LINKS)

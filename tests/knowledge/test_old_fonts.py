"""Vietnamese of before Unicode is recognised by its letters, whatever file it is in, and made Unicode."""

import pytest

from knowledge.blocks import Row
from knowledge.old_fonts import Old, encoding_of, modern, recognised
from knowledge.readers import read_file
from tests.made_documents.raw_word import docx, p, tbl, tc

UNICODE = "Kế hoạch trọng tâm: đề nghị các trường nộp báo cáo trước ngày 05/12; tổng hợp số liệu gửi Sở."
TCVN3 = "KÕ ho¹ch träng t©m: ®Ò nghÞ c¸c tr\u00adêng nép b¸o c¸o tr\u00adíc ngµy 05/12; tæng hîp sè liÖu göi Së."
VNI = "Keá hoaïch troïng taâm: ñeà nghò caùc tröôøng noäp baùo caùo tröôùc ngaøy 05/12; toång hôïp soá lieäu göûi Sôû."


@pytest.mark.parametrize(("old", "text"), [(Old.TCVN3, TCVN3), (Old.VNI, VNI)])
def test_a_sentence_is_recognised_and_converted_letter_by_letter(old: Old, text: str) -> None:
    assert recognised([text]) is old
    assert modern(text, old) == UNICODE


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        UNICODE.upper(),
        "Email: a@b.vn, 05/12/2025",
        "Café, déjà vu, garçon, über, señor, naïve, Ångström",
        "",
        "à",
    ],
)
def test_other_writing_is_left_alone(text: str) -> None:
    assert recognised([text]) is None


def test_every_letter_of_both_is_known() -> None:
    letters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    assert len({modern(code, Old.TCVN3) for code in map(chr, range(0xA1, 0x100))} & set(letters)) == len(letters)
    vni = (
        "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
        "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
    )
    assert "".join(modern(one, Old.VNI) for one in vni.split()) == letters
    assert "".join(modern(one, Old.VNI) for one in vni.upper().split()) == letters.upper()


def test_capitals_of_the_capital_font_come_out_large() -> None:
    assert modern("KÕ HO¹CH TRäNG T¢M", Old.TCVN3) == "KẾ HOẠCH TRỌNG TÂM"
    assert modern("UBND tØnh", Old.TCVN3) == "UBND tỉnh"


def test_fonts_tell_by_their_name() -> None:
    assert [encoding_of(font) for font in (".VnTime", ".VnArialH", "VNI-Times", "Times New Roman", "")] == [
        Old.TCVN3, Old.TCVN3, Old.VNI, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "named"), [(TCVN3, "TCVN3 (ABC)"), (VNI, "VNI")])
def test_a_text_file_of_those_days_is_read_and_that_is_said(text: str, named: str) -> None:
    source = read_file("cu.txt", text.encode("cp1252"))
    assert source.blocks[0].text == UNICODE
    assert named in source.notes[0]
    again = read_file("cu.txt", text.encode("utf-8"))  # copied into an editor of today
    assert again.blocks[0].text == UNICODE
    assert named in again.notes[0]


def test_a_word_table_without_the_font_is_told_by_its_letters() -> None:
    source = read_file("cu.docx", docx(p(TCVN3) + tbl(tc("1") + tc(TCVN3) + tc("Sở gửi"))))
    row = source.blocks[1]
    assert isinstance(row, Row)
    assert row.cells == ("1", UNICODE, "Sở gửi")
    assert row.text == f"1\t{UNICODE}\tSở gửi"

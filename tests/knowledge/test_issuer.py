"""Whose a document is follows from what it says of itself; where that is not certain, nobody is named."""

import json
from datetime import date
from pathlib import Path

import pytest

from core.csv_lines import decode
from core.people import Level, Unit, UnitTree
from core.registers import read_units
from core.work import Head
from knowledge.issuer import find_issuer
from knowledge.unit_names import proper_name, units_named

HERE = Path(__file__).parents[1]
SAMPLE = UnitTree.of(read_units(decode((HERE.parent / "samples" / "units.csv").read_bytes())))

TREE = UnitTree.of(
    [
        Unit("SO-TG", "Sở GD&ĐT Tiền Giang", Level.DEPARTMENT),
        Unit("SO-BT", "Sở GD&ĐT tỉnh Bến Tre", Level.DEPARTMENT),
        Unit("CT-TG", "Phòng GD&ĐT huyện Châu Thành, Tiền Giang", Level.DISTRICT, "SO-TG"),
        Unit("CT-BT", "Phòng GD&ĐT huyện Châu Thành, Bến Tre", Level.DISTRICT, "SO-BT"),
        Unit("TPD", "Phòng GD&ĐT huyện Tân Phú Đông", Level.DISTRICT, "SO-TG"),
        Unit("MN-1", "Trường mầm non Trường Sơn", Level.SCHOOL, "CT-TG"),
        Unit("MN-2", "MN Trường Sơn", Level.SCHOOL, "CT-BT"),
        Unit("XA", "UBND xã Tân Phú Đông", Level.COMMUNE, "SO-TG"),
    ]
)

HEADS = json.loads((HERE / "corpus" / "gold-documents.json").read_text(encoding="utf-8"))
ISSUERS = {
    "a-kienxuong-trongtam-2022.txt": "PGD-KX",
    "b-yenthanh-phancong-2023.txt": "PGD-YT",
    "c-ninhkieu-tuan-2024.txt": "PGD-NK",
    "d-baoloc-congvan-2021.txt": "PGD-BL",
    "e-langgiang-matran-2024.txt": "PGD-LG",
    "f-quangnam-nhiemvu-2023.txt": "SO-QNA",
    "g-vyda-kehoach-2025.txt": "P-VYDA",
    "h-vyda-dieuchinh-2025.txt": "P-VYDA",
    "i-haihau-hoithi-2025.txt": "PGD-HH",
    "j-hue-moitruong-2025.txt": "SO-HUE",
}


EVERYONE = UnitTree.of([*SAMPLE.units.values(), *read_units(decode((HERE / "corpus" / "units.csv").read_bytes()))])

FOUNDING = (
    (Head(issuing_body="Sở Giáo dục và Đào tạo", level=Level.DEPARTMENT, province="Hải Phòng"), "SO-HP"),
    (Head(issuing_body="SỞ GIÁO DỤC VÀ ĐÀO TẠO", level=Level.DEPARTMENT, place="Hải Phòng"), "SO-HP"),
    (Head(issuing_body="Phòng GDĐT", level=Level.DISTRICT, province="Hải Phòng", district="Vĩnh Bảo"), "PGD-VB"),
    (Head(level=Level.DISTRICT, place="An Lão"), "PGD-AL"),
    (Head(issuing_body="Phòng Giáo dục và Đào tạo huyện Đầm Hà", level=Level.DISTRICT, place="Đàm Hà"), "PGD-DH"),
)


@pytest.mark.parametrize(("head", "code"), FOUNDING)
def test_the_issuers_of_the_founding_documents_are_found_by_what_little_they_say(head: Head, code: str) -> None:
    assert _code(head, EVERYONE) == code


@pytest.mark.parametrize("gold", HEADS, ids=lambda gold: gold["source_file"])
def test_the_issuer_of_every_document_of_the_corpus_is_found_among_all_units(gold: dict[str, str]) -> None:
    assert _code(_head(gold), EVERYONE) == ISSUERS[gold["source_file"]]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (Head(level=Level.DISTRICT, district="Châu Thành", province="Bến Tre"), "CT-BT"),
        (Head(level=Level.DISTRICT, issuing_body="Phòng GDĐT Châu Thành", province="Tiền Giang"), "CT-TG"),
        (Head(level=Level.DEPARTMENT, issuing_body="Sở Giáo dục và Đào tạo", place="Bến Tre"), "SO-BT"),
        (Head(level=Level.SCHOOL, issuing_body="TRƯỜNG MN TRƯỜNG SƠN", province="Tiền Giang"), "MN-1"),
        (Head(level=Level.COMMUNE, issuing_body="Ủy ban nhân dân xã Tân Phú Đông"), "XA"),
        (Head(issuing_body="phòng gd-đt huyện tân phú đông"), "TPD"),
    ],
)
def test_the_issuer_is_found_by_its_own_name_and_place(head: Head, code: str) -> None:
    assert _code(head, TREE) == code


@pytest.mark.parametrize(
    "head",
    [
        Head(),
        Head(level=Level.DISTRICT),
        Head(level=Level.DISTRICT, district="Châu Thành"),  # two provinces have one
        Head(level=Level.DISTRICT, district="Châu Thành", province="Long An"),  # a third that is not known
        Head(level=Level.DISTRICT, district="Tân Phú"),  # not Tân Phú Đông
        Head(level=Level.DEPARTMENT, district="Tân Phú Đông"),
        Head(level=Level.SCHOOL, issuing_body="Trường MN Trường Sơn"),
        Head(level=Level.MINISTRY),
    ],
)
def test_where_it_is_not_certain_nobody_is_named(head: Head) -> None:
    assert _code(head, TREE) is None


def test_of_two_with_one_name_the_one_in_force_on_the_day_issued_it() -> None:
    tree = UnitTree.of(
        [
            Unit("OLD", "UBND xã An Bình", Level.COMMUNE, valid_to=date(2025, 6, 30)),
            Unit("NEW", "UBND xã An Bình", Level.COMMUNE, valid_from=date(2025, 7, 1)),
        ]
    )
    body = Head(level=Level.COMMUNE, issuing_body="UBND xã An Bình", date=date(2025, 9, 1))
    assert _code(body, tree) == "NEW"


@pytest.mark.parametrize(
    ("name", "proper"),
    [
        ("Phòng GD&ĐT huyện Vĩnh Bảo, Hải Phòng", "vinh bao"),
        ("Phòng Giáo dục và Đào tạo thành phố Hạ Long, tỉnh Quảng Ninh", "ha long"),
        ("PGDĐT Lê Chân", "le chan"),
        ("Sở Giáo dục và Đào tạo Hải Phòng", "hai phong"),
        ("Sở GDĐT Hà Tĩnh", "ha tinh"),
        ("Thành phố Hải Phòng", "hai phong"),
        ("UBND phường Phương Liên", "phuong lien"),
        ("Trường mầm non Trường Sơn", "truong son"),
        ("Trường Sa", "truong sa"),
        ("Lớp MN độc lập tư thục Ánh Dương", "anh duong"),
        ("Phòng Giáo dục và Đào tạo", ""),
        ("Đàm Hà", "dam ha"),
    ],
)
def test_the_proper_name_is_what_remains_of_a_long_one(name: str, proper: str) -> None:
    assert proper_name(name) == proper


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("vb-hoaphuong", ["VB-HOAPHUONG"]),
        ("mn hoa phuong, huyen vinh bao, hai phong", ["VB-HOAPHUONG"]),
        ("MN Hoa Phượng - huyện Vĩnh Bảo - Hải Phòng", ["VB-HOAPHUONG"]),
        ("Trường MN Hoa Phượng", ["VB-HOAPHUONG"]),
        ("pgd vĩnh bảo", ["PGD-VB"]),
        ("Phòng GD-ĐT An Lão", ["PGD-AL"]),
        ("Hoa", []),
        ("", []),
    ],
)
def test_a_unit_is_found_by_code_name_or_alias_however_it_is_written(words: str, codes: list[str]) -> None:
    assert [unit.code for unit in units_named(SAMPLE, words)] == codes


def test_a_name_that_two_units_bear_gives_both() -> None:
    assert {unit.code for unit in units_named(TREE, "truong mn truong son")} == {"MN-1", "MN-2"}


def _code(head: Head, tree: UnitTree) -> str | None:
    unit = find_issuer(head, tree)
    return unit.code if unit else None


def _head(gold: dict[str, str]) -> Head:
    return Head(
        issuing_body=gold["issuing_body"],
        level=Level(gold["level"]),
        province=gold["province"],
        district=gold["district"],
        place=gold["place"],
    )

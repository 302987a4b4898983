"""The printed tables are those of the code, and no item of a checklist is without a test."""

import re

from core.platform import Limits
from tests import tables
from tests.checklists import ITEMS


def test_the_capability_table_is_printed_as_it_is() -> None:
    assert tables.PLATFORMS.read_text(encoding="utf-8") == tables.platforms(), "make docs"


def test_the_checklists_are_printed_as_the_tests_cover_them() -> None:
    assert tables.CHECKLISTS.read_text(encoding="utf-8") == tables.checklists(), "make docs"


def test_every_item_is_exercised_and_no_test_names_one_that_is_not() -> None:
    covered = tables.covering()
    assert sorted(ITEMS.keys() - covered.keys()) == []
    assert sorted(covered.keys() - ITEMS.keys()) == []


def test_the_table_leaves_out_nothing_a_service_can_do() -> None:
    paces = {"pushes", "per_second", "per_second_all", "repeats"}  # the deliverer's own matter
    assert set(Limits.__dataclass_fields__) - tables._ROWS.keys() == paces
    assert not re.search(r"\| \|", tables.platforms().split("\n", 6)[6])

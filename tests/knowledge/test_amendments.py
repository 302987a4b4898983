"""What papers say that they change: a list of wordings, half of them no change; and which obligation is meant."""

from functools import cache

import pytest

from core.amendments import Amending
from core.work import Effect, Plan
from knowledge.amendments import find
from knowledge.extract import extract
from knowledge.readers import read_file
from tests.knowledge.library import ROOT
from tests.knowledge.scoring import Row, rows

HEADS = {
    "pgd": "PHÒNG GDĐT HUYỆN AN LÃO\nSố: 1200/PGDĐT-GDMN\nV/v {}\nAn Lão, ngày 02 tháng 12 năm 2024\n"
    "Kính gửi: Các trường mầm non.\n\n",
    "truong": "PHÒNG GDĐT HUYỆN AN LÃO\nTRƯỜNG MẦM NON HOA HỒNG\nSố: 60/MNHH\nV/v {}\n"
    "An Lão, ngày 02 tháng 12 năm 2024\nKính gửi: Các tổ chuyên môn.\n\n",
    "so": "SỞ GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ HUẾ\nSố: 3100/SGDĐT-GDMN\nV/v {}\nHuế, ngày 01 tháng 12 năm 2025\n"
    "Kính gửi: UBND các xã, phường.\n\n",
    "xa": "UBND PHƯỜNG VỸ DẠ\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 96/VHXH\nV/v {}\nVỹ Dạ, ngày 01 tháng 12 năm 2025\n"
    "Kính gửi: Các cơ sở giáo dục mầm non trên địa bàn phường.\n\n",
    "xa25": "UBND XÃ AN LÃO\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 30/VHXH\nV/v {}\nAn Lão, ngày 06 tháng 10 năm 2025\n"
    "Kính gửi: Các trường mầm non trên địa bàn xã.\n\n",
}
FIELDS = ("start", "was", "rule", "time", "item", "number", "whole")  # compared where the line names them
RECALL, UNSEEN_RECALL = 0.95, 0.85
FALSE = 1


def paper(row: Row) -> Plan:
    title = row.get("title", "V/v hướng dẫn một số nhiệm vụ").removeprefix("V/v ")
    text = HEADS[row.get("head", "pgd")].format(title) + row["text"]
    return extract(read_file("công văn.txt", text.encode()))


def told(one: Amending) -> Row:
    shown = {name: str(value) if (value := getattr(one, name)) else None for name in ("due", "start", "was", "rule")}
    number = one.numbers[0] if one.numbers else None
    more = {"time": one.time, "item": one.item or None, "number": number, "whole": one.whole}
    return {"effect": str(one.effect), **shown, **more}


def same(wanted: Row, got: Row) -> bool:
    named = ("effect", "due", *(name for name in FIELDS if name in wanted))
    return all((wanted.get(name) or None) == (got[name] or None) for name in named)


@cache
def read(name: str) -> list[tuple[Row, Plan, tuple[Amending, ...]]]:
    lines = rows(ROOT / "tests" / "gold" / f"{name}.jsonl")
    return [(line, plan := paper(line), find(plan)) for line in lines]


class TestWordings:
    @pytest.mark.parametrize(("name", "least"), [("amendments", RECALL), ("amendments-unseen", UNSEEN_RECALL)])
    def test_nearly_all_are_found_none_is_invented_hardly_any_false(self, name: str, least: float) -> None:
        missed: list[tuple[str, Row]] = []
        false: list[tuple[str, Row]] = []
        invented: list[tuple[str, str]] = []
        count = 0
        for line, _, found in read(name):
            left = [told(one) for one in found]
            days = {None, *(wanted.get("due") for wanted in line["changes"])}
            invented += [(line["text"], one["due"]) for one in left if one["due"] not in days]
            for wanted in line["changes"]:
                count += 1
                hit = next((got for got in left if same(wanted, got)), None)
                left.remove(hit) if hit else missed.append((line["text"], wanted))
            false += [(line["text"], got) for got in left]
        figures = f"{count} changes, {len(missed)} missed, {len(false)} false, {len(invented)} invented"
        assert invented == [], figures
        assert len(false) <= FALSE, (figures, false)
        assert (count - len(missed)) / count >= least, (figures, missed)

    def test_what_is_said_stands_in_the_paper(self) -> None:
        for line, plan, found in (one for name in ("amendments", "amendments-unseen") for one in read(name)):
            for one in found:
                assert one.snippet in plan.passages[one.passage].text, line["text"]
                assert all(number < len(plan.obligations) for number in one.own)

    def test_every_new_day_is_also_an_obligation_of_the_paper(self) -> None:
        """So that it is not asked for a second time, `own` names it."""
        for line, plan, found in read("amendments"):
            dated = [n for n, task in enumerate(plan.obligations) if task.due]
            moved = [one for one in found if one.effect is Effect.MOVED and one.due]
            if moved and not line["text"].count("Bổ sung"):
                assert set(dated) <= {number for one in found for number in one.own}, line["text"]

    def test_a_day_that_no_longer_counts_is_nobodys_obligation(self) -> None:
        for line, plan, found in read("amendments"):
            gone = {one.was for one in found} - {one.due for one in found} - {None}
            assert gone.isdisjoint(task.due for task in plan.obligations), line["text"]

    def test_the_lists_are_worth_something(self) -> None:
        lines = rows(ROOT / "tests" / "gold" / "amendments.jsonl")
        assert len(lines) >= 60
        assert sum(not line["changes"] for line in lines) * 3 >= len(lines)
        assert len(rows(ROOT / "tests" / "gold" / "amendments-unseen.jsonl")) >= 20

"""The shelf with changes: numbers stay, order and repetition do not matter, nothing else is touched."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.amendments import Amending
from core.work import Change, Effect, Head, Kind, Obligation, Part, Passage, Plan, Rule, Shelved, Status, TaskRef
from knowledge.amending import amended, as_of, change_of, history
from knowledge.index import Index
from tests.knowledge.library import INVENTED, ask, library

FIRST = date(2024, 12, 5)
PASSAGES = (Passage(0, 1, "Một việc", Part.ITEM), Passage(1, 2, "Việc của tháng", Part.ITEM, months=("2024-12",)))
TASKS = (
    Obligation("Một việc", "Nộp báo cáo", 1, 0, Kind.DEADLINE, due=FIRST, rule=Rule.BEFORE, months=("2024-12",)),
    Obligation("Việc của tháng", "Cân đo trẻ", 2, 1, months=("2024-12",), rule=Rule.IN_MONTH),
    Obligation("Một việc", "Kiểm tra", 1, 0, start=FIRST, due=date(2024, 12, 9), rule=Rule.RANGE, months=("2024-12",)),
    Obligation("Một việc", "Họp", 1, 0, Kind.EVENT, due=FIRST, rule=Rule.ON, time="08:00", months=("2024-12",)),
)
SHELF = [Shelved(id, "PGD", Plan(f"{id}.txt", Head(), PASSAGES, TASKS), FIRST - timedelta(days=9)) for id in (1, 2, 3)]
CHANGE = Change(
    TaskRef(1, 0), Effect.MOVED, 9, 0, "sang 10/12", date(2024, 12, 1), due=date(2024, 12, 10), rule=Rule.BY
)

days = st.dates(date(2024, 11, 20), date(2025, 3, 31))
moved = st.builds(
    lambda ref, since, start, long, rule: Change(
        ref, Effect.MOVED, 9, 0, "đổi", since, start if rule is Rule.RANGE else None, start + timedelta(long), rule
    ),
    st.builds(TaskRef, st.integers(1, 4), st.integers(0, 5)),  # some of them are not there
    days,
    days,
    st.integers(0, 40),
    st.sampled_from([Rule.BEFORE, Rule.BY, Rule.ON, Rule.RANGE]),
)
revoked = moved.map(lambda one: replace(one, effect=Effect.REVOKED, start=None, due=None, rule=None))
several = st.lists(st.one_of(moved, revoked), max_size=8).map(
    lambda found: [replace(one, passage=place) for place, one in enumerate(found)]
)


@settings(max_examples=100, deadline=None)
@given(several, st.randoms(use_true_random=False))
def test_changes_in_any_order_and_twice_leave_the_same_shelf(changes: list[Change], chance: object) -> None:
    mixed = list(changes)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    once = amended(SHELF, changes)
    assert amended(SHELF, mixed) == once
    assert amended(once, changes) == once
    assert amended(amended(SHELF, mixed[::2]), mixed[1::2]) == once


@settings(max_examples=100, deadline=None)
@given(several)
def test_numbers_stay_and_what_no_change_names_is_as_it_was(changes: list[Change]) -> None:
    for before, after in zip(SHELF, amended(SHELF, changes), strict=True):
        assert len(after.plan.obligations) == len(before.plan.obligations)
        for number, (old, new) in enumerate(zip(before.plan.obligations, after.plan.obligations, strict=True)):
            mine = history(after, number)
            assert mine == tuple(sorted(mine, key=lambda one: one.since))
            assert (old == new) or mine
            assert (new.snippet, new.task, new.passage, new.from_level) == (old.snippet, old.task, old.passage, None)
            if mine:
                last = mine[-1]
                assert (new.start, new.due) == (last.start, last.due)
                assert (new.status is Status.SUPERSEDED) == (last.effect is Effect.REVOKED)
                assert as_of(after, number, mine[0].since - timedelta(days=1)) == old
                assert as_of(after, number, last.since) == new
        assert after.first == (before.plan if after.changes else None)
        assert replace(after, plan=before.plan, changes=(), first=None) == before


def test_a_moved_day_brings_its_months_as_a_reading_would() -> None:
    moves = (
        (0, CHANGE, ("2024-12",)),
        (0, replace(CHANGE, due=date(2025, 1, 3)), ("2025-01",)),
        (1, replace(CHANGE, due=date(2024, 12, 20)), ("2024-12",)),
        (1, replace(CHANGE, due=None, start=date(2025, 1, 1), rule=Rule.IN_MONTH), ("2025-01",)),
        (1, replace(CHANGE, due=None, start=date(2025, 1, 1), rule=Rule.IN_QUARTER), ("2025-01", "2025-02", "2025-03")),
        (2, replace(CHANGE, start=date(2024, 12, 30), due=date(2025, 1, 3), rule=Rule.RANGE), ("2024-12", "2025-01")),
    )
    for number, change, months in moves:
        task = amended(SHELF, [replace(change, ref=TaskRef(1, number))])[0].plan.obligations[number]
        assert task.months == months
        assert task.start is None or change.rule is Rule.RANGE  # a month has no first day of its own
        assert task.status is Status.FIRM


def test_what_is_revoked_has_no_day_and_may_be_said_again() -> None:
    gone = replace(CHANGE, effect=Effect.REVOKED, due=None, rule=None)
    again = replace(CHANGE, effect=Effect.RESTATED, by=10, since=date(2024, 12, 20), due=date(2025, 1, 8))
    task = amended(SHELF, [gone])[0].plan.obligations[0]
    assert (task.status, task.due, task.until, task.rule) == (Status.SUPERSEDED, None, None, None)
    task = amended(SHELF, [again, gone])[0].plan.obligations[0]
    assert (task.status, task.due) == (Status.FIRM, date(2025, 1, 8))
    same = replace(again, due=None, rule=None, time=None)  # said again as it was
    assert amended(SHELF, [same])[0].plan.obligations[3] == TASKS[3]
    assert amended(SHELF, [same])[0].plan.obligations[0] == TASKS[0]


def test_the_programme_of_an_event_goes_with_it() -> None:
    item = replace(TASKS[3], kind=Kind.AGENDA, time="08:15-08:30")
    shelf = [replace(one, plan=replace(one.plan, obligations=(*TASKS, item))) for one in SHELF]
    moved = replace(CHANGE, ref=TaskRef(1, 3), time="14:00")
    after = amended(shelf, [moved])[0]
    assert [(one.due, one.time) for one in after.plan.obligations[3:]] == [
        (date(2024, 12, 10), "14:00"),
        (date(2024, 12, 10), "08:15-08:30"),
    ]
    assert as_of(after, 4, date(2024, 11, 30)) == item
    gone = amended(shelf, [replace(moved, effect=Effect.REVOKED, due=None, rule=None)])[0].plan.obligations[4]
    assert (gone.due, gone.status) == (None, Status.SUPERSEDED)


def test_what_the_words_leave_open_stays_as_it_was() -> None:
    said = Amending(Effect.MOVED, 0, "lùi sang ngày 10/12", due=date(2024, 12, 10))
    bound = replace(said, rule=Rule.BY, time="16:30")
    cases = (
        (said, TASKS[0], (None, Rule.BEFORE, None)),
        (said, TASKS[3], (None, Rule.ON, "08:00")),
        (said, replace(TASKS[0], rule=Rule.IN_MONTH), (None, Rule.BY, None)),
        (bound, TASKS[0], (None, Rule.BY, "16:30")),
        (replace(bound, time=None), TASKS[2], (FIRST, Rule.RANGE, None)),  # lengthened: it begins as before
        (said, TASKS[2], (None, Rule.ON, None)),
    )
    for amending, task, wanted in cases:
        change = change_of(amending, TaskRef(1, 0), task, 9, date(2024, 12, 1))
        assert (change.start, change.rule, change.time) == wanted
        assert (change.due, change.by, change.snippet) == (said.due, 9, said.snippet)


def test_what_is_revoked_is_in_no_list() -> None:
    index = library(*INVENTED)
    volume = next(v for v in index.volumes if v.shelved.plan.source_file == "c-ninhkieu-tuan-2024.txt")
    for row, question, words in (
        ("Tuần 3/2", "tuần 3 có những việc gì", "vui Trung thu"),
        ("Tuần 4/2", "tháng 9 nộp gì", "công khai đầu năm"),
        ("Tuần 4/2", "hạn nộp hồ sơ công khai đầu năm", "26/09"),
    ):
        number = next(n for n, task in enumerate(volume.shelved.plan.obligations) if task.row == row)
        gone = replace(CHANGE, ref=TaskRef(volume.shelved.id, number), effect=Effect.REVOKED, due=None, rule=None)
        without = Index.of(amended([v.shelved for v in index.volumes], [gone]), index.tree)
        before, after = (ask(one, "NK-BINHMINH", "2024-09-17", question).text for one in (index, without))
        assert words in before
        assert words not in after, question

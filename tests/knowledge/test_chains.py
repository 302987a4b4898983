"""Which task of an office is made of which of its schools': in one sentence, or in two rows of the document."""

from datetime import date

import pytest

from core.people import Level
from core.work import TaskRef
from knowledge.chains import fed_by, feeds, goes_up
from knowledge.index import Index
from tests.knowledge.library import FOUNDING, INVENTED, SECOND, library

MONTHLY, THEME = 2, 1  # documents of the founding library

CHAINS = {  # the school's row and day, the office's row and day
    "D2-04": (MONTHLY, "9/2023/14", "2023-09-25", "10/2023/6", "2023-10-05"),
    "D2-05": (MONTHLY, "10/2023/4", "2023-10-20", "10/2023/4", "2023-10-31"),
    "D2-07": (MONTHLY, "12/2023/2", "2023-12-05", "12/2023/2", "2023-12-15"),
    "D2-08": (MONTHLY, "12/2023/6", "2023-12-05", "12/2023/6", "2023-12-15"),
    "D2-09": (MONTHLY, "5/2024/1", "2024-05-05", "5/2024/1", "2024-05-10"),
    "D2-10": (MONTHLY, "5/2024/2", "2024-05-10", "5/2024/2", "2024-05-15"),
    "D2-11": (MONTHLY, "6+7/2024/4", "2024-06-20", "6+7/2024/4", "2024-06-30"),
    "D1-01": (THEME, "IV.1", "2024-09-25", "IV.1", "2024-10-05"),
}


def task_of(index: Index, document: int, place: str, due: str) -> TaskRef:
    tasks = enumerate(index.by_id[document].shelved.plan.obligations)
    wanted = (place, date.fromisoformat(due))
    return next(TaskRef(document, n) for n, one in tasks if (one.row or one.section, one.due) == wanted)


def chains_of(index: Index, document: int) -> list[tuple[TaskRef, TaskRef]]:
    refs = [TaskRef(document, number) for number in range(len(index.by_id[document].shelved.plan.obligations))]
    return [(lower, upper) for upper in refs for lower in fed_by(index, upper)]


@pytest.mark.parametrize("name", CHAINS)
def test_what_schools_hand_in_feeds_what_their_office_hands_on(name: str) -> None:
    index = library(*FOUNDING)
    document, row, due, row_above, due_above = CHAINS[name]
    lower, upper = task_of(index, document, row, due), task_of(index, document, row_above, due_above)
    assert feeds(index, lower) == (upper,)
    assert fed_by(index, upper) == (lower,)


def test_nothing_else_of_the_founding_documents_is_a_chain() -> None:
    index = library(*FOUNDING)
    found = [chain for volume in index.volumes for chain in chains_of(index, volume.shelved.id)]
    assert len(found) == len(CHAINS)


@pytest.mark.parametrize(
    ("document", "place", "due"),
    [
        (MONTHLY, "9/2023/6", "2023-09-25"),  # weighing 1 and 2 are not handed on; weighing 3 is
        (MONTHLY, "12/2023/1", "2023-12-05"),
        (MONTHLY, "8/2023/11", "2023-08-30"),
        (MONTHLY, "9/2023/10", "2023-09-20"),
        (3, "III.2", "2024-10-25"),
    ],
)
def test_what_only_the_office_wants_feeds_nothing(document: int, place: str, due: str) -> None:
    index = library(*FOUNDING)
    assert feeds(index, task_of(index, document, place, due)) == ()


@pytest.mark.parametrize(("place", "due"), [("III.B.1", "2025-05-15"), ("III.B.3.4", "2025-05-25")])
def test_what_an_office_writes_by_itself_is_fed_by_nothing(place: str, due: str) -> None:
    index = library(*FOUNDING)
    upper = task_of(index, THEME, place, due)
    task = index.by_id[THEME].shelved.plan.obligations[upper.number]
    assert (goes_up(task), fed_by(index, upper)) == (True, ())


def test_in_other_documents_chains_stand_in_one_sentence_or_in_two_rows_of_the_same_name() -> None:
    found = {
        (volume.unit, index.by_id[upper.document].shelved.plan.obligations[upper.number].due)
        for index in (library(*INVENTED), library(*SECOND))
        for volume in index.volumes
        for _, upper in chains_of(index, volume.shelved.id)
    }
    assert ("PGD-YT", date(2024, 1, 12)) in found  # two rows
    assert ("X-DONGHUNG", date(2026, 9, 25)) in found  # a commune
    assert ("SO-DL", date(2024, 11, 4)) not in found  # in one row with the schools', but of something else
    assert ("PGD-NK", date(2024, 10, 3)) not in found  # no row of the schools' says the same
    assert len(found) == 18


def test_a_document_that_is_gone_has_no_chains() -> None:
    index = library(*FOUNDING)
    assert (feeds(index, TaskRef(99, 1)), fed_by(index, TaskRef(99, 1))) == ((), ())


def test_both_ends_are_of_the_right_tier() -> None:
    for index in (library(*FOUNDING), library(*INVENTED), library(*SECOND)):
        for volume in index.volumes:
            tasks = volume.shelved.plan.obligations
            for lower, upper in chains_of(index, volume.shelved.id):
                assert tasks[lower.number].from_level is Level.SCHOOL
                assert tasks[upper.number].to_level is Level.DEPARTMENT

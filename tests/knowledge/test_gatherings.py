"""What documents say of events: where, who comes, whether schools are among them; nothing that they do not say."""

import pytest

from core.work import Kind
from knowledge.gatherings import Gathering, gathering
from tests.knowledge.library import INVENTED, SECOND, founding, library

GUESTS = (
    "Sở GD&ĐT (Đại diện Ban Giám đốc Sở GD&ĐT; Lãnh đạo, chuyên viên Phòng Mầm non); Phó Chủ tịch UBND huyện phụ "
    "trách; Hiệu trưởng, 01 phó Hiệu trưởng, 01 giáo viên; 01 nhân viên nấu ăn, chủ cơ sở mầm non tư thục có phép"
)


def test_the_conference_of_an_lao_has_its_place_and_guests_word_for_word() -> None:
    volume = founding().by_id[3]
    [event] = [task for task in volume.shelved.plan.obligations if task.kind is Kind.EVENT]
    found = gathering(volume, event)
    assert found == Gathering("Trường MN Trường Sơn", GUESTS, schools=True)
    texts = [passage.text for passage in volume.shelved.plan.passages]
    assert any(found.guests in text for text in texts)
    assert any(found.place in text for text in texts)


@pytest.mark.parametrize(
    ("shelf", "invited"),
    [
        (INVENTED, ["Họp giao ban hiệu trưởng, tại hội trường Phòng GDĐT"]),
        (SECOND, ["Họp giao ban hiệu trưởng lúc 7h30 tại hội trường Phòng GDĐT"]),
    ],
    ids=["invented", "second"],
)
def test_of_the_invented_events_only_those_are_for_schools_that_say_so(
    shelf: tuple[object, object], invited: list[str]
) -> None:
    index = library(*shelf)
    events = [
        (volume, task)
        for volume in index.volumes
        for task in volume.shelved.plan.obligations
        if task.kind is Kind.EVENT
    ]
    assert len(events) > 5
    assert [task.task for volume, task in events if gathering(volume, task).schools] == invited

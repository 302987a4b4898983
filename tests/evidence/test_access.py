"""Who comes how far with a submission's code: for all others it is a code that there is not, to the last letter."""

from collections.abc import Collection
from pathlib import Path

import pytest

from core.dossier import Cut
from core.texts import deputies as deputy_texts
from core.texts import evidence as texts
from evidence.dossier import gather
from records import own_data
from records.session import Begin
from tests.evidence.access_stage import GROUP_CHAT, HANDED_IN, NOBODYS, VIEWERS, WAYS, AccessStage
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock

SCHOOL = ("giver", "colleague", "principal", "deputy", "former deputy")
SPEAKS = ("principal", "deputy")
GIVES = ("giver", *SPEAKS, "former deputy")  # who is told that her time is over
OFFICE = ("office", "office in the group")
NOBODY = ()

# for each word: who of the school has an answer of her own, in any state, and the office, once it was handed in
PATHS: dict[str, tuple[Collection[str], Collection[str]]] = {
    "/nhan {}": (NOBODY, OFFICE),
    "/tralai {}": (NOBODY, OFFICE),
    "/tralai {} Ảnh mờ": (NOBODY, OFFICE),
    "/hoinop {}": (NOBODY, OFFICE),
    "/hoinop {} Đã cân chưa?": (NOBODY, OFFICE),
    "/nhatky {}": (SCHOOL, OFFICE),
    "nhật ký {}": (SCHOOL, OFFICE),
    "/traloi {} Dạ rồi": (SCHOOL, NOBODY),
    "minh chứng {}": (GIVES, NOBODY),
    "/minhchung {} khong": (GIVES, NOBODY),
    "/minhchung {} 2.52": (GIVES, NOBODY),
    "rút lại {}": (GIVES, NOBODY),
    "/vannop {}": (GIVES, NOBODY),
    "/guilai {}": (GIVES, NOBODY),
    "/dongynop {}": (SCHOOL, NOBODY),
    "/chuanop {}": (SCHOOL, NOBODY),
    "dùng chung {}": (SCHOOL, NOBODY),
    "xoá minh chứng {}": (SCHOOL, NOBODY),
    "rút khỏi kho {}": (NOBODY, NOBODY),  # it is in none
    "/xemkho {}": (NOBODY, NOBODY),
    "{}": (NOBODY, NOBODY),
    "/nop {}": (NOBODY, NOBODY),
    "/tiendo {}": (NOBODY, NOBODY),
    "/lich {}": (NOBODY, NOBODY),
    "/hoso {}": (NOBODY, NOBODY),
    "/thuhoihoso {}": (NOBODY, NOBODY),
    "/bienbanxoa {}": (NOBODY, NOBODY),
    "/xongyeucau {}": (NOBODY, NOBODY),
    "xong yêu cầu {}": (NOBODY, NOBODY),
    "/traloiyeucau {}": (NOBODY, NOBODY),
    "/ghiyeucau {}": (NOBODY, NOBODY),
    "/yeucau {}": (NOBODY, NOBODY),
    "/phan {} x 0": (GIVES, NOBODY),
    "/duyet {}": (NOBODY, NOBODY),
    "/duyet viec {}": (NOBODY, NOBODY),
    "/duyet truong {} nhan het dong y x": (NOBODY, NOBODY),
    "duyệt việc {}": (NOBODY, NOBODY),
    "/rutkho {}": (NOBODY, NOBODY),
    "/kho {}": (NOBODY, NOBODY),
    "kho học liệu {}": (NOBODY, NOBODY),
    "/giahan {}": (NOBODY, NOBODY),
    "/danhac {}": (NOBODY, NOBODY),
    "/thoinhac {}": (NOBODY, NOBODY),
    "/uyquyen {}": (NOBODY, NOBODY),
}
LOOK, STORE = "/xemnop {}", "đưa {} vào kho"
OWN_DATA = ("lan", "nga", "huong", "hoa", "hanh", "mai")
SEES_FILES = {"held": SPEAKS, "submitted": OFFICE, "returned": OFFICE, "accepted": OFFICE}


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> AccessStage:
    return await AccessStage(begin, clock, tmp_path / "files").opens()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("how", WAYS)
async def test_a_code_leads_nobody_further_than_it_may(how: str, here: AccessStage) -> None:
    code, wrong, saw = await here.stands(how), [], set()
    for said, (school, office) in {**PATHS, LOOK: _look(how), STORE: _store(how)}.items():
        reached = {*school, *(office if how in HANDED_IN else ())}
        for viewer in VIEWERS:
            mine, nobodys = await here.asks(viewer, said, code), await here.asks(viewer, said, NOBODYS)
            if (mine.shape != nobodys.shape) is not (viewer in reached):
                wrong.append((said, viewer, mine.text))
            if mine.reply.files:
                saw.add(viewer)
    assert not wrong, "\n".join(map(str, wrong))
    assert saw == {*SEES_FILES.get(how, ()), *(["office above"] if how == "accepted" else [])}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_code_of_four_digits_is_taken_for_no_tasks_name(here: AccessStage) -> None:
    digits, letters = [await here.asks("office above", "/nop {}", code) for code in ("8473XY", NOBODYS)]
    assert digits.shape == letters.shape


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("how", WAYS)
async def test_links_show_what_the_unit_stands_by_and_to_each_what_she_gave(how: str, here: AccessStage) -> None:
    code = await here.stands(how)
    async with here.begin() as session:
        dossier = await gather(session, here.school.index, Cut(UNIT), here.clock())
        given = {who: await own_data.gather(session, await here.id_of(session, who), here.clock()) for who in OWN_DATA}
    named = [proof.code for programme in dossier.programmes for item in programme.items for proof in item.proofs]
    assert named == [code] * (how in ("submitted", "returned", "accepted"))
    assert len(dossier.exhibits) == (how in ("submitted", "accepted"))
    assert {who for who, data in given.items() if data.submissions or data.files} == {"lan"}


@pytest.mark.parametrize("how", HANDED_IN)
async def test_the_log_begins_for_the_office_when_it_is_handed_in(how: str, here: AccessStage) -> None:
    code = await here.stands(how)
    theirs = (await here.asks("office", "nhật ký {}", code)).text.split("\n")
    whole = (await here.asks("colleague", "nhật ký {}", code)).text.split("\n")
    first = next(at for at, line in enumerate(whole) if line.endswith("Phạm Thị Hương nộp"))
    assert "chờ hiệu trưởng" in whole[first - 1]
    assert theirs == [whole[0], *whole[first:]]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_what_was_withdrawn_the_office_reads_that_it_was(here: AccessStage) -> None:
    code = await here.stands("withdrawn")
    assert (await here.asks("office", LOOK, code)).text == texts.withdrawn("MÃ")
    assert (await here.asks("office", "/nhan {}", code)).text == texts.ALREADY
    assert "rút lại" in (await here.asks("office", "nhật ký {}", code)).text.split("\n")[-1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "said", ["/dongynop {}", "/chuanop {}", "/xemnop {}", "rút lại {}", "dùng chung {}", "minh chứng {}", "/duyet"]
)
async def test_who_was_a_deputy_is_told_that_it_has_ended(said: str, here: AccessStage) -> None:
    code = await here.stands("held")
    answered = await here.asks("former deputy", said, code)
    assert (answered.text, answered.events, answered.written) == (deputy_texts.YOURS_IS_OVER, 0, 0)


def _look(how: str) -> tuple[Collection[str], Collection[str]]:
    """A principal looks at what waits for her word."""
    return (SPEAKS if how == "held" else NOBODY), OFFICE


def _store(how: str) -> tuple[Collection[str], Collection[str]]:
    """An office further up may share what was accepted."""
    return NOBODY, ((*OFFICE, "office above") if how == "accepted" else OFFICE)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_is_not_known_comes_to_what_the_group_was_told_of(here: AccessStage) -> None:
    code = await here.stands("held")
    await here.came_in(GROUP_CHAT)
    for said, reached in {"nhật ký {}": True, "/traloi {} Dạ rồi": True, "rút lại {}": False, LOOK: False}.items():
        mine, nobodys = [await here.asks("stranger in the group", said, one) for one in (code, NOBODYS)]
        assert (mine.shape != nobodys.shape) is reached, said

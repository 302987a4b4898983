"""The store of shared material: an office picks from what is accepted, all below find it, the school takes it out."""

import random
from collections.abc import AsyncIterator, Collection
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from core.evidence import State
from core.library import Material
from core.message import Address
from core.people import Role
from core.texts import evidence as evidence_texts
from core.texts import library as texts
from core.texts import privacy
from core.texts.chat import ANSWERED_IN_PRIVATE
from core.texts.joining import UNKNOWN_SENDER
from evidence.desk import Desk
from handlers.plain_words import about_a_code
from knowledge.fold import fold
from knowledge.fold import words as fold_words
from records import facts, groups, library
from records.evidence_tables import SubmissionRow
from records.file_tables import FactRow, ReceivedRow
from records.library_tables import LibraryFileRow, LibraryRow
from records.session import Begin, Session
from records.tables import OutboxRow
from tests.evidence.privacy_stage import KEPT, PrivacyStage
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, READY, WEIGHING

SCHOOL, OFFICE = "MN Hoa Phượng", "Phòng GDĐT huyện Vĩnh Bảo"
WEIGHED = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
PDF = b"%PDF-1.4 "
SONGS = {"bai hat ru 5 tuoi.pdf": PDF + b"1", "am_nhac.jpg": JPEG + b"1"}


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    """Also a principal of another district, and an officer of it."""
    district = await PrivacyStage(begin, clock, tmp_path / "files").opens()
    await district.hires("binh", "Ngô Thị Bình", "AL-TRUONGSON", Role.PRINCIPAL)
    await district.knows("ngoc", "Bùi Thị Ngọc")
    return district


async def accepted(here: PrivacyStage, files: dict[str, bytes] = SONGS) -> str:
    """The code."""
    return await here.gives(WEIGHING, files, State.ACCEPTED)


async def stored(here: PrivacyStage, title: str = "Bài hát ru", files: dict[str, bytes] = SONGS) -> str:
    """The code of what the office has put in."""
    code = await accepted(here, files)
    await here.says("hanh", f"đưa {code} vào kho: {title}")
    await here.taps("hanh", texts.SURE)
    return code


async def files_of_last(here: PrivacyStage, who: str) -> list[str]:
    """The names of the files that the last message to this person was queued with."""
    async with here.begin() as session:
        rows = select(OutboxRow.files).where(OutboxRow.chat == who).order_by(OutboxRow.id.desc()).limit(1)
        return [one["name"] for one in await session.scalar(rows) or ()]


def labels(here: PrivacyStage, who: str) -> list[str]:
    return [choice.label for choice in here.last(who).choices]


async def test_what_was_just_accepted_is_put_in_once_its_files_were_looked_at_and_the_school_is_told(
    here: PrivacyStage,
) -> None:
    await here.hands_in("lan", "a", "b", text="cân đo lần 2")
    await here.taps("huong", evidence_texts.CONFIRM)
    code = (await here.rows())[0].code
    await here.says("hanh", f"/nhan {code}")
    told = len(here.read_by("lan")), len(here.read_by("huong"))
    asked = await here.taps("hanh", texts.PUT)
    assert f"thuộc {OFFICE} sẽ xem được 2 ảnh" in asked
    assert "không nhận ra được mặt, tên cháu nào" in asked
    assert len(await files_of_last(here, "hanh")) == 2
    assert await here.all(LibraryRow) == []  # only asked
    assert await here.says("mai", "kho học liệu") == texts.EMPTY
    assert (await here.taps("hanh", texts.SURE)).endswith(f"và báo cho {SCHOOL}.")
    for who, before in zip(("lan", "huong"), told, strict=True):
        assert len(here.read_by(who)) == before + 1
        assert f"đã được chọn vào kho học liệu dùng chung của {OFFICE}" in here.read_by(who)[-1]
    assert await here.says("hanh", f"/vaokho {code}") == texts.ALREADY_IN
    assert "đưa vào kho học liệu" in await here.says("lan", f"nhật ký {code}")


async def test_all_below_the_office_find_it_with_the_school_named_and_get_what_the_office_saw(
    here: PrivacyStage,
) -> None:
    code = await stored(here)
    for who in ("mai", "lan", "huong", "hanh"):
        assert (await here.says(who, "/kho")).startswith("Kho học liệu dùng chung: 1 học liệu.")
        shown = await here.taps(who, "Bài hát ru")
        assert shown.startswith(f"Bài hát ru\nCủa {SCHOOL}, huyện Vĩnh Bảo, Hải Phòng\n{OFFICE} đưa vào kho ")
        assert shown.endswith(f"Mã: {code}")
        assert await files_of_last(here, who) == [*SONGS]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("kho học liệu âm nhạc", True),  # the name of a file
        ("tim hoc lieu 5 tuoi", True),
        ("Tìm học liệu về Hát Ru ạ", True),  # the office's title
        ("kho học liệu cân đo", True),  # the task's
        ("/kho hoa phượng", True),
        ("tìm trong kho học liệu", True),
        ("kho học liệu toán", False),
        ("/kho hát múa", False),  # all words, not any
    ],
)
async def test_words_are_looked_for_without_marks_in_all_that_it_is_called(
    said: str, found: bool, here: PrivacyStage
) -> None:
    await stored(here)
    answered = await here.says("mai", said)
    assert answered.startswith("Kho học liệu dùng chung: 1 học liệu") is found
    if not found:
        assert answered == texts.nothing(said.removeprefix("kho học liệu ").removeprefix("/kho "))


async def test_newest_first_five_to_a_page(here: PrivacyStage) -> None:
    for number in range(7):
        await stored(here, f"Bài {number}", {f"tep {number}.pdf": PDF + str(number).encode()})
    await here.says("mai", "kho học liệu bài")
    assert [label[:5] for label in labels(here, "mai")] == ["Bài 6", "Bài 5", "Bài 4", "Bài 3", "Bài 2", texts.MORE[:5]]
    await here.taps("mai", texts.MORE)
    assert [label[:5] for label in labels(here, "mai")] == ["Bài 1", "Bài 0"]


async def test_another_district_an_office_further_up_and_a_stranger_find_nothing(here: PrivacyStage) -> None:
    code = await stored(here)
    for who in ("binh", "ngoc", "tuan"):
        assert await here.says(who, "/kho") == texts.EMPTY
        assert await here.says(who, f"/xemkho {code}") == texts.NOT_THERE
    for said in ("/kho", "kho học liệu", f"/xemkho {code}", f"/vaokho {code}", f"rút khỏi kho {code}"):
        assert (await here.says("nobody", said)).startswith(UNKNOWN_SENDER)


async def test_an_office_further_up_puts_it_in_for_all_its_districts(here: PrivacyStage) -> None:
    code = await accepted(here)
    await here.says("tuan", f"đưa {code} vào kho")
    await here.taps("tuan", texts.SURE)
    for who in ("binh", "mai", "hanh", "ngoc", "tuan"):
        assert "1 học liệu" in await here.says(who, "/kho")
    await here.says("hanh", f"/vaokho {code}")
    await here.taps("hanh", texts.SURE)
    assert "1 học liệu" in await here.says("mai", "/kho")  # in both stores, shown once


async def test_who_may_not_put_it_in(here: PrivacyStage) -> None:
    code, waits = await accepted(here), await here.gives(READY, SONGS, State.SUBMITTED)
    for who in ("lan", "huong", "mai", "binh"):
        assert await here.says(who, f"đưa {code} vào kho") == texts.ONLY_OFFICES
    assert await here.says("ngoc", f"đưa {code} vào kho") == evidence_texts.NOT_FOUND
    assert await here.says("hanh", f"đưa {waits} vào kho") == texts.ONLY_ACCEPTED
    assert await here.says("tuan", f"đưa {waits} vào kho") == evidence_texts.NOT_FOUND
    assert await here.says("hanh", "đưa vào kho") == texts.HOW
    assert await here.all(LibraryRow) == []


async def test_pictures_may_be_left_out(here: PrivacyStage) -> None:
    code = await accepted(here)
    await here.says("hanh", f"/vaokho {code}")
    assert labels(here, "hanh") == [texts.SURE, texts.PAPERS_ONLY, texts.NOT_NOW]
    await here.taps("hanh", texts.PAPERS_ONLY)
    await here.says("mai", f"/xemkho {code}")
    assert await files_of_last(here, "mai") == ["bai hat ru 5 tuoi.pdf"]


async def test_what_nobody_could_look_at_is_not_put_in_nor_what_comes_to_be_shown_later(here: PrivacyStage) -> None:
    code = await accepted(here)
    hidden = update(FactRow).where(FactRow.mime == "image/jpeg")
    async with here.begin() as session:
        await session.execute(hidden.values(clean=None))
    await here.says("hanh", f"/vaokho {code}")
    assert await files_of_last(here, "hanh") == ["bai hat ru 5 tuoi.pdf"]
    async with here.begin() as session:
        await session.execute(hidden.values(clean=FactRow.sha256))
    asked = await here.taps("hanh", texts.SURE)  # two are shown by now, one was looked at
    assert "1 ảnh, 1 tệp" in asked
    assert await here.all(LibraryRow) == []
    async with here.begin() as session:
        await session.execute(hidden.values(clean=None))
    await here.says("hanh", f"/vaokho {code}")
    await here.taps("hanh", texts.SURE)
    async with here.begin() as session:
        await session.execute(hidden.values(clean=FactRow.sha256))
    await here.says("mai", f"/xemkho {code}")
    assert await files_of_last(here, "mai") == ["bai hat ru 5 tuoi.pdf"]


async def test_the_school_takes_it_out_for_good_and_the_officer_is_told(here: PrivacyStage) -> None:
    code = await stored(here)
    before = len(here.read_by("hanh"))
    for who in ("lan", "mai", "binh", "ngoc"):  # lan did not give it
        assert await here.says(who, f"rút khỏi kho {code}") == texts.NOT_YOURS
    assert await here.says("huong", f"rút khỏi kho {code}") == texts.taken_out(code)
    assert await here.says("huong", f"rút khỏi kho {code}") == texts.NOT_YOURS
    [told] = here.read_by("hanh")[before:]
    assert told.startswith(f"{SCHOOL} đã rút “")
    assert await here.says("mai", "/kho") == texts.EMPTY
    assert await here.says("hanh", f"/vaokho {code}") == texts.SCHOOL_TOOK_OUT
    assert await here.says("tuan", f"/vaokho {code}") == texts.SCHOOL_TOOK_OUT


async def test_the_office_takes_it_out_and_may_put_it_in_again(here: PrivacyStage) -> None:
    code = await stored(here)
    told = len(here.read_by("huong"))
    assert await here.says("hanh", f"rút khỏi kho {code}") == texts.taken_out(code)
    assert await here.says("mai", f"/xemkho {code}") == texts.NOT_THERE
    await here.says("hanh", f"/vaokho {code}")
    await here.taps("hanh", texts.SURE)
    assert "1 học liệu" in await here.says("mai", "/kho")
    assert len(here.read_by("huong")) == told  # told once
    log = await here.says("huong", f"nhật ký {code}")
    assert log.count("đưa vào kho học liệu") == 2
    assert log.count("rút khỏi kho học liệu") == 1


async def test_the_giver_takes_it_out_and_then_no_office_puts_the_same_files_in_for_another_task(
    here: PrivacyStage,
) -> None:
    await here.hands_in("lan", "a", text="cân đo lần 2")
    await here.taps("huong", evidence_texts.CONFIRM)
    first = (await here.rows())[0].code
    await here.says("huong", f"/dungchung {first} {READY}")
    second = (await here.rows())[1].code
    async with here.begin() as session:
        await session.execute(update(SubmissionRow).values(state=State.ACCEPTED))
    await here.says("hanh", f"/vaokho {first}")
    await here.taps("hanh", texts.SURE)
    assert texts.TAKE_OUT in labels(here, "lan")
    assert await here.taps("lan", texts.TAKE_OUT) == texts.taken_out(first)
    assert await here.says("hanh", f"/vaokho {second}") == texts.SCHOOL_TOOK_OUT


async def test_an_office_further_up_takes_it_out_of_its_districts_store_not_the_other_way_round(
    here: PrivacyStage,
) -> None:
    code = await stored(here)
    assert await here.says("tuan", f"rút khỏi kho {code}") == texts.taken_out(code)
    assert await here.says("mai", "/kho") == texts.EMPTY
    await here.says("tuan", f"/vaokho {code}")
    await here.taps("tuan", texts.SURE)
    assert await here.says("hanh", f"rút khỏi kho {code}") == texts.NOT_YOURS
    assert "1 học liệu" in await here.says("mai", "/kho")


async def test_in_a_group_it_is_told_in_private_and_to_members_alone(here: PrivacyStage) -> None:
    await stored(here)
    async with here.begin() as session:
        await groups.bind(session, Address(here.name, "-9"), UNIT)
    await here.school.says_in("-9", "nobody", "/kho", "g1")
    await here.school.says_in("-9", "mai", "/kho", "g2")
    assert here.read_by("-9") == [texts.ONLY_MEMBERS, ANSWERED_IN_PRIVATE]
    assert "1 học liệu" in here.read_by("mai")[-1]


async def test_what_is_deleted_or_stands_otherwise_leaves_the_store_by_itself(here: PrivacyStage) -> None:
    code = await stored(here, "Lời chào của cô Lan")
    async with here.begin() as session:
        await session.execute(update(SubmissionRow).values(state=State.WITHDRAWN))
    assert await here.says("mai", "/kho") == texts.EMPTY
    async with here.begin() as session:
        await session.execute(update(SubmissionRow).values(state=State.ACCEPTED))
    assert "1 học liệu" in await here.says("mai", "/kho")
    async with here.begin() as session:
        await session.execute(update(ReceivedRow).values(code=code))  # told of, so nothing is awaited
    await here.says("huong", f"/xoaminhchung {code} het dong y")
    assert await here.says("mai", "/kho") == texts.EMPTY
    assert await here.says("mai", f"/xemkho {code}") == texts.NOT_THERE
    assert [(row.title, row.words) for row in await here.all(LibraryRow)] == [("", "")]
    assert await here.all(LibraryFileRow) == []


async def test_what_was_kept_long_enough_leaves_the_store_with_its_files(here: PrivacyStage) -> None:
    await stored(here)
    async with here.begin() as session:
        await session.execute(update(ReceivedRow).values(code="told"))
    await here.after(KEPT - 29)
    assert "1 học liệu" in await here.says("mai", "/kho")
    await here.after(31)
    assert await here.states() == [(WEIGHED, "accepted")]
    assert await here.says("mai", "/kho") == texts.EMPTY
    assert [row.title for row in await here.all(LibraryRow)] == [""]


async def test_of_a_file_that_was_deleted_its_name_finds_nothing_and_is_kept_nowhere(here: PrivacyStage) -> None:
    code = await stored(here)
    async with here.begin() as session:
        await session.execute(update(ReceivedRow).values(code=code))
    await here.says("huong", f"/xoaminhchung {code}")
    await here.taps("huong", next(label for label in labels(here, "huong") if "am_nhac" in label))
    await here.taps("huong", privacy.SURE)
    assert await here.says("mai", "kho học liệu âm nhạc") == texts.nothing("âm nhạc")
    assert "1 học liệu" in await here.says("mai", "kho học liệu 5 tuổi")
    assert ["nhac" in row.words for row in await here.all(LibraryFileRow)] == [False]


@pytest.mark.parametrize("seed", range(3))
async def test_pages_of_the_database_hold_what_a_look_at_all_of_it_would(here: PrivacyStage, seed: int) -> None:
    rng, offices = random.Random(seed), ("PGD-VB", "SO-HP")
    said = ["hát", "múa", "toán", "5", "mẹ", "100%", "x_y", "đất"]
    for number in range(14):
        names = {
            f"{rng.choice(said)} {number}.pdf": PDF + bytes([number]),
            f"{rng.choice(said)} b.jpg": JPEG + bytes([number]),
        }
        code = await accepted(here, names)
        who = rng.choice([["hanh"], ["tuan"], ["hanh", "tuan"], ["tuan", "hanh"]])
        for officer in who:
            await here.says(officer, f"đưa {code} vào kho: {' '.join(rng.sample(said, 2))}")
            await here.taps(officer, texts.SURE)
            here.clock.move(timedelta(seconds=rng.choice((0, 1))))
        if rng.random() < 0.2:
            await here.says(rng.choice(who), f"rút khỏi kho {code}")
    async with here.begin() as session:
        await session.execute(
            update(FactRow).where(FactRow.mime == "image/jpeg", FactRow.sha256 > "c").values(clean=None)
        )
        desk = Desk(session, here.school.index, here.clock())
        everything = [one async for one in _all_of(session, offices)]
        assert len(everything) > 8
        for words in [(), *((word,) for word in said), ("hát", "múa"), ("hoa", "phượng", "toán"), ("xyz",)]:
            wanted = {one for word in words for one in fold_words(fold(word))}
            plain = [one.code for one in everything if wanted <= _called(desk, one)]
            count, paged = 0, []
            for page in range(4):
                count, some = await library.find(session, offices, wanted, 5, 5 * page)
                assert len(some) <= 5
                paged += [one.code for one in some]
            assert (count, paged) == (len(plain), plain[:20]), words


async def _all_of(session: Session, offices: Collection[str]) -> AsyncIterator[Material]:
    """As it was once searched: all of it, each submission by who put it in last, with what is shown of it."""
    rows = select(LibraryRow, SubmissionRow).join(SubmissionRow, SubmissionRow.id == LibraryRow.submission_id)
    rows = rows.where(
        LibraryRow.office.in_(offices), LibraryRow.out_at.is_(None), SubmissionRow.state == State.ACCEPTED
    )
    newest = LibraryRow.put_at.desc(), LibraryRow.submission_id.desc(), LibraryRow.office
    seen: set[int] = set()
    for row, of in (await session.execute(rows.order_by(*newest))).all():
        files = tuple(file for _, _, file in await facts.shown(session, [of.id]))
        if of.id not in seen and files:
            yield Material(of.id, of.code, of.unit or "", row.office, row.title, of.title, row.put_at, files)
        seen.add(of.id)


def _called(desk: Desk, one: Material) -> set[str]:
    names = "\n".join((one.title, one.task, desk.unit_name(one.unit), *(file.name for file in one.files)))
    return set(fold_words(fold(names)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("said", ["kho học liệu dùng chung nộp khi nào", "tìm học liệu gì", "nộp học liệu về kho?"])
async def test_a_question_about_it_is_answered_from_the_documents(said: str, here: PrivacyStage) -> None:
    await stored(here)
    assert "học liệu." not in (await here.says("mai", said)).split("\n")[0]


def test_plain_words_about_the_store_are_its_commands() -> None:
    assert about_a_code("Đưa H7K2QM vào kho") == ("vaokho", "H7K2QM")
    assert about_a_code("đưa mã H7K2QM vào kho học liệu dùng chung: Bài hát") == ("vaokho", "H7K2QM Bài hát")
    assert about_a_code("vào kho H7K2QM") == ("vaokho", "H7K2QM")
    assert about_a_code("rút khỏi kho H7K2QM") == ("rutkho", "H7K2QM")
    assert about_a_code("rút H7K2QM") == ("rutlai", "H7K2QM")

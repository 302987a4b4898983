"""Reading beside the chat: killed in the middle, twice at once, what cannot be read, what is known, whose it is."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import BadInput
from core.people import Role
from core.texts import drafts as texts
from core.texts import reading as reading_texts
from knowledge.blocks import Source
from scheduler.drafts import ATTEMPTS, LEASE
from scheduler.reading import read_document
from tests.drafting.plans import NAME, PLAN, in_word
from tests.drafting.stage import Desks
from tests.noticing.stage import GROUP_A

RESULT = "tôi đọc được 5 việc"


def results(here: Desks, who: str = "hanh") -> list[str]:
    return [text for text in here.read_by(who) if "tôi đọc được" in text]


async def _dies(path: Path, name: str) -> Source:
    raise asyncio.CancelledError


async def test_killed_in_the_middle_it_is_taken_up_again_and_told_once(here: Desks) -> None:
    await here.sends_file("hanh", "văn bản cần đọc")
    here.read = _dies
    with pytest.raises(asyncio.CancelledError):
        await here.reads()
    here.read = read_document
    assert await here.reads() == 0  # somebody may still be at it
    assert results(here) == []
    here.clock.move(LEASE)
    assert await here.reads() == 1
    assert len(results(here)) == 1
    here.clock.move(LEASE)
    assert await here.reads() == 0


async def test_a_worker_that_was_slower_than_its_lease_changes_nothing(here: Desks) -> None:
    await here.sends_file("hanh", "văn bản cần đọc")

    async def slow(path: Path, name: str) -> Source:
        here.clock.move(LEASE)
        here.read = read_document
        await here.reads()
        await here.says("hanh", "bỏ mục 1")
        return await read_document(path, name)

    here.read = slow
    await here.reads()
    assert len(results(here)) == 1
    assert [row.dropped for row in await here.drafted()] == [[0]]


async def test_what_fails_again_and_again_is_given_up_and_said(here: Desks) -> None:
    await here.sends_file("hanh", "văn bản cần đọc")

    async def breaks(path: Path, name: str) -> Source:
        raise RuntimeError

    here.read = breaks
    for _ in range(ATTEMPTS + 1):
        await here.reads()
        here.clock.move(LEASE)
    assert here.read_by("hanh")[-1] == texts.failed(NAME, texts.TROUBLE)
    assert (await here.drafted())[0].stage == "failed"


async def test_one_that_was_dropped_while_it_was_read_is_not_spoken_of(here: Desks) -> None:
    await here.sends_file("hanh", "văn bản cần đọc")
    assert await here.says("hanh", "xem lại") == texts.STILL_READING
    assert await here.says("hanh", "huỷ văn bản") == texts.CANCELLED
    assert await here.reads() == 0
    assert results(here) == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("trống.txt", b"  \n ", reading_texts.empty("trống.txt")),
        ("kế hoạch.txt", b"\x00\x01\x02\x03" * 99, "kế hoạch.txt"),
    ],
)
async def test_what_cannot_be_read_says_what_to_do(here: Desks, name: str, data: bytes, said: str) -> None:
    await here.sends_file("hanh", "đọc giúp em", name, data)
    await here.reads()
    assert said in here.read_by("hanh")[-1]
    assert (await here.drafted())[0].stage == "failed"
    assert here.labels() == []


async def test_the_readers_own_sentence_is_told(here: Desks) -> None:
    async def refuses(path: Path, name: str) -> Source:
        raise BadInput(reading_texts.broken(name))

    here.read = refuses
    await here.sends_file("hanh", "đọc giúp", "kế hoạch.pdf", b"%PDF-1.4 ...")
    await here.reads()
    assert here.read_by("hanh")[-1] == reading_texts.broken("kế hoạch.pdf")


async def test_a_word_plan_is_read_in_its_own_process(here: Desks) -> None:
    await here.sends_file("hanh", "văn bản cần đọc", "kế hoạch.docx", in_word())
    await here.reads()
    assert "5 việc, 4 dòng có hạn, 1 mốc hai cấp, 4 chỗ nghi ngờ" in here.read_by("hanh")[-1]


async def test_a_copy_of_a_published_plan_is_known(here: Desks) -> None:
    code = await here.sent_and_read()
    await here.says("hanh", f"/congbo {code} van")
    await here.taps("hanh", texts.PUBLISH)
    await here.sends_file("hanh", "văn bản cần đọc", "bản sao.txt", PLAN.replace(b"\n", b"\r\n"))
    await here.reads()
    assert here.read_by("hanh")[-1] == texts.known("bản sao.txt")
    await here.goes_out()
    assert len(here.read_by(GROUP_A)) == 1


async def test_of_two_officers_with_the_same_plan_the_first_publishes(here: Desks) -> None:
    await here.hires("nga", "Lê Thị Nga", "PGD-VB", role=Role.STAFF)
    mine, hers = await here.sent_and_read("hanh"), await here.sent_and_read("nga")
    assert len(results(here, "hanh")) == len(results(here, "nga")) == 1
    await here.says("nga", "sửa mục 1: hạn 18/12")
    assert await here.says("hanh", f"xem lại {hers}") == texts.NOT_FOUND
    for who, code in (("hanh", mine), ("nga", hers)):
        await here.says(who, f"/congbo {code} van")
    assert (await here.taps("hanh", texts.PUBLISH)).startswith("Đã công bố")
    assert await here.taps("nga", texts.PUBLISH) == texts.known(NAME)
    await here.goes_out()
    assert len(here.read_by(GROUP_A)) == 1
    assert [row.stage for row in await here.drafted()] == ["published", "dropped"]


async def test_who_issued_it_is_asked_where_the_paper_does_not_say(here: Desks) -> None:
    await here.sent_and_read(data=b"1. Cac truong nop bao cao ban tru truoc ngay 15/12/2023.\n")
    assert here.read_by("hanh")[-1].endswith(texts.ISSUED_BY)
    assert here.labels()[:2] == ["Phòng GDĐT huyện Vĩnh Bảo", "Sở Giáo dục và Đào tạo Hải Phòng"]
    assert await here.says("hanh", "công bố") == here.read_by("hanh")[-2]  # asked again
    said = await here.taps("hanh", "Phòng GDĐT")
    assert "Nơi ban hành: Phòng GDĐT huyện Vĩnh Bảo." in said
    assert texts.PUBLISH in here.labels()


async def test_a_paper_from_above_stays_among_the_own_units(here: Desks) -> None:
    paper = PLAN.replace(
        "UBND HUYỆN VĨNH BẢO\nPHÒNG GIÁO DỤC".encode(), "UBND THÀNH PHỐ HẢI PHÒNG\nSỞ GIÁO DỤC".encode()
    )
    paper = paper.replace("Vĩnh Bảo, ngày".encode(), "Hải Phòng, ngày".encode())
    code = await here.sent_and_read(data=paper)
    assert "chỉ Phòng GDĐT huyện Vĩnh Bảo và các đơn vị thuộc" in here.read_by("hanh")[-1]
    await here.says("hanh", f"/congbo {code} van")
    await here.taps("hanh", texts.PUBLISH)
    await here.goes_out()
    assert here.read_by(GROUP_A)[-1].startswith("Sở Giáo dục và Đào tạo Hải Phòng có văn bản mới")
    assert here.read_by("nhóm B") == []
    other = await here.sent_and_read("ngoc", data=paper)  # the neighbours' own copy
    assert "tôi đọc được" in here.read_by("ngoc")[-1]
    await here.says("ngoc", f"/congbo {other} van")
    await here.taps("ngoc", texts.PUBLISH)
    await here.goes_out()
    assert len(here.read_by("nhóm B")) == 1


async def test_a_paper_of_another_district_is_not_taken(here: Desks) -> None:
    await here.sent_and_read("ngoc")
    assert here.read_by("ngoc")[-1] == texts.not_yours("Phòng GDĐT huyện Vĩnh Bảo")
    assert (await here.drafted())[0].plan is None


async def test_the_file_stays_while_the_draft_does(here: Desks) -> None:
    await here.sent_and_read()
    here.clock.move(timedelta(days=1))
    assert (await here.readers.work()) == 0
    assert (await here.drafted())[0].sha256

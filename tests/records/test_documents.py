"""What was read is kept whole, once, and shown only when published."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people import Level, Ownership, Unit
from core.work import Contact, Doubt, Head, Kind, Obligation, Part, Passage, Plan, Rule, Status
from records.documents import DRAFT, PUBLISHED, add, assign, find_by_digest, publish, revision, shelved
from records.plan_codec import decode_plan, encode_plan
from records.session import Begin
from records.units import import_units

NOW = datetime(2024, 9, 30, 18, 0, tzinfo=UTC)  # already 1 October in Vietnam

PLAN = Plan(
    source_file="kế hoạch.txt",
    head=Head(
        doc_type="Kế hoạch",
        number_blank=True,
        level=Level.DISTRICT,
        date=date(2024, 9, 23),
        addressees=("Các trường", "Các lớp"),
        contacts=(Contact("email", "a@b.vn"),),
    ),
    passages=(Passage(0, 1, "Số: /KH", Part.HEAD), Passage(1, 9, "Nộp trước 05/12", parent=0, months=("2024-12",))),
    obligations=(
        Obligation(
            snippet="trước 05/12",
            task="Nộp",
            line=9,
            passage=1,
            kind=Kind.DEADLINE,
            due=date(2024, 12, 5),
            rule=Rule.BEFORE,
            from_level=Level.SCHOOL,
            from_explicit=True,
            status=Status.TENTATIVE,
            ownership=(Ownership.PUBLIC, Ownership.PRIVATE),
        ),
    ),
    doubts=(Doubt(3, "Ngày 31/6 không có thật."),),
)


@pytest.fixture
async def units(begin: Begin) -> None:
    async with begin() as session:
        await import_units(session, [Unit("A", "Sở A", Level.DEPARTMENT), Unit("B", "Phòng B", Level.DISTRICT, "A")])


@pytest.mark.usefixtures("units")
async def test_a_published_document_comes_back_letter_for_letter(begin: Begin) -> None:
    async with begin() as session:
        document = await add(session, PLAN, "A", "d1", PUBLISHED, NOW)
    async with begin() as session:
        (kept,) = await shelved(session)
    assert (kept.id, kept.unit, kept.plan, kept.ingested_on) == (document, "A", PLAN, date(2024, 10, 1))


@pytest.mark.usefixtures("units")
async def test_a_draft_is_not_shown_until_it_is_published(begin: Begin) -> None:
    async with begin() as session:
        document = await add(session, PLAN, "A", "d1", DRAFT, NOW)
        assert await shelved(session) == []
        before = await revision(session)
    async with begin() as session:
        await publish(session, document)
        assert [kept.id for kept in await shelved(session)] == [document]
        assert await revision(session) == before + 1


@pytest.mark.usefixtures("units")
async def test_a_copy_is_recognised_and_not_doubled(begin: Begin) -> None:
    async with begin() as session:
        first = await add(session, PLAN, "A", "d1", PUBLISHED, NOW)
    async with begin() as session:
        assert await add(session, PLAN, "B", "d1", PUBLISHED, NOW) == first
        known = await find_by_digest(session, "d1")
        assert known is not None
        assert (known.id, known.unit, known.state, known.source_file) == (first, "A", PUBLISHED, "kế hoạch.txt")
        assert await find_by_digest(session, "d2") is None
        assert len(await shelved(session)) == 1


@pytest.mark.usefixtures("units")
async def test_the_issuer_can_be_corrected(begin: Begin) -> None:
    async with begin() as session:
        document = await add(session, PLAN, "A", "d1", PUBLISHED, NOW)
        await assign(session, document, "B")
        assert [kept.unit for kept in await shelved(session)] == ["B"]


def test_what_a_newer_program_wrote_beside_is_passed_over() -> None:
    assert decode_plan(encode_plan(PLAN) | {"later": 1}) == PLAN


_words = st.text(max_size=8)
_heads = st.builds(
    Head,
    number=st.none() | _words,
    level=st.none() | st.sampled_from(Level),
    date=st.none() | st.dates(),
    cites=st.tuples(_words, _words),
    contacts=st.tuples(st.builds(Contact, _words, _words)) | st.just(()),
)
_passages = st.builds(
    Passage,
    place=st.integers(0, 9),
    line=st.integers(1, 9),
    text=_words,
    part=st.sampled_from(Part),
    parent=st.none() | st.integers(0, 3),
)
_obligations = st.builds(
    Obligation,
    snippet=_words,
    task=_words,
    line=st.integers(1, 9),
    passage=st.integers(0, 9),
    due=st.none() | st.dates(),
    rule=st.none() | st.sampled_from(Rule),
    status=st.sampled_from(Status),
    ownership=st.lists(st.sampled_from(Ownership)).map(tuple),
)


@given(head=_heads, passages=st.lists(_passages, max_size=3), obligations=st.lists(_obligations, max_size=3))
def test_any_plan_survives_the_way_to_json_and_back(
    head: Head, passages: list[Passage], obligations: list[Obligation]
) -> None:
    plan = Plan("f.txt", head, tuple(passages), tuple(obligations), (Doubt(1, "?"),))
    assert decode_plan(encode_plan(plan)) == plan

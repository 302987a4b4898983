"""The pages of evidence over HTTP: who sees and does what, as in chat; each act once, told once; files for few."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.evidence import Act, State
from core.people import Role
from core.texts import evidence as evidence_texts
from core.texts import site_proofs as texts
from records import extensions, pulse, submissions
from records.evidence_tables import ExtensionRow, SubmissionEventRow, SubmissionRow
from records.files import FileStore
from records.session import Begin
from records.site_tables import SiteActRow
from records.tables import OutboxRow
from scheduler.looking import Looker
from tests.evidence.access_stage import HANDED_IN, NOBODYS, WAYS, AccessStage
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.media.made import film, telling_jpeg
from tests.web.dossier_stage import JPEG, PLAN, READY, WEIGHING, DossierStage
from tests.web.proof_stage import PROOFS, Browsers, codes_in, files_in
from tests.web.site_stage import site_of

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SCHOOL, SPEAKS = ("lan", "nga", "huong", "hoa", "oanh"), ("huong", "hoa")  # hoa stands in today, oanh did once
EVERYBODY = (*SCHOOL, "hanh", "tuan", "ngoc", "mai", "quan")  # quan administers the office
OTHER = "VB-ANHDUONG"
SEES_FILES = {"held": SPEAKS, "submitted": ("hanh",), "returned": ("hanh",), "accepted": ("hanh",)}
FIELDS = {"mau": evidence_texts.REASONS[0], "lydo": "x", "cauhoi": "x", "den": "10/12", "dap": "x"}
ACTS = {  # each with the state that it is for, and who may do it then
    "nhan": ("submitted", ("hanh",)),
    "tralai": ("submitted", ("hanh",)),
    "hoi": ("submitted", ("hanh",)),
    "giahan": ("returned", ("hanh",)),
    "nop": ("held", SPEAKS),
    "chuanop": ("held", SPEAKS),
    "vannop": ("questioned", ("lan", *SPEAKS)),
    "rutlai": ("submitted", ("lan", *SPEAKS)),
    "traloi": ("submitted", ()),  # nobody has asked
}


async def browsers(here: DossierStage, *people: str) -> AsyncIterator[Browsers]:
    server = TestServer(site_of(here, secure=False))
    async with TestClient(server, cookie_jar=DummyCookieJar()) as client:
        found = Browsers(here, client)
        await found.enters(*people)
        yield found


@pytest.fixture
async def access(begin: Begin, clock: StillClock, tmp_path: Path) -> AsyncIterator[tuple[AccessStage, Browsers]]:
    here = await AccessStage(begin, clock, tmp_path / "files").opens()
    await here.hires("quan", "Lê Văn Quân", "PGD-VB", Role.ADMIN)
    async for found in browsers(here, *EVERYBODY):
        yield here, found


@pytest.fixture
async def office(begin: Begin, clock: StillClock, tmp_path: Path) -> AsyncIterator[tuple[DossierStage, Browsers]]:
    here = DossierStage(begin, clock, tmp_path / "files")
    await here.opens()
    async for found in browsers(here, "hanh", "huong"):
        yield here, found


async def left(here: DossierStage) -> dict[str, object]:
    """All that an act may leave behind."""
    async with here.begin() as session:
        tables = (OutboxRow, ExtensionRow, SiteActRow)
        counts = [await session.scalar(select(func.count()).select_from(one)) for one in tables]
        events = select(func.count(SubmissionEventRow.id)).where(SubmissionEventRow.state != Act.SEEN)
        states = await session.execute(select(SubmissionRow.code, SubmissionRow.state).order_by(SubmissionRow.id))
        return {"counts": counts, "events": await session.scalar(events), "states": [tuple(one) for one in states]}


async def state_of(here: DossierStage, code: str) -> State:
    async with here.begin() as session:
        found = await submissions.find(session, code)
        assert found
        return found.state


async def seen_by(here: DossierStage) -> int:
    async with here.begin() as session:
        looks = select(func.count(SubmissionEventRow.id)).where(SubmissionEventRow.state == Act.SEEN)
        return await session.scalar(looks) or 0


async def pulse_of(here: DossierStage) -> str:
    async with here.begin() as session:
        return await pulse.of(session)


@SQLITE
async def test_who_sees_a_submission_and_its_files(access: tuple[AccessStage, Browsers]) -> None:
    here, people = access
    nobodys = await (await people.looks("hanh", f"{PROOFS}/{NOBODYS}")).text()
    for how in WAYS:
        code, wrong = await here.stands(how), []
        async with here.begin() as session:
            number = (await submissions.find(session, code)).id  # type: ignore[union-attr]
        for who in EVERYBODY:
            page = await people.looks(who, f"{PROOFS}/{code}")
            may = who in SCHOOL or (who == "hanh" and how in HANDED_IN)
            sees = who in SEES_FILES.get(how, ())
            if page.status != (200 if may else 404) or bool(files_in(await page.text())) is not sees:
                wrong.append((how, who, page.status))
            if not may and await page.text() != nobodys:
                wrong.append((how, who, 0))  # told from one that there is not
            for which in ("tep", "anh-nho"):
                file = await people.looks(who, f"{PROOFS}/{code}/{which}/{number}")
                if file.status != (200 if sees else 404) or (not sees and await file.text() != nobodys):
                    wrong.append((how, who, file.status))
        assert not wrong
    assert (await people.looks("nobody", f"{PROOFS}/{code}/tep/{number}")).status == 403


@SQLITE
async def test_nobody_acts_on_what_is_not_hers_to_decide(access: tuple[AccessStage, Browsers]) -> None:
    here, people = access
    codes = {how: await here.stands(how) for how in ("held", "questioned", "submitted", "returned", "accepted")}
    before = await left(here)
    refused = [
        (act, who, code)
        for act, (how, allowed) in ACTS.items()
        for who in EVERYBODY
        for code in ([codes["accepted"], NOBODYS] if who in allowed else [codes[how]])
    ]
    refused.remove(("hoi", "hanh", codes["accepted"]))  # as in chat, an office may still ask
    for act, who, code in refused:
        answer = await people.does(who, f"{PROOFS}/{code}", act, **FIELDS)
        assert answer.status in (404, 422), (act, who, code)
    for who in EVERYBODY:
        ticked = [codes["held"], codes["questioned"], *([codes["submitted"]] if who != "hanh" else []), NOBODYS]
        assert (await people.does(who, PROOFS, "nhanhet", chon=ticked)).status == 422
    assert await left(here) == before
    for act, (how, allowed) in ACTS.items():  # and who may, can
        for who in allowed:
            code = await here.stands(how)
            assert (await people.does(who, f"{PROOFS}/{code}", act, **FIELDS)).status == 303, (act, who)


async def test_accepting_goes_on_to_the_next_and_the_school_hears_once(office: tuple[DossierStage, Browsers]) -> None:
    here, people = office
    first = await here.gives(WEIGHING, {"a.jpg": JPEG})
    second = await here.gives(WEIGHING, {"b.jpg": JPEG + b"2"}, unit=OTHER)
    third = await here.gives(READY, {"c.jpg": JPEG + b"3"})
    assert codes_in(await people.reads("hanh", PROOFS)) == [third, first, second]  # by due day
    page = await people.reads("hanh", f"{PROOFS}/{third}?tt=cho")
    assert f'<a rel="next" href="{PROOFS}/{first}?tt=cho">' in page
    for text in ("MN Hoa Phượng", "Hạn", texts.LOG, "“", "(Phòng GD"):
        assert text in page
    done = await people.does("hanh", f"{PROOFS}/{third}?tt=cho", "nhan")
    assert (done.status, done.headers["Location"]) == (303, f"{PROOFS}/{first}?tt=cho")
    again = await people.does("hanh", f"{PROOFS}/{third}?tt=cho", "nhan")
    assert (again.status, texts.NOT_NOW in await again.text()) == (422, True)

    why = evidence_texts.REASONS[0]
    empty = await people.does("hanh", f"{PROOFS}/{first}?tt=cho", "tralai", lydo=" ", mau="khác")
    assert (empty.status, texts.NO_REASON in await empty.text()) == (422, True)
    back = await people.does("hanh", f"{PROOFS}/{first}?tt=cho", "tralai", mau=why, lydo="Chụp lại giúp")
    assert back.headers["Location"] == f"{PROOFS}/{second}?tt=cho"
    asked = await people.does("hanh", f"{PROOFS}/{second}?tt=cho", "hoi", cauhoi="Cân mấy lớp?")
    assert asked.headers["Location"] == f"{PROOFS}/{second}?tt=cho"
    more = await people.does("hanh", f"{PROOFS}/{first}", "giahan", den="2023-12-10")
    late = await people.does("hanh", f"{PROOFS}/{first}", "giahan", den="2023-12-01")
    assert (more.status, late.status, texts.NO_DAY in await late.text()) == (303, 422, True)
    async with here.begin() as session:
        assert [f"{day:%d/%m}" for day in (await extensions.of_units(session, [UNIT])).values()] == ["10/12"]
    await here.school.works()
    heard = here.read_by("huong")
    for part in ("đã nhận minh chứng", f"Lý do: {why}. Chụp lại giúp", "gia hạn cho MN Hoa Phượng đến 10/12/2023"):
        assert sum(part in one for one in heard) == 1, heard
    assert sum("Cân mấy lớp?" in one for one in here.read_by("mai")) == 1
    assert codes_in(await people.reads("hanh", PROOFS)) == [second]
    assert codes_in(await people.reads("hanh", f"{PROOFS}?tt=tra")) == [first]
    assert "Chụp lại giúp" in await people.reads("huong", f"{PROOFS}/{first}")


async def test_several_are_accepted_at_once(office: tuple[DossierStage, Browsers]) -> None:
    here, people = office
    mine = [await here.gives(WEIGHING, {f"{n}.jpg": JPEG + bytes([n])}) for n in range(3)]
    gone, elsewhere = (
        await here.gives(PLAN, {"d.jpg": JPEG}, State.RETURNED),
        await here.gives(PLAN, {"e.jpg": JPEG}, unit="AL-TRUONGSON"),
    )
    none = await people.does("hanh", PROOFS, "nhanhet")
    assert (none.status, texts.NOTHING_TICKED in await none.text()) == (422, True)
    done = await people.does("hanh", PROOFS, "nhanhet", chon=[mine[0], mine[1], gone, elsewhere, "\0"])
    assert done.status == 303
    assert unquote(done.cookies["nhacviec-xong"].value) == texts.accepted_ticked(2, 2)
    states = [await state_of(here, code) for code in (*mine, gone, elsewhere)]
    assert states == [State.ACCEPTED, State.ACCEPTED, State.SUBMITTED, State.RETURNED, State.SUBMITTED]
    await here.school.works()
    assert sum("đã nhận minh chứng" in one for one in here.read_by("huong")) == 2


@SQLITE
async def test_a_school_gives_its_word_and_answers(access: tuple[AccessStage, Browsers]) -> None:
    here, people = access
    first, second, third = [await here.stands("held") for _ in range(3)]
    assert codes_in(await people.reads("huong", PROOFS)) == [first, second, third]
    listed = await people.reads("nga", PROOFS)  # a colleague reads how they stand, without files
    assert (codes_in(listed), "anh-nho" in listed) == ([first, second, third], False)
    done = await people.does("huong", f"{PROOFS}/{first}", "nop")
    assert done.headers["Location"] == f"{PROOFS}/{second}"
    assert (await people.does("hoa", f"{PROOFS}/{second}", "chuanop")).headers["Location"] == f"{PROOFS}/{third}"
    assert (await people.does("lan", f"{PROOFS}/{third}", "rutlai")).status == 303
    await people.does("hanh", f"{PROOFS}/{first}", "hoi", cauhoi="Đủ chưa?")
    assert (await people.does("nga", f"{PROOFS}/{first}", "traloi", dap="")).status == 422
    assert (await people.does("nga", f"{PROOFS}/{first}", "traloi", dap="Đủ rồi ạ")).status == 303
    states = [await state_of(here, code) for code in (first, second, third)]
    assert states == [State.SUBMITTED, State.WITHDRAWN, State.WITHDRAWN]
    await here.school.works()
    assert sum("Đủ rồi ạ" in one for one in here.read_by("hanh")) == 1
    assert sum(evidence_texts.told_of(first, "") in one for one in here.read_by("lan")) == 1
    assert sum("thay hiệu trưởng" in one or "xác nhận thay" in one for one in here.read_by("huong")) <= 1


async def test_the_list_is_cut_ordered_and_paged(office: tuple[DossierStage, Browsers]) -> None:
    here, people = office
    old = await here.gives(WEIGHING, {"a.jpg": JPEG})
    here.clock.move(timedelta(days=4))
    await people.enters("hanh")
    new = await here.gives(READY, {"b.jpg": JPEG + b"2"}, unit=OTHER)
    taken = await here.gives(PLAN, {"c.jpg": JPEG + b"3"}, State.ACCEPTED)
    await here.gives(READY, {"d.jpg": JPEG + b"4"}, unit="AL-TRUONGSON")
    await here.gives(WEIGHING, {"e.jpg": JPEG + b"5"}, State.HELD)
    cases = {
        "": [new, old],
        "?xep=cho": [old, new],
        "?xep=donvi": [new, old],  # Lớp…, MN…
        "?xep=viec": [new, old],
        f"?viec={WEIGHING}": [old],
        f"?donvi={OTHER}": [new],
        "?donvi=AL-TRUONGSON": [],
        "?cho=3": [old],
        "?cho=7": [],
        "?thang=2023-12": [old],
        "?tt=nhan": [taken],
        "?tt=nhan&thang=2023-12": [],
        "?tt=het": [old],
        "?tt=het&thang=2023-10": [taken],
        "?cua=minh": [],
        "?trang=2": [],
        "?xem=anh": [new, old],
        "?tt=x&viec=99999999999999999999.1&cho=-1&xep=x&thang=2023-13&trang=0&donvi=%00": [],
        "?tt=x&viec=9.9.9&cho=99&xep=x&thang=2023-13&trang=0": [new, old],
    }
    for query, wanted in cases.items():
        assert codes_in(await people.reads("hanh", f"{PROOFS}{query}")) == wanted, query
    assert texts.counted("MN Hoa Phượng", 1) in await people.reads("hanh", f"{PROOFS}?donvi={OTHER}")


@SQLITE
async def test_a_page_asks_as_often_however_much_there_is(
    office: tuple[DossierStage, Browsers], engine: AsyncEngine
) -> None:
    here, people = office
    await here.gives(WEIGHING, {"a.jpg": JPEG})
    few = await asked(people, engine)
    for number in range(6):
        await here.gives(WEIGHING, {"a.jpg": JPEG + bytes([number])}, unit=(UNIT, OTHER)[number % 2])
    assert await asked(people, engine) == few


async def asked(people: Browsers, engine: AsyncEngine) -> list[int]:
    """How many statements the list and the pictures take."""
    found = []
    for path in (PROOFS, f"{PROOFS}?xem=anh"):
        said: list[str] = []

        def listen(*said_: object, said: list[str] = said) -> None:
            said.append(str(said_[2]))

        event.listen(engine.sync_engine, "before_cursor_execute", listen)
        await people.reads("hanh", path)
        event.remove(engine.sync_engine, "before_cursor_execute", listen)
        found.append(len(said))
    return found


@SQLITE
async def test_files_are_clean_copies_kept_only_while_they_may_be_seen(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    here = DossierStage(begin, clock, tmp_path / "files", contents={"a": telling_jpeg()})
    here.look = Looker(begin, FileStore(here.folder), clock).look
    await here.opens()
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [row] = await here.rows()
    clip = await here.gives(READY, {"Phim.mp4": film(3), "k.pdf": b"%PDF-1.4"})
    async for people in browsers(here, "hanh", "huong"):
        before = await pulse_of(here)
        [whole] = files_in(await people.reads("hanh", f"{PROOFS}/{row.code}"))
        answer = await people.looks("hanh", whole)
        shown = await answer.read()
        assert (answer.status, b"Exif" in shown, shown != telling_jpeg()) == (200, False, True)
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        small = await people.looks("hanh", whole.replace("/tep/", "/anh-nho/"))
        assert (small.headers["Content-Type"], len(await small.read()) < 20_001) == ("image/jpeg", True)
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert (await people.looks("hanh", whole, **tag)).status == 304
        assert (await seen_by(here), await pulse_of(here)) == (1, before)  # to look is no change
        here.clock.move(timedelta(days=1))
        await people.enters("hanh")
        assert (await people.looks("hanh", whole, **tag)).status == 304
        assert await seen_by(here) == 2
        page = await people.reads("hanh", f"{PROOFS}/{clip}")
        assert ("<video controls" in page, "k.pdf</a> (8 byte)" in page) == (True, True)
        part = await people.looks("hanh", files_in(page)[0], Range="bytes=4-7")
        assert (part.status, await part.read()) == (206, b"ftyp")
        assert (await people.looks("hanh", files_in(page)[0].replace("/tep/", "/anh-nho/"))).status == 404
        for path in (f"{PROOFS}/{clip}/tep/{whole.rpartition('/')[2]}", f"{PROOFS}/{row.code}/tep/999"):
            assert (await people.looks("hanh", path)).status == 404  # another submission's
        await here.says("huong", f"rút lại {row.code}")
        assert (await people.looks("hanh", whole, **tag)).status == 404
        page = await people.reads("hanh", f"{PROOFS}/{row.code}")
        assert (evidence_texts.withdrawn(row.code) in page, files_in(page)) == (True, [])

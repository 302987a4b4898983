"""The journal of the staff site: whose acts somebody may read, what they are called, how they are found."""

import re
from datetime import timedelta
from pathlib import Path

from core.clock import local_day
from core.people import Person
from core.site import SiteSession
from core.texts import site_journal as texts
from records import people, site_acts
from records.erasing import erase
from records.session import Begin
from tests.evidence.stage import PEOPLE
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import DossierStage
from tests.web.site_stage import BOARD
from tests.web.units_stage import ROLES, Visitors, opened, visitors
from web.site.pages import PAGES

JOURNAL = f"{BOARD}/nhat-ky"
NAMES = PEOPLE | ROLES
READS = {  # whose acts and sign-ins each may read
    "lan": {"lan"},
    "huong": {"lan", "huong"},
    "mai": {"mai"},
    "hanh": {"lan", "huong", "mai", "hanh"},
    "tuan": {"lan", "huong", "mai", "hanh", "tuan"},
    "khanh": {"khanh"},
    "quan": set(NAMES),
}


def test_every_act_of_every_page_has_words() -> None:
    assert sorted({act for page in PAGES for act in page.acts} - texts.ACTS.keys()) == []
    assert texts.act("no such thing") == texts.ELSE


async def acts(here: DossierStage, who: str, act: str, about: str = "") -> Person:
    """Somebody has done this on a page."""
    async with here.begin() as session:
        person = await people.find_person(session, here.name, who)
        assert person
        now = here.clock()
        signed_in = SiteSession(1, person.id, "Firefox", now, now, now)
        await site_acts.note(session, signed_in, person, act, about, now)
    return person


def names_in(page: str) -> set[str]:
    return {who for who, name in NAMES.items() if name in page.partition("<tbody>")[2]}


async def test_each_reads_her_own_line(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await opened(begin, clock, tmp_path / "files")
    for who in NAMES:
        await acts(here, who, "dangxuat")
    async with visitors(here) as site:
        for who in NAMES:
            await site.get(who)
        for who, reads in READS.items():
            visitor = await site.get(who)
            assert names_in(await visitor.reads(JOURNAL)) == reads, who
            assert names_in(await visitor.reads(f"{JOURNAL}?loai=vao")) == reads, who
        await finds(here, site)
        await pages(here, site)


async def finds(here: DossierStage, site: Visitors) -> None:
    """By person, unit, act and day; what was erased names nobody."""
    for _ in range(2):  # until tomorrow, never idle for long
        here.clock.move(timedelta(hours=11))
        for who in ("hanh", "mai"):
            await (await site.get(who)).reads(BOARD)
    day = f"{local_day(here.clock())}"
    await acts(here, "mai", "taoma", "VB-ANHDUONG teacher")
    await acts(here, "mai", "x-y-z", "")
    hanh = await site.get("hanh")
    page = await hanh.reads(f"{JOURNAL}?viec=taoma")
    assert names_in(page) == {"mai"}
    assert f"<strong>{texts.ACTS['taoma']}</strong>" in page
    assert re.search(r"<td>Lớp MN độc lập tư thục Ánh Dương, giáo viên</td>", page)
    page = await hanh.reads(f"{JOURNAL}?ngay={day}")
    assert names_in(page) == {"mai"}
    assert texts.ELSE in page
    assert "x-y-z" not in page
    assert names_in(await hanh.reads(f"{JOURNAL}?ai=huong")) == {"huong"}
    assert names_in(await hanh.reads(f"{JOURNAL}?donvi=anh duong")) == {"mai"}
    assert names_in(await hanh.reads(f"{JOURNAL}?ai=khanh")) == set()
    assert [await hanh.status(f"{JOURNAL}?ngay={wrong}") for wrong in ("x", "2023-13-01")] == [400, 400]
    lan = await acts(here, "lan", "gonhom", "VB-HOAPHUONG")
    async with here.begin() as session:
        await erase(session, lan.id, here.clock())
    page = await hanh.reads(f"{JOURNAL}?viec=gonhom")
    assert (texts.ERASED in page, NAMES["lan"] in page) == (True, False)


async def pages(here: DossierStage, site: Visitors) -> None:
    """Older ones follow by the id, none twice."""
    for number in range(60):
        await acts(here, "mai", "thuhoima", f"số-{number}")
    mai = await site.get("mai")
    first = await mai.reads(f"{JOURNAL}?viec=thuhoima")
    found = re.search(r'href="([^"]+)" rel="next"', first)
    assert found
    second = await mai.reads(found[1].replace("&amp;", "&"))
    seen = [re.findall(r"số-\d+", page) for page in (first, second)]
    assert [len(one) for one in seen] == [50, 10]
    assert seen[0] + seen[1] == [f"số-{number}" for number in reversed(range(60))]
    assert 'rel="next"' not in second

"""Units and people on the staff site: each sees her line alone, does what chat lets her do, imports what she saw."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from core.message import Address
from core.people import Role, State
from core.texts import joining, members
from core.texts import site_import as import_texts
from core.texts import site_invites as invite_texts
from core.texts import site_units as texts
from records import contacts, groups, invitations, memberships, people, units
from records.session import Begin
from records.site_tables import SiteActRow, SiteImportRow
from records.tables import GroupRow, InvitationRow, MembershipRow, PersonRow, UnitRow
from scheduler.jobs import forget_old
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import DossierStage
from tests.web.units_stage import IMPORT, INVITES, POSTER, ROLES, UNITS, Visitors, opened, visitors

SCHOOL, OTHER, OFFICE = "VB-HOAPHUONG", "VB-ANHDUONG", "PGD-VB"
HOA_PHUONG = "MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng"
GROUP = Address("telegram", "-100")
SEES = {  # who sees which units
    "lan": {SCHOOL},
    "huong": {SCHOOL},
    "hanh": {OFFICE, SCHOOL, OTHER},
    "khanh": {"PGD-DH", "DH-HOASIM"},
    "tuan": {"SO-HP", OFFICE, SCHOOL, OTHER},
    "quan": {"BO", "SO-HP", OFFICE, SCHOOL, OTHER, "PGD-DH", "DH-HOASIM"},
}
EVERY = sorted(SEES["quan"])


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = await opened(begin, clock, tmp_path / "files")
    async with begin() as session:
        await groups.bind(session, GROUP, SCHOOL)
    return stage


@pytest.fixture
async def site(here: DossierStage) -> AsyncIterator[Visitors]:
    async with visitors(here) as found:
        yield found


async def waits(here: DossierStage, name: str, unit: str = SCHOOL, role: Role = Role.TEACHER) -> int:
    """Somebody who wants to be let in; the number of her membership."""
    async with here.begin() as session:
        person = await people.add_person(session, name, unit, role, member=False)
        await people.link(session, "telegram", name, person.id, here.clock())
        return await memberships.add(session, person.id, unit, role, here.clock(), State.PENDING)


async def place(here: DossierStage, name: str) -> int:
    async with here.begin() as session:
        found = select(MembershipRow.id).join(PersonRow, PersonRow.id == MembershipRow.person_id)
        return (await session.scalars(found.where(PersonRow.name == name))).one()


async def state(here: DossierStage) -> list[object]:
    """All that these pages may change."""
    async with here.begin() as session:
        counted = [
            await session.scalar(select(func.count()).select_from(table))
            for table in (PersonRow, UnitRow, InvitationRow, SiteImportRow, SiteActRow)
        ]
        places = (await session.execute(select(MembershipRow.id, MembershipRow.state).order_by(MembershipRow.id))).all()
        bound = (await session.execute(select(GroupRow.chat, GroupRow.active))).all()
        codes = (await session.execute(select(InvitationRow.code_hash, InvitationRow.revoked_at))).all()
        phones = (await session.execute(select(PersonRow.id, PersonRow.phone).order_by(PersonRow.id))).all()
        return [*counted, *places, *bound, *codes, *phones]


async def test_each_sees_the_units_of_her_line_alone(here: DossierStage, site: Visitors) -> None:
    for who, sees in SEES.items():
        visitor = await site.get(who)
        seen = {unit for unit in [*EVERY, "KHONG-CO"] if await visitor.status(f"{UNITS}?ma={unit}") == 200}
        assert seen == sees, who
        expected = (404, 404) if who == "lan" else (404, 200) if who == "huong" else (200, 200)
        assert (await visitor.status(IMPORT), await visitor.status(INVITES)) == expected, who
        assert await visitor.status(f"{INVITES}?ma=DH-HOASIM") == (200 if "DH-HOASIM" in sees else 404), who


async def test_nothing_of_another_line_can_be_touched(here: DossierStage, site: Visitors) -> None:
    waiting, lan = await waits(here, "Mới"), await place(here, "Nguyễn Thị Lan")
    await (await site.get("hanh")).presses(f"{INVITES}?ma={SCHOOL}", "taoloimoi", CODE)
    async with here.begin() as session:
        [code] = (await session.scalars(select(InvitationRow.code_hash))).all()
    acts = (
        (UNITS, "nhannguoi", {"so_nguoi": str(waiting)}),
        (UNITS, "tuchoinguoi", {"so_nguoi": str(waiting)}),
        (UNITS, "choroi", {"so_nguoi": str(lan)}),
        (UNITS, "gonhom", {"kenh": GROUP.platform, "nhom": GROUP.chat}),
        (f"{UNITS}?ma={SCHOOL}", "themnguoi", {"hoten": "Ai Đó", "vaitro": "principal"}),
        (f"{INVITES}?ma={SCHOOL}", "taoloimoi", {**CODE, "vaitro": "principal"}),
        (INVITES, "thuhoiloimoi", {"ma_so": code}),
    )
    for who in ("lan", "mai", "khanh"):
        visitor = await site.get(who)
        before = await state(here)
        for path, button, said in acts:
            assert (await visitor.presses(path, button, said))[0] in (403, 404, 422), (who, button)
            assert await state(here) == before, (who, button)
    principal = await site.get("huong")  # of this very school: not over her own like, nor over herself
    before = await state(here)
    for path, button, said in (*acts[4:6], (UNITS, "choroi", {"so_nguoi": str(await place(here, "Phạm Thị Hương"))})):
        assert (await principal.presses(path, button, said))[0] == 422
    assert await state(here) == before


CODE = {"vaitro": "teacher", "luot": "5", "ngay": "7"}


async def test_a_principal_lets_in_sends_away_and_adds_as_in_chat(here: DossierStage, site: Visitors) -> None:
    for stranger in ("Cô Một", "Cô Hai"):
        await here.says(stranger, "chào")
    one, two = await waits(here, "Cô Một"), await waits(here, "Cô Hai")
    huong = await site.get("huong")
    page = await huong.reads(UNITS)
    assert "Cô Một" in page
    assert page.count('value="nhannguoi"') == 2
    status, page = await huong.presses(UNITS, "nhannguoi", {"so_nguoi": str(one)})
    assert (status, joining.confirmed("Cô Một", HOA_PHUONG) in page) == (200, True)
    assert (await huong.presses(UNITS, "nhannguoi", {"so_nguoi": str(one)}))[0] == 422  # was decided
    await huong.presses(UNITS, "tuchoinguoi", {"so_nguoi": str(two)})
    await here.school.works()
    assert "Xong! Thầy/cô là giáo viên" in here.read_by("Cô Một")[-1]
    assert "chưa nhận thầy/cô" in here.read_by("Cô Hai")[-1]
    lan = await place(here, "Nguyễn Thị Lan")
    assert (await huong.presses(UNITS, "choroi", {"so_nguoi": str(lan)}))[0] == 200
    await here.school.works()
    assert "đưa thầy/cô ra khỏi danh sách" in here.read_by("lan")[-1]
    assert "Nguyễn Thị Lan" not in await huong.reads(UNITS)
    status, page = await huong.presses(
        UNITS, "themnguoi", {"hoten": "Lê Thị Mới", "so": "0912 345 678", "vaitro": "teacher"}
    )
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert status == 200
    assert code
    assert invite_texts.POSTER_NOT in page
    page = await huong.reads(UNITS)
    assert "…678" in page
    assert "0912345678" not in page
    status, page = await huong.presses(UNITS, "themnguoi", {"hoten": "Lê Thị Mới", "vaitro": "teacher"})
    assert (status, 'value="Lê Thị Mới"' in page) == (422, True)
    assert members.already_listed("Lê Thị Mới", HOA_PHUONG) in page
    assert "Xong" in await here.says("moi", f"tham gia {code[0]}")
    async with here.begin() as session:
        acts = (await session.scalars(select(SiteActRow.act).order_by(SiteActRow.id))).all()
        assert acts == ["nhannguoi", "tuchoinguoi", "choroi", "themnguoi"]
        assert "Lê" not in "".join(await session.scalars(select(SiteActRow.about)))


async def test_groups_are_freed_by_who_speaks_for_the_unit(here: DossierStage, site: Visitors) -> None:
    async with here.begin() as session:
        await contacts.lose_group(session, GROUP, here.clock())
    lan, hanh = await site.get("lan"), await site.get("hanh")
    page = await lan.reads(UNITS)
    assert texts.CUT_OFF in page
    assert "gonhom" not in page
    assert "Phạm Thị Hương" not in page.partition("<main")[2]  # a teacher reads nobody's name
    assert "nhóm mất liên lạc" in await hanh.reads(f"{UNITS}?loc=matlienlac")
    said = {"kenh": GROUP.platform, "nhom": GROUP.chat}
    status, page = await hanh.presses(f"{UNITS}?ma={SCHOOL}", "gonhom", said)
    assert (status, "Đã gỡ" in page) == (200, True)
    async with here.begin() as session:
        assert await groups.unit_of(session, GROUP) is None
    assert (await hanh.presses(f"{UNITS}?ma={SCHOOL}", "gonhom", said))[0] == 422


async def test_units_and_people_are_found_without_marks(here: DossierStage, site: Visitors) -> None:
    hanh = await site.get("hanh")
    page = (await hanh.reads(f"{UNITS}?tim=mn hoa phuong")).partition(texts.LEGEND)[2]
    assert "Hoa Phượng" in page
    assert "Ánh Dương" not in page
    assert "Nguyễn Thị Lan" in await hanh.reads(f"{UNITS}?tim=thi lan")
    assert "Hoàng Thị Sen" not in await hanh.reads(f"{UNITS}?tim=sen")  # of another district
    assert ROLES["quan"] not in await (await site.get("tuan")).reads(f"{UNITS}?tim=quan")  # nobody below
    await waits(here, "Mới", OTHER)
    page = (await hanh.reads(f"{UNITS}?loc=cho")).partition(texts.LEGEND)[2]
    assert "Ánh Dương" in page
    assert "Hoa Phượng" not in page
    assert texts.NO_UNITS in await hanh.reads(f"{UNITS}?tim=khongcotenay&trang=99999999999999999999")


async def test_a_code_is_made_printed_listed_and_taken_back(here: DossierStage, site: Visitors) -> None:
    hanh, mai = await site.get("hanh"), await site.get("mai")
    for wrong in ({"luot": "0"}, {"luot": "1001"}, {"ngay": "x"}, {"ngay": "367"}, {"vaitro": "admin"}, {"vaitro": ""}):
        assert (await hanh.presses(f"{INVITES}?ma={SCHOOL}", "taoloimoi", {**CODE, **wrong}))[0] == 422, wrong
    status, page = await hanh.presses(f"{INVITES}?ma={SCHOOL}", "taoloimoi", {**CODE, "dongy": "1"})
    [code] = set(re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}", page))
    [poster] = set(re.findall(rf'{POSTER}/[^"]+', page))
    assert status == 200
    assert code not in poster
    printed = await hanh.reads(poster)
    assert f"<span>{code[:4]}</span><span>{code[5:]}</span>" in printed
    assert "<svg" in printed
    assert "<style" not in printed  # no page of ours may have one
    assert [await one.status(poster) for one in (mai, await site.get("lan"), await site.get("khanh"))] == [404] * 3
    assert await hanh.status(f"{POSTER}/abc") == 404
    assert "chờ" in await here.says("moi", f"tham gia {code}")  # for somebody's word
    page = await hanh.reads(INVITES)
    [id] = re.findall(r'name="ma_so" value="(\w+)"', page)
    assert f'data-head="{invite_texts.LEFT}">4<' in page
    assert code not in page
    assert id not in await mai.reads(INVITES)
    assert id in await (await site.get("huong")).reads(INVITES)
    await hanh.presses(f"{INVITES}?ma={SCHOOL}", "taoloimoi", {**CODE, "vaitro": "principal"})
    assert (await (await site.get("huong")).reads(INVITES)).count('name="ma_so"') == 1  # for teachers alone
    status, page = await hanh.presses(INVITES, "thuhoiloimoi", {"ma_so": id})
    assert (status, invite_texts.REVOKED in page, id in page) == (200, True, False)
    assert await hanh.status(poster) == 404
    async with here.begin() as session:
        assert await invitations.find(session, code, here.clock()) is None


PEOPLE = f"""name,unit,role,phone
Nguyễn Thị Lan,{SCHOOL},teacher,0912345678
Cô Mới,lop mam non anh duong,teacher,
Trần Thị Mai,{OTHER},principal,
"""


async def test_what_was_previewed_is_imported_once(here: DossierStage, site: Visitors) -> None:
    hanh = await site.get("hanh")
    before = await state(here)
    status, page = await hanh.presses(IMPORT, "xemtep", {"loai": "people"}, PEOPLE)
    assert status == 200
    assert import_texts.counts(1, 1, 1, 0) in page
    assert "…678" in page
    assert (await state(here))[:3] == before[:3]
    [digest] = re.findall(r'name="xemtruoc" value="(\w+)"', page)
    async with here.begin() as session:  # somebody else was faster
        await session.execute(update(PersonRow).where(PersonRow.name == "Nguyễn Thị Lan").values(phone="0900000000"))
    status, page = await hanh.presses(IMPORT, "nhapdanhsach", {"xemtruoc": digest})
    assert (status, import_texts.CHANGED_SINCE in page, "…000" in page) == (422, True, True)
    [digest] = re.findall(r'name="xemtruoc" value="(\w+)"', page)
    status, page = await hanh.presses(IMPORT, "nhapdanhsach", {"xemtruoc": digest})
    assert (status, import_texts.imported("people", 1, 1) in page) == (200, True)
    async with here.begin() as session:
        assert [one.name for one in await memberships.unlinked(session, OTHER, Role.TEACHER)] == ["Cô Mới"]
        assert [one.name for one in await people.with_phone(session, "0912345678")] == ["Nguyễn Thị Lan"]
        assert not (await session.scalars(select(SiteImportRow))).all()
    assert (await hanh.presses(IMPORT, "nhapdanhsach", {"xemtruoc": digest}))[0] == 422


async def test_lines_outside_her_own_line_are_faults_and_nothing_is_imported(
    here: DossierStage, site: Visitors
) -> None:
    async with here.begin() as session:  # she is also the principal of a school of another district
        found = await session.scalar(select(PersonRow.id).where(PersonRow.name == "Nguyễn Thị Lan"))
        assert found
        await memberships.add(session, found, "DH-HOASIM", Role.PRINCIPAL, here.clock())
    lists = {
        "people": (
            "name,unit,role,phone\n"
            "Cô Mới,DH-HOASIM,teacher,\n"
            f"Ai Đó,{OFFICE},staff,\n"
            f"Ai Đó,{SCHOOL},admin,\n"
            f"Nguyễn Thị Lan,{SCHOOL},teacher,0987654321\n"
            "Cô Mới,Không Có,teacher,\n"
            f"Cô Mới,{SCHOOL},teacher,\n"
        ),
        "units": (
            "code,name,level,parent,successor\n"
            f"DH-HOASIM,Tên Khác,school,{OFFICE},\n"
            f"{OFFICE},Tên Khác,district,SO-HP,\n"
            "VB-MOI,Trường Mới,school,PGD-DH,\n"
            f"{OTHER},Mầm non Ánh Dương,school,{OFFICE},DH-HOASIM\n"
            f"VB-XA,Trường Xa,school,VB-KHONG,\n"
            f"VB-GAN,Trường Gần,school,{OFFICE},\n"
        ),
    }
    hanh = await site.get("hanh")
    for kind, text in lists.items():
        status, page = await hanh.presses(IMPORT, "xemtep", {"loai": kind}, text)
        assert status == 200
        bad = set(re.findall(r'<tr class="bad"><th scope="row">Dòng (\d)', page))
        assert bad == {"2", "3", "4", "5", "6"}, page
        assert "nhapdanhsach" not in page
        assert "…321" not in page
        before = await state(here)
        [digest] = re.findall(r'name="xemtruoc" value="(\w+)"', page)
        status, page = await hanh.presses(IMPORT, "nhapdanhsach", {"xemtruoc": digest})
        assert (status, import_texts.HAS_FAULTS in page) == (422, True)
        assert await state(here) == before
    quan = await site.get("quan")
    good = f"code,name,level,parent\nDH-MOI,Trường Mới,school,PGD-DH\n{OTHER},Tên Mới,school,{OFFICE}\n"
    _, page = await quan.presses(IMPORT, "xemtep", {"loai": "units"}, good)
    [digest] = re.findall(r'name="xemtruoc" value="(\w+)"', page)
    status, page = await quan.presses(IMPORT, "nhapdanhsach", {"xemtruoc": digest})
    assert (status, import_texts.imported("units", 1, 1) in page) == (200, True)
    async with here.begin() as session:
        known = {one.code: one for one in await units.all_units(session)}
    assert (known["DH-MOI"].parent, known[OTHER].name) == ("PGD-DH", "Tên Mới")


@pytest.mark.parametrize(
    ("kind", "text"), [("units", "xin chào"), ("people", ""), ("people", "name,unit\nA,B\n"), ("x", PEOPLE)]
)
async def test_what_is_no_list_is_said_so(here: DossierStage, site: Visitors, kind: str, text: str) -> None:
    status, page = await (await site.get("hanh")).presses(IMPORT, "xemtep", {"loai": kind}, text)
    assert (status, 'role="alert"' in page, "Traceback" in page) == (422, True, False)


async def test_a_list_that_nobody_confirmed_is_hers_alone_and_goes(here: DossierStage, site: Visitors) -> None:
    hanh, tuan = await site.get("hanh"), await site.get("tuan")
    await hanh.presses(IMPORT, "xemtep", {"loai": "people"}, PEOPLE)
    assert "nhapdanhsach" not in await tuan.reads(IMPORT)
    assert (await tuan.presses(IMPORT, "nhapdanhsach", {"xemtruoc": "x"}))[0] == 422
    for hours, waits in ((23, True), (2, False)):
        here.clock.move(timedelta(hours=hours))
        await forget_old(here.begin, here.clock)
        async with here.begin() as session:
            assert bool((await session.scalars(select(SiteImportRow))).all()) is waits

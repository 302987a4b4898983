"""Notices on the staff site: who may see and do what, and that a page does what the chat does."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from openpyxl import load_workbook

from core.evidence import State
from core.notices import Audience
from core.texts import notice_reports as reports
from core.texts import notices as texts
from core.texts import site_notices as site_texts
from records import notice_kept, notices
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.noticing.stage import GROUP_A
from tests.web.dossier_stage import JPEG, WEIGHING
from tests.web.notice_stage import COUNT, NOTICES, WRITE, NoticeStage, Visitors, field_in
from tests.web.site_stage import SteadyServer, site_of
from web.site import notice_writing

WORDS = "Mời thầy/cô họp giao ban 8h thứ Năm 07/12 tại Phòng."
EVERYBODY = ("lan", "huong", "hanh", "tuan", "khanh", "quan")


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> NoticeStage:
    return await NoticeStage(begin, clock, tmp_path / "files").opens()


@pytest.fixture
async def site(here: NoticeStage) -> AsyncIterator[Visitors]:
    async with TestClient(SteadyServer(site_of(here, secure=False))) as client:
        yield Visitors(here, client)


def written(page: str, **values: str | list[str]) -> dict[str, str | list[str]]:
    """The form of the page, filled in; what was shown of places goes back as it is."""
    shown = {"noi": field_in(page, "noi")} if 'name="noi"' in page else {}
    return {"ma": field_in(page, "ma"), "ban": field_in(page, "ban"), "kieu": "loi", "xin": "1", **shown, **values}


async def looked_at(site: Visitors, who: str, **values: str | list[str]) -> str:
    """The page with the preview of what she wrote."""
    kept = await site.does(who, WRITE, "xemtb", written(await site.reads(who, WRITE), **values))
    assert kept.status == 303, await kept.text()
    return await site.reads(who, kept.headers["Location"].partition("#")[0])


async def sent(site: Visitors, who: str, **values: str | list[str]) -> str:
    """The path of the notice that went out."""
    page = await looked_at(site, who, **values)
    done = await site.does(who, WRITE, "guitb", written(page, chu=str(values["chu"]), kieu="giu"))
    assert done.status == 303, await done.text()
    await site.here.rounds()
    return done.headers["Location"]


async def test_each_sees_and_does_what_chat_allows(site: Visitors, here: NoticeStage) -> None:
    path = await sent(site, "hanh", chu=WORDS, loi="các trường")
    await looked_at(site, "hanh", chu="bản nháp", loi="các trường")
    draft = f"{WRITE}?nhap={await here.code()}"
    seen = {
        "lan": (404, 404, 404, 404, 404, 404),  # a teacher writes no notices
        "huong": (200, 200, 404, 404, 404, 404),
        "hanh": (200, 200, 200, 200, 200, 200),
        "tuan": (200, 200, 404, 404, 404, 404),  # of the office above: it waits for no school
        "khanh": (200, 200, 404, 404, 404, 404),
        "quan": (200, 200, 404, 404, 404, 404),
    }
    late = f"{WRITE}?viec={WEIGHING}&tre=1"
    paths = (NOTICES, WRITE, path, f"{path}/bao-cao.xlsx", draft, late)
    found = {who: tuple([(await site.gets(who, one)).status for one in paths]) for who in EVERYBODY}
    assert found == seen
    before = await _all(here)
    for who in set(EVERYBODY) - {"hanh"}:
        for act in (
            "dungtb",
            "tieptuctb",
            "tieptuctbthieu",
            "huytb",
            "nhactb",
            "dinhchinhtb",
            "duyettb",
            "khongduyettb",
        ):
            assert (await site.does(who, path, act, {"chu": "khác"})).status in (404, 422)
        other = {"ma": await here.code(), "ban": "2", "chu": "khác", "kieu": "loi", "loi": "nhóm trường"}
        for act in notice_writing.PAGE.acts:
            assert (await site.does(who, WRITE, act, other)).status in (303, 404, 422)
        strange: dict[str, str | list[str]] = {
            "donvi": ["DH-HOASIM", "VB-ANHDUONG"],
            "kieu": "chon",
            "chu": WORDS,
            "ma": "H7K2QM",
            "ban": "0",
        }
        if who == "huong":
            refused = await site.does(who, WRITE, "xemtb", strange)
            assert refused.status == 422
            assert "Hoa Sim" not in await refused.text()
    assert await _all(here) == before
    assert here.read_by("hanh")[-1].startswith(f"Thông báo {path.rpartition('/')[2]}")


async def test_it_is_shown_counted_and_sent_once(site: Visitors, here: NoticeStage) -> None:
    page = await looked_at(site, "hanh", chu=WORDS, loi="các trường")
    assert "Nơi nhận: 2 (1 nhóm, 1 người, nhắn riêng)" in page
    assert "Telegram: 2 nơi, 2 tin" in page
    assert f"📢 Thông báo của Phòng GDĐT huyện Vĩnh Bảo:\n\n<span data-words>{WORDS}</span>" in page
    counted = await (await site.gets("hanh", f"{COUNT}?kieu=loi&loi=các trường, trừ Hoa Phượng&dai=52&xin=1")).json()
    assert "Nơi nhận: 1 (1 người, nhắn riêng)" in counted["preview"]
    assert field_in(counted["preview"], "noi") != field_in(page, "noi")
    form = written(page, chu=WORDS, kieu="giu")
    stale = await site.does("hanh", WRITE, "guitb", {**form, "noi": "2-x"})
    assert (stale.status, texts.OTHERS_NOW in await stale.text()) == (422, True)
    assert here.notices_in(GROUP_A) == []
    first = await site.does("hanh", WRITE, "guitb", form)
    assert first.status == 303
    again = await site.does("hanh", WRITE, "guitb", form)
    assert "tôi không gửi lần thứ hai" in await again.text()
    await here.rounds()
    [in_group], [private] = here.notices_in(GROUP_A), here.notices_in("mai")
    assert (WORDS in in_group.text, WORDS in private.text) == (True, True)
    assert await here.taps_on(GROUP_A, "lan", 0, texts.ACK)
    shown = await site.reads("hanh", first.headers["Location"])
    assert "• báo đã nhận: 1/2" in shown
    assert "✓ Nguyễn Thị Lan, " in shown
    silent = await site.reads("hanh", f"{first.headers['Location']}?loc=chua-nhan")
    assert ("Ánh Dương" in silent, "Nguyễn Thị Lan," in silent) == (True, False)
    listed = await site.reads("hanh", NOTICES)
    assert "<strong>2/2</strong>" in listed
    assert "<strong>1/2</strong>" in listed
    assert site_texts.NONE in await site.reads("hanh", f"{NOTICES}?loc=going")
    report = await (await site.gets("hanh", f"{first.headers['Location']}/bao-cao.xlsx")).read()
    assert load_workbook(BytesIO(report)).active["H3"].value == "Nguyễn Thị Lan"


async def test_the_late_schools_are_written_to_by_one_click_and_one_confirmation(
    site: Visitors, here: NoticeStage
) -> None:
    here.clock.move(timedelta(days=2))  # it was due on the 5th
    await here.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED, "VB-ANHDUONG")
    page = await site.reads("hanh", f"{WRITE}?viec={WEIGHING.document}-{WEIGHING.number}&tre=1")
    assert "Nơi nhận: 1 (1 nhóm)" in page
    words = page.partition('name="chu"')[2].partition(">")[2].partition("</textarea>")[0]
    assert "đã quá hạn mà chưa nộp: " in words
    assert "(trước 05/12)" in words
    form = written(page, chu=words, loi="các trường", thieu=str(WEIGHING))
    assert (await site.does("hanh", WRITE, "guitb", form)).status == 303
    await here.rounds()
    assert [words in one.text for one in here.notices_in(GROUP_A)] == [True]
    assert here.notices_in("mai") == []


async def test_without_asking_for_word_nothing_asks_for_it(site: Visitors, here: NoticeStage) -> None:
    page = await looked_at(site, "hanh", chu=WORDS, loi="các trường", xin="")
    assert texts.please_ack("", name_me=False).strip() not in page
    done = await site.does("hanh", WRITE, "guitb", written(page, chu=WORDS, kieu="giu", xin=""))
    await here.rounds()
    [one] = here.notices_in(GROUP_A)
    assert (one.text.endswith(WORDS), one.choices) == (True, ())
    path = done.headers["Location"]
    assert "báo đã nhận" not in await here.says("hanh", "tiến độ thông báo")
    assert reports.NO_WORD_ASKED in await (await site.does("hanh", path, "nhactb")).text()
    assert await here.says_in(GROUP_A, "lan", "đã nhận") == reports.NOTHING_TO_ACK


async def test_later_paused_gone_on_with_corrected_and_reminded_of(site: Visitors, here: NoticeStage) -> None:
    async with here.begin() as session:
        audience = notices.to_json(Audience(units=("VB-HOAPHUONG",)))
        await notice_kept.keep(session, "PGD-VB", notice_kept.LIST, "Một trường", audience, None, here.clock())
    for at, why in (("2023-12-04T07:00", site_texts.PAST), ("xx", texts.NO_TIME)):
        page = await site.reads("hanh", WRITE)
        refused = await site.does("hanh", WRITE, "xemtb", written(page, chu=WORDS, kieu="ds", ds="Một trường", luc=at))
        assert why in await refused.text()
    page = await looked_at(site, "hanh", chu=WORDS, kieu="ds", ds="Một trường", luc="2023-12-05T07:30")
    assert "Gửi lúc 07:30 thứ Ba 05/12 (1)" in page
    tried = await site.does("hanh", WRITE, "thutb", written(page, chu=WORDS, kieu="giu", luc="2023-12-05T07:30"))
    page = await site.reads("hanh", tried.headers["Location"].partition("#")[0])
    await here.rounds()
    assert here.read_by("hanh")[-1].startswith(texts.TEST_HEAD)
    done = await site.does("hanh", WRITE, "guitb", written(page, chu=WORDS, kieu="giu", luc="2023-12-05T07:30"))
    path = done.headers["Location"]
    await here.rounds()
    assert here.notices_in(GROUP_A) == []
    assert (await site.does("hanh", path, "dungtb")).status == 303
    assert await here.stage() == "paused"
    here.clock.move(timedelta(days=1))
    site.cookies.clear()  # nobody stays signed in for so long
    await here.rounds()
    assert here.notices_in(GROUP_A) == []
    await site.does("hanh", path, "tieptuctb")
    await here.rounds()
    assert len(here.notices_in(GROUP_A)) == 1
    for act, more in (("nhactb", {}), ("dinhchinhtb", {"chu": "9h, không phải 8h."})):
        made = await site.does("hanh", path, act, more)
        draft = made.headers["Location"].partition("#")[0]
        page = await site.reads("hanh", draft)
        assert "Nơi nhận: 1 (1 nhóm)" in page
        said = more.get("chu", WORDS)
        assert (await site.does("hanh", WRITE, "guitb", written(page, chu=said))).status == 303
        await here.rounds()
    heads = [one.text.partition(" ")[2][:9] for one in here.notices_in(GROUP_A)]
    assert heads == ["Thông báo", "Nhắc lại ", "ĐÍNH CHÍN"]


async def test_where_it_is_asked_for_a_second_person_decides(here: NoticeStage) -> None:
    house = replace(here.house, confirm_notices=True)
    async with TestClient(SteadyServer(site_of(here, secure=False, house=house))) as client:
        site = Visitors(here, client)
        path = await sent(site, "huong", chu=WORDS, loi="nhóm trường")
        assert (await here.stage(), here.notices_in(GROUP_A)) == ("asking", [])
        own = await site.does("huong", path, "duyettb")
        assert texts.NOT_BY_YOURSELF in await own.text()
        assert (await site.gets("khanh", path)).status == 404
        assert site_texts.APPROVE in await site.reads("hanh", path)  # of the office above
        assert (await site.does("hanh", path, "huytb")).status == 422
        assert (await site.does("hanh", path, "duyettb")).headers["Location"] == NOTICES
        await here.rounds()
        assert len(here.notices_in(GROUP_A)) == 1
        assert (await site.gets("hanh", path)).status == 404


async def _all(here: NoticeStage) -> list[tuple[str, str, str, str]]:
    async with here.begin() as session:
        found = [one for unit in ("PGD-VB",) for one in await notices.of_unit(session, unit, 50)]
        return [(one.code, one.text, one.stage, str(one.revision)) for one in found]

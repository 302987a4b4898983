"""A dossier of several parts is handed in once it is whole, or the giver says so; what lacks is named."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.capabilities import ZALO_BOT
from core.evidence import Giver, Handed, State, Submission
from core.message import Address, StoredFile
from core.rules import Limit, RuleKind, Thing
from core.texts import evidence as texts
from core.texts import rules
from evidence import receipts
from evidence.desk import Desk
from evidence.parts import came, missing, named_part
from records.session import Begin
from tests.evidence.stage import District
from tests.evidence.test_rules import Village
from tests.fakes.clock import StillClock
from tests.reminding.test_reminders import morning

AWARD = "1.6"  # of the first document: III.B.3.4
THREE = Limit(
    RuleKind.PARTS,
    "Hồ sơ gồm",
    1,
    Thing.DOSSIER,
    parts=("Tờ trình kèm danh sách", "Biên bản họp Hội đồng thi đua", "Báo cáo thành tích của tập thể"),
)


def handed(*names: str, caption: str = "") -> Handed:
    giver = Giver(Address("telegram", "1"), "1", unit="MN1")
    one = Submission(1, "AB2CDE", giver, State.SUBMITTED, datetime(2025, 5, 1, tzinfo=UTC), caption)
    return Handed(one, tuple(StoredFile(name, name, "application/pdf", 1000) for name in names))


@pytest.mark.parametrize(
    ("given", "found", "unclear"),
    [
        (handed("to trinh.pdf", "Biên bản họp.pdf"), (0, 1), ()),
        (handed("TTr-12.pdf", "BB_hop.pdf", "BCTT.docx"), (0, 1, 2), ()),
        (handed("BienBanHop.pdf"), (1,), ()),
        (handed("bao cao.pdf"), (2,), ()),
        (handed("bao cao tong ket.pdf"), (), ("bao cao tong ket.pdf",)),
        (handed("scan1.pdf"), (), ("scan1.pdf",)),
        (handed("scan1.pdf", caption="em gửi tờ trình ạ"), (0,), ()),
        (handed("scan1.pdf", caption="em gửi hồ sơ, chưa có biên bản ạ"), (), ("scan1.pdf",)),
        (handed(caption="biên bản"), (), ()),
    ],
)
def test_parts_are_told_by_names_and_captions(given: Handed, found: tuple[int, ...], unclear: tuple[str, ...]) -> None:
    of_it = came(THREE, [given])
    assert (of_it.found, of_it.unclear) == (tuple(THREE.parts[n] for n in found), unclear)


def test_several_submissions_make_one_dossier() -> None:
    assert missing(THREE, [handed("to trinh.pdf"), handed("bien ban.pdf"), handed("bctt.pdf")]) is None


def test_two_reports_are_told_apart_and_a_film_is_one_whatever_its_name() -> None:
    two = Limit(RuleKind.PARTS, "", 1, parts=("Báo cáo thành tích", "Báo cáo tóm tắt", "Video giới thiệu"))
    film = StoredFile("x", "IMG_1.mp4", "video/mp4", 10)
    given = handed("bao cao tom tat.pdf")
    assert came(two, [Handed(given.submission, (*given.files, film))]).found == two.parts[1:]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> Village:
    return await Village(District(begin, clock, tmp_path / "files")).opens()


async def test_before_anything_comes_the_parts_are_named(here: Village) -> None:
    said = await here.district.says("hanh", f"/nop {AWARD}")
    assert "Hồ sơ gồm 3 phần:\n- tờ trình kèm danh sách" in said
    assert "- biên bản họp Hội đồng thi đua khen thưởng\n" in said


async def test_two_of_three_are_kept_and_what_lacks_is_said(here: Village) -> None:
    await here.hands_in("hanh", "to trinh.pdf", AWARD)
    receipt = await here.hands_in("hanh", "bao cao thanh tich.pdf", AWARD)
    assert "Hồ sơ có 2/3 phần, còn thiếu: biên bản họp Hội đồng thi đua khen thưởng." in receipt
    assert "Văn bản ghi: “Hồ sơ đề nghị khen thưởng gồm” (" in receipt
    assert "III.B.3.4" in receipt
    assert receipt.endswith(rules.DECIDE_PARTS)
    assert "Đã ghi là nộp" not in receipt
    assert await here.states() == ["questioned", "questioned"]
    assert [one.label for one in here.district.last("hanh").choices] == [rules.SEND_MORE, rules.ANYWAY]


async def test_with_the_last_part_all_of_it_is_handed_in(here: Village) -> None:
    await here.hands_in("hanh", "to trinh.pdf", AWARD)
    await here.hands_in("hanh", "bao cao thanh tich.pdf", AWARD)
    said = await here.district.taps("hanh", rules.SEND_MORE)
    assert "Hồ sơ có 2/3 phần, còn thiếu: biên bản họp Hội đồng thi đua khen thưởng." in said
    receipt = await here.sends("hanh", "bien ban.pdf")
    codes = [row.code for row in await here.district.rows()]
    assert "Đã ghi là nộp" in receipt
    assert f"Hồ sơ đủ 3/3 phần. Cùng hồ sơ: lần nộp {codes[0]}, {codes[1]}." in receipt
    assert await here.states() == ["submitted"] * 3
    assert "Hồ sơ đủ 3/3 phần." in await here.district.says("hanh", f"/nop {AWARD}")


@pytest.mark.parametrize(("rest", "reminded"), [(["bien ban.pdf"], True), (["bien ban.pdf", "bctt.pdf"], False)])
async def test_reminders_go_on_until_it_is_whole(here: Village, rest: list[str], reminded: bool) -> None:
    for name in ("to trinh.pdf", *rest):
        await here.hands_in("hanh", name, AWARD)
    read = (await morning(here.district, date(2025, 5, 23))).get("hanh", [])
    assert any("nộp hồ sơ về phòng GDMN" in text for text in read) == reminded


async def test_all_parts_at_once_ask_nothing(here: Village) -> None:
    receipt = await here.hands_in("hanh", "a.pdf", AWARD, "tờ trình, biên bản, báo cáo thành tích của đơn vị")
    assert "Hồ sơ đủ 3/3 phần." in receipt
    assert await here.states() == ["submitted"]


async def test_in_spite_of_it_all_that_came_is_handed_in_and_the_office_reads_what_lacks(here: Village) -> None:
    await here.hands_in("hanh", "to trinh.pdf", AWARD)
    await here.hands_in("hanh", "bien ban.pdf", AWARD)
    said = await here.district.says("hanh", "vẫn nộp")
    assert "Đã ghi là nộp" in said
    assert "Hồ sơ có 2/3 phần, còn thiếu: báo cáo thành tích của tập thể, cá nhân." in said
    assert await here.states() == ["submitted", "submitted"]
    [row, _] = await here.district.rows()
    assert "còn thiếu: báo cáo thành tích" in await here.district.says("tuan", f"/xemnop {row.code}")


async def test_a_file_that_is_none_of_them_is_asked_about(here: Village) -> None:
    receipt = await here.hands_in("hanh", "scan1.pdf", AWARD)
    assert "tôi nhận ra 0/3 phần, chưa thấy: tờ trình kèm danh sách" in receipt
    assert "Tôi chưa rõ scan1.pdf là phần nào; nếu hồ sơ đã đủ, thầy/cô chọn vẫn nộp." in receipt
    assert "còn thiếu:" not in receipt
    assert "còn thiếu:" not in await here.district.taps("hanh", rules.ANYWAY)
    [row] = await here.district.rows()
    shown = await here.district.says("tuan", f"/xemnop {row.code}")
    assert "scan1.pdf" in shown
    assert "phần" not in shown  # they may all lie in it


def test_of_many_files_that_are_unclear_three_are_named() -> None:
    fault = missing(THREE, [handed(*(f"scan{n}.pdf" for n in range(5)))])
    assert fault is not None
    assert "Tôi chưa rõ scan0.pdf, scan1.pdf, scan2.pdf và 2 tệp nữa là phần nào" in rules.fault(fault, "", "KH")


async def test_what_was_taken_back_counts_no_more(here: Village) -> None:
    await here.hands_in("hanh", "to trinh.pdf", AWARD)
    [row] = await here.district.rows()
    await here.district.says("hanh", f"rút lại {row.code}")
    assert "1/3 phần" in await here.hands_in("hanh", "bien ban.pdf", AWARD)


async def test_a_colleague_is_told_that_hers_goes_along_and_the_principal_is_asked_for_each(here: Village) -> None:
    await here.hands_in("lan", "to trinh.pdf", AWARD)
    assert here.district.read_by("huong") == []
    await here.hands_in("lan", "bien ban.pdf", AWARD)
    receipt = await here.hands_in("lan", "bctt.pdf", AWARD)
    assert "Chờ hiệu trưởng xác nhận" in receipt
    assert await here.states() == ["held"] * 3
    assert len([text for text in here.district.read_by("huong") if "Thầy/cô nộp chứ?" in text]) == 3
    code = (await here.district.rows())[0].code
    said = await here.district.says("huong", f"/dongynop {code}")
    assert "Hồ sơ đủ 3/3 phần." in said
    assert "cùng hồ sơ còn chờ quyết định" in said


async def test_a_teachers_parts_and_the_principals_make_one(here: Village) -> None:
    await here.hands_in("lan", "to trinh.pdf", AWARD)
    await here.hands_in("lan", "bien ban.pdf", AWARD)
    await here.hands_in("huong", "bctt.pdf", AWARD)
    assert await here.states() == ["submitted"] * 3
    told = [text for text in here.district.read_by("lan") if "cũng đã ghi là nộp" in text]
    assert len(told) == 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        *(("biên bản", 1), ("bien ban hop", 1), ("BB", 1), ("đây là ảnh biên bản ạ", 1)),
        *(("to trinh", 0), ("bao cao", 2), ("báo cáo thành tích", 2)),
        *(("biên bản nộp khi nào", None), ("họp", None), ("thành tích", None), ("em gửi ạ", None), ("", None)),
    ],
)
def test_a_part_is_named_in_few_words_and_in_no_others(words: str, part: int | None) -> None:
    assert named_part(THREE.parts, words) == ("" if part is None else THREE.parts[part])


async def test_which_part_an_unclear_file_is_can_be_picked(here: Village) -> None:
    await here.hands_in("hanh", "to trinh.pdf", AWARD)
    await here.hands_in("hanh", "bctt.pdf", AWARD)
    receipt = await here.hands_in("hanh", "scan1.pdf", AWARD)
    assert receipt.endswith("scan1.pdf là phần nào? Thầy/cô chọn, hoặc gõ tên phần, ví dụ: biên bản")
    labels = [one.label for one in here.district.last("hanh").choices]
    assert labels == ["Biên bản họp Hội đồng thi đua khen thưởng", rules.NO_PART, rules.SEND_MORE, rules.ANYWAY]
    said = await here.district.taps("hanh", "Biên bản")
    assert "Vâng, scan1.pdf là biên bản họp Hội đồng thi đua khen thưởng." in said
    assert "Hồ sơ đủ 3/3 phần." in said
    assert await here.states() == ["submitted"] * 3
    [*_, row] = await here.district.rows()
    assert "phần" not in await here.district.says("tuan", f"/xemnop {row.code}")  # nothing lacks


@pytest.mark.parametrize("words", ["bien ban", "Biên bản họp ạ", "đây là biên bản"])
async def test_or_be_typed(here: Village, words: str) -> None:
    await here.hands_in("hanh", "to trinh.pdf", AWARD)
    await here.hands_in("hanh", "scan1.pdf", AWARD)
    said = await here.district.says("hanh", words)
    assert "Vâng, scan1.pdf là biên bản họp" in said
    assert "Hồ sơ có 2/3 phần, còn thiếu: báo cáo thành tích của tập thể, cá nhân." in said
    assert await here.states() == ["questioned", "questioned"]
    assert "là phần nào?" not in said


async def test_a_question_stays_one_and_after_the_answer_the_words_mean_nothing_more(here: Village) -> None:
    await here.hands_in("hanh", "scan1.pdf", AWARD)
    assert "Vâng, scan1.pdf" not in await here.district.says("hanh", "biên bản nộp khi nào?")
    await here.district.says("hanh", "biên bản")
    assert "Vâng, scan1.pdf" not in await here.district.says("hanh", "tờ trình")


async def test_a_file_that_is_none_of_them_is_not_asked_about_again(here: Village) -> None:
    await here.hands_in("hanh", "scan1.pdf", AWARD)
    old = here.district.last("hanh").choices
    said = await here.district.taps("hanh", rules.NO_PART)
    assert "Vâng, scan1.pdf không phải phần nào của hồ sơ." in said
    assert "Hồ sơ có 0/3 phần, còn thiếu: tờ trình kèm danh sách" in said
    again = await here.district.says("hanh", old[0].value, pressed=True)
    assert rules.PART_KNOWN in again
    assert await here.states() == ["questioned"]


async def test_pictures_are_the_pages_of_one_part(here: Village) -> None:
    await here.district.says("hanh", f"/nop {AWARD}")
    await here.district.sends("hanh", "p1.jpg", "p2.jpg", "p3.jpg", album="a1")
    await here.district.passes()
    assert here.district.read_by("hanh")[-1].split("\n")[-1].startswith("3 ảnh là phần nào?")
    assert "Vâng, 3 ảnh là tờ trình kèm danh sách tập thể" in await here.district.taps("hanh", "Tờ trình")
    assert "1/3 phần" in here.district.read_by("hanh")[-1]


async def test_on_zalo_it_is_a_number(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await Village(District(begin, clock, tmp_path / "files", "zalo_bot", ZALO_BOT)).opens()
    await here.district.says("hanh", f"/nop {AWARD}")
    await here.district.sends("hanh", "p1.jpg", "p2.jpg")
    await here.district.passes()
    receipt = here.district.read_by("hanh")[-1]
    assert "\n2. Biên bản họp Hội đồng thi đua khen thưởng\n" in receipt
    assert len(receipt) < 2000
    assert "Vâng, 2 ảnh là biên bản họp" in await here.district.says("hanh", "2")


async def test_nobody_else_says_it(here: Village) -> None:
    await here.hands_in("lan", "scan1.pdf", AWARD)
    value = here.district.last("lan").choices[0].value
    assert "Vâng" not in await here.district.says("mai", value, pressed=True)
    [row] = await here.district.rows()
    assert await here.district.says("mai", f"/phan {row.code} x 0") == texts.NOT_FOUND
    assert "Vâng" not in await here.district.says("huong", "biên bản")  # she was asked nothing


@pytest.mark.parametrize("givers", [("huong", "lan"), ("lan", "huong")])
async def test_two_last_parts_at_the_same_moment_make_it_whole(here: Village, givers: tuple[str, str]) -> None:
    """On PostgreSQL both transactions are open at once; on SQLite one comes after the other."""
    await here.hands_in("huong", "to trinh.pdf", AWARD)
    both, names = asyncio.Barrier(2), ("bien ban.pdf", "bctt.pdf")
    ids = [await here.arrives(who, name, AWARD) for who, name in zip(givers, names, strict=True)]

    async def tell(id: int) -> None:
        await both.wait()
        async with here.district.begin() as session:
            await receipts.tell(Desk(session, here.district.school.index, here.district.clock()), id)

    await asyncio.gather(*map(tell, ids))
    assert len(set(ids)) == 2
    assert "questioned" not in await here.states()

"""What breaks a rule of its document is kept and asked about: sent again, or handed in all the same."""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from core.media import Looked
from core.message import FileRef
from core.texts import evidence as texts
from core.texts import rules
from records import facts, files
from records.files import Kept
from records.session import Begin
from tests.evidence.stage import District, Photos
from tests.fakes.clock import StillClock

REPORTAGE, NOMINATION, ARTICLE, PLAN, WEIGHING = "3.4", "3.5", "1.4", "3.15", "2.52"
PLAN_AL = "Kế hoạch Thực hiện Đề án"
STARTS = {
    "mp4": b"\0\0\0\x18ftypmp42",
    "pdf": b"%PDF-1.7\n",
    "xlsx": b"PK\x03\x04[Content_Types].xml xl/",
    "jpg": b"\xff\xd8\xff\xe0",
}


def content(name: str) -> bytes:
    return STARTS[name.rpartition(".")[2]] + name.encode()


@dataclass
class Files(Photos):
    """Every file holds its own name, in the shape that its ending says."""

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        into.write(content(file.name or file.id))  # photos have no name


@dataclass
class Village:
    """A school of An Lão: hoa is a teacher, lien her principal. What was seen of a file is told by its name."""

    district: District
    seen: dict[str, Looked] = field(default_factory=dict)

    async def opens(self) -> "Village":
        here = self.district
        here.look = self.look
        await here.opens()
        here.school.platform = Files(here.name, here.school.platform.limits)
        here.starts_anew()
        for account, name in (("hoa", "Lê Thị Hoa"), ("lien", "Ngô Thị Liên"), ("yen", "Bùi Thị Ngọc")):
            await here.knows(account, name)
        here.school.platform.sent.clear()
        return self

    async def look(self, kept: Kept) -> None:
        for name, seen in self.seen.items():
            if hashlib.sha256(content(name)).hexdigest() == kept.sha256:
                async with self.district.begin() as session:
                    await files.note(session, kept, self.district.clock())
                    await facts.note(session, kept.sha256, seen, None, None)

    async def sends(self, who: str, name: str, text: str = "") -> str:
        """The receipt for one file."""
        here = self.district
        before, id = len(here.read_by(who)), f"f{name}{text}"
        file = {"kind": "document", "id": name, "name": name}
        await here.school.receives(id, sender=who, kind="file", files=[file], message_id=id, text=text)
        await here.school.works()
        await here.passes()
        [receipt] = here.read_by(who)[before:]
        return receipt

    async def hands_in(self, who: str, name: str, task: str, text: str = "") -> str:
        """The receipt for one file that is meant for this task."""
        await self.district.says(who, f"/nop {task}")
        return await self.sends(who, name, text)

    async def arrives(self, who: str, name: str, task: str) -> int:
        """One file for this task is safe, and its receipt not given; the submission's id."""
        here = self.district
        await here.says(who, f"/nop {task}")
        file = {"kind": "document", "id": name, "name": name}
        await here.school.receives(f"f{name}", sender=who, kind="file", files=[file], message_id=f"f{name}")
        await here.school.works()
        await here.fetcher.fetch_ready()
        return (await here.rows())[-1].id

    async def states(self) -> list[str]:
        return [state for _, state in await self.district.states()]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> Village:
    return await Village(District(begin, clock, tmp_path / "files")).opens()


async def test_a_film_of_over_ten_minutes_is_kept_and_asked_about(here: Village) -> None:
    here.seen["p.mp4"] = Looked("", seconds=680)
    receipt = await here.hands_in("lien", "p.mp4", REPORTAGE)
    [row] = await here.district.rows()
    assert receipt.startswith("Đã nhận p.mp4")
    assert "Video p.mp4 vượt 10 phút (11:20). Văn bản ghi: “thời lượng tối đa 10 phút” (" in receipt
    assert PLAN_AL in receipt
    assert "mục II.2.1)" in receipt
    assert receipt.endswith(rules.DECIDE)
    assert row.state == "questioned"
    assert [choice.label for choice in here.district.last("lien").choices] == [rules.SEND_AGAIN, rules.ANYWAY]


async def test_in_spite_of_it_it_is_handed_in_where_the_giver_says_so(here: Village) -> None:
    here.seen["p.mp4"] = Looked("", seconds=680)
    await here.hands_in("lien", "p.mp4", REPORTAGE)
    said = await here.district.says("lien", "vẫn nộp")
    assert "Đã ghi là nộp" in said
    assert await here.states() == ["submitted"]


async def test_whoever_decides_on_it_reads_what_is_wrong(here: Village) -> None:
    here.seen["p.mp4"] = Looked("", seconds=680)
    await here.hands_in("lien", "p.mp4", REPORTAGE)
    await here.district.says("lien", "vẫn nộp")
    [row] = await here.district.rows()
    shown = await here.district.says("yen", f"/xemnop {row.code}")
    assert "Video p.mp4 vượt 10 phút (11:20). Văn bản ghi: “thời lượng tối đa 10 phút”" in shown


async def test_with_its_code_too_and_only_once(here: Village) -> None:
    here.seen["p.mp4"] = Looked("", seconds=680)
    await here.hands_in("lien", "p.mp4", REPORTAGE)
    [row] = await here.district.rows()
    await here.district.says("lien", "tháng này nộp gì")
    assert "Đã ghi là nộp" in await here.district.says("lien", f"vẫn nộp {row.code}")
    assert await here.district.says("lien", f"vẫn nộp {row.code}") == rules.NOT_WAITING
    assert await here.district.says("lien", f"/guilai {row.code}") == rules.NOT_WAITING
    assert await here.district.says("huong", f"vẫn nộp {row.code}") == texts.NOT_FOUND  # of another school


async def test_sent_again_the_shorter_one_takes_its_place(here: Village) -> None:
    here.seen |= {"p.mp4": Looked("", seconds=680), "q.mp4": Looked("", seconds=580)}
    await here.hands_in("lien", "p.mp4", REPORTAGE)
    assert (await here.district.taps("lien", rules.SEND_AGAIN)).startswith(rules.again("")[:30])
    assert "Đã ghi là nộp" in await here.sends("lien", "q.mp4")
    assert await here.states() == ["withdrawn", "submitted"]


async def test_a_teachers_then_waits_for_the_principal(here: Village) -> None:
    here.seen["p.mp4"] = Looked("", seconds=680)
    assert rules.DECIDE in await here.hands_in("hoa", "p.mp4", REPORTAGE)
    assert here.district.read_by("lien") == []
    assert "Chờ hiệu trưởng xác nhận" in await here.district.taps("hoa", rules.ANYWAY)
    assert await here.states() == ["held"]
    assert len(here.district.read_by("lien")) == 1


async def test_what_keeps_the_rule_or_is_not_known_goes_in_at_once(here: Village) -> None:
    here.seen["p.mp4"] = Looked("", seconds=600)
    assert "Đã ghi là nộp" in await here.hands_in("lien", "p.mp4", REPORTAGE)
    assert "Đã ghi là nộp" in await here.hands_in("lien", "unknown.mp4", REPORTAGE)


async def test_an_article_of_six_pages_is_one_too_long(here: Village) -> None:
    here.seen["bai-viet.pdf"] = Looked("", pages=6)
    receipt = await here.hands_in("yen", "bai-viet.pdf", ARTICLE)
    assert "Tệp bai-viet.pdf quá 05 trang (6). Văn bản ghi: “Độ dài mỗi bài viết không quá 05 trang" in receipt
    assert await here.states() == ["questioned"]


async def test_the_third_nomination_is_one_too_many(here: Village) -> None:
    assert "Đã ghi là nộp" in await here.hands_in("lien", "a.pdf", NOMINATION, "đề nghị khen tập thể")
    assert "Đã ghi là nộp" in await here.hands_in("lien", "b.pdf", NOMINATION, "cá nhân cô Hoa")
    receipt = await here.hands_in("lien", "c.pdf", NOMINATION, "cá nhân cô Mơ")
    assert "đã đủ 01 cá nhân" in receipt
    assert "“Các trường đối chiếu tiêu chí đề xuất 01 tập thể, 01 cá nhân" in receipt
    assert await here.states() == ["submitted", "submitted", "questioned"]


async def test_what_was_withdrawn_makes_room(here: Village) -> None:
    await here.hands_in("lien", "b.pdf", NOMINATION, "cá nhân cô Hoa")
    [row] = await here.district.rows()
    await here.district.says("lien", f"rút lại {row.code}")
    assert "Đã ghi là nộp" in await here.hands_in("lien", "c.pdf", NOMINATION, "cá nhân cô Mơ")


async def test_a_picture_of_a_page_too_small_to_read_is_asked_about(here: Village) -> None:
    here.seen["trang1.jpg"] = Looked("", width=480, height=640)
    receipt = await here.hands_in("lien", "trang1.jpg", PLAN)
    assert "Ảnh trang1.jpg nhỏ quá (cạnh ngắn 480 điểm ảnh)" in receipt
    assert await here.states() == ["questioned"]


async def test_of_health_data_a_sheet_is_asked_for_names_and_a_photo_is_not(here: Village) -> None:
    receipt = await here.hands_in("huong", "can-do.xlsx", WEIGHING)
    assert "chỉ nhận số liệu, không nhận danh sách có tên" in receipt
    assert "Đã ghi là nộp" in await here.hands_in("huong", "can-do.jpg", WEIGHING)
    assert await here.states() == ["questioned", "submitted"]


async def test_a_picked_task_is_checked_as_well(here: Village) -> None:
    here.seen["p.mp4"] = Looked("", seconds=680)
    await here.sends("lien", "p.mp4")
    [row] = await here.district.rows()
    said = await here.district.says("lien", f"/minhchung {row.code} {REPORTAGE}")
    assert "vượt 10 phút (11:20)" in said
    assert [choice.label for choice in here.district.last("lien").choices] == [rules.SEND_AGAIN, rules.ANYWAY]
    assert "Đã ghi là nộp" not in said


def test_the_shapes_are_what_they_are_called() -> None:
    from core.mime import sniff

    assert sniff(BytesIO(content("a.mp4"))) == "video/mp4"
    assert sniff(BytesIO(content("a.xlsx"))).endswith("spreadsheetml.sheet")

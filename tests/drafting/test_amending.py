"""A later letter changes tasks of a published plan: each is asked about, confirmed or not, and published with it."""

from core.texts import amendments as say
from core.texts import drafts as texts
from tests.drafting.plans import CHANGES, INSTEAD
from tests.drafting.stage import Desks
from tests.noticing.stage import GROUP_A

QUESTION = "hạn nộp danh sách trẻ học hè tình nguyện?"
TREES = "hạn gửi báo cáo trang trí cây thông?"


async def test_each_change_is_asked_about_first_and_published_with_the_letter(here: Desks) -> None:
    await here.published()
    assert "15/12/2023" in await here.says("lan", QUESTION)
    code = await here.changes_sent()
    result = here.read_by("hanh")[-1]
    assert "Văn bản này đổi hạn 1 việc, bỏ 1 việc của văn bản trước. Tôi hỏi từng việc" in result
    assert here.labels()[0] == say.check_label(2)
    assert await here.says("hanh", "công bố") == say.unasked(2)
    assert await here.says("hanh", "vẫn công bố") == say.unasked(2)

    asked = await here.taps("hanh", say.check_label(2))
    assert asked.startswith(f"Việc được đổi 1/2 (mã {code})\nViệc: Các trường nộp danh sách trẻ học hè")
    assert "Trong: Kế hoạch 512/KH-GDĐT" in asked
    assert "Hạn cũ: trước ngày 15/12/2023" in asked
    assert "Hạn mới: trước ngày 20/12/2023" in asked
    assert "từ ngày 15/12/2023 sang ngày 20/12/2023.”" in asked
    assert here.labels()[:2] == [say.YES, say.NO]
    asked = await here.taps("hanh", say.YES)
    assert asked.startswith(say.CONFIRMED)
    assert "Việc được đổi 2/2" in asked
    assert "Nay: không phải nộp nữa" in asked
    await here.taps("hanh", say.YES)
    page = await here.says("hanh", "xem lại")
    assert "1. Các trường nộp danh sách trẻ học hè tình nguyện về Phòng GDĐT: từ 15/12 sang 20/12 [đúng]" in page
    await here.reindexes()
    assert "15/12/2023" in await here.says("lan", QUESTION)  # nothing before it is published

    preview = await here.says("hanh", "công bố")  # nothing is left to ask about what only says the earlier one anew
    assert ", 1 việc?" in preview  # the item that only says the earlier one anew is none
    assert "Đổi hạn 1 việc, bỏ 1 việc của văn bản trước." in preview
    before = len(here.read_by(GROUP_A))
    await here.taps("hanh", texts.PUBLISH)
    await here.goes_out()
    [told] = here.read_by(GROUP_A)[before:]
    by = "(theo Công văn số 530/GDĐT-MN)"
    assert f"• Đổi hạn: Các trường nộp danh sách trẻ học hè tình nguyện về Phòng GDĐT từ 15/12 sang 20/12 {by}." in told
    assert f"• Không phải nộp nữa: Các trường gửi báo cáo trang trí cây thông về Phòng GDĐT {by}." in told
    assert "trực Tết về Phòng GDĐT – trước ngày 22/12/2023" in told
    assert here.read_by("nhóm B") == []

    await here.reindexes()
    answer = await here.says("lan", QUESTION)
    assert answer.startswith("Trước ngày 20/12/2023 (thứ Tư)")
    assert "(hạn cũ 15/12, đổi từ ngày 04/12 theo Công văn số 530/GDĐT-MN)" in answer
    assert "“1. Điều chỉnh thời hạn nộp danh sách" in answer
    assert (await here.says("lan", TREES)).startswith("Không phải nộp nữa, theo Công văn số 530/GDĐT-MN")
    log = await here.says("hanh", f"nhật ký văn bản {code}")
    assert "xác nhận đổi việc của văn bản trước: Các trường nộp danh sách" in log
    assert "→ trước ngày 20/12/2023" in log


async def test_another_task_may_be_meant_an_answer_thought_over_and_a_day_put_right(here: Desks) -> None:
    code = await here.changes_sent()
    assert say.unmatched(2) in here.read_by("hanh")[-1]  # the plan is not there yet
    await here.published()
    assert "Việc được đổi 1/2" in await here.says("hanh", f"/soatvb {code}")
    await here.offers(code, rival=2)
    await here.says("hanh", "soát")
    assert "Đã sửa mục 1" in await here.says("hanh", "chậm nhất 21/12")
    await here.says("hanh", "soát")
    assert (await here.taps("hanh", say.NO)).startswith(say.REFUSED)
    shown = await here.says("hanh", "việc được đổi")
    assert "[không phải]" in shown
    assert "[chưa xem]" in shown
    asked = await here.taps("hanh", "1. ")
    assert "Thầy/cô đã chọn: không phải" in asked
    assert "Hạn mới: chậm nhất 21/12/2023" in asked
    assert "Đó là việc nào?" in await here.taps("hanh", say.ANOTHER)
    assert (await here.taps("hanh", "Các trường gửi phiếu khảo sát")).startswith(say.CONFIRMED)
    await here.taps("hanh", say.NO)
    await here.says("hanh", f"/congbo {code} van")
    await here.taps("hanh", texts.PUBLISH)
    await here.reindexes()
    plan, letter = here.school.index.volumes[-2:]
    assert [one.ref.number for one in plan.shelved.changes] == [2]
    assert len(letter.shelved.plan.obligations) == 1
    assert (await here.says("lan", "hạn gửi phiếu khảo sát bếp ăn bán trú?")).startswith("Chậm nhất 21/12/2023")
    assert "15/12/2023" in await here.says("lan", QUESTION)
    assert "trước ngày 24/12/2023" in (await here.says("lan", TREES)).lower()


async def test_only_documents_of_the_own_office_and_below_are_changed(here: Desks) -> None:
    """A paper from above that the office publishes as its own changes what is its own alone."""
    await here.published()
    other = CHANGES.replace("HUYỆN VĨNH BẢO".encode(), "HUYỆN AN LÃO".encode())
    await here.sent_and_read("ngoc", data=other.replace("Vĩnh Bảo, ngày".encode(), "An Lão, ngày".encode()))
    assert "của văn bản trước. Tôi hỏi" not in here.read_by("ngoc")[-1]
    above = CHANGES.replace("UBND HUYỆN VĨNH BẢO\nPHÒNG".encode(), "UBND THÀNH PHỐ HẢI PHÒNG\nSỞ".encode())
    above = above.replace("Vĩnh Bảo, ngày".encode(), "Hải Phòng, ngày".encode())
    await here.sent_and_read("tuan", data=above)
    assert "đổi hạn 1 việc, bỏ 1 việc" in here.read_by("tuan")[-1]  # of an office below
    await here.sent_and_read("hanh", data=above)
    assert "đổi hạn 1 việc, bỏ 1 việc" in here.read_by("hanh")[-1]


async def test_a_plan_that_takes_the_place_of_another_is_confirmed_at_once(here: Desks) -> None:
    await here.published()
    code = await here.sent_and_read(name="thay thế.txt", data=INSTEAD)
    assert "Văn bản này đổi hạn 1 việc, nhắc lại 4 việc của văn bản trước." in here.read_by("hanh")[-1]
    await here.says("hanh", "soát")
    assert (await here.taps("hanh", say.all_label(5))).startswith(say.ALL_CONFIRMED)
    assert "Đổi hạn 1 việc, nhắc lại 4 việc" in await here.says("hanh", f"/congbo {code} van")
    before = len(here.read_by(GROUP_A))
    await here.taps("hanh", texts.PUBLISH)
    await here.goes_out()
    await here.reindexes()
    [told] = here.read_by(GROUP_A)[before:]
    assert told.count("• ") == told.count("từ 15/12 sang 19/12 (theo Kế hoạch số 540/KH-GDĐT)") == 1
    answer = await here.says("lan", "tháng này nộp gì?")
    assert answer.count("học hè tình nguyện về Phòng") == 1
    assert "(hạn cũ 15/12, đổi từ ngày 04/12 theo Kế hoạch số 540/KH-GDĐT)" in answer
    assert answer.count("trang trí cây thông") == answer.count("(hạn cũ") == 1

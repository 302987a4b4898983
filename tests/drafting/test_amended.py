"""What a letter changes of a published plan is changed everywhere: answers, reminders, evidence; who hears of it."""

from datetime import date, datetime, time, timedelta

from core.clock import VIETNAM
from core.texts import amendments as say
from core.texts import drafts as texts
from tests.drafting.plans import CHANGES, CHANGES_NAME, PLAN
from tests.drafting.stage import Desks
from tests.noticing.stage import GROUP_A
from tests.reminding.test_reminders import reminders

LIST, TREES = "trẻ học hè tình nguyện", "trang trí cây thông"
LICENCES = PLAN.replace(
    "4. Các trường tổ chức".encode(),
    "4. Các cơ sở GDMN ngoài công lập nộp bản sao giấy phép về Phòng GDĐT trước ngày 16/12/2023.\n"
    "5. Các trường tổ chức".encode(),
)
LATER_LICENCES = (
    CHANGES[: CHANGES.index(b"1. ")]
    + "1. Điều chỉnh thời hạn nộp bản sao giấy phép của các cơ sở GDMN ngoài công lập ".encode()
    + "từ ngày 16/12/2023 sang ngày 14/12/2023.\n".encode()
)


async def test_a_letter_moves_a_day_and_everything_follows(here: Desks) -> None:
    await here.published()
    await here.hands_in("huong", "a", text="danh sách trẻ học hè tình nguyện")
    assert [state for title, state in await here.states() if LIST in title] == ["submitted"]
    at(here, 11, 12)
    await reminders(here).work()  # three working days before; goes out after the lunch break
    code = await here.changes_sent()
    await here.says("hanh", "soát")
    for _ in range(2):
        await here.taps("hanh", say.YES)
    await here.says("hanh", f"/congbo {code} van")
    at(here, 11, 13)
    heard = len(here.read_by(GROUP_A)), len(here.read_by("mai"))
    assert "Tôi gửi 2 tin báo." in await here.taps("hanh", texts.PUBLISH)
    await here.school.works()
    assert [LIST in one for one in here.read_by("mai")[heard[1] :]] == []  # until it is known everywhere
    await here.reindexes()
    await here.goes_out()
    group, mai = here.read_by(GROUP_A)[heard[0] :], here.read_by("mai")[heard[1] :]
    assert [one for one in (*group, *mai) if one.startswith("Nhắc việc") and (LIST in one or TREES in one)] == []
    [told] = [one for one in group if "có văn bản mới" in one]
    assert f"từ 15/12 sang 20/12 (theo Công văn số 530/GDĐT-MN).{say.GIVEN}" in told
    [told] = [one for one in mai if "có văn bản mới" in one]
    assert "từ 15/12 sang 20/12 (theo Công văn số 530/GDĐT-MN).\n" in told

    said = {day: await reminded(here, day) for day in (13, 14, 15, 18, 20)}
    of_list = {day: [one for one in ones["mai"] if LIST in one] for day, ones in said.items()}
    assert [day for day, ones in of_list.items() if ones] == [14, 18, 20]
    assert all("trước 20/12" in one for ones in of_list.values() for one in ones)
    assert "15/12" not in "".join(one for ones in of_list.values() for one in ones)
    assert not any(TREES in one for ones in said.values() for one in (*ones["mai"], *ones[GROUP_A]))
    assert not any(LIST in one for ones in said.values() for one in ones[GROUP_A])
    assert [state for title, state in await here.states() if LIST in title] == ["submitted"]

    then = await here.says("lan", f"ngày 2/12 thì hạn nộp danh sách {LIST} là bao giờ?")
    assert then.startswith("Ngày 02/12/2023, theo văn bản khi đó:\nTrước ngày 15/12/2023")
    assert (
        "Nay là trước ngày 20/12/2023 (thứ Tư) (hạn cũ 15/12, đổi từ ngày 04/12 theo Công văn số 530/GDĐT-MN)" in then
    )
    assert await here.says("lan", f"hôm 5/12 hạn nộp danh sách {LIST} là ngày nào?") != then
    every = await here.says("lan", "trước khi đổi hạn là ngày nào?")
    assert every.startswith(say.BEFORE_ANY)
    assert "trước ngày 15/12/2023" in every
    assert "Nay không phải nộp nữa, theo Công văn số 530/GDĐT-MN: Các trường gửi báo cáo trang trí" in every


async def test_only_the_units_that_owe_it_hear_and_of_its_own_extension_each(here: Desks) -> None:
    await here.published(data=LICENCES)
    code = await here.sent_and_read(name=CHANGES_NAME, data=LATER_LICENCES)
    await here.says("hanh", "soát")
    await here.taps("hanh", say.YES)
    before = len(here.read_by(GROUP_A)), len(here.read_by("mai"))
    assert "Tôi báo cho 1 đơn vị" in await here.says("hanh", f"/congbo {code} van")
    await here.taps("hanh", texts.PUBLISH)
    await here.goes_out()
    assert here.read_by(GROUP_A)[before[0] :] == []
    [told] = here.read_by("mai")[before[1] :]
    assert "• Đổi hạn: Các cơ sở GDMN ngoài công lập nộp bản sao giấy phép về Phòng GDĐT từ 16/12 sang 14/12" in told
    assert "việc trong văn bản này" not in told
    await here.reindexes()
    assert (await here.says("mai", "hạn nộp bản sao giấy phép?")).startswith("Trước ngày 14/12/2023")


def at(here: Desks, day: int, hour: int, minute: int = 0) -> None:
    here.clock.move(datetime.combine(date(2023, 12, day), time(hour, minute), VIETNAM) - here.clock())


async def reminded(here: Desks, day: int) -> dict[str, list[str]]:
    """What is written unasked on this day."""
    before = {who: len(here.read_by(who)) for who in ("mai", GROUP_A)}
    for hour in (8, 15):
        at(here, day, hour)
        await reminders(here).work()
        await here.passes(timedelta(seconds=1))
    return {who: here.read_by(who)[count:] for who, count in before.items()}

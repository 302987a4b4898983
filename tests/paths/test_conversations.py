"""The same forty conversations on every service: each in its own manner, with the same words."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from core.answer import Answer
from core.choices import listed
from core.message import Choice
from core.people import Asker, Role
from core.texts import answers as say
from core.texts import chat as texts
from core.texts import joining
from core.texts.choices import no_such_choice
from knowledge.answer import answer
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.lines import LINES, Line, Read, Talk, picks
from tests.knowledge.library import founding
from tests.paths.conftest import move_in

VB, AD, AL, DH, PGD_VB, PGD_AL = "VB-HOAPHUONG", "VB-ANHDUONG", "AL-TRUONGSON", "DH-HOASIM", "PGD-VB", "PGD-AL"
MORE = say.more_choice()[0].label

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Somebody of a unit ("": a stranger) says these, one after the other, on a day."""

    day: str
    unit: str
    said: tuple[str, ...]
    role: Role = Role.TEACHER


CONVERSATIONS = (
    Conversation("2023-12-01", VB, ("thang nay nop gi", "tuần sau nộp gì?", "cảm ơn nhé, cân đo mấy lần, hạn nào?")),
    Conversation("2023-12-01", VB, ("t12 nop j v", MORE)),
    Conversation("2023-09-12", VB, ("tháng này nộp gì?", "thang 10 nop gi")),
    Conversation("2023-10-02", PGD_VB, ("tháng này phòng gửi Sở gì?",), Role.STAFF),
    Conversation("2023-12-01", VB, ("còn hạn nào sắp tới?",)),
    Conversation("2023-12-01", AD, ("còn hạn nào sắp tới?",), Role.PRINCIPAL),
    Conversation("2023-12-01", VB, ("cân đo mấy lần, hạn nào?",)),
    Conversation("2024-01-15", VB, ("tháng này nộp gì?", MORE)),
    Conversation("2024-05-02", VB, ("tuần này phải nộp gì",)),
    Conversation("2024-07-05", VB, ("tháng 7 nộp gì",)),
    Conversation("2023-08-10", VB, ("tháng 8 họp gì?", "kế hoạch phát triển duyệt khi nào?")),
    Conversation("2023-08-20", VB, ("đề án 404 làm những tháng nào?",)),
    Conversation("2023-08-20", VB, ("danh sách hỗ trợ học phí gửi đâu, hạn nào?",)),
    Conversation("2023-08-20", VB, ("bồi dưỡng hè gồm gì?",)),
    Conversation("2023-09-05", VB, ("tháng 9 có lễ gì", "phòng ban hành mấy văn bản tháng 9?")),
    Conversation("2023-09-05", VB, ("khám sức khỏe giáo viên hạn nào?",)),
    Conversation("2023-09-05", VB, ("vận động tài trợ theo thông tư nào?",)),
    Conversation("2023-11-10", VB, ("sinh hoạt chuyên môn cấp cụm tháng mấy?",)),
    Conversation("2023-11-10", VB, ("Sở kiểm tra hồ sơ chuyên đề thế nào?",)),
    Conversation("2023-12-10", VB, ("thi giáo viên giỏi vòng thực hành tháng mấy",)),
    Conversation("2024-09-23", AL, ("kế hoạch chuyên đề hạn nào?", "tự rà soát theo mấy bộ tiêu chí?")),
    Conversation("2024-10-15", AL, ("tháng 10/2024 nộp gì?",), Role.PRINCIPAL),
    Conversation("2024-10-15", AL, ("đăng ký hoạt động hạn nào, mấy cấp?",)),
    Conversation("2024-10-15", AL, ("báo cáo gửi đường nào?",)),
    Conversation("2025-03-10", AL, ("hội nghị tổng kết ở đâu, ai đi?", "ai bế mạc?")),
    Conversation("2025-03-14T09:20", AL, ("đang mục mấy?",)),
    Conversation("2025-05-06", PGD_AL, ("An Lão được đề xuất khen mấy?", "1"), Role.STAFF),
    Conversation("2025-05-06", PGD_AL, ("An Lão được đề xuất khen mấy?", "số 2"), Role.STAFF),
    Conversation("2025-05-06", PGD_AL, ("An Lão được đề xuất khen mấy?", "0", "2", "1"), Role.STAFF),
    Conversation("2025-05-06", AL, ("phong su toi da bao nhieu phut",)),
    Conversation("2025-03-01", DH, ("tháng này nộp gì?", "căn cứ?", "tổng kết chuyên đề khi nào?")),
    Conversation("2023-12-01", DH, ("tháng này nộp gì?",)),
    Conversation("2023-12-01", VB, ("giá vàng hôm nay", "hôm nay trời thế nào")),
    Conversation("2023-12-01", VB, ("/thangnay", "tuần này", "/han", "/han cân đo")),
    Conversation("2023-12-01", VB, ("trợ giúp", "1")),
    Conversation("2023-12-01", VB, ("😀", "(sticker)", "???")),
    Conversation("2023-12-01", VB, ("2", "xem thêm")),
    Conversation("2023-12-01", VB, ("NỘP GÌ THÁNG NÀY " * 40,)),
    Conversation("2023-12-01", "", ("tháng này nộp gì?", "xin chào")),
    Conversation("2023-12-01", "", ("/thamgia ZZZZ-9999",)),
)


@pytest.fixture(params=list(LINES))
async def line(request: pytest.FixtureRequest, begin: Begin, clock: StillClock) -> AsyncIterator[Line]:
    await move_in(begin, clock)
    async with LINES[request.param](begin, clock, founding()) as line:
        yield line


async def test_forty_conversations_go_the_same_way(line: Line) -> None:
    assert len(CONVERSATIONS) == 40
    for talk in CONVERSATIONS:
        line.house.clock.now = datetime.fromisoformat(talk.day).replace(tzinfo=UTC)
        await _holds(line, talk)


async def _holds(line: Line, conversation: Conversation) -> None:
    talk = await line.someone(conversation.unit, conversation.role)
    expected = Expected(line, conversation)
    read = Read("")
    for said in conversation.said:
        read = await _does(talk, read, said)
        text, choices = expected.after(said)
        buttons = len(choices) <= line.house.platform.limits.buttons
        assert _bare(read.text) == _bare(text if buttons else listed(text, choices)), (conversation, said)
        assert read.buttons == (tuple(choice.label for choice in choices) if buttons else ()), (conversation, said)


async def _does(talk: Talk, read: Read, said: str) -> Read:
    if said == "(sticker)":
        return await talk.sends_sticker()
    return await (picks(talk, read, said) if said in (MORE, "1") else talk.says(said))


def _bare(text: str) -> str:
    """A long answer is cut where there is a space."""
    return "".join(text.split())


class Expected:
    """What the documents and the texts say, asked beside the chat."""

    def __init__(self, line: Line, conversation: Conversation) -> None:
        self.line, self.conversation = line, conversation
        self.offered: tuple[Choice, ...] = ()
        self.more: tuple[str, ...] = ()

    def after(self, said: str) -> tuple[str, tuple[Choice, ...]]:
        """The words and the choices below them."""
        if not self.conversation.unit:
            return self._to_a_stranger(said), ()
        fixed = {"(sticker)": texts.STICKER, "😀": texts.STICKER, "???": texts.EMPTY}
        if said in fixed:
            return fixed[said], ()
        if said == "trợ giúp":
            self.offered = tuple(Choice(text, text) for text in texts.SUGGESTIONS)
            return texts.help_for(self.conversation.role), self.offered
        if said in (MORE, "xem thêm"):
            return self._goes_on()
        if said in ("0", "1", "2", "số 2"):
            return self._picked(int(said[-1]))
        commands = {"/thangnay": "Tháng này nộp gì?", "tuần này": "Tuần này nộp gì?", "/han": texts.NEXT_DEADLINES}
        return self._answered(commands.get(said, said.replace("/han ", f"{texts.DEADLINE} ")))

    def _answered(self, question: str) -> tuple[str, tuple[Choice, ...]]:
        found = self._knows(question)
        self.more = found.more
        self.offered = found.choices if len(found.choices) > 1 else self.offered
        return found.text, found.choices

    def _goes_on(self) -> tuple[str, tuple[Choice, ...]]:
        if not self.more:
            return texts.NOTHING_MORE, ()
        part, self.more = self.more[0], self.more[1:]
        return (f"{part}\n{say.MORE_HINT}", say.more_choice()) if self.more else (part, ())

    def _picked(self, number: int) -> tuple[str, tuple[Choice, ...]]:
        if not 1 <= number <= len(self.offered):
            return no_such_choice(len(self.offered)), ()
        return self._answered(self.offered[number - 1].value)

    def _knows(self, question: str) -> Answer:
        unit = founding().tree.units[self.conversation.unit]
        return answer(
            founding(), question.strip(), Asker(unit, self.conversation.role, unit.level), self.line.house.clock()
        )

    def _to_a_stranger(self, said: str) -> str:
        phone = self.line.house.platform.limits.phone
        return joining.CODE_WRONG if said.startswith("/thamgia") else joining.unknown_sender(phone=phone)

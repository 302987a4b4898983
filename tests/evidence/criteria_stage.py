"""The district with a sample criteria set of its own, given by the Phòng."""

from dataclasses import dataclass

from core.criteria import CriteriaSet
from evidence.criteria import give
from evidence.desk import Desk
from knowledge.criteria_lists import criteria_of, typed
from scheduler.sheets import Sheets
from tests.evidence.privacy_stage import PrivacyStage

NAME = "Trường mầm non hạnh phúc"
LINES = """\
I. Môi trường
1.1 Sân chơi ngoài trời an toàn (10 điểm) - minh chứng: ảnh sân chơi
1.2 Lớp học sạch, sáng (10 điểm)
II. Chăm sóc
2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ (20 điểm)
2.2 Bữa ăn đủ chất (10 điểm) - minh chứng: thực đơn
"""
SAFE = "Trường học an toàn"
SAFE_LINES = "1 Theo dõi cân đo, biểu đồ tăng trưởng\n2 Kế hoạch phòng chống tai nạn thương tích"


@dataclass
class CriteriaStage(PrivacyStage):
    """The Phòng's principal officer is hanh; huong heads the school, lan teaches there; mai heads another."""

    async def opens(self) -> "CriteriaStage":
        await super().opens()
        return self

    async def gives_set(self, name: str = NAME, lines: str = LINES, unit: str = "PGD-VB") -> CriteriaSet:
        async with self.begin() as session:
            desk = Desk(session, self.school.index, self.clock())
            return (await give(desk, unit, name, criteria_of(typed(lines)), None)).set

    def forms(self) -> Sheets:
        told = self.school.deliverer.wake
        return Sheets(self.begin, self.store, lambda: self.school.index, self.clock, told)

    def labels(self, who: str) -> list[str]:
        return [choice.label for choice in self.last(who).choices]

"""Answering beside the bare look-up: the five sample plans, and 100,000 passages of many units."""

import pickle
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

from core.clock import VIETNAM, local_day
from core.people import Asker, Level, Ownership, Unit, UnitTree
from core.work import Plan, Shelved
from knowledge.answer import answer
from knowledge.extract import extract
from knowledge.index import Index
from knowledge.question import understand
from knowledge.readers import read_file

PLANS = Path(__file__).parent.parent / "samples" / "plans"
NOW = datetime(2024, 10, 15, 8, tzinfo=VIETNAM)
QUESTIONS = (
    "tháng này nộp gì",
    "t12 nop gi v",
    "hạn nộp số liệu học kỳ 1 là ngày nào",
    "con may ngay nua la den han gui ke hoach giai phap sang tao",
    "cân đo đợt 1 hạn bao h",
    "bao nhiêu % bếp ăn đạt chuẩn bếp 1 chiều",
    "kế hoạch chuyên đề hoàn thnàh trước ngày nào",
    "hồ sơ đề nghị khen thưởng chuyên đề gồm những gì",
    "hội nghị tổng kết đề án cấp huyện hôm nào, ở đâu",
    "thông tư trường học an toàn phòng tránh tai nạn số mấy",
    "phong su toi da bao nhieu phut",
    "lịch tiêm chủng cho trẻ tháng này",
)
ROUNDS = 25
PASSAGES = 100_000


def run() -> None:
    """Print the figures."""
    started = time.perf_counter()
    plans = [extract(read_file(path.name, path.read_bytes())) for path in sorted(PLANS.glob("*.txt"))]
    print(f"reading five plans: {_ms(time.perf_counter() - started)}")
    per_copy = sum(len(plan.passages) for plan in plans)
    _measure("five documents", plans, 1)
    _measure(f"{PASSAGES:,} passages", plans, -(-PASSAGES // per_copy))


def _measure(name: str, plans: list[Plan], copies: int) -> None:
    tree, shelf = _library(plans, copies)
    before = _peak_mb()
    started = time.perf_counter()
    index = Index.of(shelf, tree)
    built = time.perf_counter() - started
    asker = Asker(tree.units["school-0"])
    scope = index.scope(asker)
    asked = [understand(question, local_day(NOW), index.words) for question in QUESTIONS]
    for question in QUESTIONS:  # the first question of a unit prepares what it may read
        answer(index, question, asker, NOW)
    bare, whole = _times(
        lambda i: index.search(asked[i], index.scope(asker), "sentences"),
        lambda i: answer(index, QUESTIONS[i], asker, NOW),
    )
    in_scope = sum(len(volume.shelved.plan.passages) for volume in scope)
    print(f"{name}: {index.passages:,} passages, {in_scope:,} in the asker's scope")
    print(f"  index built in {built:.2f} s; peak memory {before:.0f} -> {_peak_mb():.0f} MB")
    print(f"  bare look-up  p50 {_ms(_p(bare, 50))}  p95 {_ms(_p(bare, 95))}")
    print(f"  whole answer  p50 {_ms(_p(whole, 50))}  p95 {_ms(_p(whole, 95))}")
    print(f"  ratio         p50 {_p(whole, 50) / _p(bare, 50):.2f}  sums {sum(whole) / sum(bare):.2f}")


def _library(plans: list[Plan], copies: int) -> tuple[UnitTree, list[Shelved]]:
    """One province a copy: the department's plans and a district's, and a school that may read them."""
    units: list[Unit] = []
    shelf: list[Shelved] = []
    for copy in range(copies):
        above = {Level.DEPARTMENT: f"department-{copy}", Level.DISTRICT: f"district-{copy}"}
        units += [
            Unit(above[Level.DEPARTMENT], f"Sở GDĐT tỉnh {copy}", Level.DEPARTMENT),
            Unit(above[Level.DISTRICT], f"Phòng GDĐT huyện {copy}", Level.DISTRICT, above[Level.DEPARTMENT]),
            Unit(f"school-{copy}", f"MN {copy}", Level.SCHOOL, above[Level.DISTRICT], Ownership.PUBLIC),
        ]
        for plan in plans:
            unit = above.get(plan.head.level or Level.DISTRICT, above[Level.DISTRICT])
            shelf.append(Shelved(len(shelf) + 1, unit, pickle.loads(pickle.dumps(plan)), date(2024, 1, 1)))
    return UnitTree.of(units), shelf


def _times(*calls: Callable[[int], object]) -> list[list[float]]:
    """Seconds of each call, every question in turn, ROUNDS times; side by side, so that a slow moment hits all."""
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for i in range(len(QUESTIONS)):
            for call, times in zip(calls, found, strict=True):
                started = time.perf_counter()
                call(i)
                times.append(time.perf_counter() - started)
    return found


def _p(times: Iterable[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

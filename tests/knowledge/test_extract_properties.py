"""Whatever is written, reading never fails, and everything read stands in the file."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from knowledge.blocks import Source
from knowledge.extract import extract
from knowledge.plan_json import contract_json
from knowledge.readers import read_file

LINES = [line for path in sorted(Path("samples/plans").glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
SHARDS = (
    "31/6", "29/2/2025", "99/99", "ngày", "tháng 13", "(", ")", "\t", "<p>", "</i", "*", "quý V", "tuần 9 tháng 2",
    "từ 32/1 đến", "24h99", "0/0/0000", "12/2025", "“", '"', "ngày 00/00", "tháng 0", "ngày 45 hằng tháng", " - ",
    "1.1.1.1", "\u0301", "😀", "STT\tNội dung\tThời hạn", "Tháng\t9", "trước ngày ", "Tuần 1 (01/13 - 40/1)",
    "thứ Tám hằng tuần", "Số: /", "II. ",
)  # fmt: skip

any_text = st.text(max_size=400)
any_line = st.one_of(st.sampled_from(LINES), st.sampled_from(SHARDS), st.text(max_size=60))
broken_line = st.builds(
    lambda a, b, cut: a[: cut % (len(a) + 1)] + b + a[cut % (len(a) + 1) :], any_line, any_line, st.integers(0, 500)
)
any_paper = st.lists(st.one_of(any_line, broken_line), min_size=1, max_size=40).map("\n".join)
patient = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def flat(text: str) -> str:
    return " ".join(text.split())


def read(data: bytes) -> Source | None:
    """The document, or None where it is refused in words."""
    try:
        return read_file("bất kỳ.txt", data)
    except BadInput:
        return None


def check(source: Source | None) -> None:
    if source is None:
        return
    plan = extract(source)
    contract_json(plan)
    whole = flat(" ".join(block.text for block in source.blocks))
    for place, passage in enumerate(plan.passages):
        assert passage.place == place
        assert flat(passage.text) in whole
        assert passage.parent is None or passage.parent < place
    for task in plan.obligations:
        assert task.task.strip()
        assert task.snippet.strip()
        assert flat(task.snippet) in whole
        assert 0 <= task.passage < len(plan.passages)
        assert not (task.start and task.due) or task.start <= task.due
        assert all(len(month) == 7 and 1 <= int(month[5:]) <= 12 for month in task.months)


@given(any_text)
@patient
def test_random_text_is_read_or_refused(text: str) -> None:
    check(read(text.encode("utf-8", "ignore")))


@given(any_paper)
@patient
def test_broken_papers_are_read_and_everything_read_stands_in_them(text: str) -> None:
    check(read(text.encode("utf-8", "ignore")))


@given(st.binary(max_size=300))
@patient
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    check(read(data))

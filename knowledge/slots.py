"""Whether a sentence holds the kind of thing that was asked for: a number, a day, an address, a name."""

import re
from collections.abc import Callable

from knowledge.asks import Ask
from knowledge.fold import fold
from knowledge.index import Hit
from knowledge.lexicon import LIGHT, STOP
from knowledge.question import Question

SURE = 0.75  # share of the subject, where a deadline is asked for and only a sentence is found

_NUMBER_WORD = r"một(?! số| trong)|hai|ba|bốn|sáu|bảy|tám|chín|mười"
_COUNTED = re.compile(rf"(?<![\w/.,:])(?:\d+(?:[.,]\d+)?(?![\w/:.,]*[/:h])%?|{_NUMBER_WORD})(?!\w)", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"\d{1,2}\s*h\s*\d*|\d{1,2}\s*giờ\s*\d+|\d+\s*/\s*\d+(?:\s*/\s*\d+)?"
    r"|(?:năm|tháng|ngày|thứ|số|giai đoạn|mục|điều)\s+\d+(?:\s*-\s*\d+)?"
    r"|\b20\d\d\b|^\s*\d+\s*[.\t)]",
    re.IGNORECASE,
)
_CHECKS: tuple[tuple[Ask, Callable[[str], object]], ...] = (
    (Ask.PHONE, re.compile(r"(?<!\d)(?:\+84|0)[\d. ]{8,12}\d").search),
    (Ask.EMAIL, re.compile(r"\S+@\S+").search),
    (Ask.MONEY, re.compile(r"\d[\d.,]*\s*(?:đồng|đ\b|triệu|nghìn|tỷ|vnđ)", re.IGNORECASE).search),
    (Ask.SECRET, re.compile(r"mật khẩu", re.IGNORECASE).search),
    (
        Ask.PENALTY,
        re.compile(
            r"phạt|kỷ luật|xử lý|khiển trách|\btrừ (?:điểm|\d)|cắt thi đua|hạ (?:\w+ )?bậc|bị loại|phê bình"
            r"|không (?:được )?(?:xét|công nhận)",
            re.IGNORECASE,
        ).search,
    ),
    (
        Ask.CHANNEL,
        re.compile(
            r"@|https?://|www\.|\bqua\b|hệ thống|phần mềm|hộp thư|một cửa|trực tiếp|zalo|bản giấy|bưu|\btại\b"
            r"|\b(?:về|với|gửi|nộp|cho) (?:bộ phận|phòng|sở|ủy ban|ubnd)\b",
            re.IGNORECASE,
        ).search,
    ),
    (Ask.NAME, re.compile(r"[“\"]|\btên\b").search),
    (Ask.HOUR, re.compile(r"\d{1,2}\s*(?:h|giờ|:\d\d)").search),
    (Ask.PERCENT, re.compile(r"\d\s*%").search),
    (
        Ask.WHEN,
        re.compile(
            r"\d{1,2}\s*/\s*\d|tháng|năm|tuần|quý|hàng|hằng|ngày|học kỳ|dịp|trước|sau|khi", re.IGNORECASE
        ).search,
    ),
)
_DATED = re.compile(r"\d{1,2}\s*/\s*\d|(?:tháng|ngày|năm)\s*\d|hàng|hằng|(?:đầu|cuối) năm", re.IGNORECASE)
_NAMED = re.compile(r"(?:[Ôô]ng|[Bb]à|[Cc]ô|[Tt]hầy|[Đđ]ồng chí|[Đđ]/c)\s+[A-ZĐ]")
_PERSON = re.compile(r"(?<!\w)(?:co|thay|chi|anh|ong|ba) (?!so |giao |hieu |nao |phu )([a-z]+)")
_WHO_IS = re.compile(r"(?<!\w)(?:ai la (?!nguoi)|la ai(?!\w))")


def holds(question: Question, hit: Hit) -> bool:
    """The slot check: a question for a number, day, address … is answered only by a sentence that holds one."""
    text = hit.entry.text
    if any(question.wants(ask) and not check(text) for ask, check in _CHECKS):
        return False
    if question.wants(Ask.WHEN) and question.wants(Ask.DUE) and (hit.cover < SURE or not _DATED.search(text)):
        return False
    if question.wants(Ask.COUNT) and not question.wants(Ask.PERCENT, Ask.HOUR) and not _counts(question, hit):
        return False
    if question.wants(Ask.PHONE, Ask.EMAIL) and (person := _PERSON.search(question.said)):
        return person[1] in hit.entry.words
    return not _WHO_IS.search(question.said) or bool(_NAMED.search(text))


def _counts(question: Question, hit: Hit) -> bool:
    if question.wants(Ask.LIST):
        return True
    said = _NO_COUNT.sub(" ", hit.entry.text)
    unit = _counted_thing(question)
    listed = _is_list(hit) and (unit in hit.entry.words or hit.entry.text.count("“") >= 2)
    if unit in hit.entry.words and not listed:
        return bool(
            re.search(rf"(?:\d|mot|hai|ba|bon|sau|bay|tam|chin|muoi)\W*(?:\w+ ){{0,2}}{unit}(?!\w)", fold(said))
        )
    return bool(_COUNTED.search(said)) or listed


def _counted_thing(question: Question) -> str:
    """What is counted: "mấy trang" -> "trang"; empty where nothing follows."""
    match = re.search(r"(?<!\w)(?:may|bao nhieu) (\w+)", question.said)
    return match[1] if match and match[1] not in STOP | LIGHT else ""


def _is_list(hit: Hit) -> bool:
    return bool(hit.volume.children.get(hit.entry.passage)) or hit.entry.text.count("“") >= 2

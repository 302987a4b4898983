"""Through what a thing is sent, and what the thing is."""

import re

_THROUGH = re.compile(
    r"\bqua\s+(?:đường\s+)?(?P<what>(?:công văn|hệ thống|phần mềm|địa chỉ|e-?mail|hộp thư|hòm thư|thư điện tử|"
    r"zalo|nhóm zalo|trang|cổng|link|đường link|"
    r"đường dẫn|google|biểu mẫu|bưu điện|văn thư|trục|https?:|"
    r"(?-i:(?!Phòng|Sở|UBND|Ủy|Ban|Trường|Bộ)[A-Z][\w-]+))[^;()]*)"
    r"|\b(?P<direct>(?:e-?mail|hộp thư|zalo)\s*:\s*[^\s)]+)|\bbằng\s+(?P<paper>bản giấy|bản điện tử|văn bản giấy)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s*(?:,\s*)?(?:trước|chậm nhất|muộn nhất|hạn cuối|trong|vào|để|và\s+(?!e-?mail|hệ thống|zalo|bản|địa)|\*|"
    r"\.(?:\s|$)|,\s).*",
    re.IGNORECASE | re.DOTALL,
)
_SENT = re.compile(
    r"(?:\bgửi|\bnộp|\bbáo cáo|\bđăng ký|(?<!quá )(?<!chương )\btrình|\bcung cấp)\s+(?P<what>[^.;:()]{2,120}?)\s*"
    r"(?=\s(?:về|tới|lên|cho|qua|trước|chậm nhất|muộn nhất|vào|đến|theo|tại|trong|từ|để|và gửi|và nộp)\b|[.;:(]|,\s|$)",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"^(?:về|cho|qua|lên|tới|theo|trước|bằng|phòng|sở|pgd|sgd|ubnd|ủy ban|các trường|nhà trường|cấp trên|bgh|"
    r"ban giám hiệu|kịp thời|đúng)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^>]*>|[*_]+")


def channel(text: str) -> str | None:
    """ "qua hệ thống phần mềm … HP-eOffice": the way as the text names it."""
    found = _THROUGH.search(text)
    if not found:
        return None
    words = found["what"] or found["direct"] or found["paper"]
    words = _STOP.sub("", _MARKUP.sub(" ", words)).strip(" .,;:")
    words = re.sub(r"(?i)^địa chỉ\s+", "", " ".join(words.split()))
    return words or None


def deliverable(text: str) -> str | None:
    """What is handed in, in the text's words; None where only the act is named."""
    for found in _SENT.finditer(text):
        words = " ".join(_MARKUP.sub(" ", found["what"]).split())
        if words and not _NO_THING.match(words):
            noun = re.match(r"báo cáo", found.group(), re.IGNORECASE)
            return f"báo cáo {words}" if noun else words
    return None

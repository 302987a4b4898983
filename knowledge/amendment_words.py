"""The words by which a paper says that it changes an earlier one; and those that only look so.

Over text with its marks: without them "đổi" and "đội", "hoãn" and "hoàn", "hủy" and "huy" are the same.
"""

import re
from dataclasses import dataclass

from core.work import Effect
from knowledge.fold import fold

_I = re.IGNORECASE
PAPER_TYPE = (
    r"(?:công văn|kế hoạch|thông báo|quyết định|hướng dẫn|văn bản|thể lệ|lịch công tác|lịch|giấy mời|chương trình|"
    r"phương án|CV|KH|TB)"
)
_CODE = r"[A-ZĐ][A-Za-zĐđ]*(?:[-&/][A-Za-zĐđ]+)*"
PAPER = re.compile(
    rf"\b{PAPER_TYPE}\s+(?:(?:số\s*:?\s*)(?P<number>[\d.…_]*\s*/?\s*(?:20\d\d\s*/\s*)?(?-i:{_CODE}))?|(?=ngày\s+\d)|"
    rf"(?P<bare>\d{{1,5}}\s*/\s*(?:20\d\d\s*/\s*)?(?-i:{_CODE})))"
    r"(?:\s*,?\s*(?:ban hành\s+)?ngày\s+(?P<day>\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s*(?:(?:/|năm)\s*\d{4})?))?"
    r"(?:\s*,?\s*của\s+(?:Phòng|UBND|Sở|[Tt]rường)(?:\s+(?:-|GD|GDĐT|và|ĐT|[A-ZĐÀ-Ỹ&][\w&-]*|xã|phường|huyện|tỉnh))*)?",
    _I,
)
_ITEM_KIND = {"phụ lục": 0, "phần": 0, "chương": 0, "mục": 1, "tiểu mục": 2, "khoản": 2, "điểm": 3, "ý": 4}
_ITEM_ROW = ("số thứ tự", "stt", "nội dung số", "nhiệm vụ số", "nội dung thứ", "dòng", "việc số")
_LABEL = r"(?:[IVX]{1,5}|\d{1,2}|[a-hk-pđA-H])(?:\.(?:\d{1,2}|[IVX]{1,4}|[A-H]|[a-h]))*"
_KINDS = (
    r"tiểu mục|phụ lục|phần|chương|mục|khoản|điểm|ý|số thứ tự|stt|nội dung số|nhiệm vụ số|nội dung thứ|dòng|việc số"
)
ITEM = re.compile(rf"\b(?P<kind>{_KINDS})\s+(?:số\s+|thứ\s+)?(?P<label>(?-i:{_LABEL}))(?![\w/%])", _I)
ITEMS = re.compile(rf"{ITEM.pattern.replace('?P<kind>', '?:').replace('?P<label>', '?:')}[\s,;và]*", _I)

_MOVE = (
    r"(?:điều chỉnh|thay đổi|đổi lịch|đổi|dời|lùi|gia hạn|kéo dài|rút ngắn|chuyển|hoãn|tạm hoãn|sửa đổi|sửa lại|sửa|"
    r"đính chính|đẩy sớm|đẩy lùi|cập nhật lại)"
)
_TIME = r"(?:thời hạn|thời gian|thời điểm|hạn(?!\s+(?:hán|chế|ngạch|mức))|mốc|lịch(?!\s+sử)|ngày|tiến độ)"
_WHERE = (
    r"(?:(?:nội dung|quy định|số liệu)?\s*(?:tại|của|trong|ở|ghi tại)?\s*(?:mục|điểm|khoản|phần|tiểu mục|số thứ tự|"
    r"phụ lục)\s+(?:số\s+)?(?:[IVX]+|\d+|[a-h])\b)"
)
_TO = r"(?:sang|đến|tới|thành|lại là|là|vào|xuống|còn|qua|từ)"
MOVES = re.compile(
    rf"\b(?P<verb>{_MOVE})\b(?:\s*,\s*(?:bổ sung|sửa đổi|điều chỉnh))?(?:\s+(?:lại|bổ sung|thêm|tiếp|như sau))*"
    rf"(?:(?:\s+(?!cho\b|từ\b)[^\s,.;:()]+){{0,4}}?\s+(?:{_TIME}|{_WHERE})(?!\w)|\s*:|(?<!kéo dài)\s+{_TO}\b)",
    _I,
)
PUTS_OFF = re.compile(
    r"(?:^|[,:;]\s*|\b(?:thông báo|quyết định|thống nhất|nay)\s+)(?P<verb>lùi|dời|gia hạn|hoãn|tạm hoãn|chuyển|đổi)\s+"
    r"(?!tiếp|giao|đổi)[^.;]{3,}?\s(?:sang|đến|tới|qua|vào)\s+"
    r"(?=[“\"(]?(?:hết|ngày|\d|thứ|tuần|tháng|quý|trước|sáng|chiều|chậm))",
    _I,
)
INSTEAD = re.compile(
    r"\b(?:không (?:tổ chức|họp|thực hiện) (?:vào )?(?=ngày)|thay vì|thay cho|hạn cũ|lịch cũ|trước đây là|"
    r"trước đó là|không phải(?: là)?)\b",
    _I,
)
NEW_DAY = re.compile(
    rf"\b{_TIME}(?:\s+(?:nộp|gửi|báo cáo|hoàn thành|tổ chức))?\s+mới\b[^.;:]{{0,80}}"
    r"(?:\s(?:là|từ|đến|trước|chậm nhất)\b|:)",
    _I,
)
COMPARED = re.compile(r"\b(?:gia hạn|lùi|điều chỉnh|thay đổi|sớm hơn|muộn hơn)\s+(?:[^\W\d_]+\s+){0,3}?so với\b", _I)
READ_AS = re.compile(
    r"\b(?:nay\s+(?:sửa|đổi|đọc|ghi)(?:\s+lại)?\s+(?:là|thành)|(?:xin\s+)?đọc\s+là|đúng\s+(?:phải\s+)?là|sửa\s+thành)\b",
    _I,
)

_EVENT = (
    r"(?:hội thi|hội nghị|hội thảo|hội giảng|hội diễn|hội khỏe|tập huấn|lớp tập huấn|chuyên đề|ngày hội|lễ|giao lưu|"
    r"(?:đợt |việc )?(?:kiểm tra|khảo sát|thanh tra)|cuộc họp|họp|buổi|cuộc thi|(?:phần |vòng )?thi(?!\s+(?:đua|hành))|"
    r"liên hoan|sinh hoạt chuyên môn)"
)
_OF_EARLIER = (
    rf"(?:mục|điểm|khoản|phần|nội dung|số thứ tự|quy định|thời hạn|nhiệm vụ|yêu cầu|phụ lục|việc|lịch|"
    rf"kế hoạch(?!\s+(?:số|ngày))|chuyến|hoạt động|{_EVENT})"
)
_ANNUL = r"(?:bãi bỏ|h(?:ủy|uỷ)(?: bỏ)?)"
_STOP = r"(?:tạm dừng|tạm hoãn|tạm ngừng|dừng|hoãn|ngừng)"
REVOKES = re.compile(
    rf"\b(?P<verb>{_ANNUL}|bỏ(?=\s+(?:nội dung|mục|điểm|khoản)))\s+(?:các\s+|một số\s+|toàn bộ\s+)?{_OF_EARLIER}\b|"
    rf"\b(?P<passive>(?:được|bị)\s+{_ANNUL})\b|\b(?P<dash>{_ANNUL})\s*[:.]",
    _I,
)
REVOKES_WORD = re.compile(rf"\b(?:{_ANNUL}|bỏ)\b", _I)
STOPS = re.compile(rf"\b(?P<verb>{_STOP})\s+(?:(?:việc|tổ chức|thực hiện|triển khai|các)\s+)*{_EVENT}\b", _I)
PUT_ASIDE = re.compile(
    rf"\b{_EVENT}\b[^.;]{{0,80}}?\s(?P<verb>{_STOP}|{_ANNUL}|không tổ chức)(?=\s*(?:[,.;]|$)|\s+(?:do|vì|cho đến)\b)",
    _I,
)
NO_MORE = re.compile(
    r"\b(?P<verb>(?:không|thôi không)\s+(?:tổ chức|triển khai|thực hiện|yêu cầu|tiến hành|phải (?:nộp|gửi|báo cáo))|"
    rf"{_STOP})\b",
    _I,
)
ANCHOR = re.compile(
    r"\bnữa\b|\b(?:theo|như)\s+(?:kế hoạch|lịch|dự kiến)\b|\b(?:đã|từng)\s+(?:giao|nêu|thông báo|đề ra|ban hành|ghi|"
    r"yêu cầu)|\bdự kiến\b",
    _I,
)
LISTS_REVOKED = re.compile(
    rf"\b(?:{_ANNUL}|không (?:tổ chức|thực hiện|triển khai)|{_STOP})\b[^.;]{{0,60}}\b(?:sau|sau đây|trên)?\s*:\s*$", _I
)
REPLACES = re.compile(
    r"\bthay thế\s+(?:cho\s+)?(?:toàn bộ\s+|hoàn toàn\s+)?(?:các\s+)?(?P<what>"
    rf"(?:nội dung\s+(?:tại\s+)?)?(?:{ITEMS.pattern})+|"
    rf"{PAPER_TYPE}\s+(?:số|ngày|tháng|năm|trước|cũ|đã|thực hiện|trọng tâm|công tác|nhiệm vụ|\d))",
    _I,
)
ENDS = re.compile(r"\b(?:hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực|thu hồi)\b", _I)
REVOKES_PAPER = re.compile(rf"\b(?:{_ANNUL}|thu hồi)\s+(?:toàn bộ\s+)?(?:các\s+)?{PAPER_TYPE}\s+(?:số|ngày|\d)", _I)

_CITES = re.compile(r"\W*(?:căn cứ|thực hiện|theo|tiếp theo|trên cơ sở|xét|xem)\b", _I)
_SAYS = re.compile(
    r",\s*(?:nay\s+)?(?:Phòng|UBND|Ủy ban|Sở|Trường|Nhà trường|Ban)\b[^,.;]{0,80}?\b(?:thông báo|yêu cầu|đề nghị|"
    r"quyết định|điều chỉnh|thống nhất|lùi|gia hạn|bãi bỏ|hủy|tạm dừng)\b|,\s*nay\b",
    _I,
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:nếu|khi|xin|đề xuất|nhu cầu|việc|không|chưa|không được|tự ý|linh hoạt|chủ động|có thể|cần|phải|đã|vừa|"
    r"được phép|rà soát|kịp thời|thường xuyên|tiếp tục|để|sẽ không|bị|cho phép|trước khi|sau khi|mọi|phương án|và|"
    r"theo dõi)(?:\s+được)?(?:\s+(?:việc|sự))?\s*,?|[^\W\d_]\s*,)\s*$",
    _I,
)
_EDGE = ' \t-–+•·*/.,;:“"()'
_THIS = re.compile(r"\bnày\b|\bban hành\b|\bthông báo\s*$|^\W*(?:\d{1,2}|[a-zđ])[.)]\W*$", _I)
_IF = re.compile(
    r"\b(?:nếu|trường hợp|(?<!đến )(?<!tới )khi\s+(?:cần|có|thời tiết|xảy ra|trời|phát sinh|chưa|không|được)|"
    r"trong thời gian có)\b",
    _I,
)
_NOT_OBJECT = re.compile(
    r"\b(?:hợp đồng|thẻ|giấy phép|chứng chỉ|bảo hiểm|tên miền|phần mềm|bản quyền|giờ ăn|giờ ngủ|hoạt động ngoài trời|"
    r"chế độ ăn|thực đơn|sinh hoạt hằng ngày|đón trẻ|trả trẻ|đón,? trả|kế hoạch giáo dục|giờ học|chế độ sinh hoạt)\b",
    _I,
)
_ANY = re.compile(r"\b(?:nào|những|ai)\b[^,.;]*$", _I)  # "đơn vị nào không thực hiện …"
_EXCEPT = re.compile(r"\briêng\b[^.;]*$", _I)  # "riêng các trường vùng cao được lùi đến …": of one and the same paper
_LENGTHENED = re.compile(rf"\b(?:{_TIME}|được|nay|thông báo|quyết định)\b", _I)
_HIGHER = re.compile(r"\b(?:thông tư|nghị định|nghị quyết|luật|chỉ thị|pháp lệnh)\b", _I)
KEEPS = re.compile(r"\b(?:giữ nguyên|không thay đổi|vẫn thực hiện theo)\b", _I)
ADDS = re.compile(r"\W*(?:[\dIVXa-đ.]{1,5}[.)]\s*)?bổ sung\b", _I)
_MOVER = re.compile(
    r"\W*(?:[\dIVXa-đ]{1,4}[.)]\s*)?(?P<who>(?:Phòng|Sở|UBND|Ủy ban|Nhà trường)\b[^,.;:]{0,60}?)"
    rf"(?=\s(?:thông báo |quyết định |thống nhất |xin )?(?:{_MOVE}|{_ANNUL}|{_STOP})\b)",
    _I,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence does to an earlier paper. `at`: where the word that says so begins, `end` where it ends."""

    effect: Effect
    at: int
    end: int
    whole: bool = False


def says(text: str, *, dated: bool, moved: bool) -> Said | None:
    """What one sentence says that it changes, or None where it changes nothing.

    `dated`: it names a time; `moved`: it writes an old day beside its new one, which only a change does.
    """
    first = _own_words(text)
    if first is None or _IF.search(text, first):
        return None
    return _of_paper(text, first) or _revoked(text, first, dated, moved) or _moved(text, first, dated, moved)


def _own_words(text: str) -> int | None:
    """Where the sentence begins to speak for itself, behind the papers it rests on; None: it only cites."""
    if not _CITES.match(text):
        return 0
    found = _SAYS.search(text)
    return found.start() + 1 if found else None


def _of_paper(text: str, first: int) -> Said | None:
    found = REPLACES.search(text, first)
    before = text[first : found.start()] if found else ""
    if found and not _HIGHER.search(before) and (not before.strip(_EDGE) or _THIS.search(before)):
        return Said(Effect.RESTATED, found.start(), found.start() + 8, whole=not ITEM.search(found["what"]))
    found = REVOKES_PAPER.search(text, first)
    if found and not _NOT_BEFORE.search(text[first : found.start()]):
        return Said(Effect.REVOKED, found.start(), found.start() + 7, whole=True)
    found = ENDS.search(text, first)
    if found and PAPER.search(text, first) and not _HIGHER.search(text) and not ITEM.search(text, first):
        return Said(Effect.REVOKED, found.start(), found.end(), whole=True)
    return None


def _revoked(text: str, first: int, dated: bool, moved: bool) -> Said | None:
    for found in REVOKES.finditer(text, first):
        if not _NOT_BEFORE.search(text[first : found.start()]):
            verb = next(name for name in ("verb", "passive", "dash") if found[name])
            return Said(Effect.REVOKED, found.start(), found.end(verb))
    if moved or _puts_off(text, first, dated):
        return None
    stops = STOPS.search(text, first) or PUT_ASIDE.search(text, first)
    if stops and not _NOT_BEFORE.search(text[first : stops.start("verb")]):
        return Said(Effect.REVOKED, stops.start("verb"), stops.end("verb"))
    no_more = NO_MORE.search(text, first)
    anchored = ANCHOR.search(text, first) or ITEM.search(text, first) or PAPER.search(text, first)
    if no_more and anchored and not _ANY.search(text[first : no_more.start()]):
        return Said(Effect.REVOKED, no_more.start(), no_more.end("verb"))
    return None


def _puts_off(text: str, first: int, dated: bool) -> bool:
    return dated and bool(PUTS_OFF.search(text, first) or MOVES.search(text, first))


def _moved(text: str, first: int, dated: bool, moved: bool) -> Said | None:
    for pattern in (MOVES, PUTS_OFF):
        for found in pattern.finditer(text, first):
            before = text[first : found.start("verb")]
            if _EXCEPT.search(before) and not PAPER.search(text) or _lasts(found, before):
                continue
            if moved or not (_NOT_BEFORE.search(before) or _NOT_OBJECT.search(text, first)):
                return Said(Effect.MOVED, found.start("verb"), found.end("verb"))
    for pattern in (INSTEAD, NEW_DAY, READ_AS, COMPARED):
        told = pattern.search(text, first)
        if told and (moved or dated and pattern is not INSTEAD):
            return Said(Effect.MOVED, told.start(), told.end())
    return None


def _lasts(found: re.Match[str], before: str) -> bool:
    """ "Học kỳ I kéo dài đến ngày …" lengthens nothing."""
    return fold(found["verb"]) == "keo dai" and not (
        found.start("verb") == 0 or _LENGTHENED.search(found.group() + before)
    )


def without_mover(text: str) -> str:
    """The sentence, as long, without the office at its head that moves or takes back: that is not who owes the task."""
    found = _MOVER.match(text)
    start, end = found.span("who") if found else (0, 0)
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def item_of(text: str) -> str:
    """What a sentence names of the earlier paper, folded, from the outside in: "mục 7 phần III" -> "iii.7"."""
    found = [(m["kind"].lower(), fold(m["label"])) for m in ITEM.finditer(text)]
    rows = [label for kind, label in found if kind in _ITEM_ROW]
    ranked = sorted((one for one in found if one[0] in _ITEM_KIND), key=lambda one: _rank(*one))
    return ".".join(dict.fromkeys([label for kind, label in ranked if kind != "phụ lục"] + rows))


def _rank(kind: str, label: str) -> float:
    """Outer first; of two "mục" the Roman one is the outer."""
    return _ITEM_KIND[kind] - 0.5 * (kind == "mục" and not re.fullmatch(r"[\d.a-hk-p]+", label))

"""What a document says about itself: number, place and date, issuer, title, addressees, signer, papers it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.work import Head
from knowledge.blocks import Block, Row, mask
from knowledge.fold import fold
from knowledge.issuing import issued_by, signed
from knowledge.names import apart, is_office, level_of, ordinary, sentence_case
from knowledge.numbering import marker
from knowledge.references import cited, contacts, replaced
from knowledge.years import school_year_in

_NUMBER = re.compile(
    r"(?<!\w)Số\s*:?\s*(?P<n>[\d.…_ ]*?)\s*(?P<code>[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\w\-&.Đđ]*)|"
    r"(?<!\w)Số\s*:\s*(?P<m>\d+)\s*$"
)
_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:\t]{0,40}?)\s*,?\s*ngày\s*(?P<d>[\d.…_ ]*?)\s*tháng\s*(?P<m>[\d.…_ ]*?)\s*năm\s*"
    r"(?P<y>20\d\d)",
    re.IGNORECASE,
)
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s*[-–]\s*tu do|^[\W_]*$")
_TYPES = {
    "kế hoạch": "KH", "thông báo": "TB", "quyết định": "QD", "hướng dẫn": "HD", "báo cáo": "BC", "giấy mời": "GM",
    "tờ trình": "TTR", "chỉ thị": "CT", "lịch công tác": "LCT", "công văn": "CV", "chương trình": "CTR", "thể lệ": "TL",
    "quy định": "QYD", "phương án": "PA", "lịch": "LICH",
}  # fmt: skip
_TYPE_LINE = re.compile(r"(" + "|".join(_TYPES) + r")\b\s*(.*)", re.DOTALL | re.IGNORECASE)
_ABOUT = re.compile(r"\W*(?:v/v|\(v/v|ve viec|trich yeu)\b")
_TO = re.compile(r"\W*kinh gui\b\s*:?")
_TIMED = re.compile(r"\W*(?:thang|tuan|quy)\s+[\divx]")
_BODY = re.compile(r"\W*(?:can cu|thuc hien|theo|tiep theo|nham|de |trong |ngay \d)")
_MAX_HEAD = 60  # blocks; a head is never longer
_LONG = 90  # characters; a longer line was not broken by the page's edge, so the next is not its rest


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of the head; the two sides of a letterhead are pieces of their own."""

    line: int
    text: str
    block: int
    wide: bool = False  # of a row too wide for a letterhead


def read_head(blocks: Sequence[Block]) -> tuple[Head, int]:
    """The document's head and the number of blocks it takes."""
    reader = _Reader(_pieces(blocks[:_MAX_HEAD]))
    size = reader.read()
    head = reader.head
    body = [mask(block.text) for block in blocks[size:]]
    whole = "\n".join(mask(block.text) for block in blocks)
    head = signed(head, body)
    if head.date_as_written is None:  # some papers are dated above the signature
        head = next(filter(None, (dated(head, side) for text in body[-15:] for side in apart(text))), head)
    head = issued_by(head, whole)
    year = school_year_in(head.title or "") or _spoken_year(head, whole)
    return replace(
        head,
        doc_type=head.doc_type or _type_of(head),
        school_year=f"{year}-{year + 1}" if year else _year_of(head),
        addressees=head.addressees or _asked(body),
        cites=tuple(n for n in cited(whole) if n != head.number),
        replaces=tuple(n for n in replaced(whole) if n != head.number),
        contacts=contacts(whole),
    ), size


def _pieces(blocks: Sequence[Block]) -> list[_Piece]:
    found: list[_Piece] = []
    for index, block in enumerate(blocks):
        cells = block.cells if isinstance(block, Row) else (block.text,)
        sides = [side for cell in cells for side in apart(mask(cell))]
        found += [
            _Piece(block.line, side, index, len(cells) > 2 and sum(map(bool, cells)) > 2) for side in sides if side
        ]
    return found


class _Reader:
    """Goes down the head line by line until the first line that belongs to the body."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self.pieces = pieces
        self.head = Head()
        self.offices: list[str] = []
        self.title: list[_Piece] = []
        self.to: list[str] = []
        self.state = "open"

    def read(self) -> int:
        """The number of blocks of the head."""
        size = 0
        for index, piece in enumerate(self.pieces):
            if piece.wide or not (self._known(piece) or self._continues(piece, index)):
                break
            size = piece.block + 1
        title = " ".join(piece.text for piece in self.title).strip(" .")
        office = self._office_name()
        self.head = replace(
            self.head,
            title=sentence_case(title) or None,
            addressees=tuple(self.to),
            issuing_body=office,
            level=level_of(office) if office else None,
        )
        return size if self.head != Head() else 0

    def _office_name(self) -> str | None:
        """The last office of the letterhead, with the place that the one above it names."""
        if not self.offices:
            return None
        own = self.offices[-1]
        above = re.search(r"\b((?:huyện|quận|thị xã|thành phố|phường|xã|thị trấn|đặc khu)\s+.+)$", self.offices[0])
        bare = re.fullmatch(r"Phòng (?:Giáo dục và Đào tạo|GD&ĐT|GDĐT|GD và ĐT|Văn hóa - Xã hội)", own)
        return f"{own} {above[1]}" if bare and above and len(self.offices) > 1 else own

    def _known(self, piece: _Piece) -> bool:
        text, folded = piece.text, fold(piece.text)
        if _MOTTO.search(folded):
            self.state = "open" if self.state == "about" else self.state
            return True
        number = _NUMBER.match(text) if not self.head.number_as_written else None
        if number:
            digits = re.sub(r"\D", "", number["n"] or number["m"] or "")
            code = re.sub(r"\s", "", number["code"] or "")
            self.head = replace(
                self.head,
                number=f"{digits}{code}" if digits else None,
                number_as_written=number.group().strip(),
                number_blank=not digits,
            )
            return True
        return self._dated(text) or self._titled(piece, folded) or self._office(text)

    def _dated(self, text: str) -> bool:
        found = dated(self.head, text) if not self.head.date_as_written else None
        if not found:
            return False
        self.head = found
        self.state = "open" if self.state in ("about", "to") else self.state
        return True

    def _titled(self, piece: _Piece, folded: str) -> bool:
        if _TO.match(folded):
            self.state = "to"
            rest = piece.text[_end(_TO, folded) :].strip()
            self._address(rest)
            return True
        if _ABOUT.match(folded) and not self.title:
            self.title, self.state = [piece], "about"
            return True
        kind = _TYPE_LINE.match(piece.text)
        if kind and piece.text[: kind.end(1)].isupper() and not self.head.doc_type and not self.title:
            self.head = replace(self.head, doc_type=_named(kind[1]))
            self.state = "type"
            if kind[2]:
                self.title = [piece]
            return True
        return False

    def _office(self, text: str) -> bool:
        if self.state != "open" or self.title or not is_office(text) or len(self.offices) > 3:
            return False
        rest = bool(self.offices) and not self.head.number_as_written and level_of(text) is None
        name = ordinary(text)
        if rest:
            self.offices[-1] += f" {name}"
        else:
            self.offices.append(name)
        return True

    def _continues(self, piece: _Piece, index: int) -> bool:
        """A line that only makes sense as the rest of the title, the addressees or the letterhead."""
        before = self.pieces[index - 1] if index else piece
        next_line = piece.line - before.line <= 1
        text, folded = piece.text, fold(piece.text)
        if self.state == "to":
            return self._more_addressees(text, folded)
        if self.state == "type" and not self.title and not folded.startswith("can cu"):
            self.title = [piece]
            return len(text) < 400
        if _BODY.match(folded) or marker(text):
            return False
        if text.isupper() and len(text.split()) <= 4 and index < 30:
            return self.state in ("open", "about") and self._letterhead(text)  # its rest, or a stamp: "HỎA TỐC"
        if self.state == "type":
            return self._more_title(piece, next_line, before)
        if self.state == "about":
            near = 3 if text[0].islower() else 1  # lines
            follows = piece.line - self.title[-1].line <= near and len(text) < _LONG
            self.title += [piece] if follows else []
            return follows
        return (
            index < 12
            and len(text) < 60
            and (text.isupper() or not self.head.number_as_written)
            and not self.title
            and self._letterhead(text)
        )

    def _letterhead(self, text: str) -> bool:
        if self.offices and not self.title and not self.head.number_as_written:
            self.offices[-1] += " " + ordinary(text)
        return text.isupper()

    def _more_title(self, piece: _Piece, next_line: bool, before: _Piece) -> bool:
        if _TIMED.match(fold(piece.text)):
            return False
        if len(before.text) > _LONG or not (next_line or len(piece.text.split()) <= 12):
            return next_line and len(piece.text) < _LONG
        if piece.text.endswith((".", ":", ";")) or len(piece.text) > 2 * _LONG:
            return False
        self.title.append(piece)
        return True

    def _more_addressees(self, text: str, folded: str) -> bool:
        listed = re.match(r"[-+•·–]\s*", text)
        if _BODY.match(folded) or (marker(text) and not listed) or (self.to and not listed):
            return False
        self._address(text)
        return len(text) < 200

    def _address(self, text: str) -> None:
        self.to += [part.strip(" .-–+•·:") for part in re.split(r";", text) if part.strip(" .-–+•·:")]


def dated(head: Head, text: str) -> Head | None:
    """The head with the place and date that this line gives; None where it is no such line."""
    found = _DATE.fullmatch(text.strip(" ./()*"))
    if not found:
        return None
    day, month = (int(n) if (n := re.sub(r"\D", "", found[g])) else None for g in ("d", "m"))
    year = int(found["y"])
    on, precision = _day(year, month, day)
    named = f"{year:04d}-{month:02d}" if month and 1 <= month <= 12 else None
    place = found["place"].strip()
    return replace(head, place=place, date=on, date_as_written=text.strip(), date_precision=precision, date_month=named)


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _day(year: int, month: int | None, day: int | None) -> tuple[date | None, str]:
    try:
        return (date(year, month, day), "day") if month and day else (None, "month" if month else "year")
    except ValueError:
        return None, "month"


def _named(kind: str) -> str:
    kind = kind.lower()
    return "Lịch công tác" if kind == "lịch" else kind.capitalize()


def _type_of(head: Head) -> str | None:
    code = fold(head.number_as_written or "").upper()
    found = next((_named(kind) for kind, short in _TYPES.items() if re.search(rf"/(?:\d{{4}}/)?{short}\b", code)), None)
    return found or ("Công văn" if head.number_as_written or head.addressees else None)


def _year_of(head: Head) -> str | None:
    month = head.date_month
    if not month:
        return None
    year = int(month[:4]) - (int(month[5:]) < 8)
    return f"{year}-{year + 1}"


def _spoken_year(head: Head, whole: str) -> int | None:
    """The school year that the text names, unless the paper's own date says that it speaks of another one's."""
    spoken = school_year_in(whole)
    if spoken and head.date_month:
        year, month = int(head.date_month[:4]), int(head.date_month[5:])
        planning = spoken == year and month >= 5  # papers of the summer are for the year to come
        if spoken != year - (month < 8) and not planning:
            return None
    return spoken


def _asked(body: list[str]) -> tuple[str, ...]:
    """Whom the closing words ask, where no "Kính gửi" names anybody."""
    for text in reversed(body):
        found = re.search(
            r"(?:đề nghị|yêu cầu)\s+([^.;:]{3,160}?)\s+(?:xây dựng|triển khai|thực hiện|căn cứ|nghiêm túc|"
            r"chủ động|quan tâm|báo cáo|tổ chức|phối hợp|gửi|nộp)",
            text,
        )
        if found:
            return tuple(part.strip() for part in found[1].rstrip(",").split(",") if part.strip())
    return ()

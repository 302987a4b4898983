"""A cell or a line that holds several things: its list items and its sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.blocks import mask, parts
from knowledge.fold import fold

_SIGN = re.compile(r"(?:^|(?<=[.;:)”\"!,])\s*|(?<=\s))(?P<sign>[-+•·–*●▪➢✓❖○])\s+(?=[A-ZĐÀ-Ỹ“\"])")
_LINE = re.compile(r"\n\s*(?=[^\s])(?:(?P<sign>[-+•·–*●▪➢✓❖○]\s+|\d{1,2}[.)]\s+)|(?=[A-ZĐÀ-Ỹ“\"(]))")
_STOP = re.compile(
    r"(?<!\bTP)(?<!\bTr)(?<!\bKT)(?<!\bTM)(?<!\bT[Ss])(?<!\bThS)(?<!\b[A-ZĐ])(?<!\bNo)(?<!\.)[.!?;](?=\s+"
    r"[A-ZĐÀ-Ỹ(“\"]|\s*$)|(?<=\))\.|\.(?=\s*\()"
)
_VERBS = (
    "to chuc|kiem tra|xay dung|ban hanh|huong dan|thuc hien|tong hop|bao cao|nop|gui|dang ky|hoan thanh|ra soat|"
    "danh gia|du (?!kien)|"
    "hop|khao sat|boi duong|tap huan|trien khai|thong ke|cap nhat|phoi hop|chuan bi|tham gia|tham du|don|duyet|"
    "phe duyet|"
    "tham dinh|xet|so ket|tong ket|tong ve sinh|khu khuan|diem danh|dang |phat dong|tuyen truyen|can |can do|"
    "kham|thu thap|lap|giao ban|lam|mua sam|trang tri|"
    "ve sinh|tham quan|cham(?! nhat)|lua chon|binh xet|tiep tuc|tang cuong|day manh|cong khai|kien toan|nghiem thu|"
    "ban giao|kiem ke|"
    "don dep|tu van|gop y|ho tro|cu |lien he|moi |dam bao|duy tri|quan triet|phan cong|bo sung|khen thuong|tu danh gia|"
    "thanh tra|giam sat|hoi thao|sinh hoat|nhap|in |tra |thu |ky |de xuat|tham muu|on tap|khai giang|be giang|"
    "tuyen sinh|sua chua"
)
_VERB = re.compile(rf"(?:tich cuc\s+|chu dong\s+|tiep tuc\s+|nghiem tuc\s+)?(?:{_VERBS})")


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a text; `bulleted`: a bullet stood before it, which the stretch leaves out."""

    start: int
    end: int
    bulleted: bool


def items(text: str) -> list[Item]:
    """The lines and list items of a cell, in order; one where there is no list."""
    found: list[Item] = []
    for start, end in (line for part in parts(text) for line in _lines(text, *part)):
        found += _cut(text, start, end)
    return [item for item in found if any(c.isalnum() for c in mask(text)[item.start : item.end])]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of text[start:end] that begin something; one that was only broken goes on."""
    at = start
    for line in _LINE.finditer(text, start, end):
        before, after = text[at : line.start()].rstrip(), text[line.end() : end]
        if not before.strip():
            continue
        if line["sign"] or before[-1] in '.;:!?)”"' or starts_with_verb(after) and not before.endswith(","):
            yield at, line.start()
            at = line.end() - len(line["sign"] or "")
    yield at, end


def _cut(text: str, start: int, end: int) -> list[Item]:
    shown = mask(text)
    listed = shown[start:end].lstrip()[:1] in tuple("-+•·–●▪➢✓❖○")
    cuts = [(start, start, False)]
    for sign in _SIGN.finditer(shown, start, end):
        before = shown[start : sign.start("sign")].rstrip()
        opens = not before or before[-1] in '.;:)”"!'
        if opens or (listed and before[-1].islower() and starts_with_verb(shown[sign.end() :])):
            cuts.append((sign.start("sign"), sign.end(), True))
    ends = [cut[0] for cut in cuts[1:]] + [end]
    return [_trimmed(shown, body, stop, mark) for (_, body, mark), stop in zip(cuts, ends, strict=True)]


def _trimmed(text: str, start: int, end: int, bulleted: bool) -> Item:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Item(start, end, bulleted)


def starts_with_verb(text: str) -> bool:
    """Whether the words ask to do something, rather than name a thing."""
    return bool(_VERB.match(fold(text.lstrip(' -+•·*“"')[:30])))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of text[start:end]; a bracket that follows a sentence belongs to it."""
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    at = start
    depth = 0
    for stop in re.finditer(r"[()]|" + _STOP.pattern, text[:end]):
        if stop.start() < start:
            continue
        if stop.group() in "()":
            depth = max(0, depth + (1 if stop.group() == "(" else -1))
        elif not depth:
            if text[at : stop.end()].strip():
                found.append((at, stop.end()))
            at = stop.end()
    if text[at:end].strip():
        found.append((at, end))
    return found

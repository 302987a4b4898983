"""The commands and plain words about criteria sets, each with its handler."""

import re
from collections.abc import Mapping

from core.codes import CODE
from handlers import criteria, criteria_scoring, criteria_writing
from handlers.context import Does
from knowledge.fold import fold

COMMANDS: Mapping[str, Does] = {
    "tieuchi": criteria.show,
    "thembo": criteria_writing.write,
    "xoabo": criteria_writing.remove,
    "tucham": criteria_scoring.score,
    "phieutucham": criteria_scoring.form,
    "xeploai": criteria_scoring.rank,
}

_CODE = rf"(?:ma )?(?P<code>{CODE})"
_NUMBER = r"\d{1,3}(?:\.\d{1,3})*(?:\.[a-z])?"
_POLITE = r"(?: (?:a|nhe|nha|di|em|bot))*"
_SET = r"(?:bo )?(?:tieu chi )?"
_SEE = r"(?:(?:cho|toi|em|minh|muon) )*(?:xem )?"
_WORDS = tuple(
    (re.compile(pattern, re.DOTALL), command)
    for pattern, command in (
        (r"(?:them|dua vao|nhap|tao) bo tieu chi(?: moi)?(?:[ :]+(?P<rest>.+))?", "thembo"),
        (r"(?:xoa|bo) bo tieu chi(?: (?P<rest>.+))?", "xoabo"),
        (rf"{_SEE}(?:cac )?(?:bo )?tieu chi(?: cua (?:truong|don vi|toi|em|minh))?{_POLITE}", "tieuchi"),
        (rf"{_SEE}tieu chi (?:so )?(?P<rest>{_NUMBER}(?: .+)?)", "tieuchi"),
        (rf"{_SEE}bo tieu chi (?P<rest>.+)", "tieuchi"),
        (rf"tu cham(?: diem)?(?: tieu chi)?[ :]+(?P<rest>(?:bo .+[ :])?{_NUMBER}\s*(?:[:=–-]|\s).+)", "tucham"),
        (rf"tu cham(?: diem)?(?: (?:theo )?bo (?:tieu chi )?(?P<rest>.+))?{_POLITE}", "tucham"),
        (
            rf"(?:xuat |lay |gui |in )?phieu tu (?:danh gia|cham)(?: diem)?(?: (?:theo )?{_SET}(?P<rest>.+))?",
            "phieutucham",
        ),
        (rf"xep loai(?: (?:cac )?truong)?(?: theo)?(?: {_SET}(?P<rest>.+))?", "xeploai"),
    )
)
_ATTACH = re.compile(rf"(?:gan|dua|dung) {_CODE} (?:vao|cho|o) tieu chi (?P<rest>{_NUMBER}(?: .+)?)")
_DETACH = re.compile(rf"(?:bo|go|rut) {_CODE} (?:khoi|ra khoi) tieu chi (?P<rest>{_NUMBER}(?: .+)?)")
_HOLDS = re.compile(
    r"bo tieu chi (?P<rest>.+?) (?:gom|co)(?: co)? (?:(?:nhung|cac) )?(?:tieu chi )?(?:gi|nao)(?: (?:a|vay|the))?\??"
)
_ASKED = re.compile(r"\b(?:gi|nao|dau|sao|bao gio|khi|may|ai|bao nhieu|the nao|gom|khong$|han|nop|gui)\b")


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" \n.!")
    folded = fold(said)
    if held := _HOLDS.fullmatch(folded):
        return "tieuchi", said[held.start("rest") : held.end("rest")]
    if said.endswith("?"):
        return None
    if about := _of_a_code(said, folded):
        return about
    for pattern, command in _WORDS:
        if found := pattern.fullmatch(folded):
            start, end = found.span("rest") if "rest" in pattern.groupindex else (-1, -1)
            rest = said[start:end] if start >= 0 else ""
            return None if command != "thembo" and _ASKED.search(fold(rest)) else (command, rest)
    return None


def _of_a_code(said: str, folded: str) -> tuple[str, str] | None:
    """ "gắn H7K2QM vào tiêu chí 1.2", "bỏ H7K2QM khỏi tiêu chí 1.2" """
    for pattern, mark in ((_ATTACH, ""), (_DETACH, "-")):
        if found := pattern.fullmatch(folded):
            code, rest = (said[found.start(name) : found.end(name)] for name in ("code", "rest"))
            return "tieuchi", f"{code} {mark}{rest}"
    return None

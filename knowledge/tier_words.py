"""The tier that a question names: who hands in, and to whom (folded, spelt out)."""

import re

from core.people import Level

_SO = r"so(?! (?:lieu|luong|may|bao|hieu|cong|van|ke|quyet|ket|ho|sach|sanh|\d|thu|dien|tien|nguoi|ngay))"  # Sở, not số
_HAND_IN = r"(?:nop|gui|bao cao|trinh|chuyen|day|bao|no)"
_TOWARDS = r"(?:ve|len|cho|toi|den|voi|nop|gui)"
_SUBJECT = (
    r"(?: giao duc)?(?: dao tao)?(?: minh| ta| toi| em| nay)?(?: con| co| da| se)?(?: phai| can)?"
    rf" (?:{_HAND_IN}|lam|to chuc|co (?:gi|viec|nhung|han)|han|hoan thanh|thuc hien|trien khai)"
)
_TO = (
    (Level.DEPARTMENT, rf"(?:{_TOWARDS}|{_HAND_IN}) (?:phong giao duc mam non )?(?:cua )?{_SO}"),
    (Level.DISTRICT, rf"{_TOWARDS} (?:phong(?! giao duc mam non so)|huyen|quan)(?! (?:truong|tranh|chong))"),
    (Level.COMMUNE, rf"{_TOWARDS} (?:xa|phuong|uy ban)"),
)
_FROM = (
    (Level.SCHOOL, rf"(?<!cap )(?:cac |nha |moi )?(?:truong|co so|don vi)(?: mam non)?(?: minh)?{_SUBJECT}"),
    (Level.DISTRICT, rf"(?:cac )?(?:phong|huyen|quan){_SUBJECT}"),
    (Level.COMMUNE, rf"(?:cac )?(?:xa|phuong){_SUBJECT}"),
    (Level.DEPARTMENT, rf"(?<!\w){_SO}{_SUBJECT}"),
)


def named_tiers(said: str) -> tuple[Level | None, Level | None]:
    """Who hands in and who receives, each None where not named."""
    owner, receiver = _first(_FROM, said), _first(_TO, said)
    return (None if owner is receiver else owner), receiver


def _first(patterns: tuple[tuple[Level, str], ...], said: str) -> Level | None:
    found = (level for level, pattern in patterns if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", said))
    return next(found, None)

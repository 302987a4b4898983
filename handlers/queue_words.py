"""What of the queue somebody wants to see, from a command's words and from plain ones."""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.fold import fold, nfc

COMMAND, PAGE, ALL, SURE = "/duyet", "trang", "nhan het", "dong y"


class By(StrEnum):
    """How the queue is cut or ordered; the value is the command's word for it."""

    DUE = ""
    TASK = "viec"
    UNIT = "truong"
    AGE = "lau"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`what`: the task or unit that is named. `accept`: all of it; `sure`: the sum of what was agreed to."""

    by: By = By.DUE
    what: str = ""
    page: int = 1
    accept: bool = False
    sure: str = ""


_UNIT = r"(?:truong|don vi|co so|mn|mam non|mau giao|lop|nhom tre|phong)"
_REST = re.compile(
    r"(?:(?P<by>viec|truong|don vi|lau)(?= |$))? ?(?P<what>.*?)"
    rf"(?: ?\b(?:{PAGE} (?P<page>\d{{1,4}})|(?P<all>{ALL})(?: {SURE}(?: (?P<sure>\w+))?)?))?"
)
_BEGIN = (
    r"(?:(?:(?:cho|de) )?(?:em|toi|minh) )?(?:(?:muon|can|cho|xem) )*"
    r"(?:(?P<all>(?:duyet|nhan) (?:het|tat ca)(?: minh chung)?)|duyet(?: minh chung)?|hang cho|minh chung cho duyet)"
)
_WORDS = re.compile(
    rf"{_BEGIN}(?: (?:(?P<list>theo (?:tung |cac )?(?P<listed>viec|truong|don vi|phong))"
    r"|(?P<age>theo (?:tuoi|ngay nop|thoi gian|do lau)|(?:cai |viec |lan nop )?(?:cho )?(?:lau|cu) nhat(?: truoc)?)"
    rf"|(?:(?:cua|cho) )?(?:viec (?P<task>.+)|(?P<unit>{_UNIT} .+))))?"
)
_POLITE = re.compile(r"(?: (?:nhe|nha|a|voi|di|giup|em|toi))+$")
_ASKED = re.compile(r"\b(?:gi|nao|bao gio|bao nhieu|the nao|chua|khong)\b")


def in_words(text: str) -> tuple[str, str] | None:
    """ "duyệt trường Hoa Phượng" as the command, and what follows it; None: it is about something else."""
    said = nfc(text).strip(" \n.!")
    said = said[: len(_POLITE.sub("", fold(said)))]
    found = _WORDS.fullmatch(fold(said))
    if found is None or "?" in text or _ASKED.search(found["task"] or found["unit"] or ""):
        return None
    if found["list"]:
        by, what = By.TASK if found["listed"] == "viec" else By.UNIT, ""
    elif found["task"] or found["unit"]:
        by, name = (By.TASK, "task") if found["task"] else (By.UNIT, "unit")
        what = said[slice(*found.span(name))]
    else:
        by, what = (By.AGE if found["age"] else By.DUE), ""
    return COMMAND[1:], " ".join(filter(None, (by, what, ALL if found["all"] else "")))


def read(rest: str) -> Wanted:
    """What follows the command."""
    said = " ".join(nfc(rest).split())
    if said.isdecimal():
        return Wanted(page=max(int(said[:4]), 1))
    found = _REST.fullmatch(fold(said))
    assert found is not None
    by = By.UNIT if found["by"] == "don vi" else By(found["by"] or "")
    page = max(int(found["page"] or 1), 1)
    return Wanted(by, said[slice(*found.span("what"))].strip(), page, bool(found["all"]), found["sure"] or "")


def command(by: By, what: str = "", page: int = 1, *, accept: bool = False, sure: str = "") -> str:
    """As `read` reads it, for a button."""
    turn = f"{PAGE} {page}" if page > 1 else ""
    act = f"{ALL} {SURE} {sure}" if sure else ALL if accept else ""
    return " ".join(filter(None, (COMMAND, by, what, turn, act)))

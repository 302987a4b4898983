"""Which parts a dossier consists of: a list in the document, "Hồ sơ … gồm: …", for the task that asks for it."""

import re
from collections.abc import Iterator

from core.rules import Limit, RuleKind, Thing
from core.work import Obligation, Part, Passage, TaskRef
from knowledge.fold import fold
from knowledge.index import Index
from knowledge.volume import Volume

_LEAD = re.compile(r"\b(?P<called>ho so\b[^.;:\n]{0,60}?)\s+(?:bao )?gom\b[^.;:\n]{0,40}:")
_HANDED_IN = re.compile(r"\b(?:nop|gui)\b[^.;:]{0,20}\bho so\b")
_MARK = re.compile(r"^(?:[-+*•·–]\s*|\(?(?:\d{1,2}|[a-zđ])[.)]\s+)+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NOT_OF_IT = re.compile(r"\s*\b(?:gui|nop) (?:ve|qua|cho|tai|truoc)\b|\s*,?\s*\btruoc ngay\b")
_MAYBE = re.compile(r"\b(?:neu|doi voi|truong hop|khuyen khich|hoac)\b")
_COUNT = re.compile(r"^(?:\d{1,2}|mot) (?:bo|ban|tep|file)\b$")
_LAST = re.compile(  # "…, biên bản và video": the last of a list, not "tập thể và cá nhân"
    r"\s+va\s+(?=(?:\d{1,2} )?(?:to trinh|bien ban|danh sach|don|giay|phieu|quyet dinh|minh chung|ban|bao cao|video|"
    r"clip|anh|hinh anh|to khai|bang|ke hoach|san pham|bai)\b)"
)
_STATED = re.compile(r"\b(\d{1,2}) (?:thanh phan|phan|loai|muc|noi dung|tai lieu|giay to)\b")
_FEWEST, _MOST, _LONGEST = 2, 12, 150


def parts_of(index: Index, ref: TaskRef) -> Limit | None:
    """The parts that the document lists for what this task asks for; None: it lists none, or which is not sure.

    The list stands in the task's passage or under its heading, or speaks of the dossier by the task's very words.
    """
    volume = index.by_id.get(ref.document)
    tasks = volume.shelved.plan.obligations if volume else ()
    if volume is None or not 0 <= ref.number < len(tasks) or not _asks_for_dossier(tasks[ref.number]):
        return None
    task = tasks[ref.number]
    leads = [(one, found) for one in volume.shelved.plan.passages if (found := _LEAD.search(fold(one.text)))]
    here = [lead for lead in leads if _stands_near(volume, task, lead[0])]
    meant = here or [lead for lead in leads if _by_name(task, lead[1]["called"])]
    if len(meant) != 1:
        return None
    lead, found = meant[0]
    names = _names(volume, lead, found.end())
    quote = lead.text[found.start() : found.end()].strip(" :")
    return Limit(RuleKind.PARTS, quote, lead.place, Thing.DOSSIER, parts=names) if names else None


def _asks_for_dossier(task: Obligation) -> bool:
    asked, said = fold(task.deliverable or ""), fold(task.task)
    return asked.startswith("ho so") or _HANDED_IN.search(said) is not None


def _stands_near(volume: Volume, task: Obligation, lead: Passage) -> bool:
    above = volume.shelved.plan.passages[task.passage].parent
    return lead.place == task.passage or lead.place == above or (above is not None and lead.parent == above)


def _by_name(task: Obligation, called: str) -> bool:
    """Whether the list's name for the dossier, of more than "hồ sơ" alone, is the task's too."""
    return len(called.split()) > 3 and called in fold(f"{task.task} . {task.deliverable or ''}")


def _names(volume: Volume, lead: Passage, end: int) -> tuple[str, ...]:
    """The parts in order; empty: it is no list, or one that leaves open what belongs to it."""
    rest = lead.text[end:].strip()
    below = volume.children.get(lead.place, ())
    if rest and below or any(one.part is not Part.ITEM for one in below):
        return ()
    listed = [name for item in (_inline(rest) if rest else [one.text for one in below]) if (name := _name(item))]
    stated = _STATED.search(fold(lead.text), 0, end)
    if stated and int(stated[1]) != len(listed):
        return ()
    sure = [name for name in listed if not _MAYBE.search(fold(name))]
    fits = _FEWEST <= len(sure) <= _MOST and all(len(name) <= _LONGEST for name in sure)
    return tuple(dict.fromkeys(_IN_BRACKETS.sub("", name).strip(" .;,…:") for name in sure)) if fits else ()


def _inline(rest: str) -> Iterator[str]:
    """The pieces of a list in one sentence, or on lines of their own: by semicolons, else by commas."""
    if "\n" in rest:
        yield from rest.split("\n")
        return
    sentence = re.split(r"\.\s+(?=[A-ZĐÀ-Ỹ])", rest, maxsplit=1)[0]
    mark = ";" if ";" in sentence else ","
    depth, piece = 0, ""
    for char in sentence:
        depth += (char == "(") - (char == ")")
        if char == mark and depth == 0:
            yield piece
            piece = ""
        else:
            piece += char
    last = _LAST.search(fold(piece)) if mark == "," else None
    yield from (piece[: last.start()], piece[last.end() :]) if last else (piece,)


def _name(item: str) -> str:
    """Without marks and where it is sent to; empty: it names nothing."""
    text = _MARK.sub("", item.strip())
    text = re.sub(r"^và\s+", "", text)
    if cut := _NOT_OF_IT.search(fold(text)):
        text = text[: cut.start()]
    text = text.strip(" .;,…")
    return text if any(char.isalpha() for char in text) and not _COUNT.match(fold(text)) else ""

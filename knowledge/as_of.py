"""What a deadline was on an earlier day, or before anything was changed, and what it is now."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from core.answer import Answer, Citation
from core.texts import amendments as say
from core.texts.dates import when
from knowledge.amending import amended
from knowledge.changed import differ, overtaken
from knowledge.cite import cite_task, sources, task_words
from knowledge.due import Reach
from knowledge.fold import fold, nfc
from knowledge.periods import find_dates
from knowledge.question import Question, understand
from knowledge.screens import paged
from knowledge.tiers import concerns, wanted_tier
from knowledge.volume import Volume

_DATE = r"\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{4})?"
_ON = re.compile(
    rf"(?:(?:vao|tai|luc|hoi|tinh den|thoi diem|den) )*(?:hom (?:ngay )?|(?<!\S)ngay )(?P<day>{_DATE})(?: thi)?,?"
)
_BEFORE = re.compile(
    r"(?:truoc khi|khi chua|luc chua|hoi chua) (?:bi |duoc |co )?(?:doi|dieu chinh|thay doi|sua|gia han|lui|cong van)"
    r"(?: (?:han|ngay|lich|moi))*(?: thi)?,?"
)
_OLD = re.compile(r"\bhan (?:cu|ban dau|luc dau|truoc day)\b")
_ASKED = re.compile(r"\bhan\b.*\b(?:nao|bao gio|may|bao nhieu)\b|\b(?:nao|bao gio|may)\b.*\bhan\b|\bhan (?:cu|la)\b")
_SOME = 5

Answers = Callable[[Question, Reach], Answer]


@dataclass(frozen=True, slots=True)
class _Asked:
    """`day` None: before anything was changed. `rest`: the question without that."""

    day: date | None
    rest: str


def answer_as_of(text: str, reach: Reach, answers: Answers) -> Answer | None:
    """The answer as the documents stood then; None where that is not asked, or nothing has changed since.

    `answers`: how a question is answered from what is in reach.
    """
    if not reach.index.amended or (asked := _asked(text, reach.today)) is None:
        return None
    then = _then(reach, asked.day)
    if then is None:
        return None
    question = understand(asked.rest[:1000], reach.today, reach.index.words)
    if not question.topic:
        return _all_changed(question, reach, then, asked.day)
    found = answers(question, then)
    lines, cited = overtaken(reach.index, found)
    if not lines and found.kind == "deadline":
        lines = [say.STILL_SO]
    return _told(found, asked.day, lines, cited)


def _asked(text: str, today: date) -> _Asked | None:
    said = nfc(text)
    folded = fold(said)
    if not _ASKED.search(folded):
        return None
    if found := _OLD.search(folded):
        kept = found.start() + len("han")
        return _Asked(None, f"{said[:kept]}{said[found.end() :]}")
    if found := _BEFORE.search(folded):
        return _Asked(None, f"{said[: found.start()]} {said[found.end() :]}")
    found = _ON.search(folded)
    days = find_dates(found["day"], today) if found else []
    if found is None or not days or (found.start() and "hom" not in found.group()):
        return None  # "báo cáo ngày 24/9": that day belongs to what is asked about
    day = days[0] if days[0] <= today else days[0].replace(year=days[0].year - 1)
    return _Asked(day, f"{said[: found.start()]} {said[found.end() :]}")


def _then(reach: Reach, day: date | None) -> Reach | None:
    """What was in reach then; None: nothing that is in reach has changed since."""
    left_out = [c for volume in reach.volumes for c in volume.shelved.changes if day is None or c.since > day]
    if not left_out:
        return None
    later = {change.by for change in left_out}
    volumes = tuple(_volume_then(one, day) for one in reach.volumes if one.shelved.id not in later)
    return Reach(reach.index, reach.asker, reach.now, volumes)


def _volume_then(volume: Volume, day: date | None) -> Volume:
    shelved = volume.shelved
    kept = [one for one in shelved.changes if day is not None and one.since <= day]
    if shelved.first is None or len(kept) == len(shelved.changes):
        return volume
    return Volume(amended([replace(shelved, plan=shelved.first, changes=(), first=None)], kept)[0])


def _all_changed(question: Question, reach: Reach, then: Reach, day: date | None) -> Answer:
    """No task is named: all of the asker's that have changed since."""
    tier = wanted_tier(question, reach.asker)
    citations: list[Citation] = []
    lines: list[str] = []
    for volume in then.volumes:
        now = reach.index.by_id[volume.shelved.id].shelved
        for number, task in enumerate(volume.shelved.plan.obligations):
            if differ(task, now.plan.obligations[number]) and concerns(task, tier):
                citations.append(cite_task(reach.index, volume, task))
                lines.append(f"• {task_words(task)}: {when(task, None)}")
    found = paged(lines[:_SOME], lines[_SOME:], citations, [], "deadline")
    return _told(found, day, *overtaken(reach.index, found))


def _told(found: Answer, day: date | None, lines: list[str], cited: list[Citation]) -> Answer:
    body = found.text.removesuffix(sources(found.citations)).rstrip()
    citations = (*found.citations, *cited)
    head = say.as_of(day) if day else say.BEFORE_ANY
    return replace(found, text="\n".join([head, body, *lines, sources(citations)]), citations=citations)

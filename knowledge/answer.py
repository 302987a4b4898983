"""A question answered from the documents in the asker's reach, with citations."""

import re
from dataclasses import replace
from datetime import datetime

from core.answer import Answer
from core.clock import local_day
from core.people import Asker
from core.texts import answers as say
from core.work import Status
from knowledge.as_of import answer_as_of
from knowledge.asks import Ask
from knowledge.changed import with_changes
from knowledge.due import Owed, Reach, compose, in_period
from knowledge.facts import answer_fact
from knowledge.find_facts import fact_hits
from knowledge.find_tasks import in_same_section, task_hits
from knowledge.fold import fold
from knowledge.index import Hit, Index
from knowledge.lexicon import expand
from knowledge.lookup import answer_lookup, is_lookup
from knowledge.periods import Period, find_period, impossible_day
from knowledge.places import foreign, own_words
from knowledge.question import LIGHT_WEIGHT, Question, understand
from knowledge.revoked import answer_revoked
from knowledge.rivals import asked_within
from knowledge.school_years import school_year
from knowledge.silence import no_answer, no_deadline
from knowledge.tasks import answer_task, overdue_list, quoted_task, running_now
from knowledge.tiers import concerns, wanted_tier, who
from knowledge.volume import tokens_of

# phrases that do not narrow "what is there to do": all that a plan holds is that
_GENERIC = re.compile(
    r"(?<!\w)(?:(?:co so |truong |lop |nhom )*(?:tu thuc|ngoai cong lap|cong lap|doc lap)"
    r"|bao cao|to chuc|thuc hien|trien khai|noi dung|nhiem vu|cong viec|ke hoach|trong tam|hoat dong|su kien|chuyen mon"
    r"|cong tac|cap (?:truong|huyen|xa|phuong|thanh pho|tinh)|huyen|quan|xa|phuong|tinh|thanh pho|them|lich|lam|ve|loai"
    r"|thu|tat ca|toan bo|dot|khoan|muc|lon|nho|nhom|lop|co so|nha tre|mau giao|liet ke|tong hop|nhac|thong tin|moi"
    r"|(?:ca )?(?:nam hoc|nam|thang|tuan|quy)|hoc ky(?: \d)?|ky|truoc|sau|tu|den|het|cuoi|dau|giua|co|gap|quan trong"
    r"|dang ky gi|ban hanh gi|giay to|moc|mon|bieu mau|loai giay to|hang|ngay|gui|nop|han|bao nhieu|nao|theo|cua|cac"
    r")(?!\w)"
)
_OTHER_SECTOR = ("tieu hoc", "trung hoc", "thcs", "thpt", "cap 1", "cap 2", "cap 3", "dai hoc")
_KINDRED: dict[str, tuple[str, ...]] = {
    "hop": ("giao ban", "hoi nghi", "hop", "hoi thao"),
    "le": ("ngay hoi", "hoi", "le", "ram", "lien hoan", "ky niem"),
    "tap huan": ("boi duong", "tap huan"),
    "boi duong": ("tap huan", "boi duong"),
    "thi": ("hoi thi", "thi", "cuoc thi"),
    "ktra": ("kiem tra",),
}


def answer(index: Index, question: str, asker: Asker, now: datetime) -> Answer:
    """The answer for this asker at this instant. Never raises for any text.

    Only documents in the asker's reach are read. Every date, number and name in the text stands in a citation or is
    counted from one (days left, weekday, last working day).
    """
    if not any(map(str.isalnum, question)):
        return Answer(say.EMPTY, "unclear", False)
    today = local_day(now)
    reach = Reach(index, asker, now, tuple(index.scope(asker)))
    if not index.volumes:
        return Answer(say.NOTHING_SHELVED, "none", False)
    if not reach.volumes:
        return Answer(say.NOTHING_IN_SCOPE, "none", False)
    question, reach = asked_within(question, reach)
    if then := answer_as_of(question, reach, lambda asked, then: _answer(asked, _on_behalf(asked, then))):
        return then
    understood = understand(question[:1000], today, index.words)
    if (day := impossible_day(understood.said, today)) and not understood.dates:
        return Answer(say.no_such_day(day), "unclear", False)
    return with_changes(index, _answer(understood, _on_behalf(understood, reach)))


def _on_behalf(question: Question, reach: Reach) -> Reach:
    """The same reach, asked for schools of the ownership that the question names."""
    unit = reach.asker.unit
    if question.ownership is None or unit is None:
        return reach
    return replace(reach, asker=replace(reach.asker, unit=replace(unit, ownership=question.ownership)))


def _answer(question: Question, reach: Reach) -> Answer:
    if any(f" {name} " in f" {question.said} " for name in _OTHER_SECTOR) and not _names(question, reach):
        return Answer(say.OTHER_SCHOOLS, "off_topic", False)
    if is_lookup(question) and (found := answer_lookup(question, reach)):
        return found
    if running := running_now(question, reach):
        return running
    if (listed := _list(question, reach)) is not None:
        return listed
    return _one(question, reach)


def _names(question: Question, reach: Reach) -> bool:
    """Whether a sentence in reach speaks of nearly all that is asked."""
    hits = reach.search(question, "sentences")[:1]
    return bool(hits) and hits[0].cover > 0.85


def _list(question: Question, reach: Reach) -> Answer | None:
    """A list of tasks where one is asked for: a period and no subject, or "what" of a subject in a period."""
    topic = _topic(question, reach)
    if question.wants(Ask.OVERDUE) and not question.topic and not question.wants(Ask.DAYS_LEFT):
        return overdue_list(question, reach)
    if (week := numbered_week(question, reach)) is not None:
        return week
    bare = not question.topic and question.wants(Ask.DUE, Ask.DAYS_LEFT)
    if question.period and question.wants(Ask.DAYS_LEFT) and not question.wants(Ask.WHAT):
        return None
    period = question.period or (_default_period(reach) if bare else None)
    if period is None or question.wants(*_NOT_A_LIST) or question.wants(Ask.COUNT) and not question.wants(Ask.DUE):
        return None
    asks_list = question.wants(Ask.WHAT, Ask.DUE, Ask.LIST, Ask.DAYS_LEFT)
    if not topic:
        if foreign(question, reach):
            return Answer(say.OTHER_PLACE, "none", False)
        return _whole(question, reach, period) if asks_list or question.period else None
    if (
        not asks_list
        or not question.period
        or period.grain in ("year", "semester", "day")
        or (question.wants(Ask.DAYS_LEFT) and not question.wants(Ask.WHAT))
        or (question.wants(Ask.WHEN) and not question.wants(Ask.DUE))
    ):
        return None
    return _filtered(question, reach, period, topic)


_NOT_A_LIST = (
    Ask.HOUR, Ask.WHERE, Ask.MONEY, Ask.PERCENT, Ask.SECRET, Ask.PENALTY, Ask.CHANNEL, Ask.PHONE, Ask.EMAIL,
)  # fmt: skip


def numbered_week(question: Question, reach: Reach) -> Answer | None:
    """The tasks of "tuần 3" of a plan that counts its weeks; None where that is not asked."""
    match = re.search(r"(?<!\w)tuan (\d{1,2})(?!\w| thang)", question.said)
    if not match or not question.wants(Ask.WHAT, Ask.DUE, Ask.HOW, Ask.LIST):
        return None
    tier = wanted_tier(question, reach.asker)
    found = [
        (volume, task)
        for volume in reach.volumes
        if volume.year in (None, school_year(reach.today))
        for task in volume.shelved.plan.obligations
        if fold(task.row).startswith(f"tuan {match[1]}") and concerns(task, tier)
        if task.status is not Status.SUPERSEDED
    ]
    days = [d for _, task in found for d in (task.start, task.due) if d]
    if not days:
        return None
    period = Period(min(days), max(days), f"tuần {match[1]}", "week")
    return compose(found, reach, period, who(tier), False)


def _default_period(reach: Reach) -> Period | None:
    found = find_period("sap toi", reach.today)
    return found.period if found else None


def _topic(question: Question, reach: Reach) -> list[str]:
    """The words that narrow a list, if any."""
    kept = [(token, weight) for token, weight in zip(question.tokens, question.weights, strict=True) if weight]
    said = " ".join(token for token, _ in kept)
    general = {i for match in _GENERIC.finditer(said) for i in _places(said, match.start(), match.end())}
    own = own_words(reach)
    return [
        token
        for i, (token, weight) in enumerate(kept)
        if weight > LIGHT_WEIGHT and i not in general and token not in own and not token[0].isdecimal()
    ]


def _places(said: str, start: int, end: int) -> range:
    """Which words, counted from 0, a span of the text covers."""
    first = said.count(" ", 0, start)
    return range(first, first + said.count(" ", start, end) + 1)


def _whole(question: Question, reach: Reach, period: Period) -> Answer:
    tier = wanted_tier(question, reach.asker)
    hands_in = any(word in f" {question.said} " for word in (" nop ", " gui ", " han ", " bao cao "))
    return compose(in_period(reach, period, tier), reach, period, who(tier), hands_in)


def _filtered(question: Question, reach: Reach, period: Period, topic: list[str]) -> Answer | None:
    """The tasks of the period that speak of the topic; None where none does."""
    tier = wanted_tier(question, reach.asker)
    phrases = _phrases(topic)
    held = in_period(reach, period, tier)
    found = [owed for owed in held if _speaks(owed, phrases, topic)] or [o for o in held if _is_about(o, topic)]
    if not found:
        return None
    if len(found) == 1 and not found[0][1].due:
        return quoted_task(reach, found[0])
    return compose(found, reach, period, who(tier), False)


def _phrases(topic: list[str]) -> tuple[str, ...]:
    said = " ".join(topic)
    return next((kin for word, kin in _KINDRED.items() if word == said), ())


def _speaks(owed: Owed, phrases: tuple[str, ...], topic: list[str]) -> bool:
    said = " ".join(tokens_of(f"{owed[1].task} {owed[1].snippet}"))
    if phrases:
        return any(f" {phrase} " in f" {said} " for phrase in phrases)
    held = sum(token in said.split() for token in topic)
    return held >= 0.75 * len(expand(topic)) and (len(topic) < 2 or " ".join(topic[:2]) in said)


def _is_about(owed: Owed, topic: list[str]) -> bool:
    """Whether the topic names what the task's whole document is about."""
    title = f" {' '.join(owed[0].title_words)} "
    return len(topic) > 1 and f" {' '.join(topic)} " in title


def _one(question: Question, reach: Reach) -> Answer:
    """One thing asked: a task's date, or a fact."""
    if revoked := answer_revoked(question, reach):
        return revoked
    tasks = task_hits(question, reach) if _asks_date(question) else []
    if question.wants(Ask.CHANNEL, Ask.EMAIL):
        channelled = [hit for hit in tasks if hit.entry.task and hit.entry.task.channel]
        tasks = channelled or (tasks if question.wants(Ask.WHEN) else [])
    facts = fact_hits(question, reach)
    if not tasks and question.wants(Ask.DUE) and question.wants(Ask.WHEN, Ask.DAYS_LEFT, Ask.OVERDUE):
        tasks = _beside_sentence(question, reach)
    if not tasks and question.wants(Ask.DAYS_LEFT, Ask.OVERDUE):
        return no_deadline(question, reach)
    if tasks and (not facts or _tasks_first(question, tasks, facts)):
        told = answer_task(question, reach, tasks)
        if told:
            return told
    if facts and (fact := answer_fact(question, reach, facts)):
        return fact
    return no_answer(question, reach)


def _tasks_first(question: Question, tasks: list[Hit], facts: list[Hit]) -> bool:
    """Whether the tasks answer rather than the sentences: what is due, or a tier's own date, is never read off text."""
    if question.wants(Ask.DAYS_LEFT, Ask.OVERDUE):
        return True
    named = question.wants(Ask.DUE) and (question.tier_from or question.tier_to)
    return bool(named) or tasks[0].cover >= facts[0].cover - 0.12


def _beside_sentence(question: Question, reach: Reach) -> list[Hit]:
    """Where no task but a sentence speaks of what is handed in: the deadlines of its section."""
    best = reach.search(question, "sentences")[:1]
    return in_same_section(question, reach, best[0]) if best and best[0].cover >= 0.8 else []


def _asks_date(question: Question) -> bool:
    if question.wants(Ask.WHEN, Ask.DAYS_LEFT, Ask.OVERDUE, Ask.HOUR):
        return True
    if question.wants(Ask.YES_NO) and question.dates:
        return True
    return question.wants(Ask.DUE, Ask.CHANNEL, Ask.WHERE) and not question.wants(
        Ask.COUNT, Ask.PERCENT, Ask.HOW, Ask.LIST, Ask.MONEY, Ask.PENALTY
    )

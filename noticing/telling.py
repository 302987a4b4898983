"""What a notice has come to, in words, and what can be done about it; its author hears when nothing is left to send."""

from dataclasses import replace
from datetime import datetime

from core.capabilities import PRIVATE
from core.hours import Hours
from core.message import Choice, Outbound, Urgency
from core.notices import Fate, Kind, Notice, Recipient, Stage
from core.texts import notice_reports as texts
from evidence.desk import Desk
from noticing.report import tally, without_word
from records import memberships, notice_recipients, notices, people
from records.notice_fates import was_queued
from records.notify import tell, write

SEE, PAUSE, RESUME, CANCEL = "/tiendotb", "/tamdungtb", "/tieptuctb", "/huytb"
REMIND, CORRECT, REPORT = "/nhaclaitb", "/dinhchinhtb", "/baocaotb"
EXCEL, PICTURE = "excel", "anh"
WITHOUT = "thieutep"  # go on without the files that cannot be sent, and say so
LIVE_EVERY = 5  # seconds, and more where there are many: all of them are read for it
_MORE = 200  # recipients for each further second
_REPORTS = (texts.EXCEL, EXCEL), (texts.PICTURE, PICTURE)
_BAD = (Fate.FAILED, Fate.UNKNOWN, Fate.UNREACHABLE, Fate.HELD)


async def told(desk: Desk, notice: Notice, hours: Hours) -> tuple[str, tuple[Choice, ...]]:
    """How it stands at this moment, and what can be done."""
    found = await notice_recipients.all_of(desk.session, notice.id)
    root = await root_of(desk, notice)
    asked = found if root.id == notice.id else await notice_recipients.all_of(desk.session, root.id)
    counted, answered = tally(found, notice.audience), tally(asked, root.audience, asks=root.asks)
    bad = [(name_of(desk, one), texts.why(one)) for one in found if one.fate in _BAD or one.reason]
    silent = without_word(asked, root.audience) if root.asks else []
    resumes = goes_on_at(notice, hours, desk.now)
    text = texts.progress(
        notice,
        texts.stage(notice, desk.now, resumes),
        texts.counts(counted.all, counted.fates, answered.asked, answered.acked),
        [*texts.not_sent(bad), *texts.not_acked(_names(desk, silent))],
    )
    return text, _choices(notice, bool(silent), any(one.sent_at for one in found))


async def tell_author(desk: Desk, notice: Notice, above: str = "") -> bool:
    """The author hears how it stands, else who speaks for the unit; False: there is no way to anybody."""
    now = await notices.get(desk.session, notice.id)
    text, choices = await told(desk, now, Hours())
    key = f"notice-report:{notice.id}:{await notices.count_shown(desk.session, notice.id)}"
    text = f"{above}\n\n{text}" if above else text
    author = await _author(desk, notice)
    for whom in ([author] if author else [], await desk.principals(notice.unit)):
        if any([await tell(desk.session, one, text, choices, f"{key}:{one}", desk.now) for one in whom]):
            return True
    return False


async def show_live(desk: Desk, notice: Notice, hours: Hours, *, begins: bool = False, once: str = "") -> None:
    """One message to the author that is rewritten while the notice goes, where her chat can do that.

    `begins` False: only where there is one already. `once`: for what it is rewritten one
    time; empty: every so often.
    """
    author = await _author(desk, notice)
    ways = await people.ways_to(desk.session, author) if author else ()
    limits = PRIVATE.get(ways[0].platform) if ways else None
    key = f"notice-live:{notice.id}"
    there = await was_queued(desk.session, key)
    if limits is None or not limits.edits or not (there or begins):
        return
    every = LIVE_EVERY + await notice_recipients.count(desk.session, notice.id) // _MORE
    again = f"{key}:{once or int(desk.now.timestamp()) // every}:{notice.stage}" if there else key
    if again != key and await was_queued(desk.session, again):
        return
    text, choices = await told(desk, await notices.get(desk.session, notice.id), hours)
    message = Outbound(ways[0], text, urgency=Urgency.REMINDER, edits=key if there else "")
    await write(desk.session, message, ways[0].chat, choices, again, desk.now, person=author)


async def root_of(desk: Desk, notice: Notice) -> Notice:
    """The notice whose acknowledgements count for this one."""
    while notice.kind is Kind.REMINDER and notice.about:
        notice = await notices.get(desk.session, notice.about)
    return notice


async def _author(desk: Desk, notice: Notice) -> int | None:
    """The author, as long as she is of the unit."""
    here = await memberships.of_person(desk.session, notice.author) if notice.author is not None else ()
    return notice.author if any(one.unit == notice.unit for one in here) else None


def name_of(desk: Desk, one: Recipient) -> str:
    """The unit, and the person where it went to one."""
    unit = desk.short_name(one.place.unit)
    return f"{unit} ({one.name})" if one.name else unit


def _names(desk: Desk, ones: list[Recipient]) -> list[str]:
    return list(dict.fromkeys(name_of(desk, one) for one in ones))


def goes_on_at(notice: Notice, hours: Hours, now: datetime) -> datetime | None:
    """When it goes on that quiet hours stop now; None: they do not stop it."""
    begun = notice.starts_at is None or notice.starts_at <= now
    if notice.stage is not Stage.GOING or notice.night or not begun or hours.is_open(now):
        return None
    return hours.open_at(now)


def _choices(notice: Notice, silent: bool, anybody: bool) -> tuple[Choice, ...]:
    wanted: list[tuple[str, str]] = []
    if notice.stage is Stage.GOING:
        wanted += [(texts.SEE, SEE), (texts.PAUSE, PAUSE), (texts.CANCEL, CANCEL)]
    elif notice.stage is Stage.PAUSED:
        files = notice.why == texts.FILES
        wanted += [(texts.RESUME_WITHOUT if files else texts.RESUME, RESUME), (texts.CANCEL, CANCEL)]
    elif notice.stage is Stage.ASKING:
        wanted += [(texts.CANCEL, CANCEL)]
    wanted += [(texts.REMIND, REMIND)] if silent and notice.stage is not Stage.GOING else []
    wanted += [(texts.CORRECT, CORRECT)] if anybody and notice.stage is not Stage.GOING else []
    choices = [Choice(label, f"{command} {notice.code}") for label, command in wanted]
    choices = [
        replace(one, value=f"{one.value} {WITHOUT}") if one.label == texts.RESUME_WITHOUT else one for one in choices
    ]
    if notice.stage in (Stage.PAUSED, Stage.CANCELLED, Stage.DONE):
        choices += [Choice(label, f"{REPORT} {notice.code} {what}") for label, what in _REPORTS]
    return tuple(choices)

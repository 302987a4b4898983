"""What will happen if a notice is confirmed: its words, whom it reaches by which service, when, and what that takes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import quota
from core.capabilities import PRIVATE
from core.hours import Hours
from core.notices import Audience, Kind, Notice
from core.texts import notices as texts
from evidence.desk import Desk, title_of
from noticing.places import Reach, reach_of
from noticing.report import lasts, shares
from noticing.sending import Letter, letter
from records import notice_files, notice_recipients, notices, usage
from records.notice_files import Attached

LONG = timedelta(minutes=2)  # what takes longer is said


@dataclass(frozen=True, slots=True)
class Preview:
    """`text` is shown, all in one; `at`: when it goes if it is confirmed now, None: at once.

    The same in parts: `attached`, `whom`, `places`, `channels`, `when`.
    """

    text: str
    reach: Reach
    letter: Letter
    at: datetime | None
    files: Attached
    attached: str
    whom: str
    places: str
    channels: Sequence[str]
    when: str


async def preview(desk: Desk, notice: Notice, hours: Hours) -> Preview:
    """As things stand now."""
    reach = await reach_of(desk, notice)
    files = await notice_files.attached(desk.session, notice.files)
    shown = await letter(desk.session, desk.index.tree, notice, files.ready)
    at = starts(notice, hours, desk.now)
    lost = Counter((desk.short_name(one.unit), one.person is not None) for one in reach.lost)
    groups = sum(one.group for one in reach.ways)
    places = texts.places(groups, len(reach.ways) - groups, [texts.lost(*one, count) for one, count in lost.items()])
    several = [one for one in reach.ways if one.also]
    units = {unit for one in several for unit in (one.unit, *one.also)}
    parts = (
        texts.attached([file.name for file in files.ready], files.coming, files.bad),
        await whom(desk, notice),
        "\n".join(filter(None, [places, texts.for_several(len(several), len(units))])),
        await _channels(desk, notice, reach, shown),
        _when(notice, at, desk.now),
    )
    return Preview(texts.preview(notice.code, shown.text, *parts), reach, shown, at, files, *parts)


def starts(notice: Notice, hours: Hours, now: datetime) -> datetime | None:
    """When it goes if it is confirmed now: at its time, and not in quiet hours unless that was asked for."""
    wanted = notice.starts_at if notice.starts_at and notice.starts_at > now else now
    at = wanted if notice.night else hours.open_at(wanted)
    return at if at > now else None


async def whom(desk: Desk, notice: Notice) -> str:
    """The audience in words."""
    if notice.about is not None and notice.kind is not Kind.FIRST:
        first = await notices.get(desk.session, notice.about)
        return texts.ABOUT[notice.kind](first.code)
    return described(desk, notice.audience)


def described(desk: Desk, audience: Audience) -> str:
    """An audience in words."""
    task = desk.task(audience.missing) if audience.missing else None
    names, without = ([desk.short_name(code) for code in codes] for codes in (audience.units, audience.without))
    return texts.audience(audience, names, without, title_of(task) if task else "")


async def _channels(desk: Desk, notice: Notice, reach: Reach, shown: Letter) -> list[str]:
    left = {}
    for platform in {one.address.platform for one in reach.ways if one.address}:
        limits = PRIVATE.get(platform)
        if limits is not None and limits.per_month:
            left[platform] = quota.left(limits, await usage.of(desk.session, platform, desk.now))
    found = shares(reach.ways, shown.parts, shown.pictures, left)
    lines = [texts.share(one.platform, one.places, one.messages, one.left, one.short) for one in found]
    takes = lasts(reach.ways, shown.parts)
    lines += [texts.lasts(takes)] if takes >= LONG else []
    if notice.kind is Kind.CORRECTION and notice.about:
        waiting = await notice_recipients.count(desk.session, notice.about, "waiting", "held")
        lines += [texts.correction_cancels(waiting)] if waiting else []
    return lines


def _when(notice: Notice, at: datetime | None, now: datetime) -> str:
    if at is None:
        return texts.NOW
    planned = notice.starts_at is not None and at == notice.starts_at
    return texts.at(at, now) if planned else texts.quiet(at, now)

"""A calendar as an .ics file (RFC 5545), the same bytes for the same entries."""

import re
from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event, vText

from core.calendar import Entry
from core.texts.calendar import PRODUCT

REFRESH = timedelta(hours=6)  # how often a phone should ask again, where it listens to that
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # may not stand in a text


def write(name: str, entries: Iterable[Entry]) -> bytes:
    """UTF-8, lines folded at 75 bytes and ended by CRLF. Whole days need no time zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, _text(name))
    calendar.add("x-wr-timezone", vText("Asia/Ho_Chi_Minh"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText(f"PT{REFRESH // timedelta(hours=1)}H"))
    for entry in entries:
        calendar.add_component(_event(entry))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    for key in ("dtstamp", "last-modified"):
        event.add(key, entry.changed.replace(microsecond=0))
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))  # the first day that is not of it
    event.add("summary", _text(entry.title))
    event.add("description", _text(entry.about))
    if entry.place:
        event.add("location", _text(entry.place))
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a due day keeps nobody from other things
    return event


def _text(words: str) -> vText:
    return vText(_CONTROL.sub(" ", words.replace("\r\n", "\n")))

"""The .ics file, as another reader finds it and as the standard has it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from ical.calendar_stream import IcsCalendarStream

from core.calendar import Entry
from core.clock import VIETNAM
from reminding.ics import write

AT = datetime(2023, 12, 1, 8, 0, tzinfo=VIETNAM)
HARD = (
    "trước 05/12: “Nghiêng; nghẹo”, \\ gạch chéo, báo cáo kết quả thực hiện nhiệm vụ học kỳ I năm học 2023-2024 🎉" * 2
)


def test_another_reader_finds_in_the_file_what_was_written() -> None:
    made = [
        Entry("3.1-A@x.nhacviec", date(2023, 12, 4), date(2023, 12, 4), HARD, f"Dòng một;\n“{HARD}”, dòng hai", AT),
        Entry("3.2-A@x.nhacviec", date(2024, 2, 28), date(2024, 2, 29), "Hội thi", "", AT, tentative=True),
    ]
    calendar = IcsCalendarStream.calendar_from_ics(write("Hạn nộp – MN Hoa Phượng, Vĩnh Bảo", made).decode())
    first, second = calendar.events
    assert (first.uid, first.dtstart, first.dtend) == ("3.1-A@x.nhacviec", date(2023, 12, 4), date(2023, 12, 5))
    assert (first.summary, first.description) == (HARD, made[0].about)
    assert (second.dtstart, second.dtend) == (date(2024, 2, 28), date(2024, 3, 1))
    assert [one.status for one in calendar.events] == ["CONFIRMED", "TENTATIVE"]
    assert first.dtstamp == AT
    assert calendar.method == "PUBLISH"


def test_the_file_keeps_the_letter_of_the_standard() -> None:
    entry = Entry("3.1-A@x.nhacviec", date(2023, 12, 4), date(2023, 12, 4), HARD + "\x00\x0b\x7f", "a\r\nb\tc", AT)
    raw = write("Hạn nộp, MN; Hoa", [entry])
    lines = raw.split(b"\r\n")
    assert lines.pop() == b""
    assert all(b"\n" not in line and b"\r" not in line for line in lines)  # CRLF alone
    assert max(map(len, lines)) <= 75
    for raw_line in lines:
        raw_line.decode()  # no letter is cut in two
    assert any(raw_line.startswith(b" ") for raw_line in lines)
    unfolded = raw.decode().replace("\r\n ", "")
    assert re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", unfolded) is None
    said = unfolded.split("\r\n")
    assert said[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nhac Viec//Lich han nop//VI"]
    for line in (
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Hạn nộp\\, MN\\; Hoa",
        "DTSTART;VALUE=DATE:20231204",
        "DTEND;VALUE=DATE:20231205",
        "DTSTAMP:20231201T010000Z",
        "TRANSP:TRANSPARENT",
        "DESCRIPTION:a\\nb c",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ):
        assert said.count(line) == 1, line
    assert "VTIMEZONE" not in unfolded
    names = [re.split("[:;]", line)[0] for line in said if line and not line.startswith(("BEGIN", "END"))]
    assert names.count("UID") == names.count("DTSTAMP") == 1


def test_the_same_entries_give_the_same_bytes_and_an_empty_calendar_is_one() -> None:
    entry = Entry("3.1-A@x.nhacviec", date(2023, 12, 4), date(2023, 12, 4), "a", "b", AT)
    assert write("x", [entry]) == write("x", [replace(entry, changed=AT.astimezone(UTC))])
    assert IcsCalendarStream.calendar_from_ics(write("x", []).decode()).events == []

"""What the bot writes without being asked: what is due, what is late, whom the office misses.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from core.clock import VIETNAM
from core.evidence import State
from core.reminding import Kind, Opening, Reminder, Said, Span, Stand, Tally, Told, Why
from core.texts import dates
from core.texts.dates import weekday
from core.texts.evidence import label

HOW = "Nộp: trả lời tin này kèm ảnh, tệp, hoặc nhắn /nop. Không cần nhắc việc nào nữa thì trả lời: thôi nhắc"
NOTHING_AHEAD = "Hai tuần tới tôi chưa có gì để nhắc đơn vị của thầy/cô."
WHICH_TO_STOP = "Thầy/cô thôi nhắc việc nào?"
NOTHING_TO_STOP = "Thầy/cô trả lời đúng tin nhắc việc rồi gõ: thôi nhắc"
BUDGET = (
    "Một ngày nhiều nhất: mỗi nhóm một tin sáng, một tin chiều khi việc đến hạn hôm ấy chưa nộp; "
    "mỗi người một tin sáng; thêm một tin chiều tối hôm trước một sự kiện. Không nhắc ngày nghỉ, giờ trưa, ban đêm."
)
AGAIN_WHICH = "Thầy/cô trả lời đúng tin nhắc việc rồi gõ: nhắc lại chiều nay"
AGAIN_DONE = "Các việc ấy đã nộp rồi, tôi không nhắc nữa."
AGAIN_IN_PRIVATE = "Trong nhóm, hiệu trưởng hoặc cán bộ đơn vị mới hẹn nhắc lại được. Thầy/cô nhắn riêng cho tôi nhé."
AGAIN_WHEN = (("Chiều nay", "chiều nay"), ("Sáng mai", "sáng mai"), ("Thứ Hai", "thứ hai"))
ONLY_OFFICES = "Nhắc các trường trước mấy ngày là do cán bộ Phòng, Sở đặt. Cho trường mình: nhắc trước 5 ngày"
AHEAD_USUAL = "Vâng, từ mai tôi nhắc đơn vị như thường lệ."
BELOW_USUAL = "Vâng, từ mai tôi nhắc các đơn vị như thường lệ."
TOLD_OF_WHICH = "Thầy/cô hỏi việc nào?"
WHICH_TOLD = "Thầy/cô trả lời tin nêu việc ấy rồi gõ: đã nhắc ai"
ONLY_PRINCIPALS = "Việc thôi nhắc do hiệu trưởng hoặc cán bộ đơn vị quyết."

# on the command line
REMIND = (
    "In ra những lời nhắc của hôm nay: nhắc ai, trong chat nào; không có --dry-run thì xếp hàng những gì đã tới giờ."
)
DRY_RUN = "chỉ in ra, không xếp hàng: cả ngày, mỗi lời nhắc với giờ nó đi"
NOTHING_DUE = "Hôm nay không có gì để nhắc."
EXAMPLES = ("remind --dry-run", "remind --now 2023-12-04T07:30 --dry-run --json")

_STATES = {State.HELD: " – chờ hiệu trưởng xác nhận", State.RETURNED: " – bị trả lại, cần nộp lại"}
_KINDS = {
    Kind.MORNING: "buổi sáng",
    Kind.URGENT: "gấp buổi chiều",
    Kind.EVENING: "trước sự kiện",
    Kind.AGAIN: "nhắc lại theo lời dặn",
}
MOST = 10  # lines of what a month or week brings
_SEE = {Span.MONTH: "/thangnay", Span.WEEK: "/tuannay"}
_BEFORE = {Span.MONTH: "Tháng trước", Span.WEEK: "Tuần trước"}
_ORDER = (Why.OVERDUE, Why.CLOSING, Why.LAST, Why.AHEAD)


def digest(
    unit: str,
    today: date,
    reminders: Sequence[Reminder],
    opening: Opening | None = None,
    ahead: Sequence[Reminder] = (),
) -> str:
    """One message for all that a unit is reminded of on a day, the latest first; then what the month or week brings."""
    lines = [f"Nhắc việc {weekday(today)} {today:%d/%m}, {unit}:"]
    for head, ones in groupby(sorted(reminders, key=_urgency), key=_head):
        lines += ["", f"{head}:", *(f"• {_whole(one)}" for one in ones)]
    if opening and ahead:
        lines += [
            "",
            _ahead_head(opening, len(ahead), more=bool(reminders)),
            *(f"• {line(one)}" for one in ahead[:MOST]),
        ]
        lines += [f"… và {len(ahead) - MOST} việc nữa: nhắn {_SEE[opening.span]}"] * (len(ahead) > MOST)
    return "\n".join([*lines, "", HOW])


def urgent(unit: str, reminders: Sequence[Reminder]) -> str:
    """In the afternoon: what should be in by the evening."""
    lines = [f"Chiều nay {unit} còn {len(reminders)} việc chưa nộp:"]
    for head, ones in groupby(sorted(reminders, key=_urgency), key=_head):
        lines += ["", f"{head}:", *(f"• {_whole(one)}" for one in ones)]
    return "\n".join([*lines, "", "Nộp: trả lời tin này kèm ảnh, tệp, hoặc nhắn /nop"])


def evening(unit: str, today: date, events: Sequence[Reminder]) -> str:
    """The evening before."""
    lines = [f"Nhắc {unit} việc ngày mai:" if _tomorrow(today, events) else f"Nhắc {unit} việc sắp tới:"]
    return "\n".join([*lines, *(f"\n• {_whole(one)}" for one in events)])


def roll_up(office: str, opening: Opening, tallies: Iterable[tuple[Tally, Sequence[str]]]) -> str:
    """To the office: how the units below did in the month or week before; who has not, by name."""
    lines = [f"{_BEFORE[opening.span]} các đơn vị thuộc {office} nộp:"]
    for tally, missing in tallies:
        lines += [
            "",
            f"• {label(tally.title, tally.due)}: {tally.given}/{tally.expected} đã nộp, {tally.on_time} đúng hạn",
        ]
        lines += [f"Chưa nộp: {', '.join(missing)}"] * bool(missing)
    return "\n".join([*lines, "", "Xem, gia hạn: nhắn /tiendo"])


def missing(office: str, today: date, tasks: Iterable[tuple[Reminder, Sequence[str]]]) -> str:
    """To the office: who below is late, by name."""
    lines = [f"Trường nộp trễ, tính đến {weekday(today)} {today:%d/%m}, thuộc {office}:"]
    for one, units in tasks:
        lines += [
            "",
            f"• {label(one.title, one.due)}, {_late(one.stand)}:",
            f"Chưa nộp ({len(units)}): {', '.join(units)}",
        ]
    return "\n".join([*lines, "", "Xem, gia hạn: nhắn /tiendo"])


def ahead(tasks: Iterable[Sequence[tuple[date, Reminder]]]) -> str:
    """On which days the reader's unit will be reminded of each task, as things stand."""
    lines = ["Hai tuần tới tôi nhắc đơn vị của thầy/cô:"]
    for ones in tasks:
        late = [day for day, one in ones if one.stand.why is Why.OVERDUE]
        before = [day for day, one in ones if one.stand.why is not Why.OVERDUE]
        said = [f"nhắc {_days(before)}"] * bool(before) + [f"chưa nộp thì nhắc {_days(late)}"] * bool(late)
        lines += ["", f"• {line(ones[0][1])}:", "; ".join(said)]
    return "\n".join([*lines, "", "Nộp rồi thì tôi không nhắc nữa."])


def how_far_ahead(most: int) -> str:
    return f"Tôi nhắc trước được từ 1 đến {most} ngày làm việc. Thầy/cô gõ ví dụ: nhắc trước 5 ngày"


def ahead_set(days: Sequence[int]) -> str:
    return f"Vâng, từ mai tôi nhắc đơn vị trước {', '.join(map(str, days))} ngày làm việc, và khi đến hạn."


def how_far_below(most: int) -> str:
    return f"Tôi nhắc trước được từ 1 đến {most} ngày làm việc. Thầy/cô gõ ví dụ: nhắc các trường trước 5, 2 ngày"


def below_set(office: str, days: Sequence[int]) -> str:
    steps = ", ".join(map(str, days))
    said = (
        f"Vâng, từ mai việc trong văn bản của {office} tôi nhắc các đơn vị trước {steps} ngày làm việc, và khi đến hạn."
    )
    return f"{said} Đơn vị nào tự đặt thì theo đơn vị ấy."


def told(title: str, units: Sequence[tuple[str, Sequence[Told]]]) -> str:
    """Which units were reminded of a task, and on which days."""
    if not units:
        return f"Tôi chưa nhắc ai việc: {title}."
    lines = [f"Đã nhắc việc: {title}"]
    for unit, ones in units:
        sent = sorted({one.day for one in ones if one.sent})
        late = sorted({one.day for one in ones if not one.sent} - set(sent))
        said = [_days(sent)] * bool(sent) + [f"chưa gửi được: {_days(late)}"] * bool(late)
        lines.append(f"• {unit}: {'; '.join(said)}")
    return "\n".join(lines)


def again(unit: str, reminders: Sequence[Reminder], *, group: bool) -> str:
    """What somebody asked to hear of again, and is still to be done."""
    lines = [f"Nhắc lại theo lời dặn, {unit}:" if group else f"Thầy/cô dặn tôi nhắc lại, {unit}:"]
    for head, ones in groupby(sorted(reminders, key=_urgency), key=_head):
        lines += ["", f"{head}:", *(f"• {_whole(one)}" for one in ones)]
    return "\n".join([*lines, "", "Nộp: trả lời tin này kèm ảnh, tệp. Hẹn lần nữa: nhắc lại 15h"])


def again_when(most: int, *, asked: bool) -> str:
    sorry = "Tôi chưa hiểu giờ ấy. " if asked else ""
    return f"{sorry}Tôi nhắc lại lúc nào? Chọn, hoặc gõ ví dụ: nhắc lại 15h, nhắc lại thứ năm (trong {most} ngày)."


def again_at(at: datetime, reminders: Sequence[Reminder], today: date, *, moved: bool) -> str:
    """When it will come; `moved`: not when it was asked for."""
    local = at.astimezone(VIETNAM)
    day = "hôm nay" if local.date() == today else f"{weekday(local.date())} {local:%d/%m}"
    lines = [f"Vâng, {local:%H:%M} {day} tôi nhắc lại:", *(f"• {line(one)}" for one in reminders)]
    lines += ["", "Giờ thầy/cô chọn là giờ nghỉ, nên tôi nhắc vào lúc ấy."] * moved
    return "\n".join([*lines, "", "Nộp trước lúc ấy thì tôi không nhắc nữa."])


def how_often(unit: str, said: Sequence[Said]) -> str:
    """What was written unasked today, beside the most that it may be."""
    lines = [f"Hôm nay tôi đã nhắc {unit}:"] if said else [f"Hôm nay tôi chưa nhắc {unit} lần nào."]
    for group, kind in dict.fromkeys((one.group, one.kind) for one in said):
        these = [one for one in said if (one.group, one.kind) == (group, kind)]
        waiting = sum(not one.sent for one in these)
        late = f" ({waiting} tin chưa gửi được)" if waiting else ""
        lines.append(f"• {'nhóm' if group else 'riêng từng người'}: {len(these)} tin {_KINDS[kind]}{late}")
    return "\n".join([*lines, "", BUDGET])


def stopped(title: str) -> str:
    return f"Vâng, tôi thôi nhắc: {title}. Hạn vẫn như văn bản ghi."


def printed(at: datetime, unit: str, where: str, text: str) -> str:
    """On the command line; `at`: when it goes."""
    return f"{at.astimezone(VIETNAM):%H:%M} → {unit} ({where})\n{text}"


def _urgency(one: Reminder) -> tuple[int, int, bool]:
    """What is latest first, then what is nearest."""
    late = one.stand.why is Why.OVERDUE
    return _ORDER.index(one.stand.why), -one.stand.days if late else one.stand.days, bool(one.event)


def _ahead_head(opening: Opening, count: int, *, more: bool) -> str:
    """ "Tháng 12 có 5 việc:"; `more`: besides what stands above."""
    which = f"Tháng {opening.first.month}" if opening.span is Span.MONTH else "Tuần này"
    return f"{which} {'còn' if more else 'có'} {count} việc{' nữa' * more}:"


def _whole(one: Reminder) -> str:
    """Of an event also when, where and who, as the document has it; what is not certain is said not to be."""
    event = one.event
    if event is None:
        return line(one)
    hours = f"{event.time.replace('-', '–')}, " if event.time else ""
    day = f"{weekday(one.due.day)} {dates.day(one.due.day)}"
    day = f"từ {day} đến {dates.day(event.last)}" if event.last else day
    lines = [one.title, f"{hours}{day}" + (" – dự kiến, chưa chốt" if one.tentative else "")]
    lines += [f"Tại: {event.place}"] * bool(event.place)
    lines += [f"Thành phần: {event.guests}"] * bool(event.guests)
    return "\n".join(lines)


def _tomorrow(today: date, events: Sequence[Reminder]) -> bool:
    return all((one.due.day - today).days == 1 for one in events)


def _days(days: Sequence[date]) -> str:
    return ", ".join(f"{day:%d/%m}" for day in days)


def _head(one: Reminder) -> str:
    if one.event:
        called = "Mời dự" if one.event.invited else "Sự kiện"
        if one.stand.why is Why.LAST:
            return f"{called} hôm nay"
        return f"{called}, còn {one.stand.days} ngày làm việc" if one.stand.days else f"{called} sắp tới"
    match one.stand.why:
        case Why.AHEAD:
            return f"Còn {one.stand.days} ngày làm việc"
        case Why.LAST:
            return "Hôm nay nên xong"
        case Why.CLOSING:
            return "Hôm nay là ngày chốt"
    return _late(one.stand).capitalize()


def _late(stand: Stand) -> str:
    return f"quá hạn {stand.days} ngày làm việc"


def line(one: Reminder) -> str:
    """A task in one line."""
    sure = " – dự kiến" if one.tentative else ""
    if one.event:
        return f"{one.title} ({weekday(one.due.day)} {one.due.day:%d/%m}){sure}"
    return label(one.title, one.due) + sure + (_STATES[one.state] if one.state else "")

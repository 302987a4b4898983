"""What is said of a document that an officer sends to be read, checked and published."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.amendments import Verdict
from core.clock import VIETNAM
from core.drafts import Act, Draft, Edit
from core.people import Level
from core.texts.dates import DAY_BY_HAND, DAY_UNREAD, when
from core.texts.reading import LEVELS
from core.texts.short import cut
from core.work import Doubt, Obligation, Status

READ_IT = "Đây là văn bản cần đọc"
CAPTION = "Văn bản cần đọc"  # what stands for a caption once somebody has said that a document comes
CHECK, REVIEW, PUBLISH, DROP = "Soát", "Xem lại", "Công bố", "Bỏ"
KEEP, DROP_ITEM, ANYWAY, MORE = "Giữ", "Bỏ mục này", "Vẫn công bố", "Xem tiếp"
ONLY_OFFICES = "Đọc và công bố văn bản do cán bộ Phòng, Sở, xã (phường) làm."
IN_PRIVATE = "Thầy/cô gửi văn bản cần đọc trong khung chat riêng với tôi giúp nhé."
NOT_FOUND = "Tôi không thấy văn bản có mã này trong những văn bản thầy/cô đã gửi."
NO_FILE = "Lần gửi này không có tệp văn bản nào. Thầy/cô gửi tệp Word, PDF, Excel hoặc .txt giúp tôi."
WHICH = "Đây là văn bản cần đọc, hay minh chứng của việc nào?"
TAKEN = "văn bản để đọc, không phải minh chứng"  # why the submission is withdrawn
HOW = (
    "Thầy/cô gửi tệp kế hoạch, công văn vào đây (Word, PDF, Excel, .txt). Tôi đọc, hỏi lại chỗ nghi ngờ, "
    "thầy/cô bấm công bố thì các trường mới thấy."
)
STILL_READING = "Tôi đang đọc văn bản này, xong tôi nhắn ngay."
NOTHING_OPEN = "Thầy/cô không có văn bản nào đang soát. Gõ: văn bản mới"
GONE = "Tệp không còn đọc được. Thầy/cô gửi lại tệp giúp tôi."
TROUBLE = "Tôi đọc tệp này ba lần đều gặp trục trặc. Thầy/cô lưu lại thành tệp mới rồi gửi lại giúp tôi."
NOT_UNDERSTOOD = "Tôi chưa hiểu chỗ sửa nên giữ nguyên. Thầy/cô gõ, ví dụ: hạn 18/12 · không có hạn · gửi Sở · việc: …"
NO_ITEM_OF_ITS_OWN = "Chỗ này không gắn với mục nào. Thầy/cô gõ kèm số mục, ví dụ: sửa mục 14: hạn 18/12"
ALL_SETTLED = "Không còn chỗ nghi ngờ nào."
CANCELLED = "Đã bỏ văn bản này, chưa ai thấy gì."
CLOSED = "Văn bản này không còn để soát nữa."
ISSUED_BY = "Văn bản do đơn vị nào ban hành? Thầy/cô chọn giúp tôi."
BY_HAND = "cán bộ sửa tay khi công bố"
TYPE_IT = "Sai thì thầy/cô gõ lại cho đúng, ví dụ: 18/12"
OF_EARLIER = "Đổi việc của văn bản trước:"
SOME = 4  # of them on a page with items
HOW_REVIEW = "Sửa: gõ “sửa mục 14: hạn 18/12”. Bỏ: “bỏ mục 7”."


def reading(names: Sequence[tuple[str, str]]) -> str:
    """Names with the codes of their drafts."""
    said = ", ".join(f"{name} (mã {code})" for name, code in names)
    return f"Đang đọc {said}. Xong tôi nhắn ngay."


def result(draft: Draft, tasks: int, dated: int, two_tiers: int, doubts: int, issuer: str) -> str:
    """What was read, in figures."""
    title = draft.read.head.title or draft.name
    said = [
        f"{tasks} việc",
        f"{dated} dòng có hạn",
        f"{two_tiers} mốc hai cấp",
        f"{doubts} chỗ nghi ngờ",
    ]
    by = f"\nNơi ban hành: {issuer}." if issuer else ""
    none = "\nTôi không thấy việc nào trong tệp: thầy/cô xem lại có đúng tệp không." if not tasks else ""
    return f"“{title}” (mã {draft.code}): tôi đọc được {', '.join(said)}.{by}{none}\nChưa ai thấy văn bản này."


def check_label(count: int) -> str:
    return f"{CHECK} {count} chỗ nghi ngờ"


def from_above(issuer: str, own: str) -> str:
    return f"Văn bản của {issuer}: công bố thì chỉ {own} và các đơn vị thuộc {own} thấy."


def failed(name: str, why: str) -> str:
    return why if name in why else f"{name}: {why}"


def known(name: str) -> str:
    return f"{name}: văn bản này đã có trong kho văn bản, tôi không đọc thêm lần nữa."


def not_yours(issuer: str) -> str:
    return f"Văn bản này của {issuer}, không thuộc đơn vị thầy/cô, nên tôi không đọc vào kho được."


def doubt(draft: Draft, number: int, place: int, of: int) -> str:
    """The words, the reading, the question; `place` among the `of` that are open."""
    one = draft.read.doubts[number]
    lines = [f"Chỗ nghi ngờ {place}/{of} (mã {draft.code})"]
    if one.task is not None:
        task = draft.read.obligations[one.task]
        lines += [f"Mục {one.task + 1}: {cut(task.task, 200)}"]
    lines += [f"Văn bản ghi: “{cut(one.words, 300)}”"] * bool(one.words)
    if one.task is not None:
        lines += [f"Tôi đọc: {reading_of(draft.read.obligations[one.task])}"]
    return "\n".join([*lines, "", f"{one.message} {one.question}".strip(), *_typed(one)])


def _typed(one: Doubt) -> list[str]:
    return [TYPE_IT] if one.task is not None else []


def reading_of(task: Obligation) -> str:
    """When it binds and who sends it to whom."""
    who = " → ".join(LEVELS[level] for level in (task.from_level, task.to_level) if level)
    note = DAY_UNREAD if task.note == DAY_UNREAD else None
    return f"{when(replace(task, note=note), None)}{f' ({who})' if who else ''}"


def understood(item: int, task: Obligation) -> str:
    """`item` from 1."""
    return f"Đã sửa mục {item}: {cut(task.task, 200)} – {reading_of(task)}."


def wrong_day(why: str) -> str:
    return f"{why.rstrip('.')}, nên tôi giữ nguyên. Thầy/cô gõ lại ngày giúp tôi.".replace(
        "văn bản lại ghi", "thầy/cô ghi"
    )


def kept(item: int | None) -> str:
    return f"Đã giữ mục {item} như đã đọc." if item else "Đã giữ như đã đọc."


def dropped(item: int) -> str:
    return f"Đã bỏ mục {item}. Lấy lại: gõ “lấy lại mục {item}”."


def restored(item: int) -> str:
    return f"Đã lấy lại mục {item}."


def no_item(item: int, most: int) -> str:
    return f"Văn bản không có mục {item}: số mục từ 1 đến {most}. Gõ “xem lại” để xem."


def already(item: int, *, gone: bool) -> str:
    return f"Mục {item} đã bỏ rồi. Lấy lại: gõ “lấy lại mục {item}”." if gone else f"Mục {item} vẫn còn trong văn bản."


def review(
    draft: Draft,
    items: Sequence[int],
    open_items: Sequence[int | None],
    page: int,
    last: int,
    changed: Sequence[str] = (),
) -> str:
    """A page of items; `items` from 0; `changed`: tasks of earlier documents, a line each."""
    lines = [f"“{cut(draft.read.head.title or draft.name, 90)}” (mã {draft.code}), trang {page}/{last}"]
    lines += ["", OF_EARLIER, *(cut(one, 150) for one in changed[:SOME])] * bool(changed)
    lines += [f"… và {len(changed) - SOME} việc nữa"] * (len(changed) > SOME)
    anew = {n for one in draft.proposals if one.verdict is Verdict.CONFIRMED for n in one.amending.own}
    for number in items:
        task = draft.read.obligations[number]
        marks = ["đã bỏ"] * (number in draft.dropped) + ["đã sửa"] * (task.note in (BY_HAND, DAY_BY_HAND))
        marks += ["nghi ngờ"] * (number in open_items)
        marks += ["đổi việc cũ, không thêm việc mới"] * (number in anew)
        marks += ["dự kiến"] * (task.status is Status.TENTATIVE)
        marked = f" [{', '.join(marks)}]" if marks else ""
        lines += ["", f"{number + 1}. {cut(task.task, 150)}\n– {cut(reading_of(task), 110)}{marked}"]
    return "\n".join([*lines, "", HOW_REVIEW])


def unticked(count: int) -> str:
    return f"Còn {count} ngày đọc từ ảnh chưa soát nên chưa công bố được. Thầy/cô soát từng ngày giúp tôi."


def still_doubtful(doubts: Sequence[tuple[int | None, str]]) -> str:
    """Items, from 1, and messages."""
    lines = [f"• {f'Mục {item}: ' if item else ''}{cut(message, 130)}" for item, message in doubts[:6]]
    lines += [f"• và {len(doubts) - 6} chỗ nữa"] * (len(doubts) > 6)
    return "\n".join([f"Còn {len(doubts)} chỗ nghi ngờ chưa soát:", *lines, "Vẫn công bố?"])


def preview(
    draft: Draft, tasks: int, units: Sequence[str], groups: int, people: int, lost: Sequence[str], changed: str = ""
) -> str:
    """What will happen once it is published; `changed`: what of earlier documents."""
    title = draft.read.head.title or draft.name
    count = "" if changed and not tasks else f", {tasks} việc"
    lines = [f"Công bố “{cut(title, 200)}” (mã {draft.code}){count}?", *([changed] if changed else [])]
    if not units:
        return "\n".join([*lines, "Không có đơn vị nào phải làm việc trong văn bản này: tôi không báo cho ai."])
    some = ", ".join(units[:5]) + (f" và {len(units) - 5} nơi nữa" if len(units) > 5 else "")
    lines.append(f"Tôi báo cho {len(units)} đơn vị: {some}.")
    places = ", ".join([f"{groups} nhóm"] * bool(groups) + [f"{people} người"] * bool(people))
    lines += [f"{groups + people} tin, mỗi nơi một tin: {places}."] * bool(places)
    lines += [f"Chưa có ai để báo ở: {cut(', '.join(lost), 300)}."] * bool(lost)
    return "\n".join(lines)


def changed() -> str:
    return "Văn bản vừa thay đổi. Thầy/cô xem lại rồi bấm công bố:"


def published(draft: Draft, told: int, at: datetime, now: datetime) -> str:
    title = cut(draft.read.head.title or draft.name, 200)
    later = f" lúc {at.astimezone(VIETNAM):%H:%M %d/%m}" if at > now else ""
    said = f"Tôi gửi {told} tin báo{later}." if told else "Tôi không báo cho ai."
    return f"Đã công bố “{title}”. {said}\nAi đã sửa gì: nhật ký văn bản {draft.code}"


def already_published(draft: Draft) -> str:
    return f"Văn bản {draft.code} đã công bố rồi, tôi không báo lại lần nữa."


def digest(
    issuer: str,
    title: str,
    unit: str,
    tasks: Sequence[Obligation],
    titles: Sequence[str],
    others: int,
    changed: Sequence[str] = (),
    left: int = 0,
) -> str:
    """To a unit: what has come, what of it binds this unit; `others`: tasks that are not listed.

    `changed`: what became of earlier tasks, `left`: how many of those are not listed.
    """
    lines = [f"{issuer} có văn bản mới:", cut(title, 250), ""]
    lines += [f"• {one}" for one in changed] + [f"• và {left} việc nữa của văn bản trước được đổi"] * bool(left)
    lines += [""] if changed and (tasks or others) else []
    if tasks or others or not (changed or left):
        lines += [f"Việc có hạn của {unit}:"] if tasks else [f"{unit} có {others} việc trong văn bản này."]
    lines += [f"• {words} – {when(task, None)}" for task, words in zip(tasks, titles, strict=True)]
    lines += [f"Và {others} việc nữa."] if tasks and others else []
    return "\n".join([*lines, "", "Cần gì thêm, thầy/cô hỏi tôi, ví dụ: Tháng này nộp gì?"])


_ACTS = {
    Act.SENT: "gửi tệp",
    Act.DRAFTED: "nhờ soạn",
    Act.READ: "đọc xong",
    Act.KEPT: "giữ như đã đọc",
    Act.CORRECTED: "sửa",
    Act.DROPPED: "bỏ",
    Act.RESTORED: "lấy lại",
    Act.ISSUER: "chọn nơi ban hành",
    Act.AMENDS: "xác nhận đổi việc của văn bản trước",
    Act.AMENDS_NOT: "nói không phải việc này",
    Act.PUBLISHED: "công bố",
    Act.CANCELLED: "bỏ văn bản",
}


def log(code: str, edits: Sequence[Edit]) -> str:
    """Who changed what, from what to what, when."""
    return "\n".join([f"Nhật ký văn bản {code}:", *[f"• {edit(one)}" for one in edits]])


def edit(one: Edit) -> str:
    """A line of the log."""
    who = one.by or "Nhắc Việc"
    item = f" mục {one.item}" if one.item else ""
    values = f": {one.before} → {one.after}" if one.before and one.after else f": {one.before or one.after}"
    return f"{one.at.astimezone(VIETNAM):%H:%M %d/%m} {who} {_ACTS[one.what]}{item}{values if values != ': ' else ''}"


def described(task: Obligation) -> str:
    """An item as the log keeps it."""
    return f"{cut(task.task, 120)} | {reading_of(task)}"


def unit_label(name: str, level: Level) -> str:
    return cut(name, 60) or LEVELS[level]

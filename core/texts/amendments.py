"""What is said of an earlier task that a later document changes."""

from collections.abc import Sequence
from datetime import date

from core.amendments import Proposal, Verdict
from core.texts.dates import day, when
from core.texts.short import cut
from core.work import Head, Kind, Obligation, Status

YES, NO, ANOTHER, NONE_OF_THESE = "Đúng", "Không phải", "Chọn việc khác", "Không phải việc nào"
LISTED = 8  # in one message
LIST = "Việc được đổi"
TYPE_IT = "Đúng việc mà sai ngày thì gõ lại ngày, ví dụ: 18/12"
RIGHT = "Có đúng là việc này không?"
TWICE = "Việc này thầy/cô đã xác nhận ở một chỗ khác của văn bản. Thầy/cô chọn việc khác, hoặc “Không phải”."
NOTHING = "Văn bản này không đổi việc nào của văn bản trước."
CONFIRMED, REFUSED = "Đã ghi: đúng là việc này.", "Đã ghi: không phải, việc của văn bản trước giữ nguyên."
ALL_CONFIRMED = "Đã ghi: đúng cả."
UNCHANGED = "vẫn hạn đó"
STILL_SO = "Đến nay hạn vẫn vậy."
BEFORE_ANY = "Trước khi đổi, theo văn bản đầu:"


def paper(head: Head, file: str) -> str:
    """ "Công văn số 530/GDĐT"; without a number its title, else the file."""
    if head.number:
        return f"{head.doc_type or 'văn bản'} số {head.number}"
    return cut(head.title or file, 80)


def found(moved: int, gone: int, same: int) -> str:
    """What a draft may change of earlier documents: tasks with another day, taken back, said again as they were."""
    count = moved + gone + same
    ask = "Tôi hỏi từng việc trước khi công bố." if count > 1 else "Tôi hỏi lại trước khi công bố."
    return f"Văn bản này {_counted(moved, gone, same)} của văn bản trước. {ask}" if count else ""


def counted(moved: int, gone: int, same: int) -> str:
    """The same of what was confirmed."""
    said = _counted(moved, gone, same)
    return f"{_capital(said)} của văn bản trước." if said else ""


def _counted(moved: int, gone: int, same: int) -> str:
    parts = [f"đổi hạn {moved} việc"] * bool(moved) + [f"bỏ {gone} việc"] * bool(gone)
    return ", ".join(parts + [f"nhắc lại {same} việc"] * bool(same))


def unmatched(count: int) -> str:
    return f"Có {count} chỗ nói đổi hạn hoặc bỏ việc mà tôi không thấy việc đó trong văn bản đã công bố."


def check_label(count: int) -> str:
    return f"Xem {count} việc được đổi"


def all_label(count: int) -> str:
    return f"Đúng cả {count} việc"


def question(
    place: tuple[int, int], code: str, one: Proposal, title: str, source: str, before: Obligation, after: Obligation
) -> str:
    """Which earlier task, what it was, what it becomes, the words that say so; `place`: which one of how many."""
    return "\n".join(
        [
            f"Việc được đổi {place[0]}/{place[1]} (mã {code})",
            f"Việc: {title}",
            f"Trong: {cut(source, 160)}",
            f"Hạn cũ: {when(before, None)}",
            f"{'Nay' if after.status is Status.SUPERSEDED else 'Hạn mới'}: {_becomes(after)}",
            f"Văn bản mới ghi: “{cut(one.amending.snippet, 300)}”",
            *([f"Thầy/cô đã chọn: {VERDICTS[one.verdict]}"] if one.verdict is not Verdict.OPEN else []),
            "",
            RIGHT,
            *([TYPE_IT] if one.amending.own and after.status is not Status.SUPERSEDED else []),
        ]
    )


def which(place: tuple[int, int], code: str, one: Proposal) -> str:
    """Of several; or none that is sure."""
    words = f"Văn bản mới ghi: “{cut(one.amending.snippet, 300)}”"
    return f"Việc được đổi {place[0]}/{place[1]} (mã {code})\n{words}\n\nĐó là việc nào?"


VERDICTS = {Verdict.OPEN: "chưa xem", Verdict.CONFIRMED: "đúng", Verdict.REFUSED: "không phải"}


def overview(code: str, lines: Sequence[str]) -> str:
    more = [f"… và {len(lines) - LISTED} việc nữa"] * (len(lines) > LISTED)
    said = [f"Việc của văn bản trước được đổi (mã {code}):", *(cut(one, 170) for one in lines[:LISTED]), *more]
    return "\n".join([*said, "", "Muốn xem lại việc nào?"])


def line(number: int, title: str, before: Obligation, after: Obligation, verdict: Verdict) -> str:
    """One of a draft's, from 1."""
    return f"{number}. {title}: {_from_to(before, after)} [{VERDICTS[verdict]}]"


def described(title: str, before: Obligation, after: Obligation) -> tuple[str, str]:
    """As the log keeps it: from, to."""
    return f"{cut(title, 120)} | {when(before, None)}", _becomes(after)


def unasked(count: int) -> str:
    return f"Còn {count} việc của văn bản trước mà văn bản này đổi, thầy/cô chưa xác nhận nên chưa công bố được."


def moved(title: str, before: Obligation, after: Obligation, by: str, given: str = "") -> str:
    """To a unit: one task whose day is another; `given`: what else it should know."""
    if after.status is Status.SUPERSEDED:
        return f"{_capital(gone(after))}: {title} (theo {by}).{given}"
    return f"Đổi hạn: {title} {_from_to(before, after)} (theo {by}).{given}"


GIVEN = " Đơn vị đã nộp rồi, không phải nộp lại."


def own_day(due: date) -> str:
    return f" Hạn riêng của đơn vị, {day(due)}, vẫn giữ."


def since(before: Obligation, on: date, by: str) -> str:
    """Beside the new day in an answer: what it was, since when it is not, by which paper."""
    was = f"hạn cũ {before.due:%d/%m}" if before.due else "hạn cũ không nêu ngày"
    return f"({was}, đổi từ ngày {on:%d/%m} theo {by})"


def revoked(title: str, task: Obligation, by: str, on: date) -> str:
    return f"{_capital(gone(task))}, theo {by} (từ ngày {on:%d/%m}).\nViệc: {title}"


def now(title: str, after: Obligation, note: str) -> str:
    """Before words of the earlier paper that say another day."""
    return f"Nay là {f'{when(after, None)} {note}'.rstrip()}: {cut(title, 90)}"


def not_any_more(title: str, task: Obligation, by: str) -> str:
    return f"Nay {gone(task)}, theo {by}: {cut(title, 90)}"


def gone(task: Obligation) -> str:
    """Of a task that was taken back."""
    return f"không phải {'nộp' if task.kind is Kind.DEADLINE else 'làm'} nữa"


def as_of(on: date) -> str:
    return f"Ngày {on:%d/%m/%Y}, theo văn bản khi đó:"


def ingested(sure: Sequence[str], others: Sequence[str], *, taken: bool, published: bool) -> str:
    """Under what is said of a file that was read on the command line; `others`: it is not sure which task is meant."""
    how = "đổi luôn: thêm --amend" if published else "đổi khi công bố: --publish --amend"
    head = "Đã đổi việc của văn bản trước:" if taken else f"Văn bản này đổi việc của văn bản trước, chưa đổi ({how}):"
    lines = [f"  {head}", *sure] if sure else []
    return "\n".join([*lines, *([f"  {NOT_SURE}", *others] if others else [])])


NOT_SURE = "Chưa chắc là việc nào nên không đổi; chọn bằng --publish --amend --task, kèm mã:"


def ingested_line(code: str, title: str, before: Obligation, after: Obligation) -> str:
    return f"  • {code} {title}: {_from_to(before, after)}"


def _from_to(before: Obligation, after: Obligation) -> str:
    """ "từ 05/12 sang 10/12"; with the year where it is another."""
    if after.status is Status.SUPERSEDED:
        return f"{_short(before, after)}, nay {gone(after)}"
    if (before.due, before.rule, before.time, before.start) == (after.due, after.rule, after.time, after.start):
        return f"{UNCHANGED} ({when(after, None)})"
    return f"từ {_short(before, after)} sang {_short(after, before)}"


def _short(task: Obligation, other: Obligation) -> str:
    if task.due is None:
        return "chỗ không nêu ngày"
    years = {one.due.year for one in (task, other) if one.due}
    time = f" {task.time}" if task.time != other.time and task.time else ""
    rule = "trước " if task.until and task.until.before and task.rule is not other.rule else ""
    return f"{rule}{task.due:%d/%m}" + (f"/{task.due.year}" if len(years) > 1 else "") + time


def _becomes(after: Obligation) -> str:
    return gone(after) if after.status is Status.SUPERSEDED else when(after, None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What is said of criteria sets: which there are, what serves each criterion, the unit's own points.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from decimal import Decimal

from core.criteria import Assessment, CriteriaSet, Criterion
from core.evidence import Submission
from core.texts.evidence import told_of
from core.texts.files import moment

ONLY_MEMBERS = "Bộ tiêu chí dành cho người của trường, Phòng, Sở. Thầy/cô tham gia trước: /thamgia MÃ"
ONLY_HEADS = "Việc này do hiệu trưởng (hoặc cán bộ Phòng, Sở với đơn vị mình) làm. Thầy/cô nhờ hiệu trưởng giúp tôi."
NONE_YET = (
    "Đơn vị của thầy/cô chưa có bộ tiêu chí nào. Phòng, Sở hoặc hiệu trưởng đưa vào bằng cách nhắn: "
    "thêm bộ tiêu chí TÊN BỘ"
)
SETS = "Các bộ tiêu chí của đơn vị. Chọn một bộ để xem:"
WHICH_SET = "Thầy/cô nói bộ tiêu chí nào?"
NO_SUCH_SET = "Tôi không thấy bộ tiêu chí này ở đơn vị của thầy/cô. Xem các bộ đang có: nhắn tiêu chí"
RANK, SCORE, FORM, DOSSIER = "Xếp loại các trường", "Tự chấm", "Phiếu tự đánh giá", "Hồ sơ theo bộ này"
HOW_TO_SEE = "Xem một tiêu chí: nhắn tiêu chí kèm số, ví dụ: tiêu chí "
LONGEST_LABEL = 60  # characters

# what serves it
FITS_NONE, OTHER = "Không hợp tiêu chí nào", "Tiêu chí khác"
DECLINED = "Vâng, tôi không gắn và không gợi ý lại."
NOTHING_TO_DECLINE = "Không có gợi ý tiêu chí nào cho lần nộp này."
NOT_HANDED_IN = "Lần nộp này chưa tính là nộp (hoặc tệp đã xoá) nên chưa gắn vào tiêu chí được."
HOW_TO_ATTACH = "Gắn minh chứng vào tiêu chí: nhắn gắn MÃ vào tiêu chí 1.2. Mã có trong tin báo đã nhận."
NOT_ATTACHED = "Minh chứng này không gắn với tiêu chí ấy."
CRITERION_GONE = "Tiêu chí này không còn trong bộ. Xem bộ mới: nhắn tiêu chí"
_EMPTY = "Chưa có minh chứng nào."

# own points
HOW_TO_SCORE = "Tự chấm: nhắn tự chấm kèm số và điểm, nhiều tiêu chí một lần cũng được, ví dụ:\n"
SCORE_UNCLEAR = "Tôi không rõ phần “{}”. Thầy/cô gõ lại, ví dụ: tự chấm 1.1: 8, 1.2: 9"
MET, NOT_MET = "đạt", "không đạt"
FORM_COMING = "Tôi đang làm phiếu tự đánh giá (Excel), xong sẽ gửi vào đây."
NO_ADDRESS = (
    "Kênh này không gửi được tệp, và tôi chưa có địa chỉ trên mạng để đưa liên kết. Báo người phụ trách giúp tôi."
)
ONLY_OFFICES = "Xếp loại các trường do cán bộ Phòng, Sở xem."
NO_SCHOOLS = "Bộ này không áp dụng cho trường nào bên dưới đơn vị của thầy/cô."
_ALL_SCORED = "Đã chấm đủ."


def points(value: Decimal) -> str:
    """8; 0,5"""
    return f"{value.normalize():f}".replace(".", ",")


def score(value: Decimal, most: Decimal | None) -> str:
    """ "8/10"; "đạt" """
    return f"{points(value)}/{points(most)}" if most is not None else (MET if value else NOT_MET)


def bar(part: int, whole: int) -> str:
    """Ten squares; only the whole is full."""
    full = part * 10 // whole if whole else 0
    return "▰" * full + "▱" * (10 - full)


def taken(set: CriteriaSet) -> str:
    """ "12 tiêu chí trong 4 nhóm, tối đa 100 điểm" """
    groups = len({one.heading for one in set.criteria if one.heading})
    inside = f" trong {groups} nhóm" if groups else ""
    most = f", tối đa {points(set.most)} điểm" if set.scored else ", đạt hoặc không đạt"
    return f"{len(set.criteria)} tiêu chí{inside}{most}"


def short(text: str, longest: int = LONGEST_LABEL) -> str:
    """Cut at a word's end."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def named(criterion: Criterion) -> str:
    """ "1.2 Lớp học sạch" """
    return short(f"{criterion.number} {criterion.title}", 100)


def set_label(set: CriteriaSet, office: str) -> str:
    """On a button; `office`: who gave it, where another has the same name."""
    return f"{short(set.name)} ({office})" if office else short(set.name)


def finished(done: int, schools: int) -> str:
    """To an office, of the schools below."""
    return f"Trường tự chấm xong: {done}/{schools}"


def complete(found: Assessment) -> str:
    """ "▰▰▰▰▱▱▱▱▱▱ 5/12" """
    return f"{bar(found.with_evidence, len(found.set.criteria))} {found.with_evidence}/{len(found.set.criteria)}"


def sheet(found: Assessment, office: str) -> str:
    """A set, criterion by criterion."""
    lines = [f"{found.set.name} ({office})", f"{complete(found)} tiêu chí có minh chứng"]
    lines += [summed(found)] if found.scores else []
    heading = ""
    for one in found.set.criteria:
        if one.heading != heading:
            heading = one.heading
            lines.append(f"\n{heading}")
        pieces = found.served.get(one.id, 0)
        own = f", chấm {score(found.scores[one.id], one.most)}" if one.id in found.scores else ""
        lines.append(f"{'✓' if pieces else '–'} {named(one)}: {pieces or 'chưa có'}{' minh chứng' * bool(pieces)}{own}")
    return "\n".join([*lines, "", f"{HOW_TO_SEE}{found.set.criteria[0].number}"])


def criterion(found: Assessment, one: Criterion, pieces: Sequence[Submission]) -> str:
    """One, with what serves it."""
    lines = [f"Tiêu chí {one.number} {one.title}", found.set.name + (f", {one.heading}" if one.heading else "")]
    lines += [f"Tối đa {points(one.most)} điểm"] if one.most is not None else []
    lines += [f"Tự chấm: {score(found.scores[one.id], one.most)}"] if one.id in found.scores else []
    lines += [f"Gợi ý minh chứng: {one.hints}"] if one.hints else []
    return "\n".join([*lines, *(map(piece, pieces) if pieces else [_EMPTY])])


def piece(one: Submission) -> str:
    """ "• H7K2QM: Cân đo lần 2, nộp 08:00 ngày 04/12/2023" """
    return f"• {one.code}: {one.title}, nộp {moment(one.handed_in_at or one.opened_at)}"


def detach(code: str, number: str) -> str:
    """On a button."""
    return f"Bỏ {code} khỏi {number}"


def detached(code: str, one: Criterion) -> str:
    return f"Đã bỏ {code} khỏi tiêu chí {named(one)}. Tệp vẫn còn ở việc đã nộp."


def may_serve(several: bool) -> str:
    """Under what was handed in."""
    more = " (gõ nhiều số một lần cũng được, cách nhau một khoảng)" if several else ""
    return f"Có vẻ hợp với tiêu chí bên dưới. Thầy/cô chọn nếu đúng{more}."


def pick(one: Criterion, set: CriteriaSet) -> str:
    """On a button."""
    return f"Tiêu chí {short(f'{one.number} {one.title}', 48)} ({short(set.name, 28)})"


def attached(code: str, done: Sequence[Criterion]) -> str:
    listed = "\n".join(f"✓ {named(one)}" for one in done)
    return f"Đã gắn {code} vào tiêu chí:\n{listed}"


def which_criterion(code: str) -> str:
    return told_of(code, "Minh chứng này hợp với tiêu chí nào?")


def no_such_number(number: str) -> str:
    return f"Tôi không thấy tiêu chí số {number}. Xem các tiêu chí: nhắn tiêu chí"


def nothing_alike(code: str, number: str) -> str:
    """No criterion is alike: it can be named."""
    return f"Tôi không thấy tiêu chí nào gần với {code}. Thầy/cô nhắn kèm số: gắn {code} vào tiêu chí {number}"


def summed(found: Assessment) -> str:
    """ "Tự chấm: 56/100 điểm (56%), còn 3 tiêu chí" """
    whole = found.set
    unit = " điểm" if whole.scored else " tiêu chí đạt"
    left = f", còn {len(found.unscored)} tiêu chí chưa chấm" if found.unscored else f". {_ALL_SCORED[:-1]}"
    return f"Tự chấm: {points(found.total)}/{points(whole.most)}{unit} ({found.share}%){left}"


def scored(found: Assessment, done: Sequence[tuple[Criterion, Decimal, Decimal | None]]) -> str:
    """What was given, what stood there before, and what lacks."""
    lines = []
    for one, now, before in done:
        was = f" (trước: {score(before, one.most)})" if before is not None and before != now else ""
        lines.append(f"✓ {named(one)}: {score(now, one.most)}{was}")
    lines += ["", f"{found.set.name}", summed(found)]
    if found.unscored:
        lines.append(f"Chưa chấm: {', '.join(one.number for one in found.unscored)}")
    lacking = [one.number for one in found.set.criteria if not found.served.get(one.id)]
    lines += [f"Chưa có minh chứng: {', '.join(lacking)}"] if lacking else []
    return "\n".join(lines)


def how_to_score(found: Assessment) -> str:
    """With an example out of the set."""
    first = (found.unscored or found.set.criteria)[:2]
    value = [points(one.most) if one.most is not None else MET for one in first]
    example = ", ".join(f"{one.number}: {given}" for one, given in zip(first, value, strict=True))
    left = f"\nChưa chấm: {', '.join(one.number for one in found.unscored)}" if found.unscored else ""
    return f"{summed(found)}.\n{HOW_TO_SCORE}tự chấm {example}{left}"


def too_much(one: Criterion) -> str:
    most = points(one.most or Decimal(0))
    return f"Tiêu chí {one.number} tối đa {most} điểm. Tôi chưa ghi điểm nào, thầy/cô gõ lại giúp tôi."


def wants_points(one: Criterion) -> str:
    return f"Tiêu chí {one.number} chấm bằng điểm (tối đa {points(one.most or Decimal(0))}). Tôi chưa ghi điểm nào."


def wants_a_word(one: Criterion) -> str:
    return f"Tiêu chí {one.number} không có điểm, thầy/cô chấm đạt hoặc không đạt. Tôi chưa ghi gì."


def ranked(name: str, lines: Sequence[str], unfinished: Sequence[str], total: int) -> str:
    """The office's view of its schools."""
    head = f"Xếp loại theo “{name}”: {total - len(unfinished)}/{total} trường tự chấm xong"
    left = ["", "Chưa xong:", *unfinished] if unfinished else []
    return "\n".join([head, *lines, *left])


def rank(number: int, unit: str, found: Assessment) -> str:
    return (
        f"{number}. {unit}: {points(found.total)}/{points(found.set.most)} ({found.share}%), "
        f"minh chứng {found.with_evidence}/{len(found.set.criteria)}"
    )


def unfinished(unit: str, found: Assessment) -> str:
    return f"• {unit}: còn {len(found.unscored)}/{len(found.set.criteria)} tiêu chí"

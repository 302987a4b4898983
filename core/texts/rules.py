"""What is said where something handed in does not keep a rule of its document; see core/texts/evidence.py."""

from collections.abc import Sequence

from core.rules import Fault, Limit, RuleKind, Thing

SEND_AGAIN, ANYWAY = "Gửi lại", "Vẫn nộp"
DECIDE = "Tôi đã giữ tệp, chưa tính là nộp. Thầy/cô sửa rồi gửi lại, hoặc để nguyên thì chọn (gõ): vẫn nộp."
DECIDE_PARTS = (
    "Tôi đã giữ tệp, chưa tính là nộp. Thầy/cô gửi tiếp phần còn lại cho việc này, "
    "hoặc để nguyên thì chọn (gõ): vẫn nộp."
)
_NAMED = 3  # files
SEND_MORE, NO_PART = "Gửi tiếp", "Không phải phần nào"
PART_KNOWN = "Tôi đã ghi phần của tệp này rồi."
NOT_WAITING = "Lần nộp này không chờ thầy/cô quyết định nữa."

_CALLED = {
    Thing.FILM: "video", Thing.SOUND: "bản ghi âm", Thing.ARTICLE: "bài", Thing.REPORT: "báo cáo",
    Thing.PLAN: "kế hoạch", Thing.LESSON: "giáo án", Thing.INITIATIVE: "sáng kiến",
    Thing.ACHIEVEMENT: "báo cáo thành tích", Thing.SUMMARY: "bản tóm tắt", Thing.DOSSIER: "hồ sơ",
    Thing.SLIDES: "bài trình chiếu", Thing.PICTURE: "ảnh", Thing.PRODUCT: "sản phẩm",
    Thing.GROUP: "tập thể", Thing.PERSON: "cá nhân", Thing.ANY: "tệp",
}  # fmt: skip
_TYPES = {
    "word": "Word", "pdf": "PDF", "excel": "Excel", "powerpoint": "PowerPoint", "image": "ảnh",
    "mp4": "MP4", "mov": "MOV", "avi": "AVI", "mp3": "MP3",
}  # fmt: skip


def fault(one: Fault, quote: str, source: str) -> str:
    """What is wrong, with the rule's sentence as people read it, and where it stands: document and place."""
    limit = one.limit
    if one.trouble:
        return _closed(one)
    if limit is None:
        return (
            f"Ảnh {one.name} nhỏ quá (cạnh ngắn {one.found} điểm ảnh), e rằng không đọc được chữ. "
            "Thầy/cô chụp gần lại, hoặc gửi dạng tệp."
        )
    if not limit.stated:
        return (
            f"Việc này về sức khoẻ: tôi chỉ nhận số liệu, không nhận danh sách có tên. "
            f"Tệp {one.name} có ghi tên không? Nếu có, thầy/cô gửi lại bản không có tên."
        )
    return f"{_SAID[limit.kind](one, limit)} Văn bản ghi: “{quote}” ({source})."


def _closed(one: Fault) -> str:
    what = f"{'Tệp nén' if one.archive else 'Tệp'} {one.name}"
    if one.trouble == "encrypted":
        return f"{what} có mật khẩu, thầy/cô gửi lại tệp không khoá."
    if one.trouble == "bomb":
        return f"{what} mở ra quá lớn nên tôi không mở, thầy/cô gửi riêng từng tệp."
    return f"{what} bị hỏng, không mở được, thầy/cô nén lại rồi gửi."


def again(task: str) -> str:
    """The giver would rather send it anew."""
    return f"Vâng. Thầy/cô gửi bản mới ngay tại đây cho việc: {task}"


def clock(seconds: int) -> str:
    """ "11:20", "1:02:05" """
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def length(seconds: int) -> str:
    """ "10 phút", "90 giây" """
    return f"{seconds} giây" if seconds % 60 else f"{seconds // 60} phút"


def _duration(one: Fault, limit: Limit) -> str:
    kind, found = _CALLED[limit.about].capitalize(), one.found or 0
    if limit.most is not None and found >= limit.most:
        return f"{kind} {one.name} vượt {length(limit.most)} ({clock(found)})."
    return f"{kind} {one.name} ngắn hơn {length(limit.least or 0)} ({clock(found)})."


def _pages(one: Fault, limit: Limit) -> str:
    if limit.most is not None and (one.found or 0) > limit.most:
        return f"Tệp {one.name} quá {limit.most:02d} trang ({one.found})."
    return f"Tệp {one.name} chưa đủ {limit.least or 0:02d} trang ({one.found})."


def _size(one: Fault, limit: Limit) -> str:
    return f"Tệp {one.name} quá {limit.most} MB ({one.found} MB)."


def _types(one: Fault, limit: Limit) -> str:
    wanted = " hoặc ".join(_TYPES[name] for name in limit.types)
    return f"Tệp {one.name} không phải dạng {wanted}."


def _number(one: Fault, limit: Limit) -> str:
    what, most = _CALLED[limit.about], limit.most or 0
    if one.before >= most:
        return f"Đơn vị đã đủ {most:02d} {what}."
    before = f", đã nộp trước {one.before}" if one.before else ""
    return f"Quá {most:02d} {what} ({one.found}{before})."


def _authors(one: Fault, limit: Limit) -> str:
    return f"Quá {limit.most or 0:02d} tác giả ({one.found})."


def _lower(name: str) -> str:
    """ "Biên bản họp" -> "biên bản họp"; "UBND" stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _parts(one: Fault, limit: Limit) -> str:
    missing, share = "; ".join(map(_lower, one.missing)), f"{one.found or 0}/{len(limit.parts)} phần"
    if not one.unclear:
        return f"Hồ sơ có {share}, còn thiếu: {missing}."
    more = len(one.unclear) - _NAMED
    files = ", ".join(one.unclear[:_NAMED]) + (f" và {more} tệp nữa" if more > 0 else "")
    return (
        f"Hồ sơ: tôi nhận ra {share}, chưa thấy: {missing}. "
        f"Tôi chưa rõ {files} là phần nào; nếu hồ sơ đã đủ, thầy/cô chọn vẫn nộp."
    )


def lacks(one: Fault) -> str:
    """Of a dossier that was handed in as it is; empty: what lacks is not sure."""
    return _parts(one, one.limit) if one.limit and not one.unclear else ""


def which_part(names: Sequence[str], example: str, *, pictures: bool) -> str:
    """Of which part these files are is not clear; `example`: a part, as people call it."""
    what = names[0] if len(names) == 1 else f"{len(names)} ảnh" if pictures else f"{len(names)} tệp"
    return f"{what} là phần nào? Thầy/cô chọn, hoặc gõ tên phần, ví dụ: {_lower(example)}"


def part_noted(names: Sequence[str], part: str, *, pictures: bool) -> str:
    """As the giver says; `part` empty: it is none of them."""
    what = names[0] if len(names) == 1 else f"{len(names)} ảnh" if pictures else f"{len(names)} tệp"
    return f"Vâng, {what} là {_lower(part)}." if part else f"Vâng, {what} không phải phần nào của hồ sơ."


def whole(limit: Limit) -> str:
    """Every part of the dossier came."""
    return f"Hồ sơ đủ {len(limit.parts)}/{len(limit.parts)} phần."


def parts(limit: Limit) -> str:
    """Before anything is sent: of what the dossier consists."""
    return "\n".join([f"Hồ sơ gồm {len(limit.parts)} phần:", *(f"- {_lower(name)}" for name in limit.parts)])


def with_it(codes: Sequence[str]) -> str:
    """What else of the same dossier stands as this does."""
    return f"Cùng hồ sơ: lần nộp {', '.join(codes)}." if codes else ""


def still_waiting(codes: Sequence[str]) -> str:
    """What else of the same dossier is not handed in yet."""
    return f"Lần nộp {', '.join(codes)} cùng hồ sơ còn chờ quyết định." if codes else ""


def taken_along(code: str, title: str, *, held: bool) -> str:
    """To whoever gave an earlier part, when a colleague gives the rest, or hands it in as it is."""
    how = "chờ hiệu trưởng xác nhận" if held else "đã ghi là nộp"
    return f"Hồ sơ cho việc: {title}. Đồng nghiệp gửi tiếp, nên lần nộp {code} của thầy/cô cũng {how}."


def _names(one: Fault, limit: Limit) -> str:
    return f"Tệp {one.name} có ghi tên trẻ không? Nếu có, thầy/cô gửi lại bản chỉ có số liệu."


_SAID = {
    RuleKind.DURATION: _duration,
    RuleKind.PAGES: _pages,
    RuleKind.SIZE: _size,
    RuleKind.TYPES: _types,
    RuleKind.NOMINATIONS: _number,
    RuleKind.PIECES: _number,
    RuleKind.AUTHORS: _authors,
    RuleKind.COUNTS_ONLY: _names,
    RuleKind.PARTS: _parts,
}

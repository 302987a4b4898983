"""What is said of what lies in an archive, and of how long films and recordings are."""

from collections.abc import Mapping, Sequence

from core.archives import ARCHIVE
from core.texts.rules import clock

NAMED = 10  # files of an archive
_LONGEST = 60  # characters of a name
_KINDS = {
    "image": "ảnh", "video": "video", "audio": "ghi âm", "word": "Word", "pdf": "PDF", "excel": "Excel",
    "powerpoint": "PowerPoint", ARCHIVE: "tệp nén", "": "tệp khác",
}  # fmt: skip


def holds(name: str, count: int, kinds: Mapping[str, int]) -> str:
    """ "bo-anh.zip có 12 tệp: 10 ảnh, 2 Word." `kinds`: of core.archives; they may be fewer than `count`."""
    if not count:
        return f"{name} không có tệp nào bên trong."
    named = sorted((kind for kind in _KINDS if kinds.get(kind)), key=lambda kind: (kind == "", -kinds[kind]))
    of = ", ".join(f"{kinds[kind]} {_KINDS[kind]}" for kind in named)
    return f"{name} có {count} tệp: {of}." if sum(kinds.values()) == count else f"{name} có {count} tệp."


def listed(names: Sequence[str], count: int, shut: int) -> str:
    """The first names, a line each; `shut`: archives within it that were not looked into."""
    lines = [f"- {name if len(name) <= _LONGEST else '…' + name[-_LONGEST:]}" for name in names[:NAMED]]
    lines += [f"- và {count - len(lines)} tệp nữa"] * (count > len(lines))
    lines += [f"⚠️ {shut} tệp nén bên trong chưa xem được."] * bool(shut)
    return "\n".join(lines)


def lasts(name: str, seconds: float) -> str:
    """ "tin thoại.ogg dài 1:05." """
    return f"{name} dài {clock(max(1, round(seconds)))}."

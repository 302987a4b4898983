"""What was handed in against the limits of its document: pure, over what is known of the files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.archives import is_archive, opened
from core.evidence import Handed
from core.file_types import PAPERS as PAPER_TYPES
from core.file_types import type_of
from core.media import Looked
from core.message import StoredFile
from core.mime import ZIP
from core.rules import PAPERS, Fault, Limit, RuleKind, Thing
from knowledge.fold import fold
from knowledge.limit_words import named

READABLE = 600  # pixels of a page's shorter side, below which its words cannot be read
SLACK = 1  # seconds that a film may be longer: encoders round up
MEGABYTE = 1024 * 1024


def check(
    handed: Handed,
    looked: Mapping[str, Looked],
    limits: Sequence[Limit],
    earlier: Sequence[Handed] = (),
    *,
    paper: bool = False,
) -> tuple[Fault, ...]:
    """What does not keep the limits; empty: nothing, or nothing is known.

    `looked`: by SHA-256. `earlier`: what the unit has handed in for the same task and still stands. `paper`: what the
    task asks for is to be read.
    """
    shut, whole = tuple(closed(handed, looked)), handed
    readable = [file for file in handed.files if file.name not in {one.name for one in shut}]
    handed = replace(handed, files=tuple(readable))
    handed, earlier = _open(handed, looked), [_open(one, looked) for one in earlier]
    by_kind: dict[RuleKind, list[Limit]] = {}
    for limit in limits:
        by_kind.setdefault(limit.kind, []).append(limit)
    return (
        *shut,
        *_durations(handed, looked, by_kind.get(RuleKind.DURATION, [])),
        *_pages(handed, looked, by_kind.get(RuleKind.PAGES, [])),
        *_sizes(whole, by_kind.get(RuleKind.SIZE, [])),
        *_types(handed, by_kind.get(RuleKind.TYPES, []), paper),
        *_nominations(handed, earlier, by_kind.get(RuleKind.NOMINATIONS, [])),
        *_pieces(handed, earlier, by_kind.get(RuleKind.PIECES, [])),
        *_authors(handed, by_kind.get(RuleKind.AUTHORS, [])),
        *_names(handed, by_kind.get(RuleKind.COUNTS_ONLY, [])),
        *(_unreadable(handed, looked) if paper else ()),
    )


def closed(handed: Handed, looked: Mapping[str, Looked]) -> Iterator[Fault]:
    """What nobody can open: behind a password; and of archives those that are broken, or made to fill a disk."""
    for file in handed.files:
        seen, archive = looked.get(file.sha256), file.mime == ZIP
        if seen and (seen.trouble == "encrypted" or (archive and seen.trouble in ("broken", "bomb"))):
            yield Fault(None, file.name, trouble=seen.trouble, archive=archive)


def _open(handed: Handed, looked: Mapping[str, Looked]) -> Handed:
    """What lies in archives counts like what does not."""
    return replace(handed, files=opened(handed.files, looked))


# what a file is

_BESIDE = re.compile(r"\b(?:phu luc|bia|danh sach|ds|to trinh|bien ban|minh chung|cong van|don|giay|mau)\b")


def _words(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def _is(file: StoredFile, about: Thing) -> bool:
    """Whether a file of this type can be such a thing."""
    if about is Thing.ANY or about is Thing.PRODUCT:
        return True
    if about is Thing.FILM:
        return file.mime.startswith("video/")
    if about is Thing.SOUND:
        return file.mime.startswith(("audio/", "video/"))
    if about is Thing.PICTURE:
        return file.mime.startswith("image/")
    if about is Thing.SLIDES:
        return type_of(file) == "powerpoint"
    return type_of(file) in ("word", "pdf")


def _may_be(file: StoredFile, caption: str, limit: Limit) -> bool:
    """Whether the limit is for this file: by its type, and by what it or the caption calls it."""
    if not _is(file, limit.about):
        return False
    if limit.about not in PAPERS:
        return True
    called = _words(file.name.rpartition(".")[0] or file.name)
    for words in (called, _words(caption)):
        said = {one.thing for one in named(words)} & set(PAPERS)
        if said:
            return limit.about in said
    return not limit.part and not _BESIDE.search(called)


# one file at a time


def _breaks(found: float, limit: Limit, slack: float = 0) -> bool:
    over = limit.most is not None and found > limit.most + slack
    return over or (limit.least is not None and found < limit.least - slack)


def _worst(found: float, limits: Sequence[Limit], slack: float = 0) -> Limit | None:
    """The widest of the limits, where the file breaks every one that may be meant; None: it keeps one."""
    if not limits or not all(_breaks(found, limit, slack) for limit in limits):
        return None
    return max(limits, key=lambda limit: limit.most or 0)


def _durations(handed: Handed, looked: Mapping[str, Looked], limits: Sequence[Limit]) -> Iterator[Fault]:
    for file in handed.files:
        seen = looked.get(file.sha256)
        if seen is None or not seen.seconds:
            continue
        meant = [limit for limit in limits if _may_be(file, "", limit)]
        if limit := _worst(seen.seconds, meant, SLACK):
            yield Fault(limit, file.name, int(seen.seconds))


def _pages(handed: Handed, looked: Mapping[str, Looked], limits: Sequence[Limit]) -> Iterator[Fault]:
    for file in handed.files:
        seen = looked.get(file.sha256)
        if seen is None or not seen.pages:
            continue
        meant = [limit for limit in limits if _may_be(file, handed.submission.caption, limit)]
        if limit := _worst(seen.pages, meant):
            yield Fault(limit, file.name, seen.pages)


def _sizes(handed: Handed, limits: Sequence[Limit]) -> Iterator[Fault]:
    for file in handed.files:
        meant = [limit for limit in limits if _may_be(file, handed.submission.caption, limit)]
        if limit := _worst(file.size / MEGABYTE, meant):
            yield Fault(limit, file.name, -(-file.size // MEGABYTE))


def _unreadable(handed: Handed, looked: Mapping[str, Looked]) -> Iterator[Fault]:
    """One fault for all pictures, with the smallest."""
    sides = []
    for file in handed.files:
        seen = looked.get(file.sha256)
        if seen and file.mime.startswith("image/") and 0 < min(seen.width, seen.height) < READABLE:
            sides.append((min(seen.width, seen.height), file.name))
    if sides:
        side, name = min(sides)
        yield Fault(None, name, side)


# all files together


def _types(handed: Handed, limits: Sequence[Limit], paper: bool) -> Iterator[Fault]:
    """Where something of the kind came, but nothing in a type that is asked for."""
    for limit in limits:
        if limit.about in (Thing.FILM, Thing.SOUND, Thing.PICTURE):
            files = [file for file in handed.files if _is(file, limit.about)]
        elif limit.part or not paper:
            continue
        else:
            files = [file for file in handed.files if not file.mime.startswith(("video/", "audio/"))]
        if files and not any(type_of(file) in ("", *limit.types) for file in files):
            yield Fault(limit, files[0].name)


_ADDS = re.compile(r"\b(?:bo sung|nop lai|gui lai|thay the|thay cho|chinh sua|sua lai)\b")
_PUT_FORWARD = re.compile(r"(?:\b(?P<number>\d{1,2}) )?\b(?P<who>tap the|ca nhan)\b")
_WHO = {"tap the": Thing.GROUP, "ca nhan": Thing.PERSON}


def _nominees(handed: Handed) -> Counter[Thing]:
    """Whom a submission puts forward, as its caption says, else the names of its files; empty: it does not say."""
    caption = _words(handed.submission.caption)
    if _ADDS.search(caption):
        return Counter()
    found: Counter[Thing] = Counter()
    for said in _PUT_FORWARD.finditer(caption):
        found[_WHO[said["who"]]] = max(found[_WHO[said["who"]]], int(said["number"] or 1))
    return found or Counter({_WHO[said["who"]] for f in handed.files for said in _PUT_FORWARD.finditer(_words(f.name))})


def _nominations(handed: Handed, earlier: Sequence[Handed], limits: Sequence[Limit]) -> Iterator[Fault]:
    if not limits or _ADDS.search(_words(handed.submission.caption)):
        return
    before: Counter[Thing] = sum((_nominees(one) for one in earlier), Counter())
    now = _nominees(handed)
    if not now and all(before[limit.about] >= (limit.most or 0) for limit in limits):
        now = Counter({limit.about for limit in limits})  # there is room for nobody, whoever it is
    for limit in limits:
        total = before[limit.about] + now[limit.about]
        if now[limit.about] and limit.most is not None and total > limit.most:
            yield Fault(limit, found=total, before=before[limit.about])


def _pieces(handed: Handed, earlier: Sequence[Handed], limits: Sequence[Limit]) -> Iterator[Fault]:
    if _ADDS.search(_words(handed.submission.caption)):
        return
    for limit in limits:
        now, before = _count(handed, limit), sum(_count(one, limit) for one in earlier)
        if now and limit.most is not None and now + before > limit.most:
            yield Fault(limit, found=now + before, before=before)


def _count(handed: Handed, limit: Limit) -> int:
    """How many pieces: one paper in two types, or sent twice, is one."""
    if limit.about is Thing.PRODUCT:
        return 0  # a product may be in any number of files
    files = [file for file in handed.files if _may_be(file, handed.submission.caption, limit)]
    if limit.about in PAPERS:
        return len({_words(file.name.rpartition(".")[0]) for file in files})
    return len({file.sha256 for file in files})


def _authors(handed: Handed, limits: Sequence[Limit]) -> Iterator[Fault]:
    said = re.search(r"\b(\d{1,2}) (?:dong )?tac gia\b", _words(handed.submission.caption))
    for limit in limits:
        if said and limit.most is not None and int(said[1]) > limit.most:
            yield Fault(limit, found=int(said[1]))


_LIST = re.compile(r"\b(?:danh sach|ds)\b")
_NO_NAMES = re.compile(r"\b(?:khong (?:co |ghi |kem )?(?:ho )?(?:ten|danh sach)|chi (?:co |la )?so lieu)\b")


def _may_list(file: StoredFile) -> bool:
    """A paper, an archive that was not looked into, or what is called a list."""
    called = _LIST.search(_words(file.name)) is not None
    return called or type_of(file) in PAPER_TYPES or file.mime == ZIP or is_archive(file)


def _names(handed: Handed, limits: Sequence[Limit]) -> Iterator[Fault]:
    """Papers that may hold names, which cannot be looked into; pictures only where they are called a list."""
    caption = _words(handed.submission.caption)
    if not limits or _NO_NAMES.search(caption):
        return
    listed = _LIST.search(caption) is not None
    files = [file for file in handed.files if listed or _may_list(file)]
    if files:
        yield Fault(limits[0], files[0].name)

"""Programs, scripts and pages that run something: taken from nobody, since whoever is shown one may start it."""

from collections.abc import Iterable

FOUND = "program"  # stands where a scanner's name for malware would
_INSIDE = f"{FOUND} inside"  # an archive; what follows is how such files end

_ENDINGS = frozenset(
    # Windows, macOS, Linux, Android; scripts; pages and drawings that run scripts
    "exe com scr pif msi msp msix cpl dll sys bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta lnk reg jar class "
    "app dmg pkg command deb rpm run sh bash apk xapk py pyw pl rb php htm html xhtml shtml mht mhtml svg svgz".split()
)
_STARTS = (
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xcf",
    b"\xfe\xed\xfa\xce",
    b"L\0\0\0\x01\x14\x02\0",
    b"#!/",
)


def found_inside(endings: Iterable[str]) -> str:
    """What stands where a scanner's name for malware would, for an archive with programs that end so."""
    return " ".join([_INSIDE, *filter(None, endings)])


def inside(malware: str) -> str | None:
    """How the programs in an archive end, ".exe, .js", maybe empty; None: this says something else."""
    return ", ".join(malware.removeprefix(_INSIDE).split()) if malware.startswith(_INSIDE) else None


def named_so(name: str) -> bool:
    """By what the name ends with; Windows passes over dots and blanks behind it."""
    _, dot, ending = name.rstrip(". ").rpartition(".")
    return bool(dot) and ending.lower() in _ENDINGS


def begins_so(head: bytes) -> bool:
    """By the first bytes, whatever the name; none of the kinds of files that are evidence begins so."""
    return head.startswith(_STARTS) or (head.startswith(b"MZ") and b"\0" in head[:64])

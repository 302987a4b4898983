"""Where each file of a dossier stands in its ZIP, and what the tables of contents have in common."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from core.dossier import Dossier, Exhibit, Item, Programme, Proof, Withheld
from core.file_names import portable
from core.texts import dossier as texts

# In UTF-16 units, so that with a folder of the reader's own no path grows past the 260 that Windows takes
LONGEST_PROGRAMME, LONGEST_TASK, LONGEST_CRITERION, LONGEST_FILE = 40, 50, 80, 80
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML holds none of these


Place = tuple[int, int, int]  # number of the programme, of the item, of the file


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the contents: a task, what was handed in for it, a file of that."""

    programme: Programme
    item: Item
    proof: Proof | None = None
    exhibit: Exhibit | None = None
    withheld: Withheld | None = None

    @property
    def place(self) -> Place:
        """Which file under what: one that serves two criteria has two places."""
        return self.programme.number, self.item.number, self.exhibit.number if self.exhibit else 0


def rows(dossier: Dossier) -> Iterator[Row]:
    """Every task at least once, in order."""
    for programme in dossier.programmes:
        for item in programme.items:
            for proof in item.proofs or (None,):
                for exhibit in proof.exhibits if proof else ():
                    yield Row(programme, item, proof, exhibit)
                for withheld in proof.withheld if proof else ():
                    yield Row(programme, item, proof, withheld=withheld)
                if not proof or not (proof.exhibits or proof.withheld):
                    yield Row(programme, item, proof)


def places(dossier: Dossier) -> Mapping[Place, str]:
    """The path of every file in the ZIP by its place: "01 Kế hoạch/03 Cân đo lần 2/anh.jpg"; no two alike.

    By criteria: "1.2 Lớp học sạch/anh.jpg", in the folder of each criterion that it serves.
    """
    found: dict[Place, str] = {}
    taken: set[str] = set()
    for row in rows(dossier):
        if row.exhibit:
            name = portable(row.exhibit.file.name, LONGEST_FILE, texts.FILE)
            found[row.place] = path = _free(_folder(row), name, taken)
            taken.add(path.casefold())  # Windows knows no difference
    return found


def clean(text: str) -> str:
    """As XML can hold it."""
    return _UNPRINTABLE.sub("", text)


def timeless(document: bytes) -> bytes:
    """A Word or Excel file packed anew without the moment of packing: the same contents give the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(document)) as packed, ZipFile(out, "w", ZIP_DEFLATED) as anew:
        for name in packed.namelist():
            data = packed.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", data, flags=re.DOTALL)
            anew.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return out.getvalue()


def _folder(row: Row) -> str:
    if row.item.mark:
        called = f"{row.item.mark} {row.item.title.replace('/', '-')}"
        return portable(called, LONGEST_CRITERION, row.item.mark)
    above = _numbered(row.programme.number, row.programme.name, LONGEST_PROGRAMME, texts.PROGRAMME)
    return f"{above}/{_numbered(row.item.number, row.item.title, LONGEST_TASK, texts.TASK)}"


def _numbered(number: int, name: str, longest: int, otherwise: str) -> str:
    return portable(f"{number:02d} {name.replace('/', '-')}", longest, f"{number:02d} {otherwise}")


def _free(folder: str, name: str, taken: set[str]) -> str:
    path, again = f"{folder}/{name}", 1
    stem, dot, ending = name.rpartition(".")
    while path.casefold() in taken:
        again += 1
        path = f"{folder}/{stem} ({again}){dot}{ending}" if dot else f"{folder}/{name} ({again})"
    return path

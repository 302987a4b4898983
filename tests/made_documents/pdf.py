"""Prints the founding texts as PDF, as an office's word processor would: by Chromium, from pages made here."""

import shutil
import subprocess
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.made_documents.blocks import PLANS, Paper, Table, paper

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 25mm; @top-center { content: counter(page); font-size: 11pt } }
@page :first { @top-center { content: none } }
body { font: 13.5pt/1.3 "Noto Serif", "Liberation Serif", serif; margin: 0; text-align: justify }
p { margin: 4pt 0; text-indent: 10mm } .head { width: 100%; border: 0; text-align: center }
.head p { font-size: 11pt } .head td { border: 0; vertical-align: top; width: 50% }
.head p, .title, td p { text-indent: 0 }
.head p { margin: 0 } .title { text-align: center; font-weight: bold } td p { margin: 0 }
table { border-collapse: collapse; width: 100%; text-align: left } td, th { border: 1px solid black; padding: 3pt 5pt }
tr { break-inside: auto } .month { vertical-align: middle; text-align: center; width: 18mm } .no { width: 9mm }
"""


def browser() -> str | None:
    """Chromium's path; None: it is not installed."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def printed(html: str, style: str = STYLE) -> bytes:
    """A page as PDF; needs `browser()`."""
    path = browser()
    assert path
    with TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{html}", "utf-8")
        command = [path, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def html(document: Paper) -> str:
    """The paper as an office lays it out."""
    sides = ("".join(f"<p>{escape(line)}" for line in side) for side in (document.left, document.right))
    head = "<table class=head><tr>" + "".join(f"<td>{side}</td>" for side in sides) + "</table>"
    body = "".join(_table(one) if isinstance(one, Table) else _paragraph(one) for one in document.body)
    return head + body


def _paragraph(text: str) -> str:
    titled = text.isupper() and len(text) < 40 or text.startswith(("Kính gửi", "Triển khai chuyên đề “Xây"))
    return f"<p{' class=title' if titled else ''}>{escape(text)}</p>"


def _table(table: Table) -> str:
    header = table.header
    wide = len(header) > 2 and not header[2]  # one title over number and words
    cells = "".join(
        f"<th{' colspan=2' if wide and at == 1 else ''}>{escape(text)}"
        for at, text in enumerate(header)
        if not (wide and at == 2)
    )
    rows = [_row(table, at) for at in range(len(table.rows))]
    return f"<table><thead><tr>{cells}</thead><tbody>{''.join(rows)}</tbody></table>"


def _row(table: Table, at: int) -> str:
    row = table.rows[at]
    months = any(not other[0] for other in table.rows)
    cells: list[str] = []
    for column, lines in enumerate(row):
        if months and column == 0:
            if not lines:
                continue
            below = next((n for n in range(at + 1, len(table.rows)) if table.rows[n][0]), len(table.rows))
            cells.append(f"<td class=month rowspan={below - at}>{escape(' '.join(lines))}")
        else:
            cells.append("<td>" + "".join(f"<p>{escape(line)}</p>" for line in lines))
    return f"<tr>{''.join(cells)}"


def main(folder: Path) -> None:
    """Writes the five into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in PLANS:
        (folder / f"{path.stem}.pdf").write_bytes(printed(html(paper(path))))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "made"))

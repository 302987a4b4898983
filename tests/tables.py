"""The tables that the documents print: what each service can do, and which test exercises which checklist item.

`python -m tests.tables` writes them (`make docs`); tests/test_tables.py fails while they are not up to date.
"""

import ast
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from core import capabilities
from core.platform import Limits
from tests.checklists import ITEMS

ROOT = Path(__file__).parents[1]
PLATFORMS, CHECKLISTS = ROOT / "docs" / "platforms.md", ROOT / "docs" / "checklists.md"

_COLUMNS = {
    "Telegram": capabilities.TELEGRAM,
    "Zalo Bot": capabilities.ZALO_BOT,
    "Zalo OA 1-1": capabilities.ZALO_OA,
    "Zalo OA group": capabilities.ZALO_OA_GROUP,
    "chat page": capabilities.WEB_CHAT,
}
_ROWS = {
    "text": "characters of a message",
    "buttons": "choices as buttons, at the most (else a numbered list)",
    "window": "may be written to, after the person was last heard of",
    "hears": "what it hears of a group",
    "photos_in": "photos arrive",
    "albums": "photos sent together say so",
    "files_in": "largest document that arrives",
    "pictures_out": "pictures leave by",
    "picture_bytes": "largest picture",
    "files_out": "documents leave by",
    "file_bytes": "largest document",
    "file_types": "kinds of documents",
    "typing": "shows that an answer is coming",
    "edits": "a message can be edited",
    "markdown": "bold and quotes",
    "quotes": "an answer shows its question",
    "mentions": "an answer names who asked",
    "start_payload": "a link carries the joining code",
    "phone": "the own phone number can be shared",
    "per_minute_group": "messages a minute to a group",
    "per_month": "messages a month",
    "users": "people",
    "groups": "groups",
}


def platforms() -> str:
    """The capability table as Markdown."""
    head = f"| | {' | '.join(_COLUMNS)} |\n|---|{'---|' * len(_COLUMNS)}"
    rows = [
        f"| {label} | {' | '.join(_shown(limits, name) for limits in _COLUMNS.values())} |"
        for name, label in _ROWS.items()
    ]
    return "\n".join(
        (
            "# What each chat service can do",
            "",
            "Printed from [core/capabilities.py](../core/capabilities.py) by `make docs`; nothing else in the program"
            " knows how the services differ.",
            "",
            head,
            *rows,
            "",
        )
    )


def checklists() -> str:
    """Each item of the checklists with the tests that exercise it, as Markdown."""
    covered = covering()
    lines = [
        f"| {item} | {text} | {len(covered.get(item, ()))} | {_named(covered.get(item, ()))} |"
        for item, text in ITEMS.items()
    ]
    done = sum(item in covered for item in ITEMS)
    return "\n".join(
        (
            "# What the local chat services do as the real ones",
            "",
            f"Printed from the tests by `make docs`: {done} of {len(ITEMS)} items are exercised. E0: both Zalo servers;"
            " E1: the Zalo Bot Platform; E2: the Official Account; T: the Bot API server (`tests/fakes/`).",
            "",
            "| item | the server … | tests | for example |",
            "|---|---|---|---|",
            *lines,
            "",
        )
    )


def covering() -> dict[str, list[str]]:
    """The tests that name each item in their mark `covers`, as "file::test"."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for test, items in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            for item in items:
                found.setdefault(item, []).append(f"{path.relative_to(ROOT).as_posix()}::{test}")
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Marks on a test, on its class, and on the whole file."""
    everywhere = [
        item
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(one, ast.Name) and one.id == "pytestmark" for one in node.targets)
        for item in _items(ast.walk(node.value))
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            own = [item for decorator in node.decorator_list for item in _items(ast.walk(decorator))]
            yield node.name, [*everywhere, *own]


def _items(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "covers":
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def _named(tests: list[str] | tuple[()]) -> str:
    return f"`{tests[0].removeprefix('tests/')}`" if tests else "**none**"


def _shown(limits: Limits, name: str) -> str:
    value = getattr(limits, name)
    if name == "window":
        return f"{value // timedelta(days=1)} days" if value else "always"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return ", ".join(value) or "any"
    if name.endswith(("_in", "_bytes")):
        return f"{value // 1024**2} MB" if value else "–"
    return f"{value:,}" if value else "–"


if __name__ == "__main__":
    PLATFORMS.write_text(platforms(), encoding="utf-8")
    CHECKLISTS.write_text(checklists(), encoding="utf-8")

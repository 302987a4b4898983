"""The house rules that no tool knows: where sentences live, how long things grow, what a lock may hold."""

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PACKAGES = (
    *("bot", "core", "evidence", "handlers", "knowledge", "media", "noticing", "records", "reminding", "scheduler"),
    "web",
)
MAY_SPEAK_VIETNAMESE = ("core/texts/", "knowledge/")
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_FILE = 300

LOCKS = ("requirements.lock", "requirements-dev.lock")

Sources = dict[Path, tuple[str, ast.Module]]

each_lock = pytest.mark.parametrize("lock", LOCKS)


@pytest.fixture(scope="module")
def sources() -> Sources:
    """Each file of the product with its text, read once for all that looks at every one."""
    paths = [path for package in PACKAGES for path in sorted((HOUSE / package).rglob("*.py"))]
    texts = {path: path.read_text(encoding="utf-8") for path in paths if "migrations" not in path.parts}
    assert len(texts) > 500
    return {path.relative_to(HOUSE): (text, ast.parse(text)) for path, text in texts.items()}


def test_what_people_read_lives_in_core_texts(sources: Sources) -> None:
    spoken = [
        f"{path}:{node.lineno}: {node.value}"
        for path, (_, tree) in sources.items()
        if not path.as_posix().startswith(MAY_SPEAK_VIETNAMESE)
        for docstrings in [{id(node) for node in _docstrings(tree)}]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in docstrings and _is_vietnamese(node.value)
    ]
    assert spoken == []


def test_functions_and_files_stay_small(sources: Sources) -> None:
    long = [
        f"{path}:{node.lineno}: {node.name}"
        for path, (_, tree) in sources.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []
    assert [str(path) for path, (text, _) in sources.items() if text.count("\n") > MOST_LINES_OF_A_FILE] == []


def test_every_file_says_in_one_sentence_what_it_is(sources: Sources) -> None:
    assert [str(path) for path, (_, tree) in sources.items() if not ast.get_docstring(tree)] == []


def test_the_script_beside_the_package_holds_no_logic() -> None:
    assert (HOUSE / "bot.py").read_text(encoding="utf-8").count("\n") < 10


@each_lock
def test_every_locked_package_has_hashes(lock: str) -> None:
    entries = _entries(lock)
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+ ", entry), entry[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:60]


@each_lock
def test_a_lock_holds_no_address_of_an_index(lock: str) -> None:
    text = (HOUSE / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-|(?:^|\s)--(?!hash=)", re.sub(r"#.*", "", text), re.MULTILINE)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, dev = ({entry.split("==")[0] for entry in _entries(lock)} for lock in LOCKS)
    assert _names(project["dependencies"]) <= run
    assert run | _names(project["optional-dependencies"]["dev"]) <= dev


def test_both_locks_name_the_same_versions() -> None:
    run, dev = (dict(entry.split(" ")[0].split("==") for entry in _entries(lock)) for lock in LOCKS)
    assert {name: dev[name] for name in run} == run


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    """Also the strings under a name, which document it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _is_vietnamese(text: str) -> bool:
    """Words, not one letter of an alphabet."""
    decomposed = unicodedata.normalize("NFD", text)
    return len(text) > 1 and any(char in "đĐ" or unicodedata.combining(char) for char in decomposed)


def _entries(lock: str) -> list[str]:
    """Each locked package with its hashes, in one line."""
    text = re.sub(r"#.*", "", (HOUSE / lock).read_text(encoding="utf-8")).replace("\\\n", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}

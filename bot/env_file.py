"""The file of settings as `setup` writes it: whole or not at all, readable by its owner alone, other lines kept."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from dotenv import dotenv_values

from bot.settings import PREFIX, read_settings


def read(path: Path) -> dict[str, str]:
    """What is set, by the name without its prefix; the environment is not asked."""
    found = dotenv_values(path, interpolate=False, encoding="utf-8") if path.is_file() else {}
    return {name.removeprefix(PREFIX): value for name, value in found.items() if name.startswith(PREFIX) and value}


def changed(text: str, values: Mapping[str, str]) -> str:
    """`text` with these settings; an empty value takes its line away. Names are without the prefix."""
    left = dict(values)
    lines: list[str] = []
    for line in text.splitlines():
        found = re.match(rf"\s*(?:export\s+)?{PREFIX}(\w+)\s*=", line)
        name = found[1].upper() if found else ""
        if name not in values:
            lines.append(line)
        elif value := left.pop(name, ""):
            lines.append(f"{PREFIX}{name}={value}")
    lines += [f"{PREFIX}{name}={value}" for name, value in left.items() if value]
    return "".join(f"{line}\n" for line in lines)


def write(path: Path, values: Mapping[str, str]) -> None:
    """Put these settings into the file. Raises BadInput where they do not fit together: nothing is written then."""
    home = path.resolve()
    text = changed(home.read_text("utf-8") if home.is_file() else "", values)
    coming = home.with_name(f"{home.name}.{uuid4().hex}")
    try:
        with open(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        read_settings(coming)
        coming.replace(home)
    finally:
        coming.unlink(missing_ok=True)

"""A folder of its own for one command, with a file of settings."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import main


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the operator types."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def env(self) -> Path:
        return self.folder / ".env"

    @property
    def here(self) -> list[str]:
        """The names of all that lies here."""
        return [path.name for path in self.folder.iterdir()]

    def sets(self, values: Mapping[str, str], mode: int = 0o600) -> None:
        """Names without their prefix."""
        self.env.write_text("".join(f"NHACVIEC_{name}={value}\n" for name, value in values.items()), encoding="utf-8")
        self.env.chmod(mode)

    async def types(self, *words: str) -> tuple[int, list[str]]:
        """Exit code and the lines of both streams; the servers of the test go on meanwhile."""
        code = await asyncio.to_thread(main, words)
        said = self.capsys.readouterr()
        return code, (said.out + said.err).splitlines()


def line(start: str, part: str, lines: list[str]) -> str:
    """The line that begins and goes on so."""
    fitting = [one for one in lines if one.startswith(start) and part in one]
    assert fitting, lines
    return fitting[0]

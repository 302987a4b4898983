"""A document that was read, on its way from the process that read it to the one that uses it."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from knowledge.blocks import Source

_FILE = "source.json"
_MOST = 100_000_000  # bytes; the process may be in the hands of the file
_adapter: TypeAdapter[Source] = TypeAdapter(Source)


def write(folder: Path, source: Source) -> None:
    """Raises OSError."""
    (folder / _FILE).write_bytes(_adapter.dump_json(source, exclude_defaults=True))


def read(folder: Path) -> Source | None:
    """None: there lies nothing that was written so. Raises OSError."""
    path = folder / _FILE
    if not path.is_file() or path.stat().st_size > _MOST:
        return None
    try:
        return _adapter.validate_json(path.read_bytes(), strict=True)
    except ValidationError:
        return None

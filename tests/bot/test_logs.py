"""Logs carry events and ids, whoever wrote them, and no secret."""

import io
import json
import logging

import pytest
import structlog

from bot.logs import start_logs
from bot.settings import Settings, read_settings
from records import secrets
from records.session import Begin

TOKEN = "123456:AbCdEf-ghij_klmn"


pytestmark = pytest.mark.usefixtures("logs_as_they_were")


@pytest.fixture(params=["console", "json"])
def settings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("NHACVIEC_LOG_FORMAT", request.param)
    return read_settings(None)


def test_ours_and_the_libraries_events_come_out_in_one_form(settings: Settings) -> None:
    out = io.StringIO()
    start_logs(settings, out)
    structlog.get_logger("bot.receive").info("delivery.handled", delivery=7)
    logging.getLogger("library").warning("slow %s", "query", extra={"row": 3})
    ours, theirs = out.getvalue().splitlines()
    assert "delivery.handled" in ours
    assert "slow query" in theirs
    if settings.log_format == "json":
        assert json.loads(ours)["delivery"] == 7
        assert json.loads(theirs) | {"timestamp": ""} == {
            "event": "slow query",
            "level": "warning",
            "logger": "library",
            "row": 3,
            "timestamp": "",
        }


def test_times_are_those_of_the_zone_that_was_set(settings: Settings) -> None:
    out = io.StringIO()
    start_logs(settings.model_copy(update={"timezone": "Asia/Kathmandu"}), out)
    structlog.get_logger().info("event")
    assert "+05:45" in out.getvalue()


def test_a_secret_is_struck_out_wherever_it_came_from(settings: Settings) -> None:
    out = io.StringIO()
    start_logs(settings, out)
    logging.getLogger("library").error("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise ValueError(f"bad address bot{TOKEN}")
    except ValueError:
        structlog.get_logger().exception("poll.broken", url=TOKEN)
    assert "poll.broken" in out.getvalue()
    assert "bad address" in out.getvalue()
    assert TOKEN not in out.getvalue()


def test_a_traceback_shows_no_values_of_variables(settings: Settings) -> None:
    out = io.StringIO()
    start_logs(settings, out)
    question = " ".join(["câu hỏi", "riêng"])
    try:
        raise ValueError(len(question))
    except ValueError:
        structlog.get_logger().exception("handler.failed")
    assert "ValueError" in out.getvalue()
    assert question not in out.getvalue()


def test_the_http_library_does_not_write_down_addresses_that_hold_the_token(settings: Settings) -> None:
    out = io.StringIO()
    start_logs(settings.model_copy(update={"log_level": "DEBUG"}), out)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/")
    assert out.getvalue() == ""


async def test_the_database_does_not_write_down_what_goes_into_it(settings: Settings, begin: Begin) -> None:
    out = io.StringIO()
    start_logs(settings.model_copy(update={"log_level": "DEBUG"}), out)
    structlog.get_logger().debug("event")
    async with begin() as session:
        kept = await secrets.get_or_make(session, "uploads")
    assert "event" in out.getvalue()
    assert kept not in out.getvalue()

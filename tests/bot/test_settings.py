"""Settings come from the environment; a bad one is named in one line, a secret is never shown."""

from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from core.errors import BadInput

TOKEN = "123456:AbCdEf-ghij_klmn"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NHACVIEC_{name.upper()}", raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings(None)
    assert settings.database == "sqlite:///data/nhacviec.db"
    assert (settings.port, settings.telegram_token, settings.telegram_mode) == (8080, None, "polling")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text(f"NHACVIEC_PORT=9000\nNHACVIEC_TELEGRAM_TOKEN={TOKEN}\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("NHACVIEC_PORT", "9001")
    settings = read_settings(file)
    assert settings.port == 9001
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN


def test_an_empty_value_is_the_same_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("NHACVIEC_PORT", "")
    settings = read_settings(None)
    assert (settings.port, settings.telegram_token) == (8080, None)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings(None).port = 1


def test_words_may_be_written_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_LOG_LEVEL", "debug")
    monkeypatch.setenv("NHACVIEC_LOG_FORMAT", "JSON")
    settings = read_settings(None)
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


@pytest.mark.parametrize(
    ("name", "value", "must"),
    [
        ("PORT", "0", "từ 1 đến 65535"),
        ("PORT", "eighty", "từ 1 đến 65535"),
        ("RETENTION_DAYS", "-1", "số ngày nguyên từ 0"),
        ("RETENTION_DAYS", "1.5", "số ngày nguyên từ 0"),
        ("TIMEZONE", "Mars/Olympus", "Asia/Ho_Chi_Minh"),
        ("TIMEZONE", "../etc", "Asia/Ho_Chi_Minh"),
        ("TELEGRAM_TOKEN", "hello", "@BotFather"),
        ("TELEGRAM_MODE", "pigeon", "polling, webhook"),
        ("TELEGRAM_WEBHOOK_SECRET", "có dấu", "1–256"),
        ("TELEGRAM_API_URL", "api.telegram.org", "https://"),
        ("PUBLIC_URL", "ftp://x", "https://"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR"),
        ("LOG_FORMAT", "xml", "console, json"),
    ],
)
def test_a_bad_value_is_named_in_one_line_and_not_repeated(
    name: str, value: str, must: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"NHACVIEC_{name}", value)
    said = _refusal()
    assert f"NHACVIEC_{name} phải " in said
    assert must in said
    assert value not in said.replace(f"NHACVIEC_{name}", "").replace(must, "")
    assert "\n" not in said


def test_all_bad_values_are_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_PORT", "x")
    monkeypatch.setenv("NHACVIEC_LOG_LEVEL", "x")
    said = _refusal()
    assert "NHACVIEC_PORT" in said
    assert "NHACVIEC_LOG_LEVEL" in said


def test_a_webhook_needs_an_address_and_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("NHACVIEC_TELEGRAM_MODE", "webhook")
    assert "PUBLIC_URL" in _refusal()
    monkeypatch.setenv("NHACVIEC_PUBLIC_URL", "https://bot.example/")
    assert "TELEGRAM_WEBHOOK_SECRET" in _refusal()
    monkeypatch.setenv("NHACVIEC_TELEGRAM_WEBHOOK_SECRET", "s" * 40)
    assert read_settings(None).public_url == "https://bot.example"


def test_a_file_that_is_not_utf8_is_said_to_be_so(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("NHACVIEC_HOST=Hải".encode("utf-16"))
    with pytest.raises(BadInput, match="UTF-8"):
        read_settings(file)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("NHACVIEC_TELEGRAM_WEBHOOK_SECRET", "hook-secret")
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", "postgresql://bot:p%40ssword@db/nhacviec")
    settings = read_settings(None)
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        for secret in (TOKEN, "hook-secret", "p%40ssword"):
            assert secret not in shown
    assert {TOKEN, "hook-secret", "p%40ssword", "p@ssword"} <= set(settings.secrets())


def _refusal() -> str:
    with pytest.raises(BadInput) as refused:
        read_settings(None)
    return refused.value.text

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
        ("STORAGE_URL", "/srv/files", "file:///"),
        ("STORAGE_URL", "s3://UPPER", "s3://tên-bucket"),
        ("STORAGE_URL", "s3://", "s3://tên-bucket"),
        ("STORAGE_URL", "s3://bucket/a b", "s3://tên-bucket"),
        ("STORAGE_ENDPOINT", "s3.example.vn", "https://"),
        ("QUIET_HOURS", "21h", "21:00-06:30"),
        ("QUIET_HOURS", "21:00-21:00", "21:00-06:30"),
        ("CLAMAV", "localhost", "tcp://máy:3310"),
        ("CLAMAV", "tcp://localhost", "tcp://máy:3310"),
        ("CLAMAV", "tcp://localhost:70000", "tcp://máy:3310"),
        ("CLAMAV", "unix:clamd.ctl", "unix:/run/clamav/clamd.ctl"),
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


@pytest.mark.parametrize(
    ("url", "files", "bucket"),
    [
        ("", "data/files", ""),
        ("file:///srv/minh%20chung/", "/srv/minh chung", ""),
        ("s3://minh-chung", "data/files", "s3://minh-chung"),
        ("s3://minh-chung/hai-phong/2026/", "data/files", "s3://minh-chung/hai-phong/2026"),
    ],
)
def test_files_lie_in_the_data_folder_in_another_or_in_a_bucket(
    url: str, files: str, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("URL", url), ("KEY", "k" * 20), ("SECRET", "s" * 40)):
        monkeypatch.setenv(f"NHACVIEC_STORAGE_{name}", value)
    settings = read_settings(None)
    assert (settings.files, settings.bucket) == (Path(files), bucket)


def test_a_bucket_needs_its_key_and_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_STORAGE_URL", "s3://minh-chung")
    monkeypatch.setenv("NHACVIEC_STORAGE_KEY", "k" * 20)
    said = _refusal()
    assert "NHACVIEC_STORAGE_URL cần đặt cùng" in said
    assert "STORAGE_SECRET" in said


def test_a_file_that_is_not_utf8_is_said_to_be_so(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("NHACVIEC_HOST=Hải".encode("utf-16"))
    with pytest.raises(BadInput, match="UTF-8"):
        read_settings(file)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("NHACVIEC_TELEGRAM_WEBHOOK_SECRET", "hook-secret")
    monkeypatch.setenv("NHACVIEC_STORAGE_KEY", "storage-key")
    monkeypatch.setenv("NHACVIEC_STORAGE_SECRET", "storage-secret")
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", "postgresql://bot:p%40ssword@db/nhacviec")
    settings = read_settings(None)
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        for secret in (TOKEN, "hook-secret", "p%40ssword", "storage-key", "storage-secret"):
            assert secret not in shown
    assert {TOKEN, "hook-secret", "p%40ssword", "p@ssword", "storage-key", "storage-secret"} <= set(settings.secrets())


def _refusal() -> str:
    with pytest.raises(BadInput) as refused:
        read_settings(None)
    return refused.value.text

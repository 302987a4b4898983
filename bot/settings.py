"""The environment and `.env`, read once into frozen Settings; secrets never show in a repr or a log."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import BadInput
from core.hours import Hours, quiet_hours
from core.privacy import RETENTION_DAYS
from core.texts import settings as texts

PREFIX = "NHACVIEC_"


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ValueError(texts.ADDRESS)
    return value.rstrip("/")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError):  # nowhere, a folder, not a name
        raise ValueError(texts.ZONE) from None
    return value


def _storage(value: str) -> str:
    if not re.fullmatch(r"file:///\S+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w.!*'()/-]*)?", value, re.ASCII):
        raise ValueError(texts.STORAGE)
    return value.rstrip("/")


def _quiet(value: str) -> str:
    try:
        quiet_hours(value)
    except ValueError:
        raise ValueError(texts.QUIET_HOURS) from None
    return value


def _secret_of(shape: str, must: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(shape, value.get_secret_value(), re.ASCII):
            raise ValueError(must)
        return value

    return AfterValidator(check)


def _digits(value: str) -> str:
    if not re.fullmatch(r"\d{5,25}", value, re.ASCII):
        raise ValueError(texts.APP_ID)
    return value


def _scanner(value: str) -> str:
    try:
        where = urlsplit(value)
        usable = bool(where.hostname and where.port) if where.scheme == "tcp" else value.startswith("unix:/")
    except ValueError:  # no port, or one past the last
        usable = False
    if not usable:
        raise ValueError(texts.SCANNER)
    return value


Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseSettings):
    """All that can be set; names follow the outer contract, with the prefix NHACVIEC_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: SecretStr | None = None  # None: SQLite in the data folder; an address may hold a password
    data_dir: Path = Path("data")
    storage_url: Annotated[str, AfterValidator(_storage)] | None = None  # of the files; None: in the data folder
    storage_endpoint: Address | None = None  # of the service that keeps the bucket; None: Amazon's
    storage_key: SecretStr | None = None
    storage_secret: SecretStr | None = None
    storage_region: str | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Ho_Chi_Minh"  # of the times in the log
    public_url: Address | None = None  # under which services reach us
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    telegram_token: Annotated[SecretStr, _secret_of(r"\d+:[\w-]+", texts.TOKEN)] | None = None
    telegram_api_url: Address = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: Annotated[SecretStr, _secret_of(r"[\w-]{1,256}", texts.SECRET)] | None = None
    zalo_bot_token: Annotated[SecretStr, _secret_of(r"\d+:\S+", texts.ZALO_TOKEN)] | None = None
    zalo_bot_api_url: Address = "https://bot-api.zaloplatforms.com"
    zalo_bot_mode: Literal["polling", "webhook"] = "polling"
    zalo_bot_webhook_secret: Annotated[SecretStr, _secret_of(r"[\w-]{8,256}", texts.ZALO_SECRET)] | None = None
    zalo_oa_app_id: Annotated[str, AfterValidator(_digits)] | None = None
    zalo_oa_app_secret: SecretStr | None = None
    zalo_oa_secret_key: SecretStr | None = None  # of the webhook page; signs deliveries
    zalo_oa_refresh_token: SecretStr | None = None  # None: the operator consents on our page
    zalo_oa_template: Annotated[str, AfterValidator(_digits)] | None = None  # a registered template message
    zalo_oa_template_field: str = "noi_dung"
    zalo_oa_api_url: Address = "https://openapi.zalo.me"
    zalo_oa_business_url: Address = "https://business.openapi.zalo.me"
    zalo_oauth_url: Address = "https://oauth.zaloapp.com"
    confirm_joins: bool = False  # who joins by a code waits for the principal's word
    confirm_notices: bool = False  # a notice waits for a second person's word
    confirm_evidence: bool = True  # what a teacher hands in waits for the principal's word
    clamav: Annotated[str, AfterValidator(_scanner)] | None = None  # where clamd listens; None: nothing is scanned
    quiet_hours: Annotated[str, AfterValidator(_quiet)] = "21:00-06:30"  # when nobody is written to unasked
    workdays_file: Path | None = None  # a table of swapped days and further holidays; None: the public ones alone
    retention_days: int = Field(RETENTION_DAYS, ge=0, le=36_525)  # that evidence is kept; 0: for good
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @model_validator(mode="before")
    @classmethod
    def _any_case(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`info` is INFO, `Polling` is polling."""
        upper, lower = ("log_level",), ("log_format", "telegram_mode", "zalo_bot_mode")
        values |= {name: str(values[name]).upper() for name in upper if name in values}
        return values | {name: str(values[name]).lower() for name in lower if name in values}

    @model_validator(mode="after")
    def _is_whole(self) -> "Settings":
        """What only works together is there together."""
        for name, token, mode, secret in (
            ("telegram", self.telegram_token, self.telegram_mode, self.telegram_webhook_secret),
            ("zalo_bot", self.zalo_bot_token, self.zalo_bot_mode, self.zalo_bot_webhook_secret),
        ):
            if token and mode == "webhook" and not (self.public_url and secret):
                raise ValueError(f"{name}_mode", texts.webhook_needs(f"{name}_webhook_secret".upper()))
        if self.bucket and not (self.storage_key and self.storage_secret):
            raise ValueError("storage_url", texts.STORAGE_NEEDS)
        account = (self.zalo_oa_app_id, self.zalo_oa_app_secret, self.zalo_oa_secret_key)
        if any(account) and not (all(account) and self.public_url):
            raise ValueError("zalo_oa_app_id", texts.OA_NEEDS)
        return self

    def secrets(self) -> tuple[str, ...]:
        """What must never be written to a log."""
        kept = [value for value in self.__dict__.values() if isinstance(value, SecretStr)]
        password = urlsplit(self.database).password or ""
        words = [*(secret.get_secret_value() for secret in kept), password, unquote(password)]
        return tuple(word for word in words if len(word) > 3)  # shorter ones stand in every other word

    @property
    def hours(self) -> Hours:
        return Hours(quiet_hours(self.quiet_hours))

    @property
    def database(self) -> str:
        """The database's address; keep it out of logs."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'nhacviec.db'}"

    @property
    def bucket(self) -> str:
        """The bucket that is the home of the files, as s3://bucket/prefix; empty: a folder is."""
        return self.storage_url if self.storage_url and self.storage_url.startswith("s3://") else ""

    @property
    def files(self) -> Path:
        """The folder for files: their home, or what is at hand of the bucket."""
        if self.storage_url and not self.bucket:
            return Path(unquote(urlsplit(self.storage_url).path))
        return self.data_dir / "files"


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings; the environment goes before the file. Raises BadInput: one line that names each bad one."""
    try:
        return Settings(_env_file=env_file, _env_file_encoding="utf-8")  # type: ignore[call-arg]
    except ValidationError as error:
        raise BadInput(texts.wrong(_faults(error))) from None
    except UnicodeDecodeError:
        raise BadInput(texts.NOT_UTF8) from None


def _faults(error: ValidationError) -> list[tuple[str, str]]:
    """Each variable's name with what it must be, never its value."""
    return [(PREFIX + _field(fault).upper(), _must(fault)) for fault in error.errors(include_input=False)]


def _field(fault: Any) -> str:
    """A rule over several names the one to begin with."""
    return str(fault["loc"][0] if fault["loc"] else fault["ctx"]["error"].args[0])


def _must(fault: Any) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"].args[-1])
    if fault["type"] == "literal_error":
        return texts.one_of(re.findall(r"'(\w+)'", fault["ctx"]["expected"]))
    return _MUST.get(_field(fault), texts.UNUSABLE)


_MUST = {"port": texts.PORT, "retention_days": texts.RETENTION_DAYS}

"""The settings: the only file that reads the environment (and a `.env` beside it)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SetupError
from core.redis_address import read_address


class Settings(BaseSettings):
    """What the administrator may set; every field has a default except Slack's tokens."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    slack_bot_token: SecretStr = Field(
        SecretStr(""), description="Bot token (xoxb-…) of your Slack app."
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="App token (xapp-…): Socket Mode when set, HTTP otherwise."
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="Signing secret; needed for HTTP, not for Socket Mode."
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", description="Slack's Web API; local Slack sets its own."
    )
    port: int = Field(
        3000, ge=1, le=65535, description="Port of the HTTP endpoint when there is no app token."
    )
    redis_url: SecretStr = Field(
        SecretStr(""), description="Redis; empty starts the embedded server in DATA_DIR."
    )
    database_url: SecretStr = Field(
        SecretStr(""),
        description="Database of what is kept; empty is a SQLite file in DATA_DIR. "
        "Name one when bot and workers run on different machines.",
    )
    models: str = Field(
        "bundled",
        description="`bundled` or `hub`, and per skill a folder or hub id: `hub,sentiment=/path`.",
    )
    device: str = Field("auto", description="`auto`, `cpu`, `cuda` or `cuda:1`.")
    data_dir: Path = Field(Path("data"), description="Where keys, queue and temporary files live.")
    content_key: SecretStr = Field(
        SecretStr(""),
        description="Key that encrypts texts in the queue; empty makes one in DATA_DIR. "
        "Share it when bot and workers run on different machines.",
    )
    allow_guests: bool = Field(False, description="Whether guests of the workspace may ask, too.")
    jobs_per_hour: int = Field(
        0, ge=0, description="How many requests a person may make in an hour; 0 is no limit."
    )
    policy: Path | None = Field(
        None, description="A TOML file: which skills, where, for whom, how much; see policy.md."
    )
    audit_days: int = Field(
        90, ge=0, description="How many days the audit file keeps a record; 0 is for ever."
    )
    remember_minutes: int = Field(
        60,
        ge=0,
        description="How long an answer serves who asks the same in its channel; 0 is not at all.",
    )
    skills_dir: str = Field(
        "", description="A folder with skills of your own, loaded beside the built-in ones."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="`console` for people, `json` for machines."
    )

    @field_validator("slack_api_url")
    @classmethod
    def _refuse_what_is_no_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise SetupError("SLACK_API_URL is no address: write https://slack.com/api/.")
        return value

    @field_validator("policy", mode="before")
    @classmethod
    def _take_nothing_for_none(cls, value: object) -> object:
        return value or None

    @field_validator("redis_url")
    @classmethod
    def _refuse_an_unsafe_redis(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            read_address(value.get_secret_value())
        return value


def load_settings(**overrides: object) -> Settings:
    """Read the environment once.

    Raises SetupError when one cannot be used; the text names the variable, not its value.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic validates what it is given
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)[0]
        name, reason = str(wrong["loc"][0]).upper(), wrong["msg"].replace("Input", "it", 1)
        raise SetupError(
            f"{name} cannot be used: {reason}. Change it in .env or the environment."
        ) from None


def make_data_dir(settings: Settings) -> None:
    """Make DATA_DIR and see that it can be written; every program of ours needs it.

    Raises SetupError when not.
    """
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SetupError(
            f"DATA_DIR is {folder}, which cannot be made or written ({error.strerror}): "
            "name another folder, or give this user the right to write there."
        ) from None

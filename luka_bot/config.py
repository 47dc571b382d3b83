"""What the operator decides: environment, `.env`, then `config.yaml`; the first one wins."""

import difflib
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic import field_validator as validates
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from luka_bot.config_sources import DotEnvFile, YamlFile
from luka_bot.models.errors import SettingsInvalid

_PLACEHOLDER = re.compile(r"change[-_ ]?me|<[^<>]*>|.*\$\{.*", re.IGNORECASE | re.DOTALL)


def load_settings() -> "Settings":
    """Raises SettingsInvalid, which names each wrong field and shows no value."""
    try:
        return _Read()
    except ValidationError as error:
        raise SettingsInvalid(*map(_line, error.errors(include_input=False))) from None
    except SettingsError as error:
        raise SettingsInvalid(str(error)) from None


def _http_url(url: str) -> str:
    if not _is_url(url, "http", "https"):
        raise PydanticCustomError("url", "must be an address such as http://127.0.0.1:11434")
    return url.rstrip("/")


def _redis_url(url: str) -> str:
    if url and not url.startswith("unix://") and not _is_url(url, "redis", "rediss"):
        raise PydanticCustomError("url", "must be an address such as redis://127.0.0.1:6379/0")
    return url


def _is_url(text: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _from_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise PydanticCustomError("home", "begins with ~, but there is no home folder") from None


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


HttpUrl = Annotated[str, AfterValidator(_http_url)]
RedisUrl = Annotated[str, AfterValidator(_redis_url)]
Folder = Annotated[Path, AfterValidator(_from_home)]


class Settings(BaseModel):
    """Each field is an environment variable of the same name in capitals. Durations in seconds.

    Made by hand, it holds what it is given; `load_settings` reads what the operator wrote. The
    descriptions are what `.env.example` and `docs/configuration.md` are made of.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bot_token: SecretStr = Field(
        default=SecretStr(""),
        description="The bot's token, as @BotFather gave it to you. Needed for `luka-bot run`.",
    )
    telegram_api_url: HttpUrl = Field(
        default="https://api.telegram.org",
        description="The Bot API server; change it if you run your own.",
    )
    redis_url: RedisUrl = Field(
        default="",
        description="Redis or Valkey, 7.2 or newer, such as `redis://127.0.0.1:6379/0`. "
        "Empty: luka starts its own and keeps its data in DATA_DIR.",
    )
    data_dir: Folder = Field(
        default=Path("data"),
        description="The folder for everything that luka keeps on disk.",
    )

    ollama_url: HttpUrl = Field(
        default="http://127.0.0.1:11434",
        description="Where Ollama listens.",
    )
    ollama_model: str = Field(
        default="llama3.2",
        description="The model that answers; `ollama pull` it first.",
    )
    ollama_num_ctx: int = Field(
        default=8192,
        ge=512,
        description="Tokens that the model reads at once, question, history and answer together. "
        "More need more memory on the model's machine.",
    )
    ollama_keep_alive: str = Field(
        default="30m",
        description="How long Ollama keeps the model in memory after an answer, such as `30m` or "
        "`24h`; `-1m` is for ever.",
    )
    model_connect_timeout: float = Field(
        default=5.0,
        gt=0,
        description="Seconds to reach the model's server.",
    )
    model_first_token_timeout: float = Field(
        default=180.0,
        gt=0,
        description="Seconds until the first word; loading a large model takes its time.",
    )
    model_idle_timeout: float = Field(
        default=60.0,
        gt=0,
        description="Seconds between two words before the answer counts as stalled.",
    )
    system_prompt: str = Field(
        default="You are luka, a kind and concise assistant in Telegram. "
        "Answer in the language of the question. Use Markdown where it helps.",
        description="What the model is told before every conversation, unless its thread has a "
        "prompt of its own.",
    )

    stream_mode: Annotated[Literal["edit", "off"], BeforeValidator(_lower)] = Field(
        default="edit",
        description="`edit` shows the answer while it is written; `off` sends it when it is whole.",
    )
    shutdown_grace: float = Field(
        default=20.0,
        ge=0,
        description="Seconds that running answers have to end after SIGTERM; the rest is answered "
        "after the next start.",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = (
        Field(default="info", description="How much luka tells in its log.")
    )

    @validates("*", mode="before")
    @classmethod
    def _no_placeholder(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if _PLACEHOLDER.fullmatch(value.strip()):
            raise PydanticCustomError("placeholder", "is still a placeholder: fill it in")
        return value.strip()


class _Read(Settings, BaseSettings):
    """Settings as the operator wrote them."""

    model_config = SettingsConfigDict(env_ignore_empty=True, env_nested_delimiter="__")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        _ = init_settings, dotenv_settings, file_secret_settings
        files = DotEnvFile(settings_cls, Path(".env")), YamlFile(settings_cls, Path("config.yaml"))
        return env_settings, *files


def _line(error: ErrorDetails) -> str:
    name = "__".join(str(part) for part in error["loc"])
    if error["type"] != "extra_forbidden":
        return f"{name.upper()}: {error['msg']}"
    near = difflib.get_close_matches(name.lower(), Settings.model_fields, n=1)
    hint = (
        f"; did you mean {near[0].upper()}?" if near else "; docs/configuration.md lists them all"
    )
    return f"{name.upper()}: there is no such setting{hint}"

"""What the operator decides: environment, `.env`, then `config.yaml`; the first one wins."""

import difflib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
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
from luka_bot.config_types import (
    ChatNumber,
    Folder,
    HttpUrl,
    HttpUrls,
    OptionalHttpUrl,
    RedisUrl,
    WebhookSecret,
    WebhookUrl,
    lower,
    without_placeholder,
)
from luka_bot.models.errors import SettingsInvalid


def load_settings() -> "Settings":
    """Raises SettingsInvalid, which names each wrong field and shows no value."""
    try:
        return _Read()
    except ValidationError as error:
        raise SettingsInvalid(*map(_line, error.errors(include_input=False))) from None
    except SettingsError as error:
        raise SettingsInvalid(str(error)) from None


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
    webhook_url: WebhookUrl = Field(
        default="",
        description="The public https address under which Telegram reaches luka, such as "
        "`https://bot.example.org`; without a path of its own that is `/telegram` there. Empty: "
        "luka asks Telegram for updates itself (long polling), which needs no address at all.",
    )
    webhook_secret: WebhookSecret = Field(
        default=SecretStr(""),
        description="What Telegram says with each update, so that nobody else can bring any; "
        "`openssl rand -hex 32` makes one. Needed with WEBHOOK_URL.",
    )
    web_host: str = Field(
        default="127.0.0.1",
        description="Where luka listens for the webhook, `/health/live`, `/health/ready` and "
        "`/metrics`; `0.0.0.0` is every network of this machine.",
    )
    web_port: int = Field(
        default=8080,
        ge=0,
        le=65535,
        description="The port for these; 0 listens nowhere.",
    )
    admin_chat_id: ChatNumber = Field(
        default=None,
        description="The number of a private Telegram group whose members look after luka: alarms "
        "are told there, and what is asked there overtakes. luka's log tells it when you add the "
        "bot to the group (`group.membership`).",
    )
    redis_url: RedisUrl = Field(
        default="",
        description="Redis or Valkey, 7.2 or newer, such as `redis://127.0.0.1:6379/0`, or behind "
        "Sentinel `redis+sentinel://host1:26379,host2:26379/mymaster/0`. "
        "Empty: luka starts its own and keeps its data in DATA_DIR.",
    )
    data_dir: Folder = Field(
        default=Path("data"),
        description="The folder for everything that luka keeps on disk.",
    )

    ollama_url: HttpUrls = Field(
        default="http://127.0.0.1:11434",
        description="Where Ollama listens; several addresses, with commas, share the work.",
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
        description="How long Ollama keeps the model in memory after an answer, such as `30m`, "
        "`24h`; `-1m` is for ever.",
    )
    llm_api: Annotated[Literal["ollama", "openai"], BeforeValidator(lower)] = Field(
        default="ollama",
        description="`openai` for a server with OpenAI's API, such as vLLM, LiteLLM or llama.cpp.",
    )
    llm_url: OptionalHttpUrl = Field(
        default="",
        description="Its address, such as `http://127.0.0.1:8000/v1`. Needed with LLM_API=openai.",
    )
    llm_key: SecretStr = Field(
        default=SecretStr(""),
        description="The key that it asks for, if it asks for one.",
    )
    llm_model: str = Field(
        default="",
        description="The model's name there. Empty: that of OLLAMA_MODEL.",
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

    max_concurrent_generations: int = Field(
        default=4,
        ge=0,
        description="Answers that the model writes at once, over all replicas; who comes later "
        "waits in a line and sees their place in it. 0: as many as are asked for.",
    )
    max_generations_per_person: int = Field(
        default=2,
        ge=1,
        description="How many of them may be one person's (or one group's).",
    )
    inbox_limit: int = Field(
        default=10_000,
        ge=1,
        description="Updates that may wait in Redis; beyond that Telegram keeps them, up to 24 "
        "hours, and luka fetches them when there is room.",
    )

    stream_mode: Annotated[Literal["edit", "off"], BeforeValidator(lower)] = Field(
        default="edit",
        description="`edit` shows the answer while it is written; `off` sends it when it is whole.",
    )
    shutdown_grace: float = Field(
        default=20.0,
        ge=0,
        description="Seconds that running answers have to end after SIGTERM; the rest is answered "
        "after the next start.",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(lower)] = (
        Field(default="info", description="How much luka tells in its log.")
    )

    @validates("*", mode="before")
    @classmethod
    def _no_placeholder(cls, value: object) -> object:
        return without_placeholder(value)

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if self.webhook_url and not self.webhook_secret.get_secret_value():
            raise PydanticCustomError("secret", "WEBHOOK_URL needs WEBHOOK_SECRET beside it")
        if self.webhook_url and not self.web_port:
            raise PydanticCustomError("port", "WEBHOOK_URL needs a WEB_PORT to listen on")
        if self.llm_api == "openai" and not self.llm_url:
            raise PydanticCustomError("url", "LLM_API=openai needs LLM_URL beside it")
        return self

    @property
    def model(self) -> str:
        """The name of the model that answers."""
        return self.llm_model or self.ollama_model

    @property
    def ollama_urls(self) -> tuple[str, ...]:
        return tuple(self.ollama_url.split(","))


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
    if not name:
        return error["msg"]
    if error["type"] != "extra_forbidden":
        return f"{name.upper()}: {error['msg']}"
    near = difflib.get_close_matches(name.lower(), Settings.model_fields, n=1)
    hint = (
        f"; did you mean {near[0].upper()}?" if near else "; docs/configuration.md lists them all"
    )
    return f"{name.upper()}: there is no such setting{hint}"

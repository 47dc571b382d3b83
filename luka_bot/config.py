"""What the operator decides: environment, `.env`, then `config.yaml`; the first one wins."""

import difflib
from pathlib import Path
from typing import Self

from pydantic import ConfigDict, ValidationError, model_validator
from pydantic import field_validator as validates
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from luka_bot.config_fields.chat import Conversations
from luka_bot.config_fields.doors import Doors
from luka_bot.config_fields.jobs import Jobs
from luka_bot.config_fields.model import Model
from luka_bot.config_fields.people import People
from luka_bot.config_fields.retention import Retention
from luka_bot.config_fields.running import Running
from luka_bot.config_sources import DotEnvFile, YamlFile
from luka_bot.config_types import without_placeholder
from luka_bot.models.errors import SettingsInvalid
from luka_bot.models.person import Access


def load_settings() -> "Settings":
    """Raises SettingsInvalid, which names each wrong field and shows no value."""
    try:
        return _Read()
    except ValidationError as error:
        raise SettingsInvalid(*map(_line, error.errors(include_input=False))) from None
    except SettingsError as error:
        raise SettingsInvalid(str(error)) from None


class Settings(Conversations, Jobs, Running, Model, Retention, People, Doors):
    """Each field is an environment variable of the same name in capitals. Durations in seconds.

    Made by hand, it holds what it is given; `load_settings` reads what the operator wrote. The
    descriptions are what `.env.example` and `docs/configuration.md` are made of. Pydantic takes the
    fields of the last base first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

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
        if self.who_gets_in is Access.APPROVAL and self.admin_chat_id is None:
            raise PydanticCustomError(
                "access",
                "ACCESS=approval (and ADMIN_IDS alone) needs ADMIN_CHAT_ID, the group where admins "
                "let people in; or choose ACCESS=open or ACCESS=closed",
            )
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

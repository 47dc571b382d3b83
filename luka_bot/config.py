"""What the operator decides: environment, `.env`, then `config.yaml`; the first one wins."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is an environment variable of the same name in capitals. Durations in seconds."""

    model_config = SettingsConfigDict(env_file=".env", extra="forbid", frozen=True)

    bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    redis_url: str = ""
    data_dir: Path = Path("data")

    ollama_url: str = "http://127.0.0.1:11434"
    ollama_model: str = "llama3.2"
    ollama_num_ctx: int = Field(default=8192, ge=512)
    ollama_keep_alive: str = "30m"
    model_connect_timeout: float = Field(default=5.0, gt=0)
    model_first_token_timeout: float = Field(default=180.0, gt=0)
    model_idle_timeout: float = Field(default=60.0, gt=0)
    system_prompt: str = (
        "You are luka, a kind and concise assistant in Telegram. "
        "Answer in the language of the question. Use Markdown where it helps."
    )

    stream_mode: Literal["edit", "off"] = "edit"
    shutdown_grace: float = Field(default=20.0, ge=0)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

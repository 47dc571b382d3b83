"""Where luka is reached, and where it keeps what it knows."""

from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, Field, SecretStr

from luka_bot.config_types import (
    Folder,
    HttpUrl,
    OptionalHttpUrl,
    RedisUrl,
    WebhookSecret,
    WebhookUrl,
)


class Doors(BaseModel):
    mini_apps_by_http: ClassVar[bool] = False
    """No choice of the operator's: Telegram refuses them, the demo's own doesn't."""

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
        description="Where luka listens for the webhook, the admin page, `/health/live`, "
        "`/health/ready` and `/metrics`; `0.0.0.0` is every network of this machine.",
    )
    web_port: int = Field(
        default=5001,
        ge=0,
        le=65535,
        description="The port for these; 0 listens nowhere.",
    )
    web_url: OptionalHttpUrl = Field(
        default="",
        description="Where people reach the admin page, such as `https://luka.example.org`; links "
        "that `/admin` gives begin with it. Empty: `http://WEB_HOST:WEB_PORT`.",
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

    @property
    def home(self) -> str:
        """Where people reach our pages, without a slash at the end."""
        return self.web_url or f"http://{self.web_host}:{self.web_port}"

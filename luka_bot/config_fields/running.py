"""How luka works, and what it tells."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from luka_bot.config_types import lower


class Running(BaseModel):
    max_concurrent_generations: int = Field(
        default=4,
        ge=0,
        description="Answers that the model writes at once, over all replicas; who comes later "
        "waits in a line and sees their place in it. 0: as many as are asked for.",
    )
    max_generations_per_person: int = Field(
        default=2,
        ge=1,
        description="How many of them may be one person's, also in groups.",
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

"""How long what people said is kept."""

from datetime import timedelta
from typing import Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from luka_bot.models.lives import USUAL, Lives

LONGEST = 3650  # days


class Retention(BaseModel):
    thread_days: int = Field(
        default=USUAL.threads.days,
        ge=1,
        le=LONGEST,
        description="Days that a thread stays after it was last used: its name, its settings and "
        "its summary. A change of it reaches a thread when it is used again.",
    )
    history_days: int = Field(
        default=USUAL.history.days,
        ge=1,
        le=LONGEST,
        description="Days that what was said in a thread stays after its last turn, `THREAD_DAYS` "
        "at most. A change of it reaches a thread at its next turn.",
    )

    @model_validator(mode="after")
    def _history_within_threads(self) -> Self:
        if self.history_days > self.thread_days:
            raise PydanticCustomError(
                "lives",
                "HISTORY_DAYS is more than THREAD_DAYS; what was said can't outlive its thread",
            )
        return self

    @property
    def lives(self) -> Lives:
        return Lives(timedelta(days=self.thread_days), timedelta(days=self.history_days))

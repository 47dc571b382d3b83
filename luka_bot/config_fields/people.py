"""Who may talk, who looks after luka, how much of it is whose, and how long it is kept."""

from datetime import timedelta
from typing import Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from luka_bot.config_types import ChatNumber
from luka_bot.models.lives import USUAL, Lives

LONGEST = 3650  # days


class People(BaseModel):
    admin_chat_id: ChatNumber = Field(
        default=None,
        description="The number of a private Telegram group whose members look after luka: alarms "
        "are told there, and what is asked there overtakes. luka's log tells it when you add the "
        "bot to the group (`group.membership`).",
    )
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

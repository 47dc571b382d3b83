"""Who may talk, who looks after luka, and how much of it is whose."""

from pydantic import BaseModel, Field

from luka_bot.config_types import ChatNumber


class People(BaseModel):
    admin_chat_id: ChatNumber = Field(
        default=None,
        description="The number of a private Telegram group whose members look after luka: alarms "
        "are told there, and what is asked there overtakes. luka's log tells it when you add the "
        "bot to the group (`group.membership`).",
    )

"""Who may talk, who looks after luka, how much of it is whose, and how long it is kept."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from luka_bot.config_types import AccessOrNone, ChatNumber, PersonNumbers, TimeZone, lower
from luka_bot.models.person import Access, Limits


class People(BaseModel):
    admin_chat_id: ChatNumber = Field(
        default=None,
        description="The number of a private Telegram group whose members look after luka: alarms "
        "are told there, admin commands work there, and what is asked there overtakes. luka's log "
        "tells it when you add the bot to the group (`group.membership`).",
    )
    admin_ids: PersonNumbers = Field(
        default="",
        description="Telegram's numbers of more admins, with commas; nobody can ban them.",
    )
    allowed_ids: PersonNumbers = Field(
        default="",
        description="Telegram's numbers of people who may talk without asking, with commas.",
    )
    access: AccessOrNone = Field(
        default=None,
        description="Who gets in: `open` for everybody, `approval` for whom an admin lets in, "
        "`closed` for those with an invite link. Not set: `approval` if there are admins, else "
        "`open`, with a warning.",
    )
    time_zone: TimeZone = Field(
        default="UTC",
        description="Where days begin for statistics, and for people who chose no zone of their "
        "own, such as `Europe/Berlin`.",
    )
    messages_per_day: int = Field(
        default=0,
        ge=0,
        description="Messages that a person may send the model in a day; 0: as many as they like. "
        "Admins have no limits, and can give people their own (`/limits`).",
    )
    tokens_per_day: int = Field(
        default=0,
        ge=0,
        description="Tokens that the model may read and write for a person in a day; 0: any.",
    )
    model_seconds_per_day: int = Field(
        default=0,
        ge=0,
        description="Seconds that the model may work for a person in a day; 0: any.",
    )
    flood_per_minute: int = Field(
        default=60,
        ge=0,
        description="Messages and taps that luka takes from one person in a minute; 0: any.",
    )

    language: Annotated[Literal["en", "ru"], BeforeValidator(lower)] = Field(
        default="en",
        description="The language of what luka tells the admins' group without being asked. People "
        "are answered in their own.",
    )

    @property
    def admins(self) -> frozenset[int]:
        return numbers(self.admin_ids)

    @property
    def allowed(self) -> frozenset[int]:
        return numbers(self.allowed_ids)

    @property
    def limits(self) -> Limits:
        """A day's, of whoever has none of their own."""
        return Limits(self.messages_per_day, self.tokens_per_day, self.model_seconds_per_day)

    @property
    def who_gets_in(self) -> Access:
        """As chosen, or as fits what else is set."""
        if self.access is not None:
            return self.access
        supervised = self.admin_chat_id is not None or bool(self.admin_ids)
        return Access.APPROVAL if supervised else Access.OPEN


def numbers(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",") if part)

"""Frames that people send, and what they must look like."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from luka_bot.models.conversation import MESSAGE_ID_LIMIT
from luka_bot.web.chat.bodies import LAST, MOST, Number
from luka_bot.web.chat.door import problem
from luka_bot.web.chat.failures import BadFrame


class Frame(BaseModel):
    """What isn't known is passed over: whoever sends a sender_id is who they are all the same."""


class Say(Frame):
    """content: how long it may be is for the socket to say, with a code of its own."""

    type: Literal["message"]
    message_id: Annotated[str, Field(min_length=1, max_length=MESSAGE_ID_LIMIT)]
    content: Annotated[str, Field(min_length=1, pattern=r"\S")]
    reply_to: Annotated[int, Field(ge=1, le=MOST)] | None = None


class Ack(Frame):
    type: Literal["ack"]
    sequence_id: Number


class Sync(Frame):
    type: Literal["sync"]
    after: Number
    limit: Annotated[int, Field(ge=1, le=300)] = LAST


class Typing(Frame):
    type: Literal["typing"]


class Renew(Frame):
    type: Literal["auth"]
    token: Annotated[str, Field(min_length=1, max_length=500)]


class Leave(Frame):
    type: Literal["leave"]


class Ping(Frame):
    type: Literal["ping"]
    t: Annotated[int, Field(ge=-MOST, le=MOST)] | float | None = None


Inbound = Annotated[Say | Ack | Sync | Typing | Renew | Leave | Ping, Field(discriminator="type")]

_ANY: TypeAdapter[Inbound] = TypeAdapter(Inbound)
_NAMED: TypeAdapter[dict[str, object]] = TypeAdapter(dict[str, object])


def parse(text: str) -> Inbound:
    """Raises BadFrame."""
    try:
        return _ANY.validate_json(text)
    except ValidationError as error:
        raise BadFrame(problem(error)) from error


def message_id_in(text: str) -> str:
    """Of a message that isn't well formed otherwise; "" if there is none."""
    try:
        found = _NAMED.validate_json(text).get("message_id")
    except ValidationError:
        return ""
    return found if isinstance(found, str) and len(found) <= MESSAGE_ID_LIMIT else ""

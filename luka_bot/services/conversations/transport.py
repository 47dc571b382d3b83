"""How a conversation reaches Telegram; whoever does its work is given one."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Protocol

from luka_bot.models.conversation import ChatMessage, Conversation
from luka_bot.models.errors import LukaError
from luka_bot.models.events import TurnEvent
from luka_bot.models.farewell import Farewell
from luka_bot.models.ids import AgentName, ChatId


@dataclass(frozen=True, slots=True)
class Speaking:
    """An agent's answer while it grows. message_id: of what will be stored; the same in every run.

    asked: what it answers."""

    conversation: Conversation
    agent: AgentName
    title: str
    message_id: str
    asked: ChatMessage


class Transport(Protocol):
    """One post or erase at a time for each chat, while answers may grow beside it; different chats
    side by side. What is done when a call
    returns needn't be done again; a call may come a second time after a crash, and must not say
    twice what stands.

    Methods raise PlaceGone where the chat will never take anything, StorageAway where nobody knows
    what stands there; whatever else goes wrong they settle themselves.
    """

    async def post(
        self, chat_id: ChatId, conversation: Conversation, messages: Sequence[ChatMessage]
    ) -> None:
        """Bring what was said to a chat, in order. Several may become one of Telegram's."""
        ...

    async def speak(
        self, chat_id: ChatId, speaking: Speaking, events: AsyncGenerator[TurnEvent, None]
    ) -> None:
        """Show an answer while it grows; takes and closes events, which end with Finished or Cut.

        Returns when the last word stands, so that the answer's POST work is done; if events end
        otherwise (closed, or they raise) what was shown of it is left to `withdraw`, or to the
        next run."""
        ...

    async def withdraw(self, chat_id: ChatId, speaking: Speaking) -> None:
        """Take back what was shown of an answer that won't be given."""
        ...

    async def fail(
        self, chat_id: ChatId, speaking: Speaking, error: LukaError, *, shown: bool
    ) -> None:
        """Tell who asked, where they asked, that there is no answer, with a way to ask again.

        shown: a part of the answer stands there."""
        ...

    async def erase(self, chat_id: ChatId, conversation: Conversation, sequence_id: int) -> None:
        """Take a message out of a chat, as far as Telegram lets us."""
        ...

    async def farewell(self, farewell: Farewell) -> None:
        """Tell somebody that a conversation is no more; whoever can't be reached finds out when
        they come. Raises StorageAway alone."""
        ...

"""A thread with whoever else is in it, as its people look at it and manage it in Telegram."""

from dataclasses import dataclass

from luka_bot.models.agent import DEFAULT_AGENT
from luka_bot.models.conversation import (
    ChatMessage,
    Conversation,
    ConversationInvite,
    MessageStatus,
    MessageType,
)
from luka_bot.models.errors import NotYours, ThreadGone
from luka_bot.models.farewell import Closing, Ending
from luka_bot.models.ids import AgentName, ChatId, ParticipantId, ThreadId, TopicId, UserId
from luka_bot.models.participant import Door, ParticipantInfo, agent, agent_name, human
from luka_bot.models.thread import Switched, Thread
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.saying import Speaker
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.turn_service import TurnService

DAY = 86400.0  # s
CAUGHT_UP = 10  # messages that who comes is told of
LOOKED_AT = 40  # messages among which these are found

_SPOKEN = {MessageType.TEXT, MessageType.NLWEB_RESPONSE}


@dataclass(frozen=True, slots=True)
class Company:
    """conversation None: nobody else was ever in the thread. online: who has a page open."""

    thread: Thread
    conversation: Conversation | None = None
    online: frozenset[ParticipantId] = frozenset()
    invites: tuple[ConversationInvite, ...] = ()

    @property
    def others(self) -> int:
        """People besides its owner; of a group's, those who are in by other doors, too."""
        if self.conversation is None:
            return 0
        owner, people = human(self.conversation.owner), self.conversation.humans
        return sum(one.id != owner and one.doors != {Door.GROUP} for one in people)

    def participant(self, participant: ParticipantId) -> ParticipantInfo | None:
        if self.conversation is None:
            return None
        return self.conversation.participant(participant)

    @property
    def agents(self) -> tuple[AgentName, ...]:
        if self.conversation is None:
            return (DEFAULT_AGENT,)
        return tuple(agent_name(one.id) for one in self.conversation.agents)


@dataclass(frozen=True, slots=True)
class Arrival:
    """is_new: they weren't in before. said: by others, lately."""

    conversation: Conversation
    is_new: bool
    said: tuple[ChatMessage, ...]


class Sharing:
    """who: a person, or a group's number for whoever decides there. Methods raise what those of
    ConversationService and ThreadService do."""

    def __init__(
        self, threads: ThreadService, turns: TurnService, conversations: ConversationService
    ) -> None:
        self._threads = threads
        self._turns = turns
        self._conversations = conversations

    async def in_group(self, chat_id: ChatId, topic_id: TopicId | None, title: str) -> ThreadId:
        """What is said there."""
        return (await self._conversations.in_group(chat_id, topic_id, title)).conversation_id

    async def look(self, who: UserId, thread_id: ThreadId) -> Company:
        thread = await self._threads.get_thread(who, thread_id)
        conversation = await self._conversation(who, thread_id)
        if conversation is None:
            return Company(thread)
        online = await self._conversations.present(thread_id)
        invites = await self._conversations.invites(who, thread_id)
        return Company(thread, conversation, online, invites)

    async def people_in(self, who: UserId) -> dict[ThreadId, int]:
        """How many there are in each of their threads that has more than one."""
        listed = await self._conversations.listed(who)
        counts = {
            one.conversation_id: len(one.conversation.humans)
            for one in listed
            if one.conversation is not None
        }
        return {thread_id: count for thread_id, count in counts.items() if count > 1}

    async def share(
        self, by: Speaker, thread_id: ThreadId, uses: int, days: int
    ) -> tuple[str, ConversationInvite]:
        """The thread is a conversation from then on."""
        if await self._conversation(by.user_id, thread_id) is None:
            await self._conversations.enter(by, thread_id, Door.DM)
        return await self._conversations.share(by, thread_id, uses, days * DAY)

    async def revoke(self, by: UserId, thread_id: ThreadId, begins: str) -> bool:
        """begins: of the invite's key."""
        living = await self._conversations.invites(by, thread_id)
        found = next((one.key for one in living if one.key.startswith(begins)), None)
        if found is None:
            return False
        return await self._conversations.revoke(by, thread_id, found)

    async def join(self, token: str, who: Speaker) -> Arrival:
        """By direct messages; it is their active thread now."""
        before = await self._active(who.user_id)
        joined = await self._conversations.join(token, who, Door.DM)
        conversation = joined.conversation
        await self._step_out(who, before, conversation.conversation_id)
        said = await self._said_before(who.user_id, conversation.conversation_id)
        return Arrival(conversation, joined.message is not None, said)

    async def switch(self, who: Speaker, to: ThreadId, request: str) -> Switched:
        """As ThreadService.switch_thread. What is said in the thread comes to their direct messages
        from now on; a conversation in which they are alone goes on elsewhere, such as on the page,
        without them."""
        before = await self._active(who.user_id)
        switched = await self._threads.switch_thread(who.user_id, to, request)
        if who.user_id > 0:
            await self._step_out(who, before, to)
            if await self._conversation(who.user_id, to) is not None:
                await self._conversations.enter(who, to, Door.DM)
        return switched

    async def create(self, who: Speaker, name: str | None, request: str) -> Thread:
        """As ThreadService.create_thread, and as if they had switched to it."""
        before = await self._active(who.user_id)
        thread = await self._threads.create_thread(who.user_id, name, request=request)
        if who.user_id > 0:
            await self._step_out(who, before, thread.thread_id)
        return thread

    async def add_agent(self, by: Speaker, thread_id: ThreadId, name: AgentName) -> None:
        await self._make_conversation(by, thread_id)
        await self._conversations.add_agent(by, thread_id, name)

    async def remove_agent(self, by: Speaker, thread_id: ThreadId, name: AgentName) -> None:
        await self._make_conversation(by, thread_id)
        await self._conversations.remove(by, thread_id, agent(name))

    async def owned(self, who: UserId, thread_id: ThreadId) -> Company:
        """To be deleted or cleared. Raises NotYours for who may not."""
        company = await self.look(who, thread_id)
        if company.thread.user_id != who:
            raise NotYours(thread_id)
        return company

    async def is_empty(self, thread: Thread) -> bool:
        """Nothing that was said in it is remembered."""
        said = await self._threads.history(thread.user_id, thread.thread_id, limit=1)
        return not said and not thread.summary

    async def close(self, by: Speaker, thread_id: ThreadId, how: Ending) -> None:
        """What is being written ends; nobody is in it any more, if it was a conversation, and
        those who were are told. The thread stays. Raises NotYours."""
        await self.owned(by.user_id, thread_id)
        await self._turns.stop_thread(by.user_id, thread_id)
        if await self._conversation(by.user_id, thread_id) is not None:
            closing = Closing(how, by.user_id, by.name)
            await self._conversations.close(thread_id, closing)

    async def _make_conversation(self, by: Speaker, thread_id: ThreadId) -> None:
        if await self._conversation(by.user_id, thread_id) is None:
            await self._conversations.enter(by, thread_id, Door.DM)

    async def _step_out(self, who: Speaker, before: ThreadId | None, to: ThreadId | None) -> None:
        if before is None or before == to:
            return
        conversation = await self._conversation(who.user_id, before)
        if conversation is not None and len(conversation.humans) == 1:
            await self._conversations.close_dm(who.user_id, before)

    async def _active(self, user_id: UserId) -> ThreadId | None:
        return (await self._threads.list_threads(user_id, limit=1)).active_id

    async def _conversation(self, who: UserId, thread_id: ThreadId) -> Conversation | None:
        """None for a thread that is none."""
        try:
            return await self._conversations.get(who, thread_id)
        except ThreadGone:
            return None

    async def _said_before(self, who: UserId, thread_id: ThreadId) -> tuple[ChatMessage, ...]:
        page = await self._conversations.messages(who, thread_id, None, LOOKED_AT)
        said = [
            one
            for one in page.messages
            if one.message_type in _SPOKEN
            and one.status is not MessageStatus.REDACTED
            and one.sender_id != human(who)
        ]
        return tuple(said[-CAUGHT_UP:])

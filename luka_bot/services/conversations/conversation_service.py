"""What people do in conversations, whichever door they come by."""

from collections.abc import Sequence

from luka_bot.models.conversation import (
    ChatMessage,
    Conversation,
    ConversationInvite,
    Joined,
    MessagePage,
    Policy,
    Posted,
    Stored,
)
from luka_bot.models.ids import (
    AgentName,
    ChatId,
    MessageId,
    ParticipantId,
    ThreadId,
    TopicId,
    UserId,
)
from luka_bot.models.participant import Door
from luka_bot.services.conversations.saying import Listed, Saying, Speaker


class ConversationService:
    """Methods may raise StorageAway; those that name a conversation ThreadGone, and
    NotInConversation for who takes no part in it."""

    # coming and going

    async def create(
        self,
        owner: Speaker,
        name: str | None,
        people: Sequence[Speaker] = (),
        agents: Sequence[AgentName] | None = None,
        door: Door = Door.WEB,
    ) -> Conversation:
        """A new thread that is a conversation from the start. agents None: luka alone.

        Raises NameInvalid, TooManyThreads, ParticipantLimit, AgentUnknown."""
        raise NotImplementedError

    async def enter(self, who: Speaker, conversation_id: ThreadId, door: Door) -> Conversation:
        """For who takes part, or whose thread it is: it becomes a conversation, and they are in it
        by this door, too."""
        raise NotImplementedError

    async def get(self, user_id: UserId, conversation_id: ThreadId) -> Conversation:
        """Raises NotInConversation; ThreadGone also for a thread that is no conversation."""
        raise NotImplementedError

    async def in_group(self, chat_id: ChatId, topic_id: TopicId | None, title: str) -> Conversation:
        """The conversation that a group, or its topic, is; made and bound if there is none. Without
        a topic it is the group's active thread."""
        raise NotImplementedError

    async def rebind(
        self, chat_id: ChatId, topic_id: TopicId | None, conversation_id: ThreadId
    ) -> Conversation:
        """Another thread of the group is what is said there from now on."""
        raise NotImplementedError

    async def leave(self, who: Speaker, conversation_id: ThreadId) -> Joined:
        """Raises OwnerStays."""
        raise NotImplementedError

    async def remove(
        self, by: Speaker, conversation_id: ThreadId, participant: ParticipantId
    ) -> Joined:
        """Of a person, or an agent. Raises NotYours for who isn't the owner (and no agent is
        meant), OwnerStays."""
        raise NotImplementedError

    async def close_dm(self, user_id: UserId, conversation_id: ThreadId) -> None:
        """Their direct messages get it no longer."""
        raise NotImplementedError

    # invites

    async def share(
        self, by: Speaker, conversation_id: ThreadId, uses: int, seconds: float
    ) -> tuple[str, ConversationInvite]:
        """The token of a new invite: 32 characters that a link of Telegram's can carry. uses 1 to
        100, seconds 60 to 30 days. Anybody who takes part may, where people came by invites."""
        raise NotImplementedError

    async def join(self, token: str, who: Speaker, door: Door) -> Joined:
        """By DM it becomes their active thread. Raises ShareGone, ParticipantLimit."""
        raise NotImplementedError

    async def invites(
        self, user_id: UserId, conversation_id: ThreadId
    ) -> tuple[ConversationInvite, ...]:
        raise NotImplementedError

    async def revoke(self, user_id: UserId, conversation_id: ThreadId, key: str) -> bool:
        """By its maker, or the owner; else NotYours."""
        raise NotImplementedError

    # what is said

    async def say(self, saying: Saying) -> Stored:
        """Stored and on its way to everybody when it returns. Who writes in a bound group is in by
        that. Raises QueueFullError, MessageTooLong, ParticipantLimit."""
        raise NotImplementedError

    async def messages(
        self, user_id: UserId, conversation_id: ThreadId, after: int | None, limit: int
    ) -> MessagePage:
        """after None: the last ones."""
        raise NotImplementedError

    async def redact(
        self, by: Speaker, conversation_id: ThreadId, sequence_id: int, *, is_admin: bool = False
    ) -> ChatMessage:
        """By its sender, the owner or an admin; else NotYours. Out of log and history, and on its
        way out of Telegram. Raises MessageMissing."""
        raise NotImplementedError

    async def typing(self, user_id: UserId, conversation_id: ThreadId) -> None:
        raise NotImplementedError

    async def stop(self, user_id: UserId, conversation_id: ThreadId) -> int:
        """End what agents are saying or are about to say, in whichever process; how many works.

        What there is of an answer becomes its end."""
        raise NotImplementedError

    async def ask_again(
        self, user_id: UserId, conversation_id: ThreadId, sequence_id: int, agent: AgentName
    ) -> None:
        """After an answer that failed. Raises MessageMissing."""
        raise NotImplementedError

    async def posted_at(self, chat_id: ChatId, message_id: MessageId) -> Posted | None:
        """What stands there, for a reply to it."""
        raise NotImplementedError

    # how it is

    async def listed(self, who: UserId) -> tuple[Listed, ...]:
        """Threads of their own and conversations that they are in, newest first."""
        raise NotImplementedError

    async def present(self, conversation_id: ThreadId) -> frozenset[ParticipantId]:
        """Who has a socket open, in whichever process."""
        raise NotImplementedError

    async def set_policy(
        self, user_id: UserId, conversation_id: ThreadId, policy: Policy | None
    ) -> Conversation:
        raise NotImplementedError

    async def add_agent(self, by: Speaker, conversation_id: ThreadId, agent: AgentName) -> Joined:
        """Raises AgentUnknown, ParticipantLimit."""
        raise NotImplementedError

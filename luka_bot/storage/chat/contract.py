"""What every store of conversations can do; the same tests hold for each of them."""

from abc import abstractmethod
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager

from luka_bot.models.conversation import (
    ChatMessage,
    Conversation,
    ConversationInvite,
    Draft,
    Joined,
    Membership,
    MessagePage,
    Policy,
    Stored,
    Work,
)
from luka_bot.models.farewell import Closing
from luka_bot.models.ids import ParticipantId, ThreadId, UserId
from luka_bot.models.participant import ParticipantInfo
from luka_bot.models.thread import Thread
from luka_bot.storage.chat.shapes import (
    PAGE_LIMIT,
    BusListener,
    ChatLimits,
    Frame,
    Opening,
)
from luka_bot.storage.chat.telegram_side import TelegramSide
from luka_bot.storage.meeting import Introduction

__all__ = [
    "PAGE_LIMIT",
    "ChatLimits",
    "ChatStorage",
    "Frame",
    "Opening",
]


UNSAID = Closing()


class ChatStorage(TelegramSide):
    """Every method may raise StorageAway; those that name a conversation raise ThreadGone.

    Each method happens whole or not at all, whoever else does what at the same time.
    """

    # the conversation

    @abstractmethod
    async def open_conversation(self, opening: Opening) -> Conversation:
        """The conversation of this thread, made if there is none; name, kind and owner follow the
        thread. Of one that is there, binding and participants are left as they are. History gets
        the numbers 1 to n, if there are more than LOG_LIMIT of it only the last are kept."""

    @abstractmethod
    async def conversation(self, conversation_id: ThreadId) -> Conversation:
        """As it is now."""

    @abstractmethod
    async def renamed(self, thread: Thread) -> Conversation:
        """Its conversation as it is by now, under the thread's name."""

    @abstractmethod
    async def conversations_of(self, participant: ParticipantId) -> tuple[Membership, ...]:
        """All that they take part in, what was spoken in last before the others."""

    @abstractmethod
    async def set_policy(self, conversation_id: ThreadId, policy: Policy | None) -> None: ...

    @abstractmethod
    async def close_conversation(
        self, conversation_id: ThreadId, closing: Closing = UNSAID
    ) -> None:
        """Nothing of it is left, invites included; listeners get a frame {"type": "closed", "how"}
        with "by", a name, where it is known. Whoever was in by direct messages, but for its owner
        and who closes it, is to be told (`take_farewells`)."""

    # the log

    @abstractmethod
    async def store_message(
        self, draft: Draft, limits: ChatLimits, introduction: Introduction | None = None
    ) -> Stored:
        """Number it, keep it, tell the bus; one step.

        In this order: is the sender a participant (system messages are anybody's), was this id of
        theirs stored already (a duplicate changes nothing), is there room in the queue, next
        number. Its work: POST for each Telegram chat but the origin (the bound group, dm_chats),
        AGENT for each agent but the sender if draft.asks. draft.ends is taken off, and where it is
        off already (cancelled) nothing is stored: MessageMissing.

        With no room, of a person's message: the oldest AGENT works give way (each is told to the
        bus as work_cancelled) and it is stored. Raises NotInConversation, QueueFullError.

        introduction: of a person who is met in the same step, and counted. NotIntroduced where
        that doesn't settle that they may: nothing is stored then.
        """

    @abstractmethod
    async def get_next_sequence_id(self, conversation_id: ThreadId) -> int:
        """Take a number that no message will have."""

    @abstractmethod
    async def get_conversation_messages(
        self, conversation_id: ThreadId, after: int, limit: int = PAGE_LIMIT
    ) -> MessagePage:
        """The first so many behind `after`, in order; redacted ones in their place, empty. reset
        where after+1 is no longer kept, or after lies beyond the end: then the last 100."""

    @abstractmethod
    async def last_messages(self, conversation_id: ThreadId, limit: int) -> MessagePage:
        """In order."""

    @abstractmethod
    async def redact(
        self, conversation_id: ThreadId, sequence_id: int, by: ParticipantId
    ) -> ChatMessage:
        """Take the words back: out of the log, for good; the number stays. An ERASE work for each
        chat where it stands, a frame `redact` {"sequence_id", "by"} on the bus. The message as it
        is now. Raises MessageMissing."""

    # participants

    @abstractmethod
    async def join(
        self, conversation_id: ThreadId, who: ParticipantInfo, limits: ChatLimits, now: float
    ) -> Joined:
        """In, by who.doors besides those they have. That somebody came is a system message
        `{"event": "join", "name", "id", "door"}`, stored like any other (with POST works, but no
        AGENT works), and a frame participant_update. Raises ParticipantLimit (by_dm: doors that
        have DM, beyond limits.dm); who comes by GROUP alone takes the place of whoever has been
        silent longest among those who are in by GROUP alone, without a word."""

    @abstractmethod
    async def leave(
        self, conversation_id: ThreadId, participant: ParticipantId, by: ParticipantId, now: float
    ) -> Joined:
        """Out, by all doors; `{"event": "leave" | "removed", "name", "id", "by"}`; their undone
        POST works go. message None: they weren't in. Raises OwnerStays for the owner."""

    @abstractmethod
    async def close_door(
        self, conversation_id: ThreadId, participant: ParticipantId, door: str
    ) -> Conversation:
        """They stay in, but no longer by this door (a Door's value); nobody is told."""

    # invites

    @abstractmethod
    async def make_invite(self, token: str, invite: ConversationInvite) -> None:
        """token is kept as a fingerprint only; invite.key is one, too (see fingerprint())."""

    @abstractmethod
    async def redeem(
        self, token: str, who: ParticipantInfo, limits: ChatLimits, now: float
    ) -> Joined:
        """Join by an invite; who is in already uses none up. Raises ShareGone, ParticipantLimit."""

    @abstractmethod
    async def invites(
        self, conversation_id: ThreadId, now: float
    ) -> tuple[ConversationInvite, ...]:
        """Those that can be used, newest first."""

    @abstractmethod
    async def revoke(self, conversation_id: ThreadId, key: str) -> bool:
        """False if there was none."""

    # what it owes

    @abstractmethod
    async def outstanding(self, conversation_id: ThreadId) -> tuple[Work, ...]:
        """In order of their messages."""

    @abstractmethod
    async def finish(self, conversation_id: ThreadId, works: Collection[Work]) -> None: ...

    @abstractmethod
    async def add_work(self, conversation_id: ThreadId, work: Work) -> None:
        """For an agent that is asked once more."""

    @abstractmethod
    async def owing(self) -> tuple[ThreadId, ...]:
        """Conversations with outstanding work, longest first; at most 100."""

    @abstractmethod
    async def host(self, conversation_id: ThreadId, holder: str, seconds: float) -> bool:
        """Take or renew the lease of who does its work. False: somebody else has it."""

    @abstractmethod
    async def release(self, conversation_id: ThreadId, holder: str) -> None: ...

    # people who are forgotten

    @abstractmethod
    async def forget(self, user_id: UserId) -> tuple[ThreadId, ...]:
        """Everything of a person: their places, their words (redacted, with ERASE works), invites
        they made. Conversations of their own are closed. Those that they were in."""

    # presence and the bus

    @abstractmethod
    async def seen(
        self, conversation_id: ThreadId, participant: ParticipantId, now: float | None
    ) -> None:
        """They have a socket open at this moment; None: they closed the last one."""

    @abstractmethod
    async def present(self, conversation_id: ThreadId, since: float) -> dict[ParticipantId, float]:
        """Who had a socket open then or later, and when last."""

    @abstractmethod
    async def publish(self, conversation_id: ThreadId, frame: Frame) -> None:
        """A frame without a number, to every replica."""

    @abstractmethod
    def listening(self, listener: BusListener) -> AbstractAsyncContextManager[None]:
        """One a replica: it hears of every conversation while inside."""

"""One conversation in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from luka_bot.models.conversation import Conversation, ConversationInvite, Policy, Work, WorkKind
from luka_bot.models.conversation_errors import ParticipantLimit
from luka_bot.models.ids import ChatId, MessageId, ParticipantId, TopicId
from luka_bot.models.participant import Door, ParticipantInfo
from luka_bot.models.thread import Thread
from luka_bot.storage.chat.log import MemoryLog
from luka_bot.storage.chat.shapes import ChatLimits


@dataclass(slots=True)
class Room:
    thread: Thread
    log: MemoryLog
    policy: Policy | None = None
    chat_id: ChatId | None = None
    topic_id: TopicId | None = None
    said_at: float = 0.0
    members: dict[ParticipantId, ParticipantInfo] = field(default_factory=dict)
    spoke: dict[ParticipantId, int] = field(default_factory=dict)
    work: dict[str, Work] = field(default_factory=dict)
    posts: dict[int, dict[ChatId, tuple[MessageId, ...]]] = field(default_factory=dict)
    invites: dict[str, ConversationInvite] = field(default_factory=dict)
    present: dict[ParticipantId, float] = field(default_factory=dict)

    @property
    def conversation(self) -> Conversation:
        thread = self.thread
        return Conversation(
            conversation_id=thread.thread_id,
            name=thread.name,
            owner=thread.user_id,
            kind=thread.kind,
            epoch=self.log.epoch,
            current_sequence_id=self.log.current,
            participants=tuple(self.members.values()),
            policy=self.policy,
            chat_id=self.chat_id,
            topic_id=self.topic_id,
        )

    def chats(self) -> tuple[ChatId, ...]:
        group = () if self.chat_id is None else (self.chat_id,)
        return group + self.conversation.dm_chats

    def owe(self, works: Iterable[Work]) -> None:
        self.work.update({one.key: one for one in works})

    def move(self, before: ChatId, after: ChatId) -> None:
        """Message numbers begin anew in a supergroup."""
        waiting = [one for one in self.work.values() if one.name == str(before)]
        for one in waiting:
            del self.work[one.key]
        self.owe(replace(one, name=str(after)) for one in waiting if one.kind is WorkKind.POST)
        for stands in self.posts.values():
            stands.pop(before, None)

    def waiting_agents(self) -> list[Work]:
        """The oldest first."""
        agents = [one for one in self.work.values() if one.kind is WorkKind.AGENT]
        return sorted(agents, key=lambda one: one.sequence_id)

    def make_room(self, who: ParticipantInfo, limits: ChatLimits) -> None:
        """Raises ParticipantLimit, or lets the one go who has been silent longest in the group."""
        if Door.DM in who.doors:
            others = [one for one in self.conversation.dm_chats if one != chat_of(who)]
            if len(others) >= limits.dm:
                raise ParticipantLimit(limits.dm, by_dm=True)
        if who.id in self.members or len(self.members) < limits.max_participants:
            return
        silent = [one for one in self.members.values() if one.doors == {Door.GROUP}]
        if who.doors != {Door.GROUP} or not silent:
            raise ParticipantLimit(limits.max_participants)
        oldest = min(silent, key=lambda one: (self.spoke.get(one.id, 0), one.joined_at))
        del self.members[oldest.id]


def chat_of(who: ParticipantInfo) -> ChatId:
    return ChatId(who.user_id)

"""What is said in conversations, and taken back."""

from collections import OrderedDict

from luka_bot.metrics_chat import DUPLICATES, GAVE_WAY, HUMANS, MESSAGES, REFUSED
from luka_bot.models.conversation import (
    MESSAGE_ID_LIMIT,
    ChatMessage,
    Draft,
    MessagePage,
    MessageStatus,
    Posted,
    Stored,
    Work,
    WorkKind,
)
from luka_bot.models.conversation_errors import (
    MessageMissing,
    MessageTooLong,
    NotInConversation,
    QueueFullError,
)
from luka_bot.models.errors import NotYours
from luka_bot.models.ids import AgentName, ChatId, MessageId, ParticipantId, ThreadId, UserId
from luka_bot.models.participant import Door, human
from luka_bot.services.conversations.desk import Desk, Part
from luka_bot.services.conversations.saying import Saying, Speaker
from luka_bot.storage.chat.contract import PAGE_LIMIT
from luka_bot.storage.meeting import Introduction

KNOWN = 10_000  # participants whose names a process remembers


class Speech(Part):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: OrderedDict[tuple[ThreadId, ParticipantId, Door], str] = OrderedDict()

    async def say(self, saying: Saying, introduction: Introduction | None = None) -> Stored:
        """Stored and on its way to everybody when it returns. Who writes in a bound group is in by
        that. introduction: where it isn't known yet whether they may; NotIntroduced if it still
        isn't. Raises QueueFullError, MessageTooLong, ParticipantLimit; MessageMissing for one that
        is nothing but blanks."""
        desk, draft = self._desk, self._draft(saying)
        await self._introduce(saying)
        try:
            stored = await desk.storage.store_message(draft, desk.limits, introduction)
        except QueueFullError:
            REFUSED.inc()
            raise
        except NotInConversation:
            self._names.pop(self._known_as(saying), None)
            if saying.door is not Door.GROUP:
                raise
            await self._introduce(saying)
            stored = await desk.storage.store_message(draft, desk.limits)
        desk.hub.note_depth(saying.conversation_id, stored.depth)
        desk.hosts.wake(saying.conversation_id, owes=stored.depth > 0)
        GAVE_WAY.inc(len(stored.cancelled))
        (DUPLICATES if stored.duplicate else MESSAGES.labels("human", saying.door.value)).inc()
        return stored

    async def messages(
        self, user_id: UserId, conversation_id: ThreadId, after: int | None, limit: int
    ) -> MessagePage:
        """after None: the last ones."""
        await self._inside(user_id, conversation_id)
        limit = min(max(limit, 1), PAGE_LIMIT)
        storage = self._desk.storage
        if after is None:
            return await storage.last_messages(conversation_id, limit)
        return await storage.get_conversation_messages(conversation_id, after, limit)

    async def redact(
        self, by: Speaker, conversation_id: ThreadId, sequence_id: int, *, is_admin: bool = False
    ) -> ChatMessage:
        """By its sender, the owner or an admin; else NotYours. Out of log and history, and on its
        way out of Telegram. Raises MessageMissing."""
        desk, me = self._desk, human(by.user_id)
        conversation = await desk.storage.conversation(conversation_id)
        message = await self._message(conversation_id, sequence_id)
        is_owner = conversation.owner == by.user_id
        if not is_admin and not is_owner and conversation.participant(me) is None:
            raise NotInConversation(conversation_id)
        if not is_admin and not is_owner and message.sender_id != me:
            raise NotYours(conversation_id)
        redacted = await desk.storage.redact(conversation_id, sequence_id, me)
        await desk.shared.remove_from_history(conversation_id, sequence_id)
        desk.hosts.wake(conversation_id)
        return redacted

    async def typing(self, user_id: UserId, conversation_id: ThreadId) -> None:
        conversation = await self._inside(user_id, conversation_id)
        who = conversation.participant(human(user_id))
        if who is not None:
            frame = {"type": "typing", "participant_id": who.id, "name": who.name}
            await self._desk.storage.publish(conversation_id, frame)

    async def show_growing(self, conversation_id: ThreadId, who: ParticipantId) -> None:
        """Whoever comes while agents speak hears what they have said so far: the host, in whichever
        process, sends it to them alone."""
        frame = {"type": "work_shown", "participant_id": who}
        await self._desk.storage.publish(conversation_id, frame)

    async def stop(self, user_id: UserId, conversation_id: ThreadId) -> int:
        """End what agents are saying or are about to say, in whichever process; how many works.

        What there is of an answer becomes its end."""
        desk = self._desk
        await self._inside(user_id, conversation_id)
        works = await desk.storage.outstanding(conversation_id)
        asked = [one for one in works if one.kind is WorkKind.AGENT]
        if asked:
            await desk.storage.publish(conversation_id, {"type": "work_stopped"})
            desk.hosts.wake(conversation_id)
        return len(asked)

    async def ask_again(
        self, user_id: UserId, conversation_id: ThreadId, sequence_id: int, agent: AgentName
    ) -> None:
        """After an answer that failed. Raises MessageMissing, AgentUnknown."""
        desk = self._desk
        await self._inside(user_id, conversation_id)
        await self._message(conversation_id, sequence_id)
        work = Work(WorkKind.AGENT, sequence_id, desk.book.get(agent).name)
        desk.hosts.want(conversation_id, work)
        await desk.storage.publish(conversation_id, {"type": "work_added", "work": work.key})
        await desk.storage.add_work(conversation_id, work)
        desk.hosts.wake(conversation_id)

    async def posted_at(self, chat_id: ChatId, message_id: MessageId) -> Posted | None:
        """What stands there, for a reply to it."""
        return await self._desk.storage.post_at(chat_id, message_id)

    def _draft(self, saying: Saying) -> Draft:
        content = saying.content.strip()
        if not content:
            raise MessageMissing
        if len(content) > self._desk.most:
            raise MessageTooLong(self._desk.most)
        return Draft(
            conversation_id=saying.conversation_id,
            message_id=saying.message_id[:MESSAGE_ID_LIMIT],
            sender_id=human(saying.speaker.user_id),
            sender_name=saying.speaker.name,
            content=content,
            timestamp=self._desk.now() if saying.when is None else saying.when,
            reply_to=saying.reply_to,
            origin=saying.origin,
            stands=saying.stands,
            asks=saying.asks,
        )

    async def _introduce(self, saying: Saying) -> None:
        """Once a process, and when they have another name: that they are in as they are called."""
        key, speaker = self._known_as(saying), saying.speaker
        if self._names.get(key) == speaker.name:
            self._names.move_to_end(key)
            return
        desk = self._desk
        conversation = await desk.storage.conversation(saying.conversation_id)
        HUMANS.observe(len(conversation.humans))
        there = conversation.participant(human(speaker.user_id))
        comes = saying.door is Door.GROUP and (there is None or Door.GROUP not in there.doors)
        if comes or (there is not None and there.name != speaker.name):
            person = self._person(speaker, saying.door)
            await desk.storage.join(saying.conversation_id, person, desk.limits, desk.now())
        self._names[key] = speaker.name
        if len(self._names) > KNOWN:
            self._names.popitem(last=False)

    def _known_as(self, saying: Saying) -> tuple[ThreadId, ParticipantId, Door]:
        return saying.conversation_id, human(saying.speaker.user_id), saying.door

    async def _message(self, conversation_id: ThreadId, sequence_id: int) -> ChatMessage:
        """Raises MessageMissing."""
        page = await self._desk.storage.get_conversation_messages(
            conversation_id, sequence_id - 1, 1
        )
        for one in page.messages:
            if one.sequence_id == sequence_id and one.status is MessageStatus.STORED:
                return one
        raise MessageMissing

"""How conversations begin, and who comes and goes."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import structlog

from luka_bot.models.conversation import Conversation, Joined, Policy
from luka_bot.models.conversation_errors import NotInConversation, OwnerStays
from luka_bot.models.errors import NameInvalid, NotYours, ThreadGone
from luka_bot.models.farewell import Closing
from luka_bot.models.ids import AgentName, ChatId, ParticipantId, ThreadId, TopicId, UserId
from luka_bot.models.participant import Door, human, is_agent, user_of
from luka_bot.models.person import FIRST_LOCAL
from luka_bot.models.thread import NAME_LIMIT, Thread, ThreadKind
from luka_bot.services.conversations.desk import Part
from luka_bot.services.conversations.saying import Speaker
from luka_bot.storage.chat.contract import UNSAID
from luka_bot.storage.scripts import MAIN_CHAT

log = structlog.get_logger(__name__)


class Coming(Part):
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
        who = [self._person(owner, door)]
        who += [self._person(one, Door.WEB) for one in people if one.user_id != owner.user_id]
        helpers = self._agents(agents)
        self._check_size(len(who) + len(helpers))
        thread = await self._new_thread(owner.user_id, name, active=door is Door.DM)
        conversation = await self._open(thread, who, helpers)
        for one in people:
            await self._desk.shared.add_member(one.user_id, thread.thread_id, active=False)
        return conversation

    async def enter(self, who: Speaker, conversation_id: ThreadId, door: Door) -> Conversation:
        """For who takes part, or whose thread it is: it becomes a conversation, and they are in it
        by this door, too."""
        desk, person = self._desk, self._person(who, door)
        try:
            conversation = await desk.storage.conversation(conversation_id)
        except ThreadGone:
            return await self._begin(who, conversation_id, door)
        there = conversation.participant(person.id)
        if there is None and conversation.owner != who.user_id:
            raise NotInConversation(conversation_id)
        if there is not None and door in there.doors and there.name == who.name:
            return conversation
        joined = await desk.storage.join(conversation_id, person, desk.limits, desk.now())
        self._wake(joined)
        return joined.conversation

    async def get(self, user_id: UserId, conversation_id: ThreadId) -> Conversation:
        """Raises NotInConversation; ThreadGone also for a thread that is no conversation."""
        return await self._inside(user_id, conversation_id)

    async def in_group(self, chat_id: ChatId, topic_id: TopicId | None, title: str) -> Conversation:
        """The conversation that a group, or its topic, is; made and bound if there is none. Without
        a topic it is the group's active thread."""
        desk, owner = self._desk, UserId(chat_id)
        bound = await desk.storage.bound(chat_id, topic_id)
        if bound is not None:
            try:
                return await self._heard_in(chat_id, bound)
            except ThreadGone:
                log.info("conversation.bound_to_nothing", conversation_id=bound)
        if topic_id is None:
            thread = await self._named(await desk.threads.get_active_thread(owner), title)
        else:
            thread = await self._new_thread(owner, title, active=False, request=f"topic {topic_id}")
        return await self._bind(chat_id, topic_id, thread)

    async def group_left(self, chat_id: ChatId) -> None:
        """luka isn't in the group any more; whoever takes part from elsewhere goes on."""
        for one in await self._desk.storage.group_left(chat_id, self._desk.now()):
            self._desk.hosts.wake(one)

    async def group_back(self, chat_id: ChatId) -> None:
        """luka is in the group again: its conversations go on where they are still there."""
        for one in await self._desk.storage.group_back(chat_id, self._desk.now()):
            self._desk.hosts.wake(one)

    async def _heard_in(self, chat_id: ChatId, bound: ThreadId) -> Conversation:
        """Where somebody speaks luka is, whatever it was told before."""
        conversation = await self._desk.storage.conversation(bound)
        if conversation.chat_id is not None:
            return conversation
        await self.group_back(chat_id)
        return await self._desk.storage.conversation(bound)

    async def _named(self, thread: Thread, title: str) -> Thread:
        """Whoever hears of it elsewhere knows it by the group's name."""
        with suppress(NameInvalid):
            if title and thread.name == MAIN_CHAT:
                name = title.strip()[:NAME_LIMIT]
                renamed = self._desk.threads.rename_thread
                return await renamed(thread.user_id, thread.thread_id, name)
        return thread

    async def rebind(
        self, chat_id: ChatId, topic_id: TopicId | None, conversation_id: ThreadId
    ) -> Conversation:
        """Another thread of the group is what is said there from now on."""
        thread = await self._desk.threads.get_thread(UserId(chat_id), conversation_id)
        return await self._bind(chat_id, topic_id, thread)

    async def leave(self, who: Speaker, conversation_id: ThreadId) -> Joined:
        """Raises OwnerStays."""
        await self._inside(who.user_id, conversation_id)
        return await self._take_out(conversation_id, human(who.user_id), human(who.user_id))

    async def remove(
        self, by: Speaker, conversation_id: ThreadId, participant: ParticipantId
    ) -> Joined:
        """Of a person, or an agent. Raises NotYours for who isn't the owner (and no agent is
        meant), OwnerStays."""
        conversation = await self._desk.storage.conversation(conversation_id)
        inside = conversation.participant(human(by.user_id)) is not None
        if by.user_id != conversation.owner and not inside:
            raise NotInConversation(conversation_id)
        if by.user_id != conversation.owner and not is_agent(participant):
            raise NotYours(conversation_id)
        if participant == human(conversation.owner):
            raise OwnerStays
        return await self._take_out(conversation_id, participant, human(by.user_id))

    async def close_dm(self, user_id: UserId, conversation_id: ThreadId) -> None:
        """Their direct messages get it no longer."""
        await self._desk.storage.close_door(conversation_id, human(user_id), Door.DM.value)

    async def set_policy(
        self, user_id: UserId, conversation_id: ThreadId, policy: Policy | None
    ) -> Conversation:
        """Anybody's who takes part, where people came by invites; else NotYours."""
        there = await self._inside(user_id, conversation_id)
        if there.chat_id is not None and there.owner != user_id:
            raise NotYours(conversation_id)
        conversation = replace(there, policy=policy)
        await self._desk.storage.set_policy(conversation_id, policy)
        shown = None if policy is None else policy.value
        await self._tell(conversation, "policy", policy=shown)
        return conversation

    async def add_agent(self, by: Speaker, conversation_id: ThreadId, agent: AgentName) -> Joined:
        """Raises AgentUnknown, ParticipantLimit."""
        desk = self._desk
        await self._inside(by.user_id, conversation_id)
        one = desk.book.participant(agent, desk.now())
        joined = await desk.storage.join(conversation_id, one, desk.limits, desk.now())
        self._wake(joined)
        return joined

    async def renamed(self, thread: Thread) -> None:
        """Everybody who is in it hears how their thread is called now."""
        with suppress(ThreadGone):
            conversation = await self._desk.storage.renamed(thread)
            await self._tell(conversation, "renamed", name=thread.name)

    async def deleted(self, conversation_id: ThreadId) -> None:
        """Its thread was, or cleared: then it is its owner's alone again."""
        await self.close(conversation_id, UNSAID)

    async def close(self, conversation_id: ThreadId, closing: Closing) -> None:
        """Nobody is in it any more, and those who were are told. The thread stays."""
        with suppress(ThreadGone):
            conversation = await self._desk.storage.conversation(conversation_id)
            for one in conversation.humans:
                await self._desk.shared.remove_member(one.user_id, conversation_id)
        await self._desk.storage.close_conversation(conversation_id, closing)

    async def _begin(self, who: Speaker, conversation_id: ThreadId, door: Door) -> Conversation:
        """In a thread of their direct messages they go on hearing what is said in it."""
        thread = await self._desk.threads.get_thread(who.user_id, conversation_id)
        if thread.user_id != who.user_id:
            raise NotInConversation(conversation_id)
        doors = {door}
        if thread.kind is ThreadKind.DM and who.user_id < FIRST_LOCAL:
            doors.add(Door.DM)
        return await self._open(thread, [self._person(who, *doors)], self._agents(None))

    async def _bind(
        self, chat_id: ChatId, topic_id: TopicId | None, thread: Thread
    ) -> Conversation:
        kind = ThreadKind.GROUP
        thread = replace(thread, kind=kind, chat_id=chat_id, topic_id=topic_id)
        await self._open(thread, (), self._agents(None))
        await self._desk.storage.bind(chat_id, topic_id, thread.thread_id)
        return await self._desk.storage.conversation(thread.thread_id)

    async def _new_thread(
        self, owner: UserId, name: str | None, *, active: bool, request: str = ""
    ) -> Thread:
        """A new thread is the active one; not active: what was active stays so."""
        threads = self._desk.threads
        before = None
        if not active:
            before = (await threads.list_threads(owner, 0, 1)).active_id
        thread = await threads.create_thread(owner, name, request=request)
        if before is not None and before != thread.thread_id:
            await threads.set_active_thread(owner, before)
        return thread

    async def _take_out(
        self, conversation_id: ThreadId, participant: ParticipantId, by: ParticipantId
    ) -> Joined:
        desk = self._desk
        left = await desk.storage.leave(conversation_id, participant, by, desk.now())
        if not is_agent(participant):
            await desk.shared.remove_member(user_of(participant), conversation_id)
        self._wake(left)
        return left

"""Conversations themselves: made, listed, joined, changed, left."""

from collections.abc import Awaitable, Callable, Sequence

from luka_bot.models.agent import Agent
from luka_bot.models.conversation import Conversation, Policy
from luka_bot.models.ids import AgentName, ParticipantId, UserId
from luka_bot.models.participant import Door, agent, user_of
from luka_bot.models.people_errors import PersonGone
from luka_bot.models.person import Standing
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.saying import Speaker
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.people import PeopleStore
from luka_bot.web.chat.answers import AgentList, ConversationList, ShownConversation
from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.bodies import ConversationChange, NewAgent, NewConversation

Agents = Callable[[], Awaitable[tuple[Agent, ...]]]
"""Who can be added; may raise StorageAway."""


class Conversations:
    def __init__(
        self,
        service: ConversationService,
        threads: ThreadService,
        people: PeopleStore,
        agents: Agents,
    ) -> None:
        self._service = service
        self._threads = threads
        self._people = people
        self._agents = agents

    async def create(self, asked: Asked) -> ShownConversation:
        wanted = asked.read(NewConversation)
        people = await self._known(wanted.participants, asked.guest.user_id)
        agents = None if wanted.agents is None else [AgentName(one) for one in wanted.agents]
        return await self._shown(
            await self._service.create(asked.speaker, wanted.name, people, agents)
        )

    async def listed(self, asked: Asked) -> ConversationList:
        return ConversationList.of(await self._service.listed(asked.guest.user_id))

    async def one(self, asked: Asked) -> ShownConversation:
        return await self._shown(
            await self._service.get(asked.guest.user_id, asked.conversation_id)
        )

    async def change(self, asked: Asked) -> ShownConversation:
        wanted, user_id = asked.read(ConversationChange), asked.guest.user_id
        conversation = await self._service.get(user_id, asked.conversation_id)
        if wanted.name is not None:
            await self._threads.rename_thread(user_id, asked.conversation_id, wanted.name)
        if "policy" in wanted.model_fields_set:
            policy = None if wanted.policy is None else Policy(wanted.policy)
            await self._service.set_policy(user_id, asked.conversation_id, policy)
        if wanted.model_fields_set:
            conversation = await self._service.get(user_id, asked.conversation_id)
        return await self._shown(conversation)

    async def join(self, asked: Asked) -> ShownConversation:
        joined = await self._service.join(asked.named("token"), asked.speaker, Door.WEB)
        return await self._shown(joined.conversation)

    async def remove(self, asked: Asked) -> None:
        whom, conversation_id = ParticipantId(asked.named("pid")), asked.conversation_id
        if whom == asked.participant:
            await self._service.leave(asked.speaker, conversation_id)
            return
        await self._service.remove(asked.speaker, conversation_id, whom)

    async def agents(self, _asked: Asked) -> AgentList:
        return AgentList.of(await self._agents())

    async def add_agent(self, asked: Asked) -> ShownConversation:
        name = AgentName(asked.read(NewAgent).agent)
        joined = await self._service.add_agent(asked.speaker, asked.conversation_id, name)
        return await self._shown(joined.conversation)

    async def remove_agent(self, asked: Asked) -> None:
        whom = agent(AgentName(asked.named("agent")))
        await self._service.remove(asked.speaker, asked.conversation_id, whom)

    async def _shown(self, conversation: Conversation) -> ShownConversation:
        online = await self._service.present(conversation.conversation_id)
        return ShownConversation.of(conversation, frozenset(map(str, online)))

    async def _known(self, references: Sequence[str], me: UserId) -> list[Speaker]:
        """Raises PersonGone for whom luka doesn't let in; nobody learns which of them it knows."""
        found: dict[UserId, Speaker] = {}
        for reference in references:
            user_id = await self._number(reference)
            person = await self._people.get(user_id)
            if person.standing is not Standing.ALLOWED:
                raise PersonGone(reference)
            name = person.name or person.login or str(user_id)
            found[user_id] = Speaker(user_id, name)
        found.pop(me, None)
        return list(found.values())

    async def _number(self, reference: str) -> UserId:
        if not reference.startswith("@"):
            return user_of(ParticipantId(reference))
        user_id = await self._people.named(reference)
        if user_id is None:
            raise PersonGone(reference)
        return user_id

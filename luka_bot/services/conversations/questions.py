"""Whether what somebody says is a question to agents, before it is said."""

from luka_bot.models.conversation import ChatMessage, Conversation
from luka_bot.models.participant import ParticipantType, agent_name, human
from luka_bot.services.conversations.agents.deciding import Decision, Heard, decide
from luka_bot.services.conversations.desk import Part
from luka_bot.services.conversations.saying import Saying


class Questions(Part):
    async def heard_as(self, conversation: Conversation, saying: Saying) -> Decision:
        """YES where an agent in it will answer, UNSURE where one will ask itself whether it is
        meant, else NO. Out of memory where its last messages are known."""
        book = self._desk.book
        agents = [book.find(agent_name(one.id)) for one in conversation.agents]
        if not agents:
            return Decision.NO
        heard = await self._heard(conversation, saying)
        found = {decide(one, heard, book) for one in agents if one is not None}
        for decision in (Decision.YES, Decision.UNSURE):
            if decision in found:
                return decision
        return Decision.NO

    async def _heard(self, conversation: Conversation, saying: Saying) -> Heard:
        recent = await self._desk.hub.recent(saying.conversation_id)
        replied = next((one for one in recent if one.sequence_id == saying.reply_to), None)
        message = ChatMessage(
            message_id=saying.message_id,
            conversation_id=saying.conversation_id,
            sequence_id=0,
            sender_id=human(saying.speaker.user_id),
            sender_name=saying.speaker.name,
            sender_type=ParticipantType.HUMAN,
            content=saying.content,
            timestamp=0.0,
            reply_to=saying.reply_to,
        )
        return Heard(message, conversation, replied, recent[-1] if recent else None)

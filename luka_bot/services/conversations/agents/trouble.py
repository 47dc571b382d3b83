"""What who asked is told when there is no answer, and nobody else."""

from contextlib import suppress

from luka_bot.models.conversation_errors import AgentTimeout
from luka_bot.models.errors import LukaError, ModelStalled, StorageAway
from luka_bot.models.participant import ParticipantType
from luka_bot.services.conversations.stage import Stage
from luka_bot.services.conversations.transport import Speaking


async def tell_asker(stage: Stage, speaking: Speaking, error: LukaError) -> None:
    asked = speaking.asked
    if asked.sender_type is not ParticipantType.HUMAN:
        return
    late = isinstance(error, AgentTimeout | ModelStalled)
    frame = {
        "type": "error",
        "code": "AGENT_TIMEOUT" if late else "AGENT_FAILED",
        "status": 504 if late else 502,
        "message": f"{speaking.title} did not answer",
        "message_id": asked.message_id,
        "sequence_id": asked.sequence_id,
        "agent": speaking.agent,
        "name": speaking.title,
        "to": asked.sender_id,
    }
    with suppress(StorageAway):
        await stage.storage.publish(speaking.conversation.conversation_id, frame)

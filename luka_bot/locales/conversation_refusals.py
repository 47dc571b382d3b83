"""What people are told who ask for what can't be done in a conversation."""

from luka_bot.locales import Words
from luka_bot.models import conversation_errors as errors
from luka_bot.models.errors import Refused

_PLAIN: dict[type[Refused], str] = {
    errors.NotInConversation: "refused.not_in_conversation",
    errors.MessageMissing: "refused.message_missing",
    errors.ShareGone: "refused.share_gone",
    errors.AgentUnknown: "refused.agent_unknown",
    errors.PersonaStays: "refused.persona_stays",
    errors.OwnerStays: "refused.owner_stays",
    errors.QueueFullError: "refused.queue_full",
}


def conversation_refusal(words: Words, error: Refused) -> str | None:
    """Plain text; None for a refusal that isn't about conversations."""
    match error:
        case errors.ParticipantLimit(limit=limit, by_dm=by_dm):
            return words.count("refused.full_by_dm" if by_dm else "refused.full", limit)
        case errors.MessageTooLong(limit=limit):
            return words.count("refused.message_long", limit)
        case errors.PersonaInvalid(limit=limit, most=most):
            return words("refused.persona", limit=limit, most=most)
    key = _PLAIN.get(type(error))
    return None if key is None else words(key, **vars(error))

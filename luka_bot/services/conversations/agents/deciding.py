"""Whether an agent answers what it heard: rules first, a question to the model where they end."""

import re
from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.agent import Agent
from luka_bot.models.conversation import ChatMessage, Conversation, Policy
from luka_bot.models.participant import ParticipantType, agent, is_agent
from luka_bot.services.conversations.agents.book import AgentBook

HOPS_LIMIT = 3  # agents that speak in a row; two who always answer would never end
SHORT = 4  # words; an exclamation, not a question

_THANKS = re.compile(
    r"^(thanks?( you)?|thx|ty|ok(ay)?|k|cool|great|nice|yes|no|yep|nope|sure|lol|haha|good|got it|"
    r"спасибо|спс|ок(ей)?|ага|да|нет|угу|хорошо|круто|класс|ясно|понятно|супер|ладно)\b",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<!\w)@\w+")


class Decision(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"  # the model is asked


@dataclass(frozen=True, slots=True)
class Heard:
    """replied: what it is a reply to; before: what was said right before it."""

    message: ChatMessage
    conversation: Conversation
    replied: ChatMessage | None = None
    before: ChatMessage | None = None


def is_addressed(one: Agent, heard: Heard, book: AgentBook) -> bool:
    """Mentioned, called by its name, or replied to."""
    replied = heard.replied is not None and heard.replied.sender_id == agent(one.name)
    return replied or book.is_called(one, heard.message.content)


def decide(one: Agent, heard: Heard, book: AgentBook) -> Decision:
    message = heard.message
    policy = _policy(one, heard.conversation)
    if message.sender_id == agent(one.name) or policy is Policy.QUIET:
        return Decision.NO
    addressed = is_addressed(one, heard, book)
    if message.sender_type is ParticipantType.AGENT:
        speaks = addressed or one.policy is Policy.ALWAYS
        return _yes_if(speaks and message.hops < HOPS_LIMIT)
    if addressed or policy is Policy.ALWAYS:
        return Decision.YES
    if len(heard.conversation.humans) == 1 and heard.conversation.chat_id is None:
        return _yes_if(not _calls_another_agent(one, heard, book))
    return _smart(one, heard, book) if policy is Policy.SMART else Decision.NO


def _policy(one: Agent, conversation: Conversation) -> Policy:
    usual = Policy.SMART if conversation.chat_id is None else Policy.MENTION
    return one.policy or conversation.policy or usual


def _smart(one: Agent, heard: Heard, book: AgentBook) -> Decision:
    if _is_chatter(heard.message.content) or _is_for_another(one, heard, book):
        return Decision.NO
    asks = heard.message.content.rstrip().endswith("?")
    if asks and heard.before is not None and heard.before.sender_id == agent(one.name):
        return Decision.YES
    return Decision.UNSURE


def _is_chatter(text: str) -> bool:
    words = text.split()
    if "?" in text:
        return False
    return len(words) <= 1 or (len(words) <= SHORT and bool(_THANKS.match(text.strip())))


def _is_for_another(one: Agent, heard: Heard, book: AgentBook) -> bool:
    """A mention, a reply to a person, or a name in front: "Anna, are you coming?"."""
    if heard.replied is not None or _calls_another_agent(one, heard, book):
        return True
    text = heard.message.content
    others = (who.name for who in heard.conversation.humans if who.id != heard.message.sender_id)
    return bool(_MENTION.search(text)) or any(_begins_with(text, name) for name in others)


def _calls_another_agent(one: Agent, heard: Heard, book: AgentBook) -> bool:
    if heard.replied is not None and is_agent(heard.replied.sender_id):
        return True
    here = {who.id for who in heard.conversation.agents}
    others = (other for other in book.all if other.name != one.name and agent(other.name) in here)
    return any(book.is_called(other, heard.message.content) for other in others)


def _begins_with(text: str, name: str) -> bool:
    called = name.split()[:1]
    return bool(called) and bool(
        re.match(rf"\s*{re.escape(called[0])}\s*[,:!]", text, re.IGNORECASE)
    )


def _yes_if(answer: bool) -> Decision:  # noqa: FBT001 - it is all there is
    return Decision.YES if answer else Decision.NO

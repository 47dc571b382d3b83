"""What is said in a conversation, as its Telegram chats show it."""

import json

from luka_bot.delivery.formatting import render
from luka_bot.delivery.rendered import NOTHING, Entity, Rendered, utf16_len
from luka_bot.locales import Words
from luka_bot.models.conversation import (
    ChatMessage,
    Conversation,
    InputMode,
    MessageStatus,
    MessageType,
)
from luka_bot.models.participant import Door

TOGETHER = 3000  # UTF-16 units; what is longer stands alone
APART = 20  # numbers between the first and the last of one letter, so that they can be found again

_EVENTS = {
    "join": "bridge.joined",
    "leave": "bridge.left",
    "removed": "bridge.removed",
    "group_left": "bridge.group_left",
    "topic_gone": "bridge.topic_gone",
    "group_back": "bridge.group_back",
}
_DOORS = {Door.WEB: "bridge.joined_web", Door.GROUP: "bridge.joined_group"}


def line(words: Words, message: ChatMessage, conversation: Conversation) -> Rendered:
    """NOTHING for what this chat needn't be told."""
    if message.status is MessageStatus.REDACTED:
        return _after_name(_speaker(words, message), words("bridge.taken_back"))
    match message.message_type:
        case MessageType.SYSTEM:
            return Rendered(_event(words, message, conversation))
        case MessageType.TEXT:
            return _after_name(_speaker(words, message), message.content)
        case _:
            return render(message.content).under(title(message.sender_name, conversation))


def title(name: str, conversation: Conversation) -> Rendered:
    """Above an answer, where several agents might have given it."""
    return bold(name) if len(conversation.agents) > 1 else NOTHING


def bold(text: str) -> Rendered:
    return Rendered(text, (Entity("bold", 0, utf16_len(text)),))


def is_answer(message: ChatMessage) -> bool:
    return message.message_type not in {MessageType.TEXT, MessageType.SYSTEM}


def first_letter(messages: list[ChatMessage], lines: list[Rendered]) -> int:
    """How many of them, at least one, go together; each has its line."""
    if is_answer(messages[0]):
        return 1
    size = utf16_len(lines[0].text)
    for number, (message, text) in enumerate(zip(messages[1:], lines[1:], strict=True), 1):
        size += utf16_len(text.text)
        far = message.sequence_id - messages[0].sequence_id >= APART
        if is_answer(message) or message.reply_to is not None or far or size > TOGETHER:
            return number
    return len(messages)


def together(lines: list[Rendered]) -> Rendered:
    whole = NOTHING
    for text in lines:
        whole = text.under(whole)
    return whole


def _speaker(words: Words, message: ChatMessage) -> str:
    here = message.message_id.startswith("tg:")
    return message.sender_name if here else words("bridge.from_web", name=message.sender_name)


def _after_name(name: str, text: str) -> Rendered:
    head = bold(f"{name}:")
    return Rendered(f"{head.text} {text}", head.entities)


def _event(words: Words, message: ChatMessage, conversation: Conversation) -> str:
    """What a join or a leave changes for everybody is part of it."""
    told = json.loads(message.content)
    key = _EVENTS.get(told.get("event", ""))
    if key is None:
        return ""
    door = told.get("door")
    key = _DOORS.get(Door(door), key) if door in set(Door) and key == "bridge.joined" else key
    return words(key, name=told.get("name", "")) + _mode(words, told["event"], conversation)


def _mode(words: Words, event: str, conversation: Conversation) -> str:
    mode, people = conversation.input_mode, len(conversation.humans)
    if event == "join" and people == 2 and mode is InputMode.MULTI:
        return " " + words("bridge.now_multi")
    if event in {"leave", "removed"} and mode is InputMode.SINGLE:
        return " " + words("bridge.now_single")
    return ""

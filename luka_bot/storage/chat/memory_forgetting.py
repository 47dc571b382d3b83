"""What is forgotten of somebody in a conversation that stays, in memory."""

import json
import re
from collections.abc import Callable

from luka_bot.models.conversation import ChatMessage, MessageStatus, MessageType
from luka_bot.models.ids import ChatId, ParticipantId
from luka_bot.models.participant import user_of
from luka_bot.storage.chat.room import Room

_ANSWER = re.compile(r"a(\d+)\.")


def forget_in(room: Room, who: ParticipantId, taken_back: Callable[[int], None]) -> None:
    """Their words and the answers to them, that they came and went, their invites, where it stands
    in their direct messages. taken_back: told of each number that has no words any more."""
    user_id = user_of(who)
    chat = ChatId(user_id)
    for stands in room.posts.values():
        stands.pop(chat, None)
    room.work = {key: one for key, one in room.work.items() if one.name != str(chat)}
    room.invites = {key: one for key, one in room.invites.items() if one.made_by != user_id}
    room.present.pop(who, None)
    room.spoke.pop(who, None)
    theirs = {one.sequence_id for one in room.log.said() if one.sender_id == who}
    for said in room.log.said():
        was_stored = said.status is MessageStatus.STORED
        if said.sequence_id in theirs:
            room.log.disown(said)
        elif was_stored and (_answers(said, theirs) or _names(said, who)):
            room.log.redact(said)
        else:
            continue
        if was_stored:
            taken_back(said.sequence_id)


def _answers(said: ChatMessage, theirs: set[int]) -> bool:
    asked = _ANSWER.match(said.message_id)
    return asked is not None and int(asked[1]) in theirs


def _names(said: ChatMessage, who: ParticipantId) -> bool:
    if said.message_type is not MessageType.SYSTEM:
        return False
    return json.dumps(who) in said.content

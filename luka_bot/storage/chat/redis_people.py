"""Who is in a conversation, and who may come, in Redis."""

import json
from hashlib import sha256

from luka_bot.models.conversation import (
    Conversation,
    ConversationInvite,
    Draft,
    Joined,
    MessageType,
)
from luka_bot.models.conversation_errors import OwnerStays, ParticipantLimit, ShareGone
from luka_bot.models.ids import ParticipantId, ThreadId, UserId
from luka_bot.models.participant import Door, ParticipantInfo, agent_name, is_agent, user_of
from luka_bot.storage import keys
from luka_bot.storage.chat import codec
from luka_bot.storage.chat.memory_base import SYSTEM
from luka_bot.storage.chat.redis_log import RedisTalk
from luka_bot.storage.chat.shapes import ChatLimits
from luka_bot.storage.scripts import Script

_JOIN = Script.load("chat_join", "chat")
_LEAVE = Script.load("chat_leave", "chat")
_CLOSE_DOOR = Script.load("chat_close_door", "chat", repeatable=True)
_INVITE = Script.load("chat_invite", "chat", repeatable=True)
_INVITES = Script.load("chat_invites", "chat")


class RedisPeople(RedisTalk):
    async def join(
        self, conversation_id: ThreadId, who: ParticipantInfo, limits: ChatLimits, now: float
    ) -> Joined:
        return await self._join("", conversation_id, who, limits, now)

    async def leave(
        self, conversation_id: ThreadId, participant: ParticipantId, by: ParticipantId, now: float
    ) -> Joined:
        verb = "leave" if by == participant else "removed"
        event = {"event": verb, "name": "", "id": participant, "by": by}
        args = [conversation_id, participant, *_where(participant), repr(now)]
        text = announcement(conversation_id, event, now)
        reply = await self._storage.run(_LEAVE, args=[*args, text, verb])
        match reply:
            case ["OWNER"]:
                raise OwnerStays
            case ["OK", state, message]:
                return Joined(codec.conversation(state), codec.message(message))
        return Joined(codec.conversation(codec.accepted(reply, conversation_id)[0]), None)

    async def close_door(
        self, conversation_id: ThreadId, participant: ParticipantId, door: str
    ) -> Conversation:
        chat, _ = _where(participant)
        reply = await self._storage.run(
            _CLOSE_DOOR, args=[conversation_id, participant, Door(door).value, chat]
        )
        return codec.conversation(codec.accepted(reply, conversation_id)[0])

    async def make_invite(self, token: str, invite: ConversationInvite) -> None:
        seconds = max(1, round(invite.expires_at - self._clock()))
        fields = ("key", invite.key, "made_by", str(invite.made_by), "uses", str(invite.uses))
        about = (*fields, "expires_at", repr(invite.expires_at), "made_at", repr(self._clock()))
        args: list[str | int] = [invite.conversation_id, seconds, *about]
        reply = await self._storage.run(_INVITE, [_invite(token)], args)
        codec.accepted(reply, invite.conversation_id)

    async def redeem(
        self, token: str, who: ParticipantInfo, limits: ChatLimits, now: float
    ) -> Joined:
        return await self._join(_invite(token), ThreadId(""), who, limits, now)

    async def invites(
        self, conversation_id: ThreadId, now: float
    ) -> tuple[ConversationInvite, ...]:
        reply = await self._storage.run(_INVITES, args=[conversation_id, ""])
        found = [
            dict(zip(one[::2], one[1::2], strict=True))
            for one in codec.accepted(reply, conversation_id)[0]
        ]
        found.sort(key=lambda one: -float(one["made_at"]))
        given = (
            ConversationInvite(
                one["key"],
                conversation_id,
                UserId(int(one["made_by"])),
                int(one["uses"]),
                float(one["expires_at"]),
            )
            for one in found
        )
        return tuple(one for one in given if one.expires_at > now)

    async def revoke(self, conversation_id: ThreadId, key: str) -> bool:
        reply = await self._storage.run(_INVITES, args=[conversation_id, key])
        return bool(codec.accepted(reply, conversation_id)[1])

    async def _join(
        self,
        invite: str,
        conversation_id: ThreadId,
        who: ParticipantInfo,
        limits: ChatLimits,
        now: float,
    ) -> Joined:
        chat, agent = _where(who.id)
        door = min(who.doors, default="")
        event = {"event": "join", "name": who.name, "id": who.id, "door": str(door)}
        args: list[str | int] = [conversation_id, who.id, codec.member_text(who)]
        args += [chat if Door.DM in who.doors else "", agent]
        args += ["1" if who.doors == {Door.GROUP} else "0", limits.max_participants, limits.dm]
        args += [repr(now), announcement(conversation_id, event, now)]
        match await self._storage.run(_JOIN, [invite], args):
            case ["OK", state, message]:
                return Joined(codec.conversation(state), codec.message(message))
            case ["IN", state]:
                return Joined(codec.conversation(state), None)
            case ["NO_INVITE"]:
                raise ShareGone
            case ["FULL"]:
                raise ParticipantLimit(limits.max_participants)
            case ["FULL_DM"]:
                raise ParticipantLimit(limits.dm, by_dm=True)
            case reply:
                codec.accepted(reply, conversation_id)
                raise AssertionError(reply[:1])


def announcement(conversation_id: ThreadId, event: dict[str, str], now: float) -> str:
    """A system message as JSON, without its number."""
    content = json.dumps(event, ensure_ascii=False)
    draft = Draft(
        conversation_id, f"s{now!r}.{event['id']}", SYSTEM, "", content, now, MessageType.SYSTEM
    )
    return codec.draft_text(draft)


def _where(participant: ParticipantId) -> tuple[str, str]:
    """The chat of their direct messages, and an agent's name."""
    if is_agent(participant):
        return "", agent_name(participant)
    return str(user_of(participant)), ""


def _invite(token: str) -> str:
    return keys.conv_invite(sha256(token.encode("utf-8", "surrogatepass")).hexdigest())

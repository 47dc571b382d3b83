"""Who is in a conversation, and who may come, in memory."""

from dataclasses import replace
from hashlib import sha256

from luka_bot.models.conversation import Conversation, ConversationInvite, Joined, Work, WorkKind
from luka_bot.models.conversation_errors import OwnerStays, ShareGone
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.models.participant import Door, ParticipantInfo, human
from luka_bot.storage.chat.memory_base import MemoryBase
from luka_bot.storage.chat.room import Room, chat_of
from luka_bot.storage.chat.shapes import ChatLimits


class MemoryPeople(MemoryBase):
    async def join(
        self, conversation_id: ThreadId, who: ParticipantInfo, limits: ChatLimits, now: float
    ) -> Joined:
        return self._join(self._room(conversation_id), who, limits, now)

    async def leave(
        self, conversation_id: ThreadId, participant: ParticipantId, by: ParticipantId, now: float
    ) -> Joined:
        room = self._room(conversation_id)
        if participant == human(room.thread.user_id):
            raise OwnerStays
        if participant not in room.members:
            return Joined(room.conversation, None)
        return self._left(room, participant, by, now)

    async def close_door(
        self, conversation_id: ThreadId, participant: ParticipantId, door: str
    ) -> Conversation:
        room = self._room(conversation_id)
        member = room.members.get(participant)
        if member is not None:
            rest = member.doors - {Door(door)}
            room.members[participant] = replace(member, doors=rest)
            if door == Door.DM:
                drop_posts(room, str(member.user_id))
        return room.conversation

    async def make_invite(self, token: str, invite: ConversationInvite) -> None:
        self._room(invite.conversation_id).invites[_digest(token)] = invite

    async def redeem(
        self, token: str, who: ParticipantInfo, limits: ChatLimits, now: float
    ) -> Joined:
        digest = _digest(token)
        room = next((one for one in self._rooms.values() if digest in one.invites), None)
        if room is None or room.invites[digest].expires_at <= now:
            raise ShareGone
        known = who.id in room.members
        joined = self._join(room, who, limits, now)
        if not known:
            left = replace(room.invites[digest], uses=room.invites[digest].uses - 1)
            room.invites[digest] = left
            if not left.uses:
                del room.invites[digest]
        return joined

    async def invites(
        self, conversation_id: ThreadId, now: float
    ) -> tuple[ConversationInvite, ...]:
        room = self._room(conversation_id)
        return tuple(one for one in reversed(room.invites.values()) if one.expires_at > now)

    async def revoke(self, conversation_id: ThreadId, key: str) -> bool:
        invites = self._room(conversation_id).invites
        found = [digest for digest, one in invites.items() if one.key == key]
        for digest in found:
            del invites[digest]
        return bool(found)

    def _join(self, room: Room, who: ParticipantInfo, limits: ChatLimits, now: float) -> Joined:
        before = room.members.get(who.id)
        room.make_room(who, limits)
        if before is not None:
            doors = before.doors | who.doors
            room.members[who.id] = replace(before, name=who.name, doors=doors)
            return Joined(room.conversation, None)
        room.members[who.id] = who
        door = next(iter(sorted(who.doors)), "")
        event = {"event": "join", "name": who.name, "id": who.id, "door": str(door)}
        own = chat_of(who) if Door.DM in who.doors else None  # who comes knows that they did
        message = self._announce(room, event, now, own)
        self._update(room, "join")
        return Joined(room.conversation, message)

    def _left(
        self, room: Room, participant: ParticipantId, by: ParticipantId, now: float
    ) -> Joined:
        member = room.members.pop(participant)
        room.present.pop(participant, None)
        if member.is_human:
            drop_posts(room, str(member.user_id))
        else:
            _drop(room, WorkKind.AGENT, participant.partition(":")[2])
        verb = "leave" if by == participant else "removed"
        event = {"event": verb, "name": member.name, "id": participant, "by": by}
        message = self._announce(room, event, now)
        self._update(room, verb, participant)
        return Joined(room.conversation, message)

    def _update(self, room: Room, action: str, participant: str = "") -> None:
        """The hub knows who there is, and writes the rest of the frame."""
        frame = {"type": "participant_update", "action": action, "participant_id": participant}
        self._tell(room.thread.thread_id, frame)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def drop_posts(room: Room, chat: str) -> None:
    _drop(room, WorkKind.POST, chat)


def _drop(room: Room, kind: WorkKind, name: str) -> None:
    undone: list[Work] = [one for one in room.work.values() if (one.kind, one.name) == (kind, name)]
    for one in undone:
        del room.work[one.key]

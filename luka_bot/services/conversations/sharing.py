"""Invites to conversations: made, used, listed and revoked."""

import secrets

from luka_bot.models.conversation import Conversation, ConversationInvite, Joined
from luka_bot.models.errors import NotYours, ThreadGone
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.participant import Door
from luka_bot.services.conversations.coming import Coming
from luka_bot.services.conversations.saying import Speaker
from luka_bot.storage.chat.shapes import fingerprint

TOKEN_BYTES = 24  # 32 characters; with `j_` in front they fit Telegram's 64
MOST_USES = 100
SHORTEST, LONGEST = 60.0, 30 * 86400.0  # s


class Sharing(Coming):
    async def share(
        self, by: Speaker, conversation_id: ThreadId, uses: int, seconds: float
    ) -> tuple[str, ConversationInvite]:
        """The token of a new invite: 32 characters that a link of Telegram's can carry. uses 1 to
        100, seconds 60 to 30 days. Anybody who takes part may, where people came by invites."""
        conversation = await self._shared(by, conversation_id)
        if conversation.chat_id is not None and conversation.owner != by.user_id:
            raise NotYours(conversation_id)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        invite = ConversationInvite(
            key=fingerprint(token),
            conversation_id=conversation_id,
            made_by=by.user_id,
            uses=min(max(uses, 1), MOST_USES),
            expires_at=self._desk.now() + min(max(seconds, SHORTEST), LONGEST),
        )
        await self._desk.storage.make_invite(token, invite)
        return token, invite

    async def join(self, token: str, who: Speaker, door: Door) -> Joined:
        """By DM it becomes their active thread. Raises ShareGone, ParticipantLimit."""
        desk, person = self._desk, self._person(who, door)
        joined = await desk.storage.redeem(token, person, desk.limits, desk.now())
        conversation = joined.conversation
        if conversation.owner != who.user_id:
            await desk.shared.add_member(
                who.user_id, conversation.conversation_id, active=door is Door.DM
            )
        self._wake(joined)
        return joined

    async def invites(
        self, user_id: UserId, conversation_id: ThreadId
    ) -> tuple[ConversationInvite, ...]:
        await self._inside(user_id, conversation_id)
        return await self._desk.storage.invites(conversation_id, self._desk.now())

    async def revoke(self, user_id: UserId, conversation_id: ThreadId, key: str) -> bool:
        """By its maker, or the owner; else NotYours."""
        conversation = await self._inside(user_id, conversation_id)
        standing = await self._desk.storage.invites(conversation_id, self._desk.now())
        made_by = next((one.made_by for one in standing if one.key == key), None)
        if user_id not in (conversation.owner, made_by):
            raise NotYours(conversation_id)
        return await self._desk.storage.revoke(conversation_id, key)

    async def _shared(self, by: Speaker, conversation_id: ThreadId) -> Conversation:
        """A thread of their own becomes a conversation by it."""
        try:
            return await self._inside(by.user_id, conversation_id)
        except ThreadGone:
            return await self.enter(by, conversation_id, Door.DM)

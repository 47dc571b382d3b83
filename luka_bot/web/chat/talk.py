"""What is said in a conversation, and who may come to hear it."""

from luka_bot.models.errors import NotYours
from luka_bot.models.people_errors import NotPermitted
from luka_bot.services.access import AccessService
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.web.chat.answers import (
    InviteList,
    MadeInvite,
    MessageList,
    ShownInvite,
    Stopped,
    iso,
)
from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.bodies import NewInvite, PageQuery
from luka_bot.web.chat.failures import NotThere

PAGE = "/app"  # where the page of conversations stands


class Talk:
    """home: scheme, host and port where people reach us."""

    def __init__(self, service: ConversationService, access: AccessService, home: str) -> None:
        self._service = service
        self._access = access
        self._home = home

    async def messages(self, asked: Asked) -> MessageList:
        wanted = asked.read(PageQuery)
        page = await self._service.messages(
            asked.guest.user_id, asked.conversation_id, wanted.after, wanted.limit
        )
        return MessageList.of(page)

    async def redact(self, asked: Asked) -> None:
        speaker, conversation_id = asked.speaker, asked.conversation_id
        sequence_id = int(asked.named("seq"))
        try:
            await self._service.redact(speaker, conversation_id, sequence_id)
        except (NotYours, NotPermitted):
            if not await self._access.is_admin(asked.guest.person, anew=True):
                raise
            await self._service.redact(speaker, conversation_id, sequence_id, is_admin=True)

    async def stop(self, asked: Asked) -> Stopped:
        return Stopped(stopped=await self._service.stop(asked.guest.user_id, asked.conversation_id))

    async def invite(self, asked: Asked) -> MadeInvite:
        wanted = asked.read(NewInvite)
        token, invite = await self._service.share(
            asked.speaker, asked.conversation_id, wanted.uses, wanted.expires_in
        )
        return MadeInvite(
            token=token,
            url=f"{self._home}{PAGE}#join={token}",
            key=invite.key,
            uses=invite.uses,
            expires_at=iso(invite.expires_at),
        )

    async def invites(self, asked: Asked) -> InviteList:
        found = await self._service.invites(asked.guest.user_id, asked.conversation_id)
        return InviteList(invites=[ShownInvite.of(one) for one in found])

    async def revoke(self, asked: Asked) -> None:
        user_id, key = asked.guest.user_id, asked.named("key")
        if not await self._service.revoke(user_id, asked.conversation_id, key):
            raise NotThere

"""Groups that become supergroups, and so get another number: what is theirs goes with them."""

from collections.abc import Awaitable, Callable

import structlog

from luka_bot.models.audit import SYSTEM, Event
from luka_bot.models.ids import ChatId
from luka_bot.services.admin_group import AdminGroup
from luka_bot.storage.alarms import AlarmBoard
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.moved_chats import MovedChats
from luka_bot.storage.people import PeopleStore
from luka_bot.watch.check import AlarmName

log = structlog.get_logger(__name__)


class GroupMoves:
    def __init__(
        self,
        moved: MovedChats,
        group: AdminGroup,
        people: PeopleStore,
        board: AlarmBoard,
        audit: AuditLog,
    ) -> None:
        self._moved = moved
        self._group = group
        self._people = people
        self._board = board
        self._audit = audit
        self.followers: list[Callable[[ChatId, ChatId], Awaitable[None]]] = []
        """Told of every move, perhaps more than once: what else is a group's."""

    async def move(self, old: ChatId, new: ChatId) -> None:
        """Telegram tells of it in both groups; whichever comes first does it."""
        if self._group.is_here(old):
            await self._people.forget_cards()
            await self._board.forget_messages(AlarmName)
        for follow in self.followers:
            await follow(old, new)
        if await self._moved.move(old, new):
            log.info("group.moved", old=old, new=new)
            await self._audit.note(Event.GROUP_MOVED, SYSTEM, "", detail=f"{old} {new}")
        await self._group.look()

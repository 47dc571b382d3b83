"""Which conversations' work this process does; what a dead one has left is taken over."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from uuid import uuid4

import structlog

from luka_bot.background import Background
from luka_bot.metrics_chat import HOSTED, QUEUE_DEPTH
from luka_bot.models.conversation import Work
from luka_bot.models.errors import StorageAway, ThreadGone
from luka_bot.models.ids import ThreadId
from luka_bot.services.conversations.hosting import Hosting
from luka_bot.services.conversations.stage import Stage

log = structlog.get_logger(__name__)


class Hosts:
    """Whoever publishes something tries to be its host; exactly one process is, by a lease."""

    def __init__(self, stage: Stage, background: Background) -> None:
        self._stage = stage
        self._background = background
        self._holder = uuid4().hex
        self._hosted: dict[ThreadId, Hosting] = {}
        self._trying: set[ThreadId] = set()
        self._held: set[ThreadId] = set()
        self._wanted: defaultdict[ThreadId, set[Work]] = defaultdict(set)

    def wake(self, conversation_id: ThreadId, *, owes: bool = True) -> None:
        """There is something to do in it. owes False: but for its history."""
        if conversation_id in self._hosted:
            if owes:
                self._hosted[conversation_id].look()
        elif conversation_id not in self._trying:
            self._trying.add(conversation_id)
            self._background.spawn("host a conversation", self._host(conversation_id))

    def want(self, conversation_id: ThreadId, work: Work) -> None:
        """Somebody asks for this answer, whatever the agent would decide."""
        self._wanted[conversation_id].add(work)

    async def sweep(self) -> None:
        while True:
            await self._sweep_once()
            await asyncio.sleep(self._stage.rules.sweep)

    async def let_go(self) -> None:
        """Once none of our tasks runs any more: others may go on at once."""
        for conversation_id in self._held:
            with suppress(StorageAway, ThreadGone):
                await self._stage.storage.release(conversation_id, self._holder)

    async def _sweep_once(self) -> None:
        try:
            owing = await self._stage.storage.owing()
        except StorageAway:
            self._stage.hub.storage_connected = False
            return
        self._stage.hub.storage_connected = True
        depths = self._stage.hub.depths
        QUEUE_DEPTH.set(sum(depths.get(one, 0) for one in self._hosted))
        for conversation_id in owing:
            if conversation_id not in self._hosted:
                self.wake(conversation_id)

    async def _host(self, conversation_id: ThreadId) -> None:
        try:
            with suppress(StorageAway, ThreadGone):
                while await self._take(conversation_id):
                    await self._run(conversation_id)
                    if not await self._stage.storage.outstanding(conversation_id):
                        return
        finally:
            self._trying.discard(conversation_id)

    async def _take(self, conversation_id: ThreadId) -> bool:
        storage, lease = self._stage.storage, self._stage.rules.lease
        taken = await storage.host(conversation_id, self._holder, lease)
        if taken:
            self._held.add(conversation_id)
        return taken

    async def _run(self, conversation_id: ThreadId) -> None:
        async with Background() as tasks:
            wanted = self._wanted[conversation_id]
            hosting = Hosting(self._stage, tasks, conversation_id, self._holder, wanted)
            self._hosted[conversation_id] = hosting
            HOSTED.inc()
            try:
                await hosting.run()
                self._held.discard(conversation_id)
            finally:
                del self._hosted[conversation_id], self._wanted[conversation_id]
                HOSTED.dec()
                self._stage.hub.note_depth(conversation_id, 0)

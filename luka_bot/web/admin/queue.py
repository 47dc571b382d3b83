"""Who is being answered and who waits for the model, and how to stop an answer."""

from aiohttp import web

from luka_bot.models.clock import Clock
from luka_bot.services.queue_service import QueueService
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.press import Press, elsewhere

SHOWN = 100  # places
NEWS = {"stopping": "queue.stopping", "gone": "queue.gone"}


class QueuePages:
    """clock: seconds since the epoch."""

    def __init__(self, queue: QueueService, press: Press, clock: Clock) -> None:
        self._queue = queue
        self._press = press
        self._clock = clock

    async def listed(self, request: web.Request, caller: Caller) -> web.Response:
        entries = await self._queue.look()
        return self._press.page(
            "queue",
            caller,
            is_kept=self._queue.is_kept,
            entries=entries[:SHOWN],
            more=max(0, len(entries) - SHOWN),
            names=await self._queue.names(entries[:SHOWN]),
            now=self._clock(),
            news=NEWS.get(request.query.get("done", ""), ""),
        )

    async def cancel(self, request: web.Request, caller: Caller) -> web.Response:
        place = str((await request.post()).get("place", ""))
        by, by_name = caller.known.person.user_id, caller.known.name
        stopping = await self._queue.cancel(place, by, by_name)
        return elsewhere(f"/admin/queue?done={'stopping' if stopping else 'gone'}")

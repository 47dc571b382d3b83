"""What operators look at."""

from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from luka_bot.metrics import DECLARED, REGISTRY
from luka_bot.models.errors import LukaError
from luka_bot.services.access import AccessService
from luka_bot.web.chat.answers import Health
from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.authentication import Authentication
from luka_bot.web.chat.door import HEADERS
from luka_bot.web.chat.openapi import document
from luka_bot.web.chat.origins import is_this_machine

KINDS = ("luka_chat_", "luka_agent_", "luka_ask_")
DETAILS = ("participants_by_conversation", "queue_depths")


class Watching:
    """health: as Hub.health."""

    def __init__(
        self,
        health: Callable[[], dict[str, Any]],
        authentication: Authentication,
        access: AccessService,
    ) -> None:
        self._health = health
        self._authentication = authentication
        self._access = access
        self._document = document()

    async def health(self, asked: Asked) -> web.Response:
        whole = self._health()
        if not await self._sees_all(asked.request):
            whole = {name: value for name, value in whole.items() if name not in DETAILS}
        shown = Health.model_validate(whole).model_dump(exclude_none=True)
        status = 200 if shown["status"] == "ok" else 503
        return web.json_response(shown, status=status, headers=HEADERS)

    async def metrics(self, _asked: Asked) -> web.Response:
        some = REGISTRY.restricted_registry(list(_names()))
        headers = {**HEADERS, "Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        return web.Response(body=generate_latest(some), headers=headers)

    async def openapi(self, _asked: Asked) -> web.Response:
        return web.json_response(self._document, headers=HEADERS)

    async def _sees_all(self, request: web.Request) -> bool:
        """Which conversations there are is nobody else's business."""
        if is_this_machine(request):
            return True
        try:
            guest = await self._authentication.authenticate(request)
            return await self._access.is_admin(guest.person, anew=True)
        except LukaError:
            return False


def _names() -> Iterator[str]:
    """Of all samples that are about conversations."""
    for one in DECLARED:
        if one.name.startswith(KINDS):
            ends = ("_bucket", "_sum", "_count") if one.kind == "histogram" else ("",)
            yield from (one.name + end for end in ends)

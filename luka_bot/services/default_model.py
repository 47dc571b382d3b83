"""The model of every thread without its own: the configured one, or what admins switched to."""

import asyncio

import structlog

from luka_bot.models.errors import StorageAway
from luka_bot.patience import insist
from luka_bot.storage.switched_model import Switch, SwitchedModel

FOLLOW_EVERY = 5.0  # s; how much later another process learns of a switch

log = structlog.get_logger(__name__)


class DefaultModel:
    """A switch holds as long as the operator configures what it was chosen instead of: whoever
    changes OLLAMA_MODEL afterwards means it, and the switch is forgotten."""

    def __init__(self, configured: str, store: SwitchedModel) -> None:
        self.configured = configured
        self.name = configured
        self._store = store

    async def load(self) -> None:
        """At the start. Raises StorageAway."""
        switch = await self._store.get()
        if switch is not None and switch.instead_of != self.configured:
            log.info("default_model.switch_forgotten", model=switch.name, now=self.configured)
            await self._store.forget()
        self._hold(switch)

    async def switch(self, name: str) -> None:
        """An empty name: back to the configured one. Raises StorageAway; then nothing changed."""
        if name in ("", self.configured):
            await self._store.forget()
        else:
            await self._store.put(Switch(name, self.configured))
        self.name = name or self.configured
        log.info("default_model.switched", model=self.name)

    async def look(self) -> None:
        """What another process may have switched to. Raises StorageAway."""
        self._hold(await self._store.get())

    async def follow(self) -> None:
        """Looks again and again, for ever; first as at the start, where that failed."""
        await insist(self.load)
        while True:
            await asyncio.sleep(FOLLOW_EVERY)
            try:
                await self.look()
            except StorageAway:
                log.debug("default_model.storage_away")

    def _hold(self, switch: Switch | None) -> None:
        holds = switch is not None and switch.instead_of == self.configured
        self.name = switch.name if switch and holds else self.configured

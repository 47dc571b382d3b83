"""How an update that a dead process had before is tried again."""

import structlog

from luka_bot.background import Background
from luka_bot.ingest.package import Package
from luka_bot.ingest.raw_updates import update_id
from luka_bot.models.errors import StorageAway
from luka_bot.storage.inbox import Inbox

log = structlog.get_logger(__name__)


class Trial:
    """Counted from its beginning on, except while it only waits."""

    def __init__(self, inbox: Inbox, package: Package, background: Background) -> None:
        self._inbox = inbox
        self._background = background
        self._update_id = update_id(package.raw)
        self._tries = package.tries
        self._wanted = self._kept = package.tries

    async def begin(self) -> None:
        """Raises StorageAway."""
        self._wanted = self._tries + 1
        await self._inbox.count_tries(self._update_id, self._wanted)
        self._kept = self._wanted

    def rests(self) -> None:
        self._want(self._tries)

    def rises(self) -> None:
        self._want(self._tries + 1)

    def _want(self, tries: int) -> None:
        self._wanted = tries
        self._background.spawn("note tries", self._keep())

    async def _keep(self) -> None:
        """The newest; of several that are on their way the last one finds nothing to do."""
        while (wanted := self._wanted) != self._kept:
            self._kept = wanted
            try:
                await self._inbox.count_tries(self._update_id, wanted)
            except StorageAway:
                log.warning("trial.not_kept")

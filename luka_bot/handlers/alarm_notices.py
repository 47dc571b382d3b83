"""Alarms told in the group of those who look after luka: once when one is raised, once when over."""

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId
from luka_bot.storage.client import Storage
from luka_bot.watch.check import AlarmName

AGAIN = 600.0  # s before the same alarm is told again, by whichever replica


class AlarmNotices:
    """clock is monotonic. Of all replicas the first one tells; without Redis each tells its own."""

    def __init__(
        self,
        courier: Courier,
        storage: Storage,
        background: Background,
        chat_id: ChatId,
        clock: Clock,
    ) -> None:
        self._courier = courier
        self._storage = storage
        self._background = background
        self._chat_id = chat_id
        self._clock = clock

    def raised(self, name: AlarmName, detail: str) -> None:
        raise NotImplementedError

    def over(self, name: AlarmName) -> None:
        raise NotImplementedError

"""What admins begin and processes finish together, wired."""

import time
from dataclasses import dataclass

from luka_bot.composition import Services
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.broadcasting import Broadcasting


@dataclass(frozen=True, slots=True)
class LongWork:
    broadcasting: Broadcasting


def begin_long_work(services: Services, courier: Courier) -> LongWork:
    storage, background = services.storage, services.background
    broadcasting = Broadcasting(
        storage, background, courier, services.people, services.audit, time.monotonic
    )
    background.spawn("broadcasts", broadcasting.run())
    return LongWork(broadcasting)

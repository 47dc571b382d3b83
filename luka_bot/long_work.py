"""What admins begin and processes finish together, wired."""

import time
from dataclasses import dataclass

from luka_bot.composition import Services
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.broadcasting import Broadcasting
from luka_bot.handlers.admin.pulling import Pulling
from luka_bot.services.models_service import ModelsService


@dataclass(frozen=True, slots=True)
class LongWork:
    broadcasting: Broadcasting
    pulling: Pulling
    models: ModelsService


def begin_long_work(services: Services, courier: Courier) -> LongWork:
    storage, background = services.storage, services.background
    broadcasting = Broadcasting(
        storage, background, courier, services.people, services.audit, time.monotonic
    )
    background.spawn("broadcasts", broadcasting.run())
    shelf, audit = services.shelf, services.audit
    pulling = Pulling(storage, background, courier, shelf, audit, time.monotonic)
    background.spawn("pulls", pulling.run())
    models = ModelsService(services.model, shelf, services.default_model, audit)
    return LongWork(broadcasting, pulling, models)

"""What admins begin and processes finish together, wired."""

import time

from luka_bot.composition import Services
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.broadcasting import Broadcasting
from luka_bot.handlers.admin.pulling import Pulling
from luka_bot.services.models_service import ModelsService


def begin_long_work(services: Services, courier: Courier) -> dict[str, object]:
    """By the names under which handlers ask for it."""
    storage, background = services.storage, services.background
    shelf, audit, people = services.shelf, services.audit, services.people
    broadcasting = Broadcasting(storage, background, courier, people, audit, time.monotonic)
    pulling = Pulling(storage, background, courier, shelf, audit, time.monotonic)
    background.spawn("broadcasts", broadcasting.run())
    background.spawn("pulls", pulling.run())
    models = ModelsService(services.model, shelf, services.default_model, audit)
    return {"broadcasting": broadcasting, "pulling": pulling, "models": models}

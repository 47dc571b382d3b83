"""Which models there are, which of them answers, and what admins change about that."""

from dataclasses import dataclass

from luka_bot.llm.protocol import ChatModel, InstalledModel, LoadedModel, ModelShelf
from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.model_names import full_name, name_digest
from luka_bot.services.default_model import DefaultModel
from luka_bot.storage.audit import AuditLog


@dataclass(frozen=True, slots=True)
class Stocked:
    """A model on the server's disk. loaded: once for each server that has it in memory."""

    name: str
    size: int
    is_default: bool
    loaded: tuple[LoadedModel, ...]


class ModelsService:
    """shelf: None where the server has its own models, and only their names can be chosen."""

    def __init__(
        self, model: ChatModel, shelf: ModelShelf | None, default: DefaultModel, audit: AuditLog
    ) -> None:
        self._model = model
        self.shelf = shelf
        self._default = default
        self._audit = audit

    @property
    def default_name(self) -> str:
        return self._default.name

    async def stock(self) -> tuple[Stocked, ...]:
        """The default one first, then by name. Raises a ModelError."""
        loaded = () if self.shelf is None else await self.shelf.loaded_models()
        installed = await self._model.installed()
        found = [self._stocked(one, loaded) for one in installed]
        return tuple(sorted(found, key=lambda one: (not one.is_default, one.name)))

    async def find(self, digest: str) -> Stocked | None:
        """By what a button carries. Raises a ModelError."""
        stock = await self.stock()
        return next((one for one in stock if name_digest(one.name) == digest), None)

    async def has(self, name: str) -> bool:
        """Raises a ModelError."""
        installed = await self._model.installed()
        return full_name(name) in {full_name(one.name) for one in installed}

    def is_default(self, name: str) -> bool:
        return full_name(name) == full_name(self._default.name)

    async def make_default(self, name: str, by: UserId, by_name: str) -> None:
        """Raises StorageAway."""
        if self.is_default(name):
            return
        configured = full_name(name) == full_name(self._default.configured)
        await self._default.switch("" if configured else name)
        await self._audit.note(Event.MODEL_SWITCHED, by, by_name, detail=name)

    async def delete(self, name: str, by: UserId, by_name: str) -> bool:
        """False where it has to stay, since it is the default one. Raises a ModelError."""
        if self.shelf is None or self.is_default(name):
            return False
        await self.shelf.delete(name)
        await self._audit.note(Event.MODEL_DELETED, by, by_name, detail=name)
        return True

    def _stocked(self, model: InstalledModel, loaded: tuple[LoadedModel, ...]) -> Stocked:
        ours = tuple(one for one in loaded if full_name(one.name) == full_name(model.name))
        return Stocked(model.name, model.size, self.is_default(model.name), ours)

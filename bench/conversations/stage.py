"""Two lukas on one Valkey, the model that both ask, and a Telegram of our own."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.conversations.model import MODEL, scripted
from bench.conversations.replicas import Replica, replica
from bench.witness import Witness
from chaos.ports import free_port
from luka_bot.demo.telegram import Limits, LocalTelegram
from luka_bot.storage.binary import server_binary
from luka_bot.storage.embedded import embedded_server

TOKEN = "1:bench"
LUKA = ("luka_bot", "run")
NO_LIMIT = "1000000"


@dataclass(frozen=True, slots=True)
class Stage:
    """socket: the store's."""

    replicas: tuple[Replica, ...]
    telegram: LocalTelegram
    witness: Witness
    socket: Path

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(replica.url for replica in self.replicas)

    @property
    def rss(self) -> float:
        """MiB, of all replicas."""
        return sum(replica.rss for replica in self.replicas)


@asynccontextmanager
async def staged(folder: Path, replicas: int = 2) -> AsyncIterator[Stage]:
    """All of them answer when this enters. Their logs and the store's data go to folder."""
    async with AsyncExitStack() as stack:
        socket = await stack.enter_async_context(store(folder / "store"))
        telegram = await stack.enter_async_context(
            LocalTelegram.open(token=TOKEN, limits=Limits.none())
        )
        model_url = await stack.enter_async_context(scripted())
        surroundings = {
            "TELEGRAM_API_URL": telegram.url,
            "OLLAMA_URL": model_url,
            "REDIS_URL": f"unix://{socket}",
        }
        opening = [
            stack.enter_async_context(_luka(folder / f"luka-{number}", surroundings))
            for number in range(1, replicas + 1)
        ]
        lukas = tuple([await one for one in opening])
        yield Stage(lukas, telegram, Witness(telegram), socket)


def store(folder: Path) -> AbstractAsyncContextManager[Path]:
    """Its socket."""
    binary = server_binary()
    if binary is None:
        raise RuntimeError("no Redis server was found to run luka on")
    return embedded_server(binary, folder)


def _luka(home: Path, surroundings: dict[str, str]) -> AbstractAsyncContextManager[Replica]:
    """As shipped, but that nobody is held back."""
    port = free_port()
    settings = {
        "BOT_TOKEN": TOKEN,
        "OLLAMA_MODEL": MODEL,
        "DATA_DIR": str(home / "data"),
        "WEB_PORT": str(port),
        "ACCESS": "open",
        "MAX_CONCURRENT_GENERATIONS": "100",
        "FLOOD_PER_MINUTE": "0",
        "CHAT__LIMITS__MESSAGES_PER_10S": NO_LIMIT,
    }
    return replica(home, port, LUKA, settings | surroundings)

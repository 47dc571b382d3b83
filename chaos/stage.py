"""All that stands around the replicas: Telegram, the model, Redis, the wires between them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from chaos.balancer import Balancer
from chaos.ledger import Ledger
from chaos.model import Oracle
from chaos.plan import Door, Plan
from chaos.ports import free_port
from chaos.relay import HOST, Relay, relay
from chaos.replica import Replica, environment
from chaos.store import Store, running_store
from chaos.weather import Weather
from chaos.witness import Witness
from luka_bot.background import Background
from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import Limits, LocalTelegram, Person

TOKEN = "1:chaos"
SECRET = "chaos"
MODEL = "llama3.2"
FIRST_PERSON = 101
GRACE = "3"  # s; a deployment would give more


@dataclass(frozen=True, slots=True)
class Stage:
    """wires: to Redis, one a replica, in their order."""

    plan: Plan
    telegram: LocalTelegram
    people: dict[int, Person]
    model: ScriptedOllama
    oracle: Oracle
    store: Store
    wires: tuple[Relay, ...]
    replicas: tuple[Replica, ...]
    balancer: Balancer
    weather: Weather
    witness: Witness
    ledger: Ledger
    background: Background


@asynccontextmanager
async def open_stage(plan: Plan, folder: Path) -> AsyncIterator[Stage]:
    """No replica is started yet; those that run at the end are killed. Logs go to folder."""
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        weather, oracle = Weather(plan.chance("weather")), Oracle(plan.seed)
        telegram = await enter(_telegram(weather))
        model = await enter(ScriptedOllama.open(reply=oracle))
        store = await enter(running_store(folder / "store", free_port()))
        wires = tuple([await enter(relay(store.port)) for _ in range(plan.replicas)])
        balancer = await enter(_balancer(plan))
        witness = Witness(telegram)
        replicas = []
        for number, wire in enumerate(wires):
            door = await telegram.another_door()
            settings = _settings(plan, model.url, wire, balancer, number)
            replica = Replica(number, environment(TELEGRAM_API_URL=door, **settings), folder)
            witness.watch(int(door.rpartition(":")[2]), replica)
            stack.push_async_callback(replica.kill)
            replicas.append(replica)
        background = await enter(Background())  # ends before them, so that nobody revives them
        background.spawn("read notes", witness.read_notes(store.redis))
        for replica in replicas:
            background.spawn("keep replica", replica.kept())
        yield Stage(
            plan=plan,
            telegram=telegram,
            people=_people(telegram, plan),
            model=model,
            oracle=oracle,
            store=store,
            wires=wires,
            replicas=tuple(replicas),
            balancer=balancer,
            weather=weather,
            witness=witness,
            ledger=Ledger(),
            background=background,
        )


def _people(telegram: LocalTelegram, plan: Plan) -> dict[int, Person]:
    numbers = range(FIRST_PERSON, FIRST_PERSON + plan.people)
    return {number: telegram.person(number, f"P{number}") for number in numbers}


@asynccontextmanager
async def _telegram(weather: Weather) -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open(token=TOKEN, limits=Limits.none()) as telegram:
        telegram.world.webhook.first_delay = 0.2
        telegram.world.updates.arrange = weather.arrange
        telegram.faults.weather = weather
        yield telegram


@asynccontextmanager
async def _balancer(plan: Plan) -> AsyncIterator[Balancer]:
    balancer = Balancer([free_port() for _ in range(plan.replicas)], plan.chance("balancer"))
    async with balancer.served():
        yield balancer


def _settings(
    plan: Plan, model: str, wire: Relay, balancer: Balancer, number: int
) -> dict[str, str]:
    settings = {
        "BOT_TOKEN": TOKEN,
        "OLLAMA_URL": model,
        "OLLAMA_MODEL": MODEL,
        "REDIS_URL": f"redis://{HOST}:{wire.port}/0",
        "DATA_DIR": f"data-{number}",
        "SHUTDOWN_GRACE": GRACE,
        "WEB_PORT": "0",
    }
    if plan.door is Door.WEBHOOK:
        settings |= {
            "WEBHOOK_URL": f"{balancer.url}/telegram",
            "WEBHOOK_SECRET": SECRET,
            "WEB_HOST": HOST,
            "WEB_PORT": str(balancer.ports[number]),
        }
    return settings

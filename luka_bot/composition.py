"""The services, wired: what every door needs, and no door."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from luka_bot.background import Background
from luka_bot.config import Settings
from luka_bot.llm.connection import Timeouts, without_secrets
from luka_bot.llm.ollama import OllamaClient
from luka_bot.llm.openai_compatible import OpenAIClient
from luka_bot.llm.pool import ModelPool
from luka_bot.llm.protocol import ChatModel, ModelShelf
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ChatId
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.answers import Answers
from luka_bot.services.default_model import DefaultModel
from luka_bot.services.ledger import Ledger
from luka_bot.services.llm_service import LLMService, ModelDefaults
from luka_bot.services.model_line import ModelLine
from luka_bot.services.model_work import ModelWork
from luka_bot.services.summaries import Summaries
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.tokens import Calibration
from luka_bot.services.turn_service import TurnService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.storage.client import Storage
from luka_bot.storage.connect import open_storage
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.forgetting import Forgetting
from luka_bot.storage.line import LineLimits, LineStore
from luka_bot.storage.meeting import Pace
from luka_bot.storage.moved_chats import MovedChats
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.stats import StatsStore
from luka_bot.storage.switched_model import SwitchedModel
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore
from luka_bot.watch.vitals import Vitals
from luka_bot.watch.watched_model import WatchedModel


@dataclass(frozen=True, slots=True)
class Services:
    """What every door talks to; knows no Telegram. shelf: None where the API has none."""

    storage: Storage
    model: ChatModel
    shelf: ModelShelf | None
    default_model: DefaultModel
    vitals: Vitals
    threads: ThreadService
    shared: ThreadStore
    llm: LLMService
    turns: TurnService
    work: ModelWork
    deliveries: Deliveries
    people: PeopleStore
    audit: AuditLog
    forgetting: Forgetting
    stats: StatsStore
    background: Background
    admins: AdminGroup


@asynccontextmanager
async def open_services(settings: Settings, *, attach: bool = False) -> AsyncIterator[Services]:
    """attach: join the embedded store of a luka that runs already, instead of refusing."""
    async with AsyncExitStack() as stack:
        storage = await stack.enter_async_context(
            open_storage(settings.redis_url, settings.data_dir, attach=attach, lives=settings.lives)
        )
        vitals = Vitals(time.monotonic)
        opened = await stack.enter_async_context(open_model(settings))
        model, shelf = WatchedModel(opened, vitals), shelf_of(opened)
        background = await stack.enter_async_context(Background())
        default, defaults = await _defaults(settings, storage, background)
        calibration, admins = Calibration(), _admins(settings, storage)
        shared, llm = ThreadStore(storage), LLMService(model, defaults, calibration)
        threads = ThreadService(shared, TurnStore(storage), time.time)
        deliveries, stats = Deliveries(storage), StatsStore(storage, ZoneInfo(settings.time_zone))
        line = _line(settings, storage, background, admins)
        summaries = Summaries(model, defaults, calibration)
        ledger = Ledger(stats, background, time.time)
        work = ModelWork(llm, line, summaries, ledger, time.monotonic)
        turns = TurnService(threads, Answers(threads, work, background, time.time), deliveries)
        audit, people = AuditLog(storage, time.time), _people(settings, storage)
        yield Services(
            storage,
            model,
            shelf,
            default,
            vitals,
            threads,
            shared,
            llm,
            turns,
            work,
            deliveries,
            people,
            audit,
            _forgetting(storage, stats),
            stats,
            background,
            admins,
        )


def _forgetting(storage: Storage, stats: StatsStore) -> Forgetting:
    chats = RedisChatStorage(storage, time.time)
    return Forgetting(storage, [lambda who: stats.forget(who, time.time()), chats.forget])


async def _defaults(
    settings: Settings, storage: Storage, background: Background
) -> tuple[DefaultModel, ModelDefaults]:
    model = DefaultModel(settings.model, SwitchedModel(storage))
    with suppress(StorageAway):  # luka begins all the same, and asks again
        await model.load()
    background.spawn("follow the default model", model.follow())
    prompt, num_ctx = settings.system_prompt, settings.ollama_num_ctx
    return model, ModelDefaults(lambda: model.name, prompt, num_ctx)


def _people(settings: Settings, storage: Storage) -> PeopleStore:
    pace = Pace(settings.who_gets_in, settings.flood_per_minute, settings.limits)
    return PeopleStore(storage, pace, time.time)


def _admins(settings: Settings, storage: Storage) -> AdminGroup:
    configured = settings.admin_chat_id
    return AdminGroup(None if configured is None else ChatId(configured), MovedChats(storage))


def _line(
    settings: Settings, storage: Storage, background: Background, admins: AdminGroup
) -> ModelLine:
    """Who looks after luka, in the admins' group, waits for nobody."""
    limits = LineLimits(settings.max_concurrent_generations, settings.max_generations_per_person)
    store = LineStore(storage, limits, time.time)
    return ModelLine(store, background, time.monotonic, admins.is_here)


@asynccontextmanager
async def open_model(settings: Settings) -> AsyncIterator[ChatModel]:
    timeouts = Timeouts(
        connect=settings.model_connect_timeout,
        first_token=settings.model_first_token_timeout,
        idle=settings.model_idle_timeout,
    )
    async with AsyncExitStack() as stack:
        if settings.llm_api == "openai":
            key = settings.llm_key.get_secret_value()
            opening = OpenAIClient.open(settings.llm_url, timeouts, key=key)
            yield await stack.enter_async_context(opening)
            return
        servers = [
            await stack.enter_async_context(
                OllamaClient.open(url, timeouts, keep_alive=settings.ollama_keep_alive)
            )
            for url in settings.ollama_urls
        ]
        if len(servers) == 1:
            yield servers[0]
            return
        yield await stack.enter_async_context(ModelPool.open(servers, time.monotonic))


def shelf_of(model: ChatModel) -> ModelShelf | None:
    """An OpenAI API says nothing of disks and memory."""
    return model if isinstance(model, OllamaClient | ModelPool) else None


def model_addresses(settings: Settings) -> tuple[str, ...]:
    """Where the model is asked, without secrets."""
    urls = (settings.llm_url,) if settings.llm_api == "openai" else settings.ollama_urls
    return tuple(map(without_secrets, urls))

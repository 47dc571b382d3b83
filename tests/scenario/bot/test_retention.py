"""How long what people said is kept, as the operator decides."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from luka_bot.config import Settings
from luka_bot.storage import keys
from luka_bot.storage.client import Client
from luka_bot.storage.connect import open_storage
from tests.luka import running_luka
from tests.scenario.bot.talking import ask

SAID = ("thread:", "thread_history:", "user_threads:", "user_active_thread:")


async def days_left(settings: Settings) -> dict[str, int]:
    """Of what was said and of what it belongs to, by kind; no key may outlive its lifetime."""
    async with open_storage("", settings.data_dir, attach=True) as storage:
        left = await storage.read(all_left)
    for key, seconds in left.items():
        life = keys.lifetime(key, settings.lives)
        assert life is None or timedelta(seconds=seconds) <= life, key
    return {
        key.partition(":")[0]: round(seconds / 86400)
        for key, seconds in left.items()
        if key.startswith(SAID)
    }


async def all_left(redis: Client) -> dict[str, int]:
    """Seconds that each key still has."""
    return {str(key): await redis.ttl(key) for key in await redis.keys()}


async def test_what_is_said_is_kept_as_long_as_the_operator_says(tmp_path: Path) -> None:
    async with running_luka(tmp_path, thread_days=3, history_days=2) as luka:
        anna = luka.telegram.person(7, "Anna")
        await ask(luka, anna, "Hi!")
        kept = await days_left(luka.settings)

        await luka.stop()
        luka.settings = luka.settings.model_copy(update={"thread_days": 9, "history_days": 8})
        luka.start()
        await ask(luka, anna, "And again!")
        afterwards = await days_left(luka.settings)

    assert Counter(kept.values()) == {3: 3, 2: 1}
    assert kept["thread_history"] == 2
    assert Counter(afterwards.values()) == {9: 3, 8: 1}

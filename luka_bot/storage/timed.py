"""How long Redis takes for what it is asked."""

from redis.asyncio import Redis

from luka_bot.metrics import STORAGE_SECONDS

_UNTIMED = (
    "EVALSHA",  # Storage.run knows the scripts' names
    "EVAL",
    "XREAD",  # waits for news
)


class TimedRedis(Redis):
    async def execute_command(self, *args: object, **options: object) -> object:
        command = str(args[0])
        asked = super().execute_command(*args, **options)  # type: ignore[no-untyped-call] # theirs
        if command in _UNTIMED:
            return await asked
        with STORAGE_SECONDS.labels(command.lower()).time():
            return await asked

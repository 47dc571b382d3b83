"""Three of the whole bot behind one webhook: to people they are one."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chaos.balancer import Balancer
from chaos.ports import free_port
from luka_bot.demo.model import Asked, Reply
from luka_bot.demo.telegram import LocalTelegram
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask, newest
from tests.scenario.bot.test_redis_away import Redis
from tests.scenario.web.webhooks import SECRET
from tests.waiting import wait_until, wait_until_found


@dataclass(frozen=True, slots=True)
class Three:
    redis: Redis
    replicas: tuple[Luka, ...]

    @property
    def one(self) -> Luka:
        return self.replicas[0]

    @property
    def telegram(self) -> LocalTelegram:
        return self.one.telegram


@asynccontextmanager
async def three_lukas(folder: Path) -> AsyncIterator[Three]:
    """All listen when this enters."""
    redis, ports = Redis(folder / "redis"), [free_port() for _ in range(3)]
    balancer = Balancer(ports, random.Random(1))
    balancer.calm = True
    await redis.start()
    async with (
        balancer.served(),
        running_luka(
            folder / "luka",
            reply=echo,
            redis_url=redis.url,
            webhook_url=f"{balancer.url}/telegram",
            webhook_secret=SECRET,
            web_port=ports[0],
        ) as one,
    ):
        others = [one.twin(one.settings.model_copy(update={"web_port": it})) for it in ports[1:]]
        for other in others:
            other.start()
        for port in ports:
            await wait_until_found(partial(listens, port))
        yield Three(redis, (one, *others))
        for other in others:
            await other.stop()
    await redis.stop()


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_they_answer_each_message_once_and_in_order(tmp_path: Path) -> None:
    async with three_lukas(tmp_path) as three:
        people = [three.telegram.person(number, f"P{number}") for number in (7, 8, 9, 10)]
        for number in range(3):
            for person in people:
                await person.writes(f"{person.id}, {number}")

        await wait_until(lambda: len(three.one.model.requests) == 12, seconds=15)

        for person in people:
            expected = [f"You said {person.id}, {number}" for number in range(3)]
            await three.telegram.wait_for(partial(has_said, three, person.id, expected))
        assert three.telegram.pending_updates == 0
        assert len(three.one.model.requests) == 12
        assert len(three.telegram.calls_of("setWebhook")) == 1


def has_said(three: Three, chat_id: int, texts: list[str]) -> bool:
    return three.telegram.said(chat_id) == texts


def echo(asked: Asked) -> str:
    return f"You said {asked.question}"


async def test_a_stop_ends_the_answer_whichever_of_them_hears_it(tmp_path: Path) -> None:
    async with three_lukas(tmp_path) as three:
        anna = three.telegram.person(7, "Anna")
        three.one.model.gate.clear()
        for number in range(1, 4):
            three.one.model.reply_with(Reply("The first sentence. And the rest.", hold_after=4))
            await anna.writes("Tell me")
            await three.telegram.wait_for(lambda: "⏹ Stop" in newest(three.one, 7).buttons)

            await anna.writes("/stop")

            await three.telegram.wait_for(lambda: "⏹ Stopped" in newest(three.one, 7).text)
            assert three.one.model.aborted == number


async def test_while_redis_is_away_only_one_of_them_says_so(tmp_path: Path) -> None:
    async with three_lukas(tmp_path) as three:
        anna = three.telegram.person(7, "Anna")
        await ask(three.one, anna, "Hi!")
        await three.redis.stop()

        await anna.writes("Are you there?")
        await three.telegram.wait_for(lambda: "memory is away" in newest(three.one, 7).text)
        refused = three.telegram.world.webhook.last_error
        await three.telegram.wait_for(lambda: three.telegram.world.webhook.last_error != refused)
        three.one.model.reply_with("Here again.")
        await three.redis.start()

        await three.telegram.wait_for(
            lambda: newest(three.one, 7).text == "Here again.", seconds=15
        )
        said = three.telegram.said(7)
        assert len([text for text in said if "memory is away" in text]) == 1
        assert said[-1] == "Here again."


async def test_when_one_ends_the_others_go_on(tmp_path: Path) -> None:
    async with three_lukas(tmp_path) as three:
        anna = three.telegram.person(7, "Anna")
        await ask(three.one, anna, "Hi!")

        await three.replicas[1].stop()
        await three.replicas[2].stop()

        for text in ("Still there?", "And now?", "And now?"):
            await ask(three.one, anna, text, "Yes.")
        assert three.telegram.said(7) == ["Hello there.", "Yes.", "Yes.", "Yes."]

"""Updates are pushed until they are taken, in order within a chat."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from luka_bot.demo.telegram import LocalTelegram, Person
from tests.unit.demo_telegram.conftest import Api


class Receiver:
    """A bot's webhook that refuses what it is told to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.secrets: list[str | None] = []
        self.refuse = 0
        self.wish: dict[str, str] = {}
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.texts.append(update["message"]["text"])
        self.refuse -= 1
        if self.refuse >= 0:
            return web.Response(status=503, headers=self.wish)
        return web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_an_update_is_pushed_with_the_secret(
    telegram: LocalTelegram, anna: Person, api: Api, receiver: Receiver
) -> None:
    await anna.writes("waits already")
    await api("setWebhook", url=receiver.url, secret_token="s3cret")
    await anna.writes("comes later")
    await telegram.wait_for(lambda: telegram.pending_updates == 0)
    assert receiver.texts == ["waits already", "comes later"]
    assert receiver.secrets == ["s3cret", "s3cret"]


async def test_a_refused_update_comes_again_and_holds_up_its_chat_alone(
    telegram: LocalTelegram, anna: Person, api: Api, receiver: Receiver
) -> None:
    boris = telegram.person(8, "Борис")
    telegram.world.webhook.first_delay = 0.01
    receiver.refuse = 1
    await api("setWebhook", url=receiver.url)
    await anna.writes("one")
    await anna.writes("two")
    await telegram.wait_for(lambda: len(receiver.texts) >= 1)
    await boris.writes("three")
    await telegram.wait_for(lambda: telegram.pending_updates == 0)
    hers = [text for text in receiver.texts if text != "three"]
    assert hers == ["one", "one", "two"]
    info = (await api("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_refused_update_comes_again_when_the_bot_asked_for_it(
    telegram: LocalTelegram, anna: Person, api: Api, receiver: Receiver
) -> None:
    telegram.world.webhook.first_delay = 60
    receiver.refuse, receiver.wish = 1, {"Retry-After": "1"}
    await api("setWebhook", url=receiver.url)

    await anna.writes("one")

    await telegram.wait_for(lambda: telegram.pending_updates == 0)
    assert receiver.texts == ["one", "one"]

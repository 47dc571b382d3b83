"""The pictures of the documentation, from a running luka. Needs a Chromium."""

import asyncio
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Page, async_playwright, expect
from pydantic import SecretStr

from chaos.ports import free_port
from docs.screenshot_of_jobs import picture_jobs
from docs.screenshot_of_talk import picture_talk
from luka_bot import app
from luka_bot.background import Background
from luka_bot.config import Settings
from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.model.persona import converse
from luka_bot.demo.run import run_demo
from luka_bot.demo.telegram import Limits, LocalTelegram, furnish
from luka_bot.demo.telegram.furnish import ADMIN, ADMINS
from luka_bot.models.events import Usage
from luka_bot.models.ids import UserId
from luka_bot.models.message import MessageState
from luka_bot.models.person import Access
from luka_bot.models.stats import Spent
from luka_bot.storage.connect import open_storage
from luka_bot.storage.stats import StatsStore

PICTURES = Path(__file__).parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
MODELS = ("llama3.2", "qwen3:8b", "gemma3:4b")
FRIENDS = ("Anna", "Emil", "Katya", "Lars", "Noor", "Tomek")
STRANGERS = (
    (201, "Marta", "I'm Anna's sister, from Lviv."),
    (202, "Oskar", "We met at the book club."),
)


async def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder)) as address, browser() as page:
            await page.goto(address)
            await talk(page)
            await page.screenshot(path=PICTURES / "conversation.png")
            await knock(page, address)
            await page.screenshot(path=PICTURES / "approval.png")
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder)) as address, browser() as page:
            if page.context.browser is not None:
                await picture_talk(page.context.browser, address, PICTURES / "talk.png")
    with tempfile.TemporaryDirectory() as folder:
        async with admin_page(Path(folder)) as link, browser() as page:
            await picture_admin_page(page, link)
            await picture_jobs(page, link.partition("/admin")[0], PICTURES)


async def talk(page: Page) -> None:
    chat = page.get_by_role("log")
    await page.get_by_role("button", name="Start").click()
    await chat.get_by_text("Hi, Anna!").wait_for()
    await say(page, "/new Weekend in Lviv")
    await chat.get_by_text("is ready, with a fresh memory").wait_for()
    await say(page, "My name is Anna and I love long walks.")
    await chat.get_by_role("button", name="Regenerate").wait_for()
    await say(page, "Show me a table")
    await chat.get_by_role("button", name="⏹ Stop").wait_for()
    await chat.get_by_role("button", name="⏹ Stop").wait_for(state="detached", timeout=30_000)
    await expect(chat.get_by_role("button", name="Regenerate")).to_have_count(1)


async def knock(page: Page, address: str) -> None:
    """Boris asks to come in; then the page shows what the admins see of it."""
    chat = page.get_by_role("log")
    await page.goto(f"{address}/#8/8")
    await page.reload()
    await page.get_by_role("button", name="Start").click()
    await chat.get_by_text("можно ли вам присоединиться").wait_for()
    await say(page, "Я Борис, брат Анны. Можно к вам?")
    await chat.get_by_text("Передал").wait_for()
    await page.goto(f"{address}/#{ADMIN}/{ADMINS}")
    await page.reload()
    await chat.get_by_text("брат Анны").wait_for()


async def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def picture_admin_page(page: Page, link: str) -> None:
    await page.goto(link)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Overview").wait_for()
    home = page.url
    await page.set_viewport_size({"width": 1100, "height": 960})
    await page.screenshot(path=PICTURES / "admin-overview.png")
    for name, path in (("people", "/people"), ("stats", "/stats?days=30")):
        await page.goto(home + path)
        await page.screenshot(path=PICTURES / f"admin-{name}.png")
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.emulate_media(color_scheme="dark")
    await page.goto(home + "/people")
    await page.screenshot(path=PICTURES / "admin-phone.png")


@asynccontextmanager
async def admin_page(folder: Path) -> AsyncIterator[str]:
    """A link to the page of a luka that has been used for a while."""
    stop = asyncio.Event()
    async with (
        LocalTelegram.open(token="1:pictures", limits=Limits.none()) as telegram,  # noqa: S106 - ours
        ScriptedOllama.open(reply=converse, models=MODELS) as model,
        Background() as tasks,
    ):
        furnish(telegram)
        settings = Settings(
            bot_token=SecretStr(telegram.token),
            telegram_api_url=telegram.url,
            ollama_url=model.url,
            ollama_model=MODELS[0],
            data_dir=folder,
            admin_chat_id=ADMINS,
            access=Access.APPROVAL,
            allowed_ids=",".join(map(str, range(100, 100 + len(FRIENDS)))),
            web_port=free_port(),
        )
        running = tasks.spawn("luka", app.run(settings, stop))
        await live_there(telegram, folder)
        yield await link_for_olga(telegram)
        stop.set()
        await running


async def live_there(telegram: LocalTelegram, folder: Path) -> None:
    for number, name in enumerate(FRIENDS, 100):
        await telegram.person(number, name, username=name.lower()).writes("Hello!")
    await telegram.wait_for(lambda: all(map(telegram.buttons, range(100, 100 + len(FRIENDS)))))
    for number, name, words in STRANGERS:
        stranger = telegram.person(number, name, username=name.lower())
        await stranger.writes("/start")
        await stranger.writes(words)
    said = [number for number, _, _ in STRANGERS]
    await telegram.wait_for(lambda: all(len(telegram.said(one)) == 2 for one in said))
    async with open_storage("", folder, attach=True) as storage:
        await remember(StatsStore(storage, ZoneInfo("UTC")))


async def remember(stats: StatsStore) -> None:
    """A month of use, the same at each run."""
    dice = random.Random(7)
    for day in range(1, 30):
        for _ in range(dice.randint(6, 14) + (6 if day % 7 not in {0, 6} else 0)):
            person = UserId(100 + int(dice.triangular(0, len(FRIENDS), 0)))
            tokens = dice.randint(200, 1800), dice.randint(60, 500)
            usage = Usage(MODELS[0], *tokens, dice.uniform(3, 25))
            outcome = MessageState.FAILED if dice.random() < 0.02 else MessageState.DONE
            spent = Spent(person, outcome, usage, dice.uniform(0.3, 4))
            await stats.record(spent, time.time() - day * 86400)


async def link_for_olga(telegram: LocalTelegram) -> str:
    olga = telegram.person(ADMIN, "Olga", language="en", username="olga")
    await olga.writes("/start")
    await olga.writes("/admin", chat=ADMINS)
    link = re.compile(r"http://\S+/admin/enter/\S+")
    await telegram.wait_for(lambda: any(map(link.search, telegram.said(ADMIN))))
    return str(link.findall("\n".join(telegram.said(ADMIN)))[-1])


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """The demo's address, while it runs."""
    said: asyncio.Queue[str] = asyncio.Queue()
    stop = asyncio.Event()
    settings = Settings(data_dir=folder, ollama_url="http://127.0.0.1:1")
    async with Background() as tasks:
        running = tasks.spawn("demo", run_demo(settings, 0, stop, said.put_nowait))
        words = (await said.get()).split()
        yield next(word for word in words if word.startswith("http"))
        stop.set()
        await running


@asynccontextmanager
async def browser() -> AsyncIterator[Page]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("A picture needs a Chromium; on Debian: apt install chromium")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = await chromium.new_page(viewport={"width": 1100, "height": 760})
        yield page
        await chromium.close()


if __name__ == "__main__":
    asyncio.run(main())

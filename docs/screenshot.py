"""The README's picture: a conversation with the running demo. Needs a Chromium."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from luka_bot.background import Background
from luka_bot.config import Settings
from luka_bot.demo.run import run_demo

PICTURES = Path(__file__).parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


async def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder)) as address, browser() as page:
            await page.goto(address)
            await talk(page)
            await page.screenshot(path=PICTURES / "conversation.png")


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


async def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


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

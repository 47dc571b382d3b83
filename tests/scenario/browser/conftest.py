"""A Chromium, our Telegram, a bot of three lines, and the page between them."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from luka_bot.demo.telegram.furnish import furnish
from luka_bot.demo.telegram.local import LocalTelegram
from tests.scenario.browser.tiny_bot import TinyBot

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = (1100, 760)
Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium on PATH (looked for {', '.join(NAMES)})")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open() as telegram:
        furnish(telegram)
        telegram.model = "a tiny bot for tests"
        yield telegram


@pytest_asyncio.fixture(loop_scope="module")
async def bot(telegram: LocalTelegram) -> AsyncIterator[TinyBot]:
    async with TinyBot.of(telegram) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(chromium: Browser, telegram: LocalTelegram) -> AsyncIterator[Open]:
    """Opens the page like a new visitor; fails the test if the page complained in its console."""
    complaints: list[str] = []
    contexts = []

    async def opened(
        where: str = "", size: tuple[int, int] = DESKTOP, *, dark: bool = False
    ) -> Page:
        context = await chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(8000)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.extend(_errors(line)))
        await page.goto(f"{telegram.url}/{where}")
        await page.wait_for_selector("[data-person]", state="attached")
        return page

    yield opened
    for context in contexts:
        await context.close()
    # A server that was stopped on purpose leaves a line of the browser's own.
    assert [
        one for one in complaints if "Failed to load resource" not in one and "ERR_" not in one
    ] == []


def _errors(line: ConsoleMessage) -> list[str]:
    return [line.text] if line.type == "error" else []

"""People with browsers in front of the page /app."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from luka_bot.models.ids import UserId
from luka_bot.models.person import Visitor
from luka_bot.web.chat.answers import SignedIn
from tests.scenario.web.chat_house import NAMES, ChatHouse

DESKTOP, PHONE = (1100, 760), (390, 780)
NETWORK = ("Failed to load resource", "ERR_", "WebSocket connection to")


@dataclass(slots=True)
class Visits:
    """complaints: of pages, without those of a network that was cut."""

    house: ChatHouse
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    fresh: list[BrowserContext] = field(default_factory=list)
    theirs: dict[int, BrowserContext] = field(default_factory=dict)

    async def blank(self, *, phone: bool = False) -> Page:
        """A browser of its own, which nobody has used."""
        context = await self._context(phone=phone)
        self.fresh.append(context)
        return await self._page(context)

    async def _at_home(self, number: int) -> Page:
        """Somebody's own browser; opened once, as a new one has to load everything."""
        if number not in self.theirs:
            self.theirs[number] = await self._context()
        return await self._page(self.theirs[number])

    async def _context(self, *, phone: bool = False) -> BrowserContext:
        width, height = PHONE if phone else DESKTOP
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            has_touch=phone,
            is_mobile=phone,
        )
        context.set_default_timeout(8000)
        return context

    async def _page(self, context: BrowserContext) -> Page:
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", _listener(self.complaints))
        return page

    async def link(self, number: int) -> str:
        """As /web gives it."""
        name = NAMES[number]
        await self.house.front.sessions.welcome(Visitor(UserId(number), name))
        link = await self.house.front.sessions.make_link(UserId(number), name)
        return f"{self.house.home}/app#enter={link}"

    async def enters(self, number: int, page: Page | None = None, where: str = "") -> Page:
        """As somebody who has signed in before. where: another address, or a fragment."""
        page = page or await self._at_home(number)
        visitor = Visitor(UserId(number), NAMES[number])
        guest = SignedIn.of(await self.house.front.sessions.welcome(visitor))
        kept = json.dumps(guest.model_dump_json())
        await page.add_init_script(
            f"if (location.host) localStorage.setItem('luka-chat-session', {kept})"
        )
        home = "" if where.startswith("http") else f"{self.house.home}/app"
        await page.goto(home + where)
        await expect(page.locator(".me strong")).to_have_text(NAMES[number])
        return page

    async def opens(self, number: int, talk: str, page: Page | None = None, home: str = "") -> Page:
        """With this conversation open and connected."""
        where = f"{home}/app#c={talk}" if home else f"#c={talk}"
        page = await self.enters(number, page, where)
        await connected(page)
        return page

    async def leave(self) -> None:
        for context in self.fresh:
            await context.close()
        self.fresh.clear()
        for context in self.theirs.values():
            for page in context.pages:
                await page.close()


def _listener(complaints: list[str]) -> Callable[[ConsoleMessage], None]:
    def heard(line: ConsoleMessage) -> None:
        if line.type == "error" and not any(one in line.text for one in NETWORK):
            complaints.append(line.text)

    return heard


def row(page: Page, talk: str) -> Locator:
    return page.locator(f'.row[data-id="{talk}"]')


def words(page: Page) -> Locator:
    """Of messages that have their number."""
    return page.get_by_role("log").locator(".words, .system span")


async def connected(page: Page) -> None:
    await expect(page.locator('.view[data-connection="open"]')).to_be_visible()


async def says(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Write a message").fill(text)
    await page.keyboard.press("Enter")

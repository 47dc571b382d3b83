"""The page of conversations as it is sent: headers, languages, and nothing twice."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from luka_bot.web.app.page import AppPage
from tests.architecture.tree import ROOT


@pytest.fixture
async def home() -> AsyncIterator[aiohttp.ClientSession]:
    app = web.Application()
    app.add_routes(AppPage(7).routes())
    async with TestServer(app) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        yield session


async def test_only_our_own_scripts_and_telegrams_run(home: aiohttp.ClientSession) -> None:
    for path in ("/app", "/app/static/app.js", "/app/words.json"):
        answer = await home.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self' https://telegram.org;" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_a_file_that_is_the_same_is_sent_once(home: aiohttp.ClientSession) -> None:
    first = await home.get("/app/static/view.js")
    again = await home.get("/app/static/view.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status, first.content_type, again.status) == (200, "text/javascript", 304)
    assert again.headers["Cache-Control"] == "no-cache"
    for name in ("page.py", "..%2Fpage.py", "nothing.js"):
        assert (await home.get(f"/app/static/{name}")).status == 404


@pytest.mark.parametrize(
    ("asked", "browser", "spoken"),
    [("", "ru-RU,en;q=0.5", "ru"), ("en", "ru", "en"), ("xx", "de", "en"), ("ru", "", "ru")],
)
async def test_words_come_in_the_chosen_language_or_the_browsers(
    home: aiohttp.ClientSession, asked: str, browser: str, spoken: str
) -> None:
    given = await home.get(f"/app/words.json?lang={asked}", headers={"Accept-Language": browser})
    answer = await given.json()
    assert answer["language"] == spoken
    assert answer["words"]["app.send"] == {"en": "Send", "ru": "Отправить"}[spoken]
    assert answer["languages"] == {"en": "English", "ru": "Русский"}


async def test_the_page_names_all_its_modules_and_how_often_it_tries(
    home: aiohttp.ClientSession,
) -> None:
    document = await (await home.get("/app")).text()
    modules = list((ROOT / "luka_bot" / "web" / "app" / "static").glob("*.js"))
    assert modules
    assert all(f'href="/app/static/{module.name}"' in document for module in modules)
    assert await (await home.get("/app/config.json")).json() == {"ws_max_retries": 7}

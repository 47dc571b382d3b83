"""What admins see and do on their pages."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chaos.ports import free_port
from luka_bot.demo.model import Reply
from luka_bot.models.ids import UserId
from luka_bot.models.person import Limits, PersonRole, Standing
from tests.luka import running_luka
from tests.scenario.bot.talking import ask
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, ANNA
from tests.scenario.web.admin_page import AdminPage, Browser, page_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

OLGA, USER = 9, UserId(50)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AdminPage]:
    """One luka for all of these."""
    opening = running_luka(
        tmp_path_factory.mktemp("pages"),
        access="approval",
        admin_chat_id=ADMINS,
        allowed_ids=f"{ANNA},{USER}",
        web_port=free_port(),
        web_url="https://luka.example.org",
        messages_per_day=20,
    )
    async with opening as luka:
        house = furnished(luka)
        await ask(luka, house.anna, "Hi")
        async with page_of(house) as opened:
            await opened.stands(USER, Standing.ALLOWED)
            yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def olga(page: AdminPage) -> AsyncIterator[Browser]:
    async with page.browser(OLGA) as browser:
        yield browser


async def test_role_and_limits_are_changed_and_written_down(page: AdminPage, olga: Browser) -> None:
    person = f"/admin/people/{USER}"
    made = await olga.post(f"{person}/role", role="admin")
    assert made.leads_to == f"{person}?done=admin"
    await olga.post(f"{person}/limits", messages="5", tokens="0", seconds="")

    kept = await page.people.get(USER)
    assert (kept.role, kept.limits) == (PersonRole.ADMIN, Limits(5, 0, None))
    assert "today 0 of 5" in (await olga.get(person)).text
    assert (await olga.post(f"{person}/decide", verb="ban")).status == 409
    assert (await olga.post(f"{person}/limits", messages="many")).status == 400
    events = [one[0] for one in await page.house.audited()]
    assert events == ["role_changed", "limits_changed", "limits_changed"]


async def test_whoever_is_erased_is_gone(page: AdminPage, olga: Browser) -> None:
    await page.stands(61, Standing.ALLOWED)
    erased = await olga.post("/admin/people/61/erase")
    assert erased.leads_to == "/admin/people?done=erased"
    assert "They are erased" in (await olga.get(erased.leads_to)).text
    assert (await olga.get("/admin/people/61")).status == 404


async def test_people_are_found_by_name_and_standing(page: AdminPage, olga: Browser) -> None:
    await page.stands(62, Standing.BANNED)
    assert "/admin/people/62" in (await olga.get("/admin/people?standing=banned")).text
    anna = (await olga.get("/admin/people?q=ann")).text
    assert f"/admin/people/{ANNA}" in anna
    assert "/admin/people/62" not in anna
    assert "Nobody like that" in (await olga.get("/admin/people?q=nobody&from=x")).text


async def test_an_answer_in_the_queue_is_stopped(page: AdminPage, olga: Browser) -> None:
    house = page.house
    house.luka.model.reply_with(Reply("A very long tale", hang_after=3))
    await house.anna.writes("Tell me a tale")
    await house.hears(house.anna, "A very")
    shown = (await olga.get("/admin/queue")).text
    assert "Being answered" in shown
    place = shown.partition('name="place" value="')[2].partition('"')[0]

    stopped = await olga.post("/admin/queue/cancel", place=place)
    assert stopped.leads_to == "/admin/queue?done=stopping"
    await house.hears(house.anna, "Stopped.")
    gone = await olga.post("/admin/queue/cancel", place="1 2 3")
    assert gone.leads_to == "/admin/queue?done=gone"


async def test_models_and_numbers_are_shown(olga: Browser) -> None:
    models = (await olga.get("/admin/models")).text
    assert "llama3.2" in models
    assert "answers by default" in models
    stats = (await olga.get("/admin/stats?days=30")).text
    assert stats.count("<rect") == 30
    assert f'href="/admin/people/{ANNA}"' in stats


@pytest.mark.parametrize("who", ["--5", "@nobody_there", "x" * 500, "\0"])
async def test_nobody_of_that_name_has_entries(olga: Browser, who: str) -> None:
    asked = await olga.get("/admin/audit?who=" + who.replace("\0", "%00"))
    assert (asked.status, "There is nothing here" in asked.text) == (404, True)


async def test_by_https_the_cookie_is_for_https_alone_and_forms_come_from_there(
    page: AdminPage,
) -> None:
    await page.house.olga.writes("/start")
    await page.house.hears(page.house.olga, "Hi, Olga")
    await page.house.command("/admin", "I've sent you the link")
    link = page.house.said_to(page.house.olga)[-1].partition("https://luka.example.org")[2]
    async with page.browser() as browser:
        browser.origin = "https://luka.example.org"
        entered = await browser.post(link.split()[0])
    assert entered.leads_to == "/admin"
    assert "Secure" in entered.headers["Set-Cookie"]

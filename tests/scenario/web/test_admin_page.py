"""Who comes into the admin page, and who doesn't."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from chaos.ports import free_port
from luka_bot.demo.telegram import Fault
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.person import PersonRole, Standing
from luka_bot.web.admin.press import HEADERS
from luka_bot.web.admin.rights import NEEDS, Opening
from tests.architecture.tree import modules
from tests.luka import running_luka
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, ANNA
from tests.scenario.web.admin_page import LEARNT, AdminPage, Shown, browser_at, page_of
from tests.waiting import wait_until_found

pytestmark = pytest.mark.asyncio(loop_scope="module")

USER, BANNED, STRANGER, OLGA, NOBODY = 50, 51, 52, 9, 4242
ROUTES = [*NEEDS, ("POST", "/admin/{tail:.*}")]
OPEN = {need for need in NEEDS if NEEDS[need] is Opening.ANYBODY}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AdminPage]:
    """One luka for all of these."""
    opening = running_luka(
        tmp_path_factory.mktemp("page"),
        access="approval",
        admin_chat_id=ADMINS,
        allowed_ids=str(ANNA),
        web_port=free_port(),
    )
    async with opening as luka:
        house = furnished(luka)
        await house.olga.writes("/start")
        await house.hears(house.olga, "Hi, Olga")
        async with page_of(house) as opened:
            await opened.stands(USER, Standing.ALLOWED)
            await opened.stands(BANNED, Standing.BANNED)
            yield opened


async def test_a_link_from_the_bot_works_once_and_not_for_a_preview(page: AdminPage) -> None:
    link = (await page.link()).removeprefix(page.home)
    async with page.browser() as preview, page.browser() as olga, page.browser() as late:
        assert "press" in (await preview.get(link)).text.lower()
        entered = await olga.post(link)
        assert (entered.status, entered.leads_to) == (303, "/admin")
        cookie = entered.headers["Set-Cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/"))
        assert "Secure" not in cookie
        assert "Overview" in (await olga.get("/admin")).text

        assert (await late.get(link)).status == 410
        assert (await late.post(link)).status == 410
        assert (await late.get("/admin")).leads_to == "/admin/login"

        assert (await olga.post("/admin/logout")).leads_to == "/admin/login"
        assert (await olga.get("/admin")).leads_to == "/admin/login"
    events = [one[0] for one in await page.house.audited()]
    assert events[-3:] == ["link_made", "signed_in", "signed_out"]


async def test_an_admin_whom_luka_can_t_write_to_is_told_so_in_the_group(page: AdminPage) -> None:
    telegram = page.house.luka.telegram
    mira = telegram.person(10, "Mira")
    telegram.world.chats[ChatId(ADMINS)].members.append(mira.id)
    await mira.blocks_bot()
    await mira.writes("/admin", chat=ADMINS)
    await page.house.admins_see("Mira, I couldn't write to you in private")


async def test_a_name_and_password_open_the_page_and_wrong_ones_are_counted(
    page: AdminPage,
) -> None:
    await page.account("margo")
    await page.account("vera", PersonRole.USER)
    async with page.browser() as browser:
        right = await browser.post("/admin/login", login="Margo ", password=LEARNT)
        assert (right.status, right.leads_to) == (303, "/admin")
        assert "margo" in (await browser.get("/admin")).text
    async with page.browser() as browser:
        user = await browser.post("/admin/login", login="vera", password=LEARNT)
        tried = [
            await browser.post("/admin/login", login="margo", password="wrong") for _ in range(4)
        ]
        assert user.status == tried[0].status == 403
        assert "don&#39;t belong to an admin" in tried[0].text
        assert (tried[-1].status, "Too many tries" in tried[-1].text) == (429, True)
        assert int(tried[-1].headers["Retry-After"]) <= 60
    noted = [one[0] for one in await page.house.audited()]
    assert noted.count("sign_in_failed") == 4


@pytest.mark.parametrize("who", [None, BANNED, STRANGER, USER, OLGA])
async def test_each_rank_reaches_what_it_may(page: AdminPage, who: int | None) -> None:
    for method, path in ROUTES:
        async with page.browser(who) as browser:
            asked = path.replace("{person}", str(NOBODY)).replace("{tail:.*}", "nothing")
            asked = asked.replace("{name}", "style.css").replace("{link}", "none")
            shown = await (browser.post(asked) if method == "POST" else browser.get(asked))
            assert _refused(shown) == _expected(method, path, who), (method, path)


def _refused(shown: Shown) -> str:
    if shown.leads_to == "/admin/login":
        return "login"
    return "denied" if shown.status == 403 and 'type="password"' not in shown.text else ""


def _expected(method: str, path: str, who: int | None) -> str:
    if (method, path) in OPEN:
        return ""
    if path == "/admin/logout":
        return "login" if who else "denied"
    if who is None:
        return "denied" if method == "POST" else "login"
    return "" if who == OLGA else "denied"


async def test_all_other_routes_are_open_on_purpose(page: AdminPage) -> None:
    """The webhook has its own secret, conversations have their own door, and their page shows
    nothing by itself."""
    makers = ("web.get(", "web.post(", "web.route(", "add_route(", "add_get(", "add_post(")
    found = {
        path.stem
        for path in modules("luka_bot")
        if "demo" not in path.parts and any(one in path.read_text("utf-8") for one in makers)
    }
    assert found == {"door", "guard", "health", "metrics", "page", "webhook"}
    async with page.browser() as browser:
        for path in ("/health/live", "/health/ready", "/metrics"):
            assert (await browser.get(path)).status in {200, 503}


async def test_whoever_loses_their_rights_is_out_at_once(page: AdminPage) -> None:
    user_id = await page.account("nadia")
    async with page.browser(user_id) as browser:
        assert (await browser.get("/admin")).status == 200
        await page.people.update(user_id, role=PersonRole.USER.value)
        lost = await browser.get("/admin")
        assert (lost.status, "for admins" in lost.text) == (403, True)


async def test_whoever_leaves_the_admins_group_is_out_at_once(page: AdminPage) -> None:
    telegram = page.house.luka.telegram
    leaving, group = telegram.person(70, "Lea"), telegram.world.chats[ChatId(ADMINS)]
    group.members.append(leaving.id)
    async with page.browser(leaving.id) as browser:
        assert (await browser.get("/admin")).status == 200
        group.members.remove(leaving.id)
        assert (await browser.get("/admin")).status == 403


async def test_an_admin_by_role_looks_at_luka_while_telegram_is_away(page: AdminPage) -> None:
    user_id = await page.account("pia")
    faults = page.house.luka.telegram.faults
    faults.add("getChatMember", Fault.server_error(), times=None)
    async with page.browser(user_id) as browser:
        shown = await browser.get("/admin")
    faults.clear()
    assert (shown.status, "Overview" in shown.text) == (200, True)


@pytest.mark.parametrize(
    ("origin", "csrf"),
    [("http://evil.example", None), ("null", None), (None, None), ("", ""), ("", "their-csrf2")],
)
async def test_a_form_of_somebody_else_changes_nothing(
    page: AdminPage, origin: str | None, csrf: str | None
) -> None:
    async with page.browser(OLGA) as browser:
        browser.csrf, browser.origin = "their-csrf" if csrf is None else csrf, origin
        shown = await browser.post(f"/admin/people/{USER}/decide", verb="ban")
    assert (shown.status, "didn&#39;t come from my page" in shown.text) == (403, True)
    assert (await page.people.get(UserId(USER))).standing is Standing.ALLOWED


async def test_every_page_is_guarded_by_its_headers(page: AdminPage) -> None:
    async with page.browser() as browser:
        shown = [await browser.get("/admin/login"), await browser.get("/admin/nothing")]
    async with page.browser(OLGA) as browser:
        shown += [await browser.get("/admin"), await browser.get("/admin/nothing")]
    for one in shown:
        assert one.headers.items() >= HEADERS.items()
    assert [one.status for one in shown] == [200, 303, 200, 404]


async def test_what_people_call_themselves_is_text(page: AdminPage) -> None:
    eve = page.house.luka.telegram.person(60, "<script>alert(1)</script>")
    await eve.writes("/start")
    await page.house.admins_see("<script>")
    await eve.writes('<img src=x onerror="alert(1)">')
    await page.house.hears(eve, "I've passed that on")
    async with page.browser(OLGA) as browser:
        pages = [
            "/admin",
            "/admin/people",
            "/admin/people/60",
            "/admin/audit",
            "/admin/audit?who=60",
        ]
        texts = [(await browser.get(path)).text for path in pages]
    for text in texts:
        assert "&lt;script&gt;" in text
        assert "<script" not in text
        assert "<img src=x" not in text


async def test_pages_speak_the_language_that_is_asked_for(page: AdminPage) -> None:
    async with page.browser() as browser:
        asked = await browser.get("/admin/login", **{"Accept-Language": "de, ru;q=0.8, en;q=0.5"})
    assert "Вход в luka" in asked.text
    assert '<html lang="ru">' in asked.text


async def test_without_redis_a_page_says_so(tmp_path: Path) -> None:
    port, redis = free_port(), "redis://127.0.0.1:1/0"
    async with (
        running_luka(tmp_path, web_port=port, redis_url=redis),
        browser_at(f"http://127.0.0.1:{port}", "some-session") as browser,
    ):
        await wait_until_found(lambda: answers(port))
        shown = [await browser.get("/admin"), await browser.get("/admin/enter/some-link")]
        style = await browser.get("/admin/static/style.css")
    assert [one.status for one in shown] == [503, 503]
    assert style.status == 200
    assert all("Try again in a moment" in one.text for one in shown)


async def answers(port: int) -> bool:
    try:
        async with asyncio.timeout(1):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True

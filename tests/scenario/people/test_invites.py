"""People come in by links that admins make."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.luka import running_luka
from tests.scenario.bot.talking import ask
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["closed", "approval"])
async def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    folder = tmp_path_factory.mktemp("invites")
    async with running_luka(folder, access=request.param, admin_chat_id=ADMINS) as luka:
        yield furnished(luka)


async def test_a_stranger_comes_in_by_a_link_once(shared: House) -> None:
    payload = await shared.invites("/invite 1 3d choir")
    assert "choir, uses left: 1, until " in shared.card().text
    mark, nora = shared.luka.telegram.person(20, "Mark"), shared.luka.telegram.person(21, "Nora")

    await mark.writes(f"/start {payload}")
    await shared.hears(mark, "You're in, Mark")
    await shared.admins_see("Mark (20) came in by the invite “choir” of Olga.")
    await nora.writes(f"/start {payload}")
    await shared.hears(nora, "This invite no longer works")
    await mark.writes(f"/start {payload}")
    await shared.hears(mark, "Hi, Mark! I'm luka")
    answer = await ask(shared.luka, mark, "Hi", "Hello, Mark.")

    assert answer.text == "Hello, Mark."
    events = [one[:2] for one in await shared.audited()]
    assert [events.count(one) for one in (("invite_used", 20), ("refused", 21))] == [1, 1]
    assert ("refused", 21, None, "invite") in await shared.audited()


async def test_invites_are_listed_and_revoked(shared: House) -> None:
    payload = await shared.invites("/invite many 30d family")
    await shared.invites("/invite 5 40d team")
    await shared.olga.taps("✖️ Revoke", chat=ADMINS)
    await shared.shows("This invite was revoked by Olga")

    await shared.command("/invite list", "1 invite works")
    assert "1. family, any number of uses, until " in shared.card().text
    await shared.olga.taps("✖️ Revoke 1", chat=ADMINS)
    await shared.shows("0 invites work")
    await shared.command("/invite 0", "makes a link for one person and a week")

    vera = shared.luka.telegram.person(22, "Vera")
    await vera.writes(f"/start {payload}")
    await shared.hears(vera, "This invite no longer works")


async def test_who_is_banned_can_t_come_back_by_an_invite(shared: House) -> None:
    payload = await shared.invites()
    await shared.command("/ban 23", "Banned")
    walt = shared.luka.telegram.person(23, "Walt")
    await walt.writes(f"/start {payload}")
    await shared.hears(walt, "I don't answer you")
    await shared.command("/invites", "uses left: 1")
    await shared.olga.taps("✖️ Revoke 1", chat=ADMINS)

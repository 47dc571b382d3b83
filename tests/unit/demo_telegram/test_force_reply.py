"""A message that wants a reply tells the page whom it asks."""

import aiohttp
import pytest

from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.demo.telegram.json_types import Json
from tests.unit.demo_telegram.conftest import Api

FAMILY = -100


async def asked(
    telegram: LocalTelegram, session: aiohttp.ClientSession, chat_id: int
) -> dict[str, object]:
    """What the page gets of the newest message's wish for a reply."""
    async with session.get(f"{telegram.url}/demo/state") as response:
        state = await response.json()
    wish: dict[str, object] = state["messages"][str(chat_id)][-1]["force_reply"]
    return wish


def wish_for_reply(*, selective: bool = True) -> Json:
    return {"force_reply": True, "input_field_placeholder": "New name", "selective": selective}


@pytest.mark.usefixtures("anna")
async def test_a_private_question_asks_its_person(
    telegram: LocalTelegram, session: aiohttp.ClientSession, api: Api
) -> None:
    await api("sendMessage", chat_id=7, text="Which?", reply_markup=wish_for_reply())
    assert await asked(telegram, session, 7) == {"placeholder": "New name", "people": [7]}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Which?", []),
        ("@Boris, which?", [8]),
        ("@borislav, which?", []),
        ('<a href="tg://user?id=9">Ольга</a>, which?', [9]),
    ],
)
async def test_a_selective_question_asks_whom_it_mentions(
    telegram: LocalTelegram,
    anna: Person,
    session: aiohttp.ClientSession,
    api: Api,
    text: str,
    people: list[int],
) -> None:
    others = [telegram.person(8, "Борис", username="boris"), telegram.person(9, "Ольга")]
    telegram.group(FAMILY, "Family", [anna, *others])
    markup = wish_for_reply()
    await api("sendMessage", chat_id=FAMILY, text=text, parse_mode="HTML", reply_markup=markup)
    assert (await asked(telegram, session, FAMILY))["people"] == people


async def test_a_selective_question_asks_whom_it_replies_to_and_any_other_everybody(
    telegram: LocalTelegram, anna: Person, session: aiohttp.ClientSession, api: Api
) -> None:
    telegram.group(FAMILY, "Family", [anna, telegram.person(8, "Борис")])
    hers = await anna.writes("Rename it", chat=FAMILY)
    for selective, people in ((True, [7]), (False, [7, 8])):
        await api(
            "sendMessage",
            chat_id=FAMILY,
            text="Which?",
            reply_parameters={"message_id": hers},
            reply_markup=wish_for_reply(selective=selective),
        )
        assert (await asked(telegram, session, FAMILY))["people"] == people

"""Links that start the bot with a payload."""

import pytest

from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.demo.telegram.deeds import CannotDo
from luka_bot.demo.telegram.deep_links import start_payload


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/luka_bot?start=abc_D-1",
        "t.me/Luka_Bot?start=abc_D-1",
        "tg://resolve?domain=luka_bot&start=abc_D-1",
    ],
)
async def test_a_link_opens_the_chat_with_the_bot_and_starts_it(
    telegram: LocalTelegram, link: str
) -> None:
    newcomer = telegram.person(9, "Eve", started=False)
    await newcomer.follows(link)

    assert [one.text for one in telegram.shown(9)] == ["/start abc_D-1"]


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/luka_bot",
        "https://t.me/other_bot?start=abc",
        "https://t.me/luka_bot?start=with%20space",
        f"https://t.me/luka_bot?start={'x' * 65}",
        "https://t.me.example.org/luka_bot?start=abc",
        "javascript:alert(1)",
    ],
)
async def test_other_links_start_nothing(anna: Person, link: str) -> None:
    assert start_payload(link, "luka_bot") is None
    with pytest.raises(CannotDo):
        await anna.follows(link)

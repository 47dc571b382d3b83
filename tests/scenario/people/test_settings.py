"""/settings and /privacy."""

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from tests.scenario.bot.talking import newest
from tests.scenario.people.house import House


async def test_each_choice_counts_at_once(house: House) -> None:
    luka, anna = house.luka, house.anna
    await anna.writes("/settings")
    await house.hears(anna, "How you like it")
    card = newest(luka, anna.id)
    assert card.buttons[:3] == ["English", "Русский", "✅ As in Telegram"]

    for button, told in (
        ("Русский", "Язык: Русский"),
        ("🔕 Без звука", "Без звука: да"),
        ("💭 Показывать размышления", "размышления модели: да"),
    ):
        await anna.taps(button)
        await shows(house, anna, told)
    assert newest(luka, anna.id).message_id == card.message_id

    luka.model.reply_with(Reply("Так вот.", thinking="Хм."))
    await anna.writes("Ну?")
    await luka.telegram.wait_for(lambda: "Так вот." in newest(luka, anna.id).text)
    assert "Хм." in newest(luka, anna.id).text
    sent = luka.telegram.calls_of("sendMessage", chat_id=anna.id)[-1]
    assert str(sent.params["disable_notification"]).lower() == "true"


async def shows(house: House, person: Person, words: str) -> None:
    await house.luka.telegram.wait_for(lambda: words in newest(house.luka, person.id).text)


async def test_a_time_zone_is_tapped_or_written(house: House) -> None:
    luka, anna = house.luka, house.anna
    await anna.writes("/settings")
    await house.hears(anna, "Time zone: UTC")
    await anna.taps("🕓 Time zone")
    await luka.telegram.wait_for(lambda: "+14" in newest(luka, anna.id).buttons)
    await anna.taps("+3")
    await luka.telegram.wait_for(lambda: "Time zone: UTC+3" in newest(luka, anna.id).text)

    await anna.writes("/settings zone europe/berlin")
    await house.hears(anna, "Time zone: Europe/Berlin")
    await anna.writes("/settings zone Atlantis")
    await house.hears(anna, "I know no time zone “Atlantis”")


async def test_settings_are_one_s_own_and_a_stranger_has_none(house: House) -> None:
    house.luka.telegram.group(-100200, "Family", [house.anna])
    await house.boris.writes("/settings")
    await house.hears(house.boris, "Мы пока не знакомы")
    await house.anna.writes("/settings", chat=-100200)
    await house.luka.telegram.wait_for(lambda: len(house.luka.telegram.said(-100200)) == 1)

    assert house.luka.telegram.said(-100200) == [
        "Anna, write me /settings in private: they are yours, not the group's."
    ]


async def test_anybody_reads_what_is_kept_and_for_how_long(house: House) -> None:
    await house.boris.writes("/privacy")
    await house.hears(house.boris, "Что я о вас храню")

    (told,) = house.said_to(house.boris)
    assert "7 дней после последнего ответа" in told
    assert "/forget" in told

"""/forget: afterwards nobody finds them anywhere."""

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from luka_bot.models.ids import ChatId
from tests.scenario.bot.talking import ask, newest
from tests.scenario.people.house import ADMINS, House
from tests.scenario.people.traces import everything, is_quiet, that_mention
from tests.waiting import wait_until_found

VERA = 7391846520
FAMILY = -100200
TRACES = [
    str(VERA),
    "Аграфена",
    "Quillfeather",
    "zanzibar",
    "тайнаямысль",
    "сокровище",
    "Zeppelinplan",
]


async def test_whoever_is_forgotten_leaves_no_trace(house: House) -> None:
    vera = house.luka.telegram.person(VERA, "Аграфена Quillfeather", username="quillfeather")
    house.luka.telegram.group(FAMILY, "Family", [house.anna, vera])
    await ask(house.luka, house.anna, "What is mine?", "This is Anna's.")
    await comes_in(house, vera)
    await uses_everything(house, vera)
    before = await everything(house.luka.settings)
    assert {word for _, word in that_mention(before, TRACES)} == set(TRACES)

    await vera.writes("/forget")
    await house.hears(vera, "Erase everything I keep of you?")
    await vera.taps("🔥 Yes, erase everything")
    await house.hears(vera, "I have forgotten you")
    await wait_until_found(lambda: is_quiet(house.luka.settings))

    after = await everything(house.luka.settings)
    assert that_mention(after, TRACES) == []
    assert_others_are_as_they_were(before, after)
    assert ("forgotten", 0, None, "") in await house.audited()
    await vera.writes("/start")
    await house.hears(vera, "whether you may join")


async def comes_in(house: House, vera: Person) -> None:
    await vera.writes("/start")
    await house.admins_see("asks to come in")
    await vera.writes("Моё сокровище – zanzibar")
    await house.admins_see("сокровище")
    await house.olga.taps("✅ Approve", chat=ADMINS)
    await house.hears(vera, "You're in")


async def uses_everything(house: House, vera: Person) -> None:
    luka, telegram = house.luka, house.luka.telegram
    await ask(luka, vera, "My secret is zanzibar", "I keep zanzibar to myself.")
    await vera.taps("🔄 Regenerate")
    await telegram.wait_for(lambda: len(luka.model.requests) == 3)
    for name in ("Zeppelinplan", "Тайнаямысль"):
        await vera.writes(f"/new {name}")
        await house.hears(vera, f"{name} is ready")
        await ask(luka, vera, "тайнаямысль", "Вот тайнаямысль.")
    await vera.writes("/delete")
    await house.hears(vera, "Delete Тайнаямысль")
    await vera.taps("🗑 Yes, delete")
    await house.hears(vera, "is deleted")
    await talks_in_the_group(house, vera)
    await vera.writes("/settings zone Europe/Berlin")
    await house.hears(vera, "Time zone: Europe/Berlin")
    await vera.writes("/export")
    await house.hears(vera, "All I keep of you")
    data = house.card().keyboard[0][0].data or ""
    await vera.taps_data(newest(luka, VERA).message_id, data)
    await house.toast(vera, "You can't do that here.")
    sender = {"id": VERA, "is_bot": False, "first_name": "Аграфена"}
    chat = {"id": VERA, "type": "private"}
    telegram.inject({"message": {"from": sender, "chat": chat, "text": "сокровище"}})
    await wait_until_found(lambda: is_quiet(house.luka.settings))


async def talks_in_the_group(house: House, vera: Person) -> None:
    said = house.luka.telegram.said
    house.luka.model.reply_with("Yes, zanzibar.")
    await vera.writes("@luka_bot zanzibar?", chat=FAMILY)
    await house.luka.telegram.wait_for(lambda: "Yes, zanzibar." in said(FAMILY))
    house.luka.model.reply_with("Fine, Anna.")
    await house.anna.writes("@luka_bot and I?", chat=FAMILY)
    await house.luka.telegram.wait_for(lambda: "Fine, Anna." in said(FAMILY))


def assert_others_are_as_they_were(before: dict[str, str], after: dict[str, str]) -> None:
    annas = [key for key, value in before.items() if "Anna's" in value or key.endswith(":7")]
    assert annas
    assert {key: after.get(key) for key in annas} == {key: before[key] for key in annas}
    of_the_group = [
        value
        for key, value in after.items()
        if key.startswith("thread_history:") and "Fine" in value
    ]
    assert len(of_the_group) == 1
    assert "and I?" in of_the_group[0]
    assert f"user_threads:{ChatId(FAMILY)}" in after


async def test_whoever_stays_is_still_known_and_groups_are_no_place_to_ask(house: House) -> None:
    house.luka.telegram.group(FAMILY, "Family", [house.anna])
    await ask(house.luka, house.anna, "What is mine?", "This is Anna's.")
    await house.anna.writes("/forget")
    await house.hears(house.anna, "Erase everything I keep of you?")
    await house.anna.taps("↩️ Keep it")
    await house.hears(house.anna, "Nothing was erased")
    await house.anna.writes("/forget", chat=FAMILY)
    await house.luka.telegram.wait_for(lambda: len(house.luka.telegram.said(FAMILY)) == 1)

    assert "write me /forget in private" in house.luka.telegram.said(FAMILY)[0]
    assert "user:7" in await everything(house.luka.settings)


async def test_an_answer_that_is_being_written_leaves_nothing_either(house: House) -> None:
    house.luka.model.reply_with(Reply("The secret is this and then", hang_after=3))
    await house.anna.writes("A secret?")
    await house.hears(house.anna, "The secret is")
    await house.anna.writes("/forget")
    await house.hears(house.anna, "Erase everything I keep of you?")
    await house.anna.taps("🔥 Yes, erase everything")
    await house.hears(house.anna, "I have forgotten you")
    await wait_until_found(lambda: is_quiet(house.luka.settings))

    kept = await everything(house.luka.settings)
    assert that_mention(kept, ["secret", "Anna"]) == []
    assert not any(key.endswith(":7") for key in kept)


async def test_a_ban_outlives_the_wish_to_be_forgotten(house: House) -> None:
    await house.boris.writes("/start")
    await house.admins_see("asks to come in")
    await house.olga.taps("⛔ Ban", chat=ADMINS)
    await house.hears(house.boris, "я вам не отвечаю")

    await house.boris.writes("/forget")
    await house.luka.telegram.wait_for(lambda: house.luka.telegram.pending_updates == 0)
    await wait_until_found(lambda: is_quiet(house.luka.settings))

    assert not any("Стереть" in one for one in house.said_to(house.boris))
    assert f"user:{house.boris.id}" in await everything(house.luka.settings)

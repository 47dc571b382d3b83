"""A stranger asks to come in, and admins decide in their group."""

from luka_bot.models.ids import ChatId
from tests.scenario.bot.talking import ask
from tests.scenario.people.house import ADMINS, House


async def test_a_stranger_s_start_becomes_a_card_and_approve_lets_them_in(house: House) -> None:
    await house.boris.writes("/start")
    await house.hears(house.boris, "можно ли вам присоединиться")
    await house.admins_see("Борис asks to come in")
    card = house.card()
    assert "@boris" in card.text
    assert card.buttons == ["✅ Approve", "✖️ Reject", "⛔ Ban"]

    await house.boris.writes("Я брат Анны")
    await house.hears(house.boris, "Передал")
    assert "Я брат Анны" in house.card().text
    assert house.card().message_id == card.message_id

    await house.olga.taps("✅ Approve", chat=ADMINS)
    await house.hears(house.boris, "Вас впустили, Борис")
    await house.admins_see("Let in by Olga")
    answer = await ask(house.luka, house.boris, "Привет", "Здравствуйте.")

    assert answer.text == "Здравствуйте."
    assert [one[:3] for one in await house.audited()] == [
        ("applied", house.boris.id, None),
        ("let_in", house.olga.id, house.boris.id),
    ]


async def test_of_two_admins_who_decide_at_once_the_first_one_did(house: House) -> None:
    mira = house.luka.telegram.person(10, "Mira")
    house.luka.telegram.world.chats[ChatId(ADMINS)].members.append(mira.id)
    await house.boris.writes("/start")
    await house.admins_see("asks to come in")

    await house.olga.taps("✖️ Reject", chat=ADMINS)
    await mira.taps("✖️ Reject", chat=ADMINS)
    await house.toast(house.olga, "Борис is told no.")
    await house.toast(mira, "Olga was faster")

    assert "Rejected by Olga" in house.card().text
    await house.hears(house.boris, "Пока они ответили «нет»")
    await house.boris.writes("/start")
    await house.luka.telegram.wait_for(lambda: len(house.said_to(house.boris)) == 3)
    assert "ещё раз завтра" in house.said_to(house.boris)[-1]
    assert len(house.said_to_admins()) == 1


async def test_whoever_is_banned_is_told_so_and_gets_no_answer(house: House) -> None:
    await house.boris.writes("/start")
    await house.admins_see("asks to come in")
    await house.olga.taps("⛔ Ban", chat=ADMINS)
    await house.hears(house.boris, "я вам не отвечаю")

    await house.boris.writes("Привет!")
    await house.luka.telegram.wait_for(lambda: house.luka.telegram.pending_updates == 0)

    assert house.luka.model.requests == []
    assert house.card().buttons == ["↩️ Unban"]


async def test_who_is_expected_needs_nobody_s_approval(house: House) -> None:
    answer = await ask(house.luka, house.anna, "Hi", "Hello, Anna.")

    assert answer.text == "Hello, Anna."
    assert house.said_to_admins() == []


async def test_an_admin_talks_in_private_without_asking(house: House) -> None:
    answer = await ask(house.luka, house.olga, "Hi", "Hello, Olga.")

    assert answer.text == "Hello, Olga."


async def test_only_who_is_in_the_admins_group_decides(house: House) -> None:
    await house.boris.writes("/start")
    await house.admins_see("asks to come in")
    data = house.card().keyboard[0][0].data or ""
    await house.anna.writes("/start")
    await house.hears(house.anna, "Hi, Anna")

    await house.anna.taps_data(house.luka.telegram.shown(house.anna.id)[-1].message_id, data)
    await house.toast(house.anna, "You can't do that here.")

    assert ("refused", house.anna.id, None, "decide_people") in await house.audited()
    assert "asks to come in" in house.card().text


async def test_in_a_group_a_stranger_is_asked_to_come_in_private(house: House) -> None:
    house.luka.telegram.group(-100200, "Family", [house.anna, house.boris])

    await house.boris.writes("@luka_bot привет", chat=-100200)
    await house.luka.telegram.wait_for(lambda: len(house.luka.telegram.said(-100200)) == 1)
    await house.anna.writes("@luka_bot hello", chat=-100200)
    await house.luka.telegram.wait_for(lambda: "Hello there." in house.luka.telegram.said(-100200))

    assert house.luka.telegram.said(-100200)[0].startswith("Борис, мы пока не знакомы.")


async def test_an_application_is_settled_by_an_invite(house: House) -> None:
    await house.boris.writes("/start")
    await house.admins_see("Борис asks to come in")
    application = house.card().message_id
    payload = await house.invites()

    await house.boris.writes(f"/start {payload}")
    await house.hears(house.boris, "Вас впустили")
    await house.admins_see("came in by an invite of Olga")

    said = {one.message_id: one for one in house.luka.telegram.shown(ADMINS)}
    assert "Let in by Olga" in said[application].text
    assert said[application].buttons == ["⛔ Ban"]

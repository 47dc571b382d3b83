"""What admins look at in their group."""

import json
import time
from typing import Any

from luka_bot.demo.telegram import Fault, ShownMessage
from luka_bot.models.ids import UpdateId
from luka_bot.storage import keys
from luka_bot.storage.connect import open_storage
from tests.scenario.bot.talking import ask, newest
from tests.scenario.people.house import ADMINS, House


async def test_who_did_what_is_read_page_by_page(house: House) -> None:
    await house.boris.writes("/start")
    await house.admins_see("asks to come in")
    await house.olga.taps("⛔ Ban", chat=ADMINS)
    await house.toast(house.olga, "Борис is banned.")
    for _ in range(15):
        await house.anna.taps_data(1, "nothing of ours")
    toasts = house.luka.telegram.toasts
    await house.luka.telegram.wait_for(lambda: len(toasts(house.anna.id)) == 15)
    await house.olga.writes("/audit", chat=ADMINS)
    await house.admins_see("Who did what")

    first = house.card()
    assert "Anna tried what they may not (unknown_button)" in first.text
    assert first.buttons == ["Older ▶️"]
    await house.olga.taps("Older", chat=ADMINS)
    await house.admins_see("Olga banned Борис")
    assert "Борис asks to come in" in house.card().text
    await house.olga.writes("/audit @boris 1", chat=ADMINS)
    await house.luka.telegram.wait_for(lambda: house.card().message_id > first.message_id)
    assert "Olga banned Борис" in house.card().text
    assert "unknown_button" not in house.card().text
    await house.olga.taps("Older", chat=ADMINS)
    await house.admins_see("Борис asks to come in")


async def test_statistics_are_a_picture_and_numbers(house: House) -> None:
    await ask(house.luka, house.anna, "Hi", "Hello.")
    await house.boris.writes("/start")
    await house.admins_see("asks to come in")
    await house.olga.taps("✅ Approve", chat=ADMINS)
    await house.hears(house.boris, "Вас впустили")
    await ask(house.luka, house.boris, "Привет", "Здравствуйте.")
    await house.olga.writes("/stats", chat=ADMINS)
    await house.luka.telegram.wait_for(lambda: house.card().buttons == ["7 d", "30 d", "90 d"])

    picture = house.luka.telegram.shown(ADMINS)[-2].content or b""
    assert picture.startswith(b"\x89PNG")
    assert "Борис" in house.card().text
    no_rights = Fault.refuse(400, "not enough rights to send photos to the chat")
    house.luka.telegram.faults.add("sendPhoto", no_rights)
    below = house.card().message_id
    await house.olga.taps("30 d", chat=ADMINS)
    await house.luka.telegram.wait_for(lambda: house.card().message_id > below)
    assert "Борис" in house.card().text
    await house.olga.writes("/stats many", chat=ADMINS)
    await house.admins_see("How many days?")


async def test_health_and_settings_are_told_without_secrets(house: House) -> None:
    await house.olga.writes("/health", chat=ADMINS)
    await house.admins_see("Processes: 1")
    assert "✅ Redis, my memory" in house.card().text
    await house.olga.writes("/config", chat=ADMINS)
    await house.admins_see("ACCESS=approval")
    assert "1:test" not in "\n".join(house.said_to_admins())


async def test_a_dead_letter_is_tried_again_once(house: House) -> None:
    """As an operator does after an upgrade; what was written stays between the person and luka."""
    await _bury(house, "My private question")
    await house.olga.writes("/dead", chat=ADMINS)
    await house.admins_see("1 update that I couldn't handle")
    card = _letters(house)
    assert "Anna (7)" in card.text
    assert "private question" not in card.text
    data = card.keyboard[0][0].data or ""

    await house.olga.taps("🔁 Retry 1", chat=ADMINS)
    await house.hears(house.anna, "Hello there.")
    await house.admins_see("No dead letters")
    await house.olga.taps_data(card.message_id, data, chat=ADMINS)
    await house.toast(house.olga, "Somebody has dealt with that one already.")
    assert house.said_to(house.anna) == ["Hello there."]


async def test_old_dead_letters_are_paged_to_and_say_all_they_have_to_say(house: House) -> None:
    """Even where its person was told before that it couldn't be handled."""
    await _bury(house, "/chats", told=True)
    for _ in range(10):
        await _bury(house, "Nonsense")
    await house.olga.writes("/dead", chat=ADMINS)
    await house.admins_see("11 updates that I couldn't handle")
    assert _letters(house).buttons[-1] == "Older ▶️"

    await house.olga.taps("Older", chat=ADMINS)
    await house.luka.telegram.wait_for(lambda: _letters(house).buttons[-1] == "⏮ Newest")
    await house.olga.taps("🔁 Retry 1", chat=ADMINS)
    await house.hears(house.anna, "You have 1 thread")
    await house.admins_see("10 updates that I couldn't handle")
    assert await house.audited() == [("dead_retried", house.olga.id, house.anna.id, "")]


async def test_a_dead_letter_is_thrown_away(house: House) -> None:
    await _bury(house, "Nonsense")
    await house.olga.writes("/dead", chat=ADMINS)
    await house.admins_see("couldn't handle")
    await house.olga.taps("🗑 Drop 1", chat=ADMINS)
    await house.admins_see("No dead letters")
    assert [one[0] for one in await house.audited()] == ["dead_dropped"]


async def test_whoever_says_too_much_is_told_what_a_command_takes(house: House) -> None:
    for command in ("/queue now", "/health 3", "/config all", "/dead letters"):
        await house.olga.writes(command, chat=ADMINS)
    await house.olga.writes("/audit Anna Borisovna 3", chat=ADMINS)
    said = house.said_to_admins
    await house.luka.telegram.wait_for(lambda: len(said()) == 5)
    assert all("needs nothing more" in one for one in said()[:4])
    assert "/audit @name 30" in said()[4]


async def test_elsewhere_admin_commands_do_not_exist(house: House) -> None:
    for command in ("/audit", "/health", "/config", "/dead"):
        await house.olga.writes(command)
    await house.luka.telegram.wait_for(lambda: len(house.said_to(house.olga)) == 4)
    assert all("I don't know this command" in one for one in house.said_to(house.olga))
    house.luka.telegram.group(-100200, "Family", [house.olga])
    await house.olga.writes("/config", chat=-100200)
    await house.olga.writes("@luka_bot hello", chat=-100200)
    await house.luka.telegram.wait_for(lambda: "Hello there." in newest(house.luka, -100200).text)
    assert len(house.luka.telegram.said(-100200)) == 1


def _letters(house: House) -> ShownMessage:
    """The card of dead letters; an alarm may stand below it."""
    shown = house.luka.telegram.shown(ADMINS)
    return [one for one in shown if one.is_bot and one.buttons[:1] == ["🔁 Retry 1"]][-1]


async def _bury(house: House, text: str, *, told: bool = False) -> None:
    anna = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    chat = {"id": 7, "type": "private", "first_name": "Anna"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": anna, "text": text}
    letter = {"update_id": 999, "message": message}
    fields: dict[Any, Any] = {
        "payload": json.dumps(letter),
        "reason": "broke",
        "at": repr(time.time()),
    }
    settings, telegram = house.luka.settings, house.luka.telegram
    await telegram.wait_for(lambda: bool(telegram.calls_of("getUpdates")))
    async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
        await storage.write(lambda redis: redis.xadd(keys.INBOX_DEAD, fields))
        await storage.write(lambda redis: redis.expire(keys.INBOX_DEAD, keys.DEAD_LIFE))
        if told:
            replies = keys.replies(UpdateId(999))
            await storage.write(lambda redis: redis.hset(replies, "sent:0", "5"))
            await storage.write(lambda redis: redis.expire(replies, keys.TURN_LIFE))

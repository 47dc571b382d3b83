"""From one thread to another, with a finger on a list that may be old or long."""

from luka_bot.demo.telegram import Person, ShownMessage
from luka_bot.storage.client import Client
from luka_bot.storage.connect import open_storage
from tests.luka import Luka
from tests.scenario.bot.talking import ask, newest


async def list_of(luka: Luka, person: Person, threads: int) -> None:
    """The list of so many new threads, named Topic 0 and so on."""
    for number in range(threads):
        await person.writes(f"/new Topic {number}")
    await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == threads)
    await person.writes("/chats")
    await luka.telegram.wait_for(lambda: "Your Threads" in newest(luka, 7).text)


async def test_a_double_tap_leaves_one_divider(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Hi!")
    await anna.writes("/new Second")
    await luka.telegram.wait_for(lambda: "Second" in newest(luka, 7).text)
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "Main Chat (2)" in newest(luka, 7).buttons)

    await anna.taps("Main Chat (2)")
    await anna.taps("Main Chat (2)")

    await luka.telegram.wait_for(lambda: len(luka.telegram.toasts(7)) == 2)
    assert luka.telegram.toasts(7) == ["", "You are already here."]
    dividers = [text for text in luka.telegram.said(7) if "Switched to Thread" in text]
    assert len(dividers) == 1


async def test_the_divider_replies_to_the_threads_last_message(luka: Luka, anna: Person) -> None:
    answer = await ask(luka, anna, "Hi!", answer="<i>Hello</i> there.")
    await anna.writes("/new Second")
    await luka.telegram.wait_for(lambda: "Second" in newest(luka, 7).text)
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "Main Chat (2)" in newest(luka, 7).buttons)

    await anna.taps("Main Chat (2)")

    await luka.telegram.wait_for(lambda: "Switched to Thread" in newest(luka, 7).text)
    assert newest(luka, 7).reply_to == answer.message_id
    assert "Last said" not in newest(luka, 7).text


async def test_the_divider_tells_what_was_said_last_where_it_can_not_reply(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Hi!", answer="**Hello** <i>there</i>, `Anna` & all")
    async with open_storage("", luka.settings.data_dir, attach=True) as storage:
        await storage.write(forget_where_answers_stand)
    await anna.writes("/new Second")
    await luka.telegram.wait_for(lambda: "Second" in newest(luka, 7).text)
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "Main Chat (2)" in newest(luka, 7).buttons)

    await anna.taps("Main Chat (2)")

    await luka.telegram.wait_for(lambda: "Switched to Thread" in newest(luka, 7).text)
    assert "Last said: Hello <i>there</i>, Anna & all\n" in newest(luka, 7).text


async def forget_where_answers_stand(redis: Client) -> None:
    """As it is with threads of the seed, or of the terminal."""
    async for key in redis.scan_iter("thread:*"):
        if await redis.type(key) == "hash":
            await redis.hset(key, "last_message_id", "")


async def test_a_list_keeps_its_order_under_the_finger(luka: Luka, anna: Person) -> None:
    await list_of(luka, anna, 3)
    listed = newest(luka, 7)

    await anna.taps("Topic 0 (0)")
    await luka.telegram.wait_for(lambda: "Switched to Thread" in newest(luka, 7).text)

    shown = now(luka, listed)
    assert shown.buttons[:3] == ["Topic 2 (0)", "Topic 1 (0)", "▶️ Topic 0 (0)"]
    assert shown.buttons[-1] == "⚙️ Manage “Topic 0”"
    assert (shown.text, shown.entities) == (listed.text, listed.entities)


async def test_a_double_tap_on_an_old_list_switches_once(luka: Luka, anna: Person) -> None:
    await list_of(luka, anna, 3)
    listed = newest(luka, 7)
    await anna.writes("/new Later")
    await luka.telegram.wait_for(lambda: "Later" in newest(luka, 7).text)

    await anna.taps_data(listed.message_id, listed.keyboard[1][0].data or "")
    await luka.telegram.wait_for(lambda: "Switched to Thread" in newest(luka, 7).text)
    await anna.taps_data(listed.message_id, now(luka, listed).keyboard[1][0].data or "")
    await luka.telegram.wait_for(lambda: len(luka.telegram.toasts(7)) == 2)

    assert luka.telegram.toasts(7) == ["", "You are already here."]
    assert "Topic 1" in newest(luka, 7).text


async def test_a_switch_from_the_card_shows_the_card(luka: Luka, anna: Person) -> None:
    await list_of(luka, anna, 2)
    await anna.taps("Topic 0 (0)")
    await luka.telegram.wait_for(lambda: "Switched to Thread" in newest(luka, 7).text)
    await anna.taps("⚙️")
    await luka.telegram.wait_for(lambda: newest(luka, 7).text.startswith("🧵 Topic 0"))
    card = newest(luka, 7)
    await anna.writes("/new Third")
    await luka.telegram.wait_for(lambda: "Third" in newest(luka, 7).text)
    await anna.taps_data(card.message_id, "thread_card:" + thread_of(card))
    await luka.telegram.wait_for(lambda: "🔀 Switch to it" in now(luka, card).buttons)

    await anna.taps("🔀 Switch to it")

    await luka.telegram.wait_for(lambda: "🔀 Switch to it" not in now(luka, card).buttons)
    assert now(luka, card).text.startswith("🧵 Topic 0")


async def test_refresh_stays_on_its_page_and_every_page_manages_the_active_thread(
    luka: Luka, anna: Person
) -> None:
    await list_of(luka, anna, 10)
    listed = newest(luka, 7)
    await anna.taps("Older")
    await luka.telegram.wait_for(lambda: "Page 2 of 2" in newest(luka, 7).text)
    assert newest(luka, 7).buttons[-1] == "⚙️ Manage “Topic 9”"

    await anna.writes("/rename Tenth")
    await luka.telegram.wait_for(lambda: newest(luka, 7).text == "✏️ Renamed to Tenth.")
    await anna.taps("🔄 Refresh")

    await luka.telegram.wait_for(lambda: "⚙️ Manage “Tenth”" in now(luka, listed).buttons)
    assert "Page 2 of 2" in now(luka, listed).text


def now(luka: Luka, seen: ShownMessage) -> ShownMessage:
    """The same message as it is by now."""
    shown = luka.telegram.shown(seen.chat_id)
    return next(message for message in shown if message.message_id == seen.message_id)


def thread_of(card: ShownMessage) -> str:
    return (card.keyboard[0][0].data or "").partition(":")[2]

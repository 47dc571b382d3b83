"""The three test flows of the user who asked for threads, over HTTP."""

from luka_bot.demo.telegram import Person
from tests.luka import Luka
from tests.scenario.bot.talking import ask, told_to_model


async def test_the_first_message_makes_main_chat_and_the_second_stays_in_it(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Hi!", answer="Hello there.")
    await ask(luka, anna, "Tell me more", answer="Hello there.")
    await anna.writes("/chats")

    await luka.telegram.wait_for(lambda: "▶️ Main Chat (4)" in luka.telegram.buttons(7))
    assert told_to_model(luka) == ["Hi!", "Hello there.", "Tell me more"]


async def test_a_new_thread_is_active_at_once_and_knows_nothing_of_the_old_one(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "I live in Kyiv.")
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "➕ Create New Thread" in luka.telegram.buttons(7))
    await anna.taps("➕ Create New Thread")
    await luka.telegram.wait_for(lambda: "Chat 2" in luka.telegram.said(7)[-1])

    await ask(luka, anna, "What's the weather?")

    assert told_to_model(luka) == ["What's the weather?"]


async def test_switching_back_brings_the_old_history(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "I live in Kyiv.", answer="Noted.")
    await anna.writes("/new")
    await luka.telegram.wait_for(lambda: "Chat 2" in luka.telegram.said(7)[-1])
    await ask(luka, anna, "What's the weather?")
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "Main Chat (2)" in luka.telegram.buttons(7))

    await anna.taps("Main Chat (2)")

    await luka.telegram.wait_for(lambda: "Switched to Thread" in luka.telegram.said(7)[-1])
    assert "Messages: 2" in luka.telegram.said(7)[-1]
    await ask(luka, anna, "Where do I live?")
    assert told_to_model(luka) == ["I live in Kyiv.", "Noted.", "Where do I live?"]


async def test_three_threads_never_see_each_other(luka: Luka, anna: Person) -> None:
    for number, name in enumerate(("Python", "Weather", "General")):
        await anna.writes(f"/new {name}")
        await said_in_all(luka, 3 * number + 1)
        await ask(luka, anna, f"first of {name}")
        await ask(luka, anna, f"second of {name}")

        said = " ".join(told_to_model(luka))
        assert f"first of {name}" in said
        assert [other for other in ("Python", "Weather", "General") if other in said] == [name]


async def said_in_all(luka: Luka, messages: int) -> None:
    await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == messages)

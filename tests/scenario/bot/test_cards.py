"""/chats and the thread's card, as a person uses them."""

from luka_bot.demo.telegram import Person
from tests.luka import Luka
from tests.scenario.bot.talking import ask, newest, told_to_model


async def open_card(luka: Luka, person: Person) -> None:
    await person.writes("/chats")
    await luka.telegram.wait_for(lambda: "Your Threads" in newest(luka, person.id).text)
    await person.taps("⚙️")
    await luka.telegram.wait_for(lambda: newest(luka, person.id).text.startswith("🧵"))


async def test_the_list_is_the_seeds(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Hi!")
    await anna.writes("/chats")

    await luka.telegram.wait_for(lambda: "Your Threads" in newest(luka, 7).text)
    assert "You have 1 thread." in newest(luka, 7).text
    assert newest(luka, 7).buttons == [
        "▶️ Main Chat (2)",
        "➕ Create New Thread",
        "🔄 Refresh",
        "⚙️ Manage “Main Chat”",
    ]
    data = [row[0].data for row in newest(luka, 7).keyboard]
    assert data[1:3] == ["thread_create", "thread_refresh"]
    assert (data[0] or "").startswith("thread_select:")


async def test_hundreds_of_threads_are_paged(luka: Luka, anna: Person) -> None:
    for number in range(10):
        await anna.writes(f"/new Topic {number}")
    await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == 10)
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "Page 1 of 2" in newest(luka, 7).text)

    await anna.taps("Older")

    await luka.telegram.wait_for(lambda: "Page 2 of 2" in newest(luka, 7).text)
    assert newest(luka, 7).buttons[:2] == ["Topic 1 (0)", "Topic 0 (0)"]


async def test_a_thread_is_renamed_by_replying_to_the_question(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Hi!")
    await open_card(luka, anna)
    await anna.taps("✏️ Rename")
    await luka.telegram.wait_for(lambda: "new name for Main Chat" in newest(luka, 7).text)

    await anna.writes("  <b>Holiday</b>\nplans ", reply_to=newest(luka, 7).message_id)

    await luka.telegram.wait_for(lambda: "<b>Holiday</b> plans" in newest(luka, 7).text)
    assert newest(luka, 7).buttons == ["⚙️ Manage “<b>Holiday</b> plans”"]


async def test_a_thread_is_renamed_by_command(luka: Luka, anna: Person) -> None:
    await anna.writes("/rename Планы")

    await luka.telegram.wait_for(lambda: "is called Планы now" in newest(luka, 7).text)


async def test_a_name_that_is_too_long_is_refused_with_its_limit(luka: Luka, anna: Person) -> None:
    await anna.writes("/new " + "x" * 65)

    await luka.telegram.wait_for(lambda: "1 to 64 characters" in newest(luka, 7).text)


async def test_a_deleted_thread_comes_back_by_undo(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Remember the milk", answer="I will.")
    await open_card(luka, anna)
    await anna.taps("🗑 Delete")
    await luka.telegram.wait_for(lambda: "🗑 Yes, delete" in newest(luka, 7).buttons)
    await anna.taps("🗑 Yes, delete")
    await luka.telegram.wait_for(lambda: "is deleted" in newest(luka, 7).text)

    await anna.taps("↩️ Undo")

    await luka.telegram.wait_for(lambda: "Main Chat is back" in newest(luka, 7).text)
    await ask(luka, anna, "What did I say?")
    assert told_to_model(luka) == ["Remember the milk", "I will.", "What did I say?"]


async def test_clearing_forgets_what_was_said_and_keeps_the_thread(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Secret")
    await anna.writes("/clear")
    await luka.telegram.wait_for(lambda: "🧹 Yes, forget it" in newest(luka, 7).buttons)
    await anna.taps("🧹 Yes, forget it")
    await luka.telegram.wait_for(lambda: "I have forgotten" in newest(luka, 7).text)

    await ask(luka, anna, "What was it?")

    assert told_to_model(luka) == ["What was it?"]


async def test_keeping_a_thread_changes_nothing(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Secret")
    await anna.writes("/clear")
    await luka.telegram.wait_for(lambda: "↩️ Keep it" in newest(luka, 7).buttons)

    await anna.taps("↩️ Keep it")

    await luka.telegram.wait_for(lambda: "▶️ Main Chat (2)" in newest(luka, 7).buttons)


async def test_an_export_holds_every_word(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Привет!", answer="**Hello** there.")
    await open_card(luka, anna)

    await anna.taps("📤 Export")

    await luka.telegram.wait_for(lambda: newest(luka, 7).file_name == "main-chat.md")
    text = (newest(luka, 7).content or b"").decode()
    assert text.startswith("# Main Chat\n")
    assert "Привет!" in text
    assert "**Hello** there." in text


async def test_a_double_tap_leaves_one_divider(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Hi!")
    await anna.writes("/new Second")
    await luka.telegram.wait_for(lambda: "Second" in newest(luka, 7).text)
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "Main Chat (2)" in newest(luka, 7).buttons)

    await anna.taps("Main Chat (2)")
    await anna.taps("Main Chat (2)")

    await luka.telegram.wait_for(lambda: len(luka.telegram.toasts(7)) == 2)
    assert luka.telegram.toasts(7) == ["", "You are in this thread already."]
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
    assert "Last said: <i>Hello</i> there." in newest(luka, 7).text


async def test_buttons_of_others_and_of_yesterday_are_harmless(luka: Luka, anna: Person) -> None:
    boris = luka.telegram.person(8, "Борис", language="ru")
    await ask(luka, anna, "Hi!")
    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: "▶️ Main Chat (2)" in newest(luka, 7).buttons)
    theirs = newest(luka, 7).keyboard[0][0].data or ""
    await boris.writes("/chats")
    await luka.telegram.wait_for(lambda: "Ваши ветки" in newest(luka, 8).text)
    mine = newest(luka, 8).message_id

    for data in (theirs, "thread_delete_yes:" + theirs[14:], "thread_select:" + "0" * 32, "what?"):
        await boris.taps_data(mine, data)

    await luka.telegram.wait_for(lambda: len(luka.telegram.toasts(8)) == 4)
    assert luka.telegram.toasts(8) == [
        "Это не ваша ветка. Отправьте /chats, чтобы увидеть ваши.",
        "Это не ваша ветка. Отправьте /chats, чтобы увидеть ваши.",
        "Этой ветки уже нет. Отправьте /chats, чтобы увидеть ваши ветки.",
        "Эта кнопка из старого сообщения. Отправьте /chats, чтобы получить свежий список.",
    ]
    await ask(luka, anna, "Still there?")
    assert told_to_model(luka)[0] == "Hi!"

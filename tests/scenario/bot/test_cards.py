"""/chats and the thread's card, as a person uses them."""

from luka_bot.demo.model import Reply
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

    await luka.telegram.wait_for(lambda: "Renamed to Планы." in newest(luka, 7).text)


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


async def test_what_was_being_written_is_forgotten_as_well(luka: Luka, anna: Person) -> None:
    luka.model.reply_with(Reply("The secret is this and then", hang_after=3))
    await anna.writes("Tell me the secret")
    await luka.telegram.wait_for(lambda: "The secret" in newest(luka, 7).text)
    await anna.writes("/clear")
    await luka.telegram.wait_for(lambda: "🧹 Yes, forget it" in newest(luka, 7).buttons)

    await anna.taps("🧹 Yes, forget it")

    await luka.telegram.wait_for(lambda: "I have forgotten" in newest(luka, 7).text)
    assert any("⏹ Stopped." in text for text in luka.telegram.said(7))
    await ask(luka, anna, "What was it?")
    assert told_to_model(luka) == ["What was it?"]


async def test_keeping_a_thread_changes_nothing(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Secret")
    await anna.writes("/clear")
    await luka.telegram.wait_for(lambda: "↩️ Keep it" in newest(luka, 7).buttons)

    await anna.taps("↩️ Keep it")

    await luka.telegram.wait_for(lambda: "2 messages of this thread" in newest(luka, 7).text)
    assert "🧹 Clear" in newest(luka, 7).buttons
    await luka.telegram.wait_for(lambda: luka.telegram.toasts(7) == ["Nothing was changed."])


async def test_keeping_leads_back_to_the_card_one_came_from(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Hi!")
    await open_card(luka, anna)
    card = newest(luka, 7)
    await anna.taps("🗑 Delete")
    await luka.telegram.wait_for(lambda: "↩️ Keep it" in newest(luka, 7).buttons)

    await anna.taps("↩️ Keep it")

    await luka.telegram.wait_for(lambda: newest(luka, 7).buttons == card.buttons)
    assert newest(luka, 7).text == card.text


async def test_where_nothing_was_said_there_is_nothing_to_forget(luka: Luka, anna: Person) -> None:
    await anna.writes("/new R&D <x>")
    await luka.telegram.wait_for(lambda: "is ready" in newest(luka, 7).text)

    await anna.writes("/clear")
    await luka.telegram.wait_for(lambda: "nothing to forget in R&D <x> yet" in newest(luka, 7).text)
    await open_card(luka, anna)
    await anna.taps("🧹 Clear")

    await luka.telegram.wait_for(lambda: luka.telegram.toasts(7))
    await luka.telegram.wait_for(lambda: "nothing to forget" in luka.telegram.toasts(7)[-1])
    assert "🧹 Clear" in newest(luka, 7).buttons


async def test_the_active_thread_is_deleted_by_command_after_a_question(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Hi!")
    await anna.writes("/delete")
    await luka.telegram.wait_for(lambda: "Delete Main Chat (2 messages)?" in newest(luka, 7).text)

    await anna.taps("🗑 Yes, delete")

    await luka.telegram.wait_for(lambda: "Main Chat is deleted" in newest(luka, 7).text)
    assert "↩️ Undo" in newest(luka, 7).buttons


async def test_what_was_being_written_comes_back_with_its_thread(luka: Luka, anna: Person) -> None:
    luka.model.reply_with(Reply("The first words and then", hang_after=3))
    await anna.writes("Tell me a story")
    await luka.telegram.wait_for(lambda: "The first" in newest(luka, 7).text)
    await anna.writes("/delete")
    await luka.telegram.wait_for(lambda: "🗑 Yes, delete" in newest(luka, 7).buttons)
    await anna.taps("🗑 Yes, delete")
    await luka.telegram.wait_for(lambda: "is deleted" in newest(luka, 7).text)

    await anna.taps("↩️ Undo")

    await luka.telegram.wait_for(lambda: "is back" in newest(luka, 7).text)
    await ask(luka, anna, "Go on")
    assert told_to_model(luka)[0] == "Tell me a story"
    assert told_to_model(luka)[1].startswith("The first")


async def test_an_export_holds_every_word(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Привет!", answer="**Hello** there.")
    await open_card(luka, anna)

    await anna.taps("📤 Export")

    await luka.telegram.wait_for(lambda: newest(luka, 7).file_name == "main-chat.md")
    text = (newest(luka, 7).content or b"").decode()
    assert text.startswith("# Main Chat\n")
    assert "Привет!" in text
    assert "**Hello** there." in text


async def test_the_active_thread_is_exported_by_command_with_its_name_as_it_is(
    luka: Luka, anna: Person
) -> None:
    await anna.writes("/new R&D <x>")
    await luka.telegram.wait_for(lambda: "is ready" in newest(luka, 7).text)
    await anna.writes("/export this")
    await luka.telegram.wait_for(lambda: "nothing in this thread" in newest(luka, 7).text)
    await ask(luka, anna, "Hi!")

    await anna.writes("/export this")

    await luka.telegram.wait_for(lambda: newest(luka, 7).file_name == "r-d-x.md")
    assert newest(luka, 7).text == "📤 R&D <x> as Markdown"


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

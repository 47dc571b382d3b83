"""The first minute of a new person."""

import pytest

from luka_bot.demo.telegram import Person
from tests.luka import Luka
from tests.scenario.bot.talking import newest


async def test_start_welcomes_in_the_persons_language(luka: Luka) -> None:
    boris = luka.telegram.person(8, "Борис", language="ru")

    await boris.writes("/start")

    await luka.telegram.wait_for(lambda: "Привет, Борис!" in newest(luka, 8).text)
    assert newest(luka, 8).buttons == ["📚 Мои ветки", "❓ Что вы умеете?"]


async def test_a_language_we_do_not_speak_gets_english(luka: Luka) -> None:
    jean = luka.telegram.person(8, "Jean <b>", language="fr")

    await jean.writes("/start")

    await luka.telegram.wait_for(lambda: "Hi, Jean <b>!" in newest(luka, 8).text)


async def test_the_buttons_of_the_welcome_work(luka: Luka, anna: Person) -> None:
    await anna.writes("/start")
    await luka.telegram.wait_for(lambda: "❓ What can you do?" in newest(luka, 7).buttons)

    await anna.taps("❓ What can you do?")

    await luka.telegram.wait_for(lambda: newest(luka, 7).text.startswith("What I can do"))


async def test_my_threads_are_shown_without_losing_the_welcome(luka: Luka, anna: Person) -> None:
    await anna.writes("/start")
    await luka.telegram.wait_for(lambda: "📚 My threads" in newest(luka, 7).buttons)

    await anna.taps("📚 My threads")

    await luka.telegram.wait_for(lambda: "Your Threads" in newest(luka, 7).text)
    assert "Hi, Anna!" in luka.telegram.said(7)[0]


async def test_the_commands_menu_is_registered_in_both_languages(luka: Luka) -> None:
    expected = [
        "start",
        "chats",
        "new",
        "rename",
        "clear",
        "delete",
        "share",
        "leave",
        "agents",
        "web",
        "stop",
        "job",
        "jobs",
        "files",
        "settings",
        "export",
        "privacy",
        "forget",
        "help",
    ]

    await luka.telegram.wait_for(lambda: luka.telegram.commands("ru") == expected)
    assert luka.telegram.commands() == expected


@pytest.mark.parametrize(
    ("send", "sentence"),
    [
        ("sends_voice", "voice messages"),
        ("sends_sticker", "Nice sticker"),
        ("sends_photo", "pictures"),
        ("sends_video", "videos"),
        ("sends_location", "this kind of message"),
        ("sends_contact", "this kind of message"),
    ],
)
async def test_what_luka_can_not_read_gets_a_friendly_word(
    luka: Luka, anna: Person, send: str, sentence: str
) -> None:
    await getattr(anna, send)()

    await luka.telegram.wait_for(lambda: sentence in newest(luka, 7).text)


async def test_a_document_gets_a_friendly_word(luka: Luka, anna: Person) -> None:
    await anna.sends_document("notes.txt", b"hello")

    await luka.telegram.wait_for(lambda: "read files yet" in newest(luka, 7).text)


async def test_an_album_gets_one_friendly_word(luka: Luka, anna: Person) -> None:
    await anna.sends_album({"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}, "All three")
    await anna.writes("Hi")

    await luka.telegram.wait_for(lambda: "Hello there." in luka.telegram.said(7)[-1])
    friendly = [text for text in luka.telegram.said(7) if "read files yet" in text]
    assert len(friendly) == 1
    await luka.telegram.wait_for(lambda: luka.telegram.pending_updates == 0)


async def test_an_unknown_command_names_the_help(luka: Luka, anna: Person) -> None:
    await anna.writes("/frobnicate now")

    await luka.telegram.wait_for(lambda: "/help" in newest(luka, 7).text)


async def test_in_a_group_luka_answers_only_when_it_is_called(luka: Luka, anna: Person) -> None:
    luka.telegram.group(-100, "Family", [anna])
    await anna.writes("Good morning all", chat=-100)
    called = await anna.writes("@luka_bot are you here?", chat=-100)

    await luka.telegram.wait_for(lambda: luka.telegram.said(-100) == ["Hello there."])
    assert newest(luka, -100).reply_to == called
    assert len(luka.model.requests) == 1
    assert luka.model.requests[0]["messages"][-1]["content"].endswith("are you here?")

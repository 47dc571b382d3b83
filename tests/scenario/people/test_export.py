"""/export: all that is kept of a person, as files."""

import json
from collections.abc import AsyncGenerator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from luka_bot.handlers.archive import Owner, archives
from luka_bot.locales import words_for
from luka_bot.models.ids import UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.person import Person, Usage
from luka_bot.services.privacy import KeptThread
from luka_bot.storage.threads import blank_thread
from tests.scenario.bot.talking import ask, newest
from tests.scenario.people.house import House


async def test_a_person_gets_all_their_threads_and_a_group_its_current_one(house: House) -> None:
    telegram, anna = house.luka.telegram, house.anna
    telegram.group(-100200, "Family", [anna, house.olga])
    await ask(house.luka, anna, "Привет", "Hello, **Anna**.")
    await anna.writes("/new ../../etc/passwd")
    await house.hears(anna, "is ready")
    await ask(house.luka, anna, "Second?", "Yes.")

    await anna.writes("/export")
    await house.hears(anna, "All I keep of you")
    archive = ZipFile(BytesIO(newest(house.luka, anna.id).content or b""))

    assert archive.namelist() == ["01-main-chat.md", "02-etc-passwd.md", "luka.json"]
    assert "Привет" in archive.read("01-main-chat.md").decode()
    kept: dict[str, Any] = json.loads(archive.read("luka.json"))
    assert (kept["profile"]["name"], kept["usage"]["messages"]) == ("Anna", 2)
    assert [one["content"] for one in kept["threads"][0]["messages"]] == [
        "Привет",
        "Hello, **Anna**.",
    ]
    await telegram.wait_for(lambda: not telegram.pending_updates)
    assert ("data_exported", anna.id, None, "") in await house.audited()

    await anna.writes("/export", chat=-100200)
    await telegram.wait_for(lambda: "nothing in this thread" in newest(house.luka, -100200).text)


async def test_whoever_has_nothing_yet_gets_what_there_is(house: House) -> None:
    await house.boris.writes("/export")
    await house.hears(house.boris, "Всё, что я о вас храню")

    archive = ZipFile(BytesIO(newest(house.luka, house.boris.id).content or b""))
    kept = json.loads(archive.read("luka.json"))
    assert (kept["profile"]["standing"], kept["threads"]) == ("stranger", [])


async def test_what_is_too_much_for_one_file_comes_in_several() -> None:
    owner = Owner(Person(UserId(7), "Anna"), Usage(), words_for("en"))

    parts = [ZipFile(BytesIO(one)) async for one in archives(owner, _three(), largest=3000)]

    assert [one.namelist() for one in parts] == [
        ["01-one.md", "luka.json"],
        ["02-two.md", "luka.json"],
        ["03-thread.md", "luka.json"],
    ]
    assert [len(json.loads(one.read("luka.json"))["threads"]) for one in parts] == [1, 1, 1]


async def _three() -> AsyncGenerator[KeptThread, None]:
    for name in ("one", "two", "../.."):
        said = (Message(Role.USER, "x" * 1000),)
        yield KeptThread(blank_thread(UserId(7), name, 1.0), said)

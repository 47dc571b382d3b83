"""Files that were sent at once are worked on at once."""

from dataclasses import replace

from aiogram import Bot, Dispatcher
from aiogram.types import Message

from luka_bot.handlers.dispatch import Dispatch
from luka_bot.ingest.handover import Handover
from luka_bot.ingest.intake import Intake
from luka_bot.ingest.joiner import Joiner
from luka_bot.ingest.package import ALBUM_LIMIT, Package, album_of
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.storage.client import Storage
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.inbox import Inbox
from tests import inboxes
from tests.unit.ingest.taking import Handlers, bring, message, take_all
from tests.waiting import wait_until


def file(number: int, group: str | None = "13", sender: int = 7) -> RawUpdate:
    person = {"id": sender, "is_bot": False, "first_name": "Anna"}
    known = {"file_id": f"f{number}", "file_unique_id": f"u{number}"}
    body: dict[str, object] = {"message_id": number, "date": 100, "from": person}
    body |= {"chat": {"id": 7, "type": "private"}, "document": known}
    return {"update_id": number, "message": body | ({"media_group_id": group} if group else {})}


def package(raw: RawUpdate, at: float = 0.0) -> Package:
    return Package((str(raw["update_id"]),), raw, at=at)


def numbers(given: list[Package]) -> list[list[int]]:
    return [[one["message_id"] for one in album_of(each.raw)] for each in given]


async def test_files_of_one_album_become_one_package() -> None:
    given: list[Package] = []
    joiner = Joiner(given.append)

    for number in range(3):
        joiner.take(package(file(number)))

    assert given == []
    await wait_until(lambda: numbers(given) == [[0, 1, 2]])
    assert given[0].entry_ids == ("0", "1", "2")
    assert given[0].raw["message"]["message_id"] == 0


async def test_a_full_album_waits_for_nothing() -> None:
    given: list[Package] = []
    joiner = Joiner(given.append)

    for number in range(ALBUM_LIMIT):
        joiner.take(package(file(number)))

    assert numbers(given) == [list(range(ALBUM_LIMIT))]


async def test_what_is_of_no_album_or_of_another_stays_apart() -> None:
    first = package(file(1))
    strangers = [
        package(file(2, None)),
        package(file(2, "14")),
        package(file(2, sender=8)),
        package(message(2)),
        replace(package(file(2)), at=1.0),
    ]
    for stranger in strangers:
        given: list[Package] = []
        joiner = Joiner(given.append)
        joiner.take(first)
        joiner.take(stranger)
        assert given[0] == first
        joiner.drop()


async def test_all_of_an_album_stay_until_its_handling_has_ended(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    handlers.gate.clear()
    await bring(intake, inbox, *(file(number) for number in (1, 2, 3)))
    await wait_until(lambda: handlers.seen == [1])

    assert await inboxes.numbers(inbox) == [1, 2, 3]
    await intake.drop()
    await take_all(intake, inbox, moved=True)
    await wait_until(lambda: handlers.seen == [1, 1])
    handlers.gate.set()

    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1, 1]
    assert await inboxes.numbers(inbox) == []


async def test_a_handler_that_asks_gets_all_messages_of_the_album(storage: Storage) -> None:
    got: list[list[int]] = []

    async def handler(first: Message, album: tuple[Message, ...]) -> None:
        got.append([first.message_id, *(one.message_id for one in album)])

    given: list[Package] = []
    joiner = Joiner(given.append)
    for raw in (file(1), file(2), file(3, None)):
        joiner.take(package(raw))
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.message.register(handler)
    async with Bot("1:test") as bot:
        dispatch = Dispatch(dispatcher, bot, Deliveries(storage))
        for each in given:
            await dispatch(each.raw, Handover())

    assert got == [[1, 1, 2], [3, 3]]

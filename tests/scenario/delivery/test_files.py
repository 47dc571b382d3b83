"""Files to people and from them, once each, whatever the network does."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from aiogram import Bot

from luka_bot.delivery import outgoing
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.downloads import TELEGRAM_LIMIT, TRIES, Downloads
from luka_bot.delivery.failures import NotAccepted, Unreached
from luka_bot.delivery.outgoing import OutgoingFile, albums_of
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.models.ids import MessageId
from luka_bot.models.job_errors import FileTooBig
from tests.scenario.delivery.test_kept_sends import Ledger
from tests.scenario.delivery.writing import DM

LARGE = bytes(range(256)) * 2000  # 512 KB: some chunks


async def broken() -> AsyncIterator[bytes]:
    yield b"begun"
    raise FileNotFoundError


async def test_several_files_are_albums_that_answer(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    asked = await anna.writes("All of it")
    files = [OutgoingFile.of(f"{number}.md", b"# %d" % number) for number in range(11)]

    ids = await courier.send_files(replace(DM, reply_to=asked), files, "Here <they> are")

    _, *shown = telegram.shown(anna.id)
    assert [one.message_id for one in shown] == list(ids)
    assert [one.content for one in shown] == [b"# %d" % number for number in range(11)]
    assert [one.text for one in shown] == ["Here <they> are", *[""] * 10]
    assert {one.reply_to for one in shown} == {asked}
    assert [bool(one.album) for one in shown] == [True] * 10 + [False]


async def test_a_name_that_can_not_stand_in_a_header_is_mended(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    await courier.send_files(DM, [OutgoingFile.of('отчёт "1"\r\nX: y\udc80.md', b"#")])

    assert telegram.shown(anna.id)[0].file_name == 'отчёт "1"__X: y_.md'


@pytest.mark.usefixtures("anna")
async def test_an_album_is_sent_once(telegram: LocalTelegram, courier: Courier) -> None:
    files = [OutgoingFile.of("a.md", LARGE), OutgoingFile.of("b.md", LARGE)]
    telegram.faults.add("sendMediaGroup", Fault.flood(1))
    ledger = Ledger()

    await courier.send_files(replace(DM, account=ledger), files)
    again = await courier.send_files(replace(DM, account=Ledger(stands=MessageId(1))), files)

    assert ledger.kept == ["begun", "no effect", "begun", "stands"]
    assert again == (1,)
    assert [one.content for one in telegram.shown(7)] == [LARGE, LARGE]


@pytest.mark.usefixtures("anna")
async def test_a_file_that_can_not_be_read_is_given_up(
    telegram: LocalTelegram, courier: Courier
) -> None:
    files = [OutgoingFile("gone.md", 9, broken), OutgoingFile.of("b.md", b"b")]

    with pytest.raises(NotAccepted):
        await courier.send_files(DM, files)

    assert telegram.shown(7) == []


def test_albums_hold_what_telegram_takes_at_once() -> None:
    half = outgoing.LARGEST // 2 + 1
    sizes = [half, half, 1, half]
    files = [OutgoingFile(str(size), size, broken) for size in sizes]

    assert [[one.size for one in album] for album in albums_of(files)] == [
        [half],
        [half, 1],
        [half],
    ]
    with pytest.raises(FileTooBig):
        albums_of([OutgoingFile("x", outgoing.LARGEST + 1, broken)])
    with pytest.raises(NotAccepted):
        albums_of([OutgoingFile.of("empty", b"")])


async def fetched(downloads: Downloads, file_id: str, limit: int = 1 << 20) -> bytes:
    return b"".join([chunk async for chunk in downloads.stream(file_id, None, limit, "a.bin")])


async def sent_by(anna: Person, telegram: LocalTelegram, content: bytes) -> str:
    await anna.sends_document("a.bin", content)
    return next(reversed(telegram.world.files))


async def test_a_file_arrives_whole_through_all_that_passes(
    bot: Bot, anna: Person, telegram: LocalTelegram
) -> None:
    file_id = await sent_by(anna, telegram, LARGE)
    downloads = Downloads(bot, pause=0)
    for fault in (Fault.cut_after(), Fault.server_error(), Fault.flood(0), Fault.cut_after()):
        telegram.faults.add("file", fault)
    telegram.faults.add("getFile", Fault.flood(1))

    assert await fetched(downloads, file_id) == LARGE


async def test_what_never_arrives_is_told_without_the_token(
    bot: Bot, anna: Person, telegram: LocalTelegram
) -> None:
    file_id = await sent_by(anna, telegram, LARGE)
    telegram.faults.add("file", Fault.server_error(), times=TRIES)

    with pytest.raises(Unreached) as failed:
        await fetched(Downloads(bot, pause=0), file_id)

    assert all(telegram.token not in str(error) for error in chain(failed.value))
    assert await fetched(Downloads(bot, pause=0), file_id) == LARGE


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__context__


async def test_files_that_are_too_big_are_refused_as_early_as_can_be(
    bot: Bot, anna: Person, telegram: LocalTelegram
) -> None:
    downloads = Downloads(bot, pause=0)
    file_id = await sent_by(anna, telegram, LARGE)
    with pytest.raises(FileTooBig):
        [chunk async for chunk in downloads.stream(file_id, len(LARGE), 100)]
    assert telegram.calls == []
    with pytest.raises(FileTooBig):
        await fetched(downloads, file_id, limit=len(LARGE) - 1)
    large = await sent_by(anna, telegram, b"x" * (TELEGRAM_LIMIT + 1))
    with pytest.raises(FileTooBig) as refused:
        await fetched(downloads, large, limit=1 << 30)
    assert (refused.value.name, refused.value.limit) == ("a.bin", TELEGRAM_LIMIT)
    with pytest.raises(NotAccepted):
        await fetched(downloads, "nothing")

"""A long paste that an app has split is one message again."""

from dataclasses import replace

from luka_bot.ingest.joiner import Joiner
from luka_bot.ingest.package import Package
from tests.waiting import wait_until

PIECE = "x" * 4090 + " word"  # 4095 units


def package(
    number: int, text: str, chat: int = 7, date: int = 100, sender: int = 7, **more: object
) -> Package:
    message = {"chat": {"id": chat}, "from": {"id": sender}, "text": text, "date": date, **more}
    return Package((str(number),), {"update_id": number, "message": message})


class Given(list[Package]):
    def texts(self) -> list[str]:
        return [one.raw["message"]["text"] for one in self]


async def test_pieces_become_one_message_as_soon_as_the_last_is_there() -> None:
    given = Given()
    joiner = Joiner(given.append)

    for number, text in enumerate([PIECE, PIECE, "the end"]):
        joiner.take(package(number, text))

    assert given.texts() == [f"{PIECE}\n{PIECE}\nthe end"]
    assert given[0].entry_ids == ("0", "1", "2")
    assert given[0].raw["update_id"] == 0


async def test_a_word_cut_in_the_middle_is_whole_again() -> None:
    given = Given()
    joiner = Joiner(given.append)

    joiner.take(package(1, "y" * 4096))
    joiner.take(package(2, "yes"))

    assert given.texts() == ["y" * 4096 + "yes"]


async def test_styles_move_with_their_words() -> None:
    given = Given()
    joiner = Joiner(given.append)

    joiner.take(package(1, PIECE))
    joiner.take(package(2, "bold", entities=[{"type": "bold", "offset": 0, "length": 4}]))

    message = given[0].raw["message"]
    (entity,) = message["entities"]
    assert message["text"][entity["offset"] :] == "bold"


async def test_a_long_message_that_stays_alone_waits_only_a_moment() -> None:
    given = Given()
    Joiner(given.append).take(package(1, PIECE))

    assert given == []
    await wait_until(lambda: given.texts() == [PIECE])


async def test_others_later_messages_and_commands_are_not_joined() -> None:
    strangers = [
        package(2, "from somebody else", sender=8),
        package(2, "much later", date=103),
        package(2, "/stop it"),
        package(2, "another chat", chat=8),
    ]
    for stranger in strangers:
        given = Given()
        joiner = Joiner(given.append)
        joiner.take(package(1, PIECE))
        joiner.take(stranger)
        await wait_until(lambda given=given: len(given) == 2)  # type: ignore[misc]
        assert max(map(len, given.texts())) == len(PIECE)


async def test_short_messages_pass_at_once() -> None:
    given = Given()
    joiner = Joiner(given.append)

    joiner.take(package(1, "one"))
    joiner.take(package(2, "two"))

    assert given.texts() == ["one", "two"]


async def test_what_came_later_is_a_message_of_its_own_in_each_run() -> None:
    given = Given()
    joiner = Joiner(given.append)

    joiner.take(replace(package(1, PIECE), at=50.0))
    joiner.take(replace(package(2, "And what is 2 + 2?"), at=51.3))

    assert given.texts() == [PIECE, "And what is 2 + 2?"]

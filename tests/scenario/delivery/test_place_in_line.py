"""What a person sees while others are answered before them."""

import pytest

from luka_bot.delivery.courier import Courier
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.models.errors import ModelAway
from luka_bot.models.events import Cut, Waiting
from tests.scenario.delivery.writing import Writing, wait_for_text, writing
from tests.waiting import wait_until

DRAWN = ("sendMessage", "editMessageText")


async def test_a_place_is_shown_in_the_message_that_becomes_the_answer(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(Waiting(3, 40))
        message = await wait_for_text(telegram, "Place 3.")
        await wait_until(lambda: answer.bookmarks == [(message.message_id,)])
        buttons = telegram.buttons(anna.id)
        answer.model.say(Waiting(2, 20))
        await wait_for_text(telegram, "Place 2.")
        answer.model.finish(Waiting(0), "First. ", "Second.")

    assert buttons == ["Stop"]
    versions = telegram.versions(anna.id, message.message_id)
    assert (versions[:2], versions[-1]) == (["Place 3.", "Place 2."], "First. Second.")
    assert telegram.said(anna.id) == ["First. Second."]
    assert answer.bookmarks == [(message.message_id,)]


async def test_of_many_places_only_the_newest_is_shown(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(*(Waiting(position, 40) for position in range(50, 4, -1)))
        message = await wait_for_text(telegram, "Place 5.")
        answer.model.finish("Done.")

    assert telegram.versions(anna.id, message.message_id) == ["Place 5.", "Done."]


async def test_a_short_wait_is_not_worth_a_word(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(Waiting(1, 1), Waiting(0))
        await telegram.wait_for(lambda: telegram.actions(anna.id) == ["typing"])
        answer.model.finish("Done.")

    assert telegram.said(anna.id) == ["Done."]
    assert len(telegram.calls_of(*DRAWN)) == 1


async def test_who_has_seen_their_place_is_told_that_it_is_their_turn(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(Waiting(1, 5))
        await wait_for_text(telegram, "Place 1.")
        typing = telegram.actions(anna.id)
        answer.model.say(Waiting(0))
        await wait_for_text(telegram, "Your turn.")
        answer.model.finish("Done.")

    assert typing == []
    assert telegram.said(anna.id) == ["Done."]


async def test_without_previews_the_place_is_shown_and_nothing_of_the_text(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier, previews=False) as answer:
        answer.model.say(Waiting(2, 40))
        message = await wait_for_text(telegram, "Place 2.")
        answer.model.say(Waiting(0), "First. ")
        await wait_for_text(telegram, "Your turn.")
        answer.model.finish("Second.")

    versions = telegram.versions(anna.id, message.message_id)
    assert versions == ["Place 2.", "Your turn.", "First. Second."]


async def test_stopped_in_line_the_message_says_so(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(Waiting(2, 40))
        await wait_for_text(telegram, "Place 2.")
        answer.model.say(Cut())
        answer.model.end()

    assert telegram.said(anna.id) == ["Stopped."]
    assert telegram.buttons(anna.id) == []


async def test_an_answer_asked_for_again_stays_when_its_place_is_given_up(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.finish("The old answer.")
    shown = answer.bookmarks[-1]

    async with writing(courier, shown=shown, earlier="The old answer.") as answer:
        answer.model.say(Waiting(2, 40))
        await wait_for_text(telegram, "Place 2.")
        answer.model.say(Cut())
        answer.model.end()

    assert telegram.said(anna.id) == ["The old answer.\n\nStopped."]


async def test_a_place_that_could_not_be_shown_is_shown_a_little_later(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendMessage", Fault.flood(1))
    async with writing(courier) as answer:
        answer.model.say(Waiting(2, 40))
        await wait_for_text(telegram, "Place 2.")
        answer.model.finish("Done.")

    assert telegram.said(anna.id) == ["Done."]


async def test_what_the_model_can_not_do_after_a_wait_comes_through_bare(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    answer = Writing(courier)
    answer.model.say(Waiting(1, 5), Waiting(0), ModelAway("http://127.0.0.1"))

    with pytest.raises(ModelAway):
        await answer.present()

    assert telegram.said(anna.id) == []

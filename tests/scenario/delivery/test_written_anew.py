"""An answer over the messages of an earlier one: Regenerate, Retry, a second run after a stop."""

import asyncio

import pytest

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.target import Target
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.models.events import Cut
from luka_bot.models.ids import ChatId, MessageId
from tests.scenario.delivery.writing import Writing, button, writing
from tests.waiting import wait_until

LONG = "word " * 1200


@pytest.fixture
async def shown(courier: Courier, anna: Person) -> tuple[MessageId, ...]:
    """Two messages of an answer."""
    async with writing(courier, Target(ChatId(anna.id))) as answer:
        answer.model.finish(LONG)
    return answer.bookmarks[-1]


async def test_a_second_run_goes_on_in_the_messages_of_the_first(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as first:
        first.model.finish("long " * 1600)
    shown = first.bookmarks[-1]

    async with writing(courier, shown=shown) as second:
        second.model.say("Short. ")
        await telegram.wait_for(lambda: telegram.said(anna.id)[0] == "Short.")
        second.model.finish("Now.")

    assert len(shown) == 3
    assert telegram.said(anna.id) == ["Short. Now."]
    assert second.bookmarks == [shown[:1]]


async def test_what_would_stand_below_goes_as_soon_as_the_new_text_begins(
    telegram: LocalTelegram, courier: Courier, anna: Person, shown: tuple[MessageId, ...]
) -> None:
    async with writing(courier, shown=shown) as answer:
        answer.model.say("New. ")
        await wait_until(lambda: answer.bookmarks == [shown[:1]])
        texts, buttons = telegram.said(anna.id), telegram.buttons(anna.id)
        answer.model.finish(LONG)

    assert (texts, buttons) == (["New."], ["Stop"])
    assert len(telegram.said(anna.id)) == 2
    assert telegram.buttons(anna.id) == ["Again"]
    assert answer.bookmarks[-1][0] == shown[0] != answer.bookmarks[-1][1]


async def test_what_is_too_old_to_be_deleted_loses_its_buttons(
    telegram: LocalTelegram, courier: Courier, anna: Person, shown: tuple[MessageId, ...]
) -> None:
    refusal = Fault.refuse(400, "Bad Request: message can't be deleted")
    telegram.faults.add("deleteMessage", refusal, times=None)
    async with writing(courier, shown=shown) as answer:
        answer.model.say("New. ")
        await wait_until(lambda: answer.bookmarks == [shown[:1]])
        first, second = telegram.shown(anna.id)
        answer.model.finish()

    assert first.text == "New."
    assert second.buttons == []


async def test_a_failed_deletion_is_made_up_for_at_the_end(
    telegram: LocalTelegram, courier: Courier, anna: Person, shown: tuple[MessageId, ...]
) -> None:
    telegram.faults.add("deleteMessage", Fault.server_error(), times=None)

    async with writing(courier, shown=shown) as answer:
        answer.model.finish("New.")

    assert telegram.said(anna.id) == ["New."]
    assert answer.bookmarks == [shown[:1]]


async def test_the_earlier_answer_stays_whole_when_a_footnote_is_all_there_is_to_add(
    telegram: LocalTelegram, courier: Courier, anna: Person, shown: tuple[MessageId, ...]
) -> None:
    first, second = telegram.said(anna.id)

    kept = await Writing(courier, shown=shown).surface.settle(LONG, "It failed.", button("Retry"))

    assert kept == shown
    assert telegram.said(anna.id) == [first, f"{second}\n\nIt failed."]
    assert telegram.buttons(anna.id) == ["Retry"]


async def test_stopped_before_its_first_word_it_leaves_the_earlier_answer(
    telegram: LocalTelegram, courier: Courier, anna: Person, shown: tuple[MessageId, ...]
) -> None:
    first, second = telegram.said(anna.id)
    async with writing(courier, shown=shown, earlier=LONG) as answer:
        answer.model.say(Cut())
        answer.model.end()

    assert telegram.said(anna.id) == [first, f"{second}\n\nStopped."]


async def test_leaving_lets_a_preview_in_flight_end_and_passes_on(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    answer = Writing(courier)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(answer.present())
        answer.model.say("First. ")
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
        task.cancel()

    assert task.cancelled()
    assert answer.model.closed
    assert telegram.said(anna.id) == ["First."]


async def test_leaving_lets_the_last_word_and_its_bookmark_end(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendMessage", Fault.silence(seconds=0.3))
    answer = Writing(courier)
    answer.model.finish("Done.")
    async with asyncio.TaskGroup() as group:
        task = group.create_task(answer.present())
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
        task.cancel()

    assert task.cancelled()
    assert telegram.said(anna.id) == ["Done."]
    assert len(answer.bookmarks) == 1


async def test_an_outage_in_the_middle_of_a_long_answer_loses_no_message(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add(
        "sendMessage", Fault.cut_before(), times=3, when=lambda _: len(telegram.said(anna.id)) == 2
    )

    async with writing(courier) as answer:
        answer.model.finish("word " * 1600)

    assert " ".join(telegram.said(anna.id)).split() == ["word"] * 1600
    assert len(answer.bookmarks[-1]) == 3


async def test_that_all_of_it_stands_is_told_with_its_last_message(
    courier: Courier, anna: Person
) -> None:
    async with writing(courier, Target(ChatId(anna.id))) as answer:
        answer.model.finish(LONG)

    assert [(len(ids), last) for ids, last in answer.told] == [(1, False), (2, True)]


async def test_that_all_of_it_stands_is_told_after_the_last_edit(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say("First. ")
        await wait_until(lambda: bool(answer.told))
        answer.model.finish("Second.")

    (message,) = telegram.shown(anna.id)
    assert answer.told == [((message.message_id,), False), ((message.message_id,), True)]

"""How an answer comes, grows, ends, breaks off and is taken up again."""

import asyncio

import pytest

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import PersonAway
from luka_bot.delivery.target import Target
from luka_bot.delivery.wire import LAST_CALL
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.models.errors import AnswerCut, ModelAway, StorageAway
from luka_bot.models.events import Cut, Finished, Notice, NoticeKind, Thinking, Usage, Waiting
from luka_bot.models.ids import ChatId, MessageId
from tests.scenario.delivery.writing import DM, Writing, wait_for_text, writing
from tests.waiting import wait_until

EXPIRED = Notice(NoticeKind.HISTORY_EXPIRED)


async def test_a_quick_answer_is_one_message_and_one_call(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.finish("Hello ", "there.")

    assert telegram.said(anna.id) == ["Hello there."]
    assert [call.method for call in telegram.calls] == ["sendMessage"]
    assert telegram.buttons(anna.id) == ["Again"]


async def test_a_growing_answer_can_be_stopped_and_is_bookmarked_at_once(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say("First. ")
        message = await wait_for_text(telegram, "First.")
        await wait_until(lambda: answer.bookmarks == [(message.message_id,)])
        buttons = telegram.buttons(anna.id)
        answer.model.finish("Second.")

    assert (buttons, telegram.buttons(anna.id)) == (["Stop"], ["Again"])
    assert telegram.versions(anna.id, message.message_id) == ["First.", "First. Second."]


async def test_half_a_sentence_shows_after_a_moment(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say("Hello the")
        await wait_for_text(telegram, "Hello the")
        answer.model.finish("re.")

    assert telegram.said(anna.id) == ["Hello there."]


async def test_typing_is_shown_until_the_first_text(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(Thinking("hm"))
        await telegram.wait_for(lambda: telegram.actions(anna.id) == ["typing"])
        answer.model.say("First. ")
        await wait_for_text(telegram, "First.")
        answer.model.finish()

    assert telegram.actions(anna.id) == ["typing"]


async def test_typing_that_hangs_holds_nothing_up(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendChatAction", Fault.silence(), times=None)
    async with writing(courier) as answer:
        await telegram.wait_for(lambda: telegram.calls_of("sendChatAction"))
        answer.model.finish("Done.")
        await telegram.wait_for(lambda: telegram.said(anna.id) == ["Done."])


async def test_typing_is_not_shown_once_there_is_text_to_show(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say("Hello the")
        await wait_for_text(telegram, "Hello the")
        answer.model.finish("re.")

    assert telegram.actions(anna.id) == []


async def test_without_previews_only_the_whole_answer_is_sent(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    answer = Writing(courier)
    answer.model.finish("First. ", "Second.")

    await answer.present(previews=False)

    assert telegram.said(anna.id) == ["First. Second."]
    assert len(telegram.calls_of("sendMessage", "editMessageText")) == 1


async def test_a_stopped_answer_keeps_its_text_and_says_so(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(EXPIRED, "So **far. ", Cut())
        answer.model.end()

    assert telegram.said(anna.id) == ["So far.\n\n(history_expired)\nStopped."]
    assert telegram.buttons(anna.id) == []
    assert answer.presented is not None
    assert answer.presented.cut == Cut()
    assert answer.presented.notices == (EXPIRED,)


async def test_an_answer_cut_before_its_first_word_is_only_a_footnote(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say(Cut(AnswerCut()))
        answer.model.end()

    assert telegram.said(anna.id) == ["Stopped."]


async def test_what_the_model_cannot_do_comes_through_bare(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    answer = Writing(courier)
    answer.model.say(ModelAway("http://127.0.0.1"))

    with pytest.raises(ModelAway):
        await answer.present()

    assert answer.model.closed
    assert telegram.said(anna.id) == []


async def test_a_place_on_its_way_when_the_model_fails_is_known_and_used(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    """Telegram is slower with it than a call that we have to leave may be."""
    telegram.faults.add("sendMessage", Fault.silence(LAST_CALL + 1))
    answer = Writing(courier)
    answer.model.say(Waiting(1))

    async def fails() -> None:
        with pytest.raises(ModelAway):
            await answer.present()
        await answer.surface.settle("", "It failed.")

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(fails())
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
        answer.model.say(ModelAway("http://gone"))

    assert telegram.said(anna.id) == ["It failed."]


async def test_the_answer_stands_there_while_it_is_still_being_stored(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say("Done.", Finished(Usage("m", 1, 2, 0.5)))
        await telegram.wait_for(lambda: telegram.buttons(anna.id) == ["Again"])
        still_storing = answer.presented is None
        answer.model.end()

    assert still_storing
    assert answer.presented is not None
    assert answer.presented.usage == Usage("m", 1, 2, 0.5)


async def test_failing_to_store_after_the_answer_is_told_to_the_caller(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    answer = Writing(courier)
    answer.model.say("Done.", Finished(), StorageAway())

    with pytest.raises(StorageAway):
        await answer.present()

    assert telegram.said(anna.id) == ["Done."]


async def test_an_answer_whose_message_was_deleted_is_sent_anew(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say("First. ")
        message = await wait_for_text(telegram, "First.")
        await courier.delete(ChatId(anna.id), (message.message_id,))
        answer.model.finish("Second.")

    assert telegram.said(anna.id) == ["First. Second."]
    assert answer.bookmarks[-1] != (message.message_id,)


async def test_among_other_answers_each_message_says_what_it_belongs_to(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    asked = await anna.writes("Tell me all!")

    async with writing(courier, Target(DM.chat_id, reply_to=MessageId(asked))) as answer:
        answer.model.finish("long " * 1600)

    first, *rest = [one for one in telegram.shown(anna.id) if one.is_bot]
    assert first.reply_to == asked
    assert [one.reply_to for one in rest] == [first.message_id] * 2


async def test_an_answer_that_is_written_alone_replies_to_nothing(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.finish("long " * 1600)

    assert [one.reply_to for one in telegram.shown(anna.id)] == [None] * 3


async def test_generation_ends_for_a_person_who_is_away(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    answer = Writing(courier)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_away(answer))
        answer.model.say("First. ")
        await wait_for_text(telegram, "First.")
        await anna.blocks_bot()
        answer.model.say("Second. ")
        await telegram.wait_for(lambda: telegram.calls_of("editMessageText"))
        answer.model.say("Third. ", "Fourth. ")

    assert task.result()
    assert answer.model.closed


async def _away(answer: Writing) -> bool:
    try:
        await answer.present()
    except PersonAway:
        return True
    return False

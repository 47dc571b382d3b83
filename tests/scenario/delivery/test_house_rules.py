"""The seven rules of delivery, each as a person sees it."""

from luka_bot.delivery.courier import Courier
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from tests.scenario.delivery.writing import (
    Writing,
    button,
    wait_for_drawings,
    wait_for_text,
    writing,
)
from tests.waiting import wait_until

LONG = "\n\n".join(f"Paragraph {number}. " + "Some more words. " * 20 for number in range(30))


async def test_generation_never_waits_for_telegram_and_slow_previews_are_dropped(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("editMessageText", Fault.silence(seconds=1))
    async with writing(courier) as answer:
        answer.model.say("First. ")
        await wait_for_text(telegram, "First.")
        answer.model.say("Second. ")
        await telegram.wait_for(lambda: telegram.calls_of("editMessageText"))
        answer.model.say(*(f"{number} " for number in range(50)))
        await wait_until(lambda: answer.model.heard_out, 0.9)
        drawn_meanwhile = len(telegram.calls_of("editMessageText"))
        answer.model.finish("End.")

    assert drawn_meanwhile == 1
    assert telegram.said(anna.id)[0].endswith("49 End.")
    assert len(telegram.calls_of("editMessageText")) == 2


async def test_a_flood_wait_silences_previews_but_never_the_last_word(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("editMessageText", Fault.flood(2))
    async with writing(courier) as answer:
        answer.model.say("First. ")
        await wait_for_text(telegram, "First.")
        answer.model.say("Second. ")
        await telegram.wait_for(lambda: telegram.calls_of("editMessageText"))
        answer.model.say("Third. ")
        answer.model.finish("End.")

    flooded, after = telegram.calls_of("editMessageText")
    assert telegram.said(anna.id) == ["First. Second. Third. End."]
    assert after.at - flooded.at >= 2


async def test_a_failed_preview_opens_no_second_message(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    for fault in (Fault.server_error(), Fault.garbage(), Fault.cut_after(), Fault.flood(1)):
        telegram.faults.add("editMessageText", fault)
    async with writing(courier) as answer:
        for number in range(6):
            answer.model.say(f"Sentence {number}. ")
            await wait_for_drawings(telegram, more_than=min(number, 3))
        answer.model.finish("End.")

    assert len(telegram.calls_of("sendMessage")) == 1
    assert telegram.said(anna.id)[0].endswith("Sentence 5. End.")


async def test_a_preview_on_its_way_is_awaited_so_the_answer_stands_there_once(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendMessage", Fault.silence(seconds=0.5))
    async with writing(courier) as answer:
        answer.model.say("First. ")
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
        answer.model.finish("End.")

    assert telegram.said(anna.id) == ["First. End."]
    assert len(telegram.calls_of("sendMessage")) == 1


async def test_an_edit_that_was_cut_off_is_repeated_in_the_same_message(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.say("First. ")
        await wait_for_text(telegram, "First.")
        for fault in (Fault.cut_after(), Fault.cut_before(), Fault.garbage()):
            telegram.faults.add("editMessageText", fault)
        answer.model.finish("End.")

    assert telegram.said(anna.id) == ["First. End."]


async def test_nothing_is_sent_that_stands_there_already_and_no_marker_shows(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    surface = Writing(courier).surface
    for half in ("This is **very", "This is **very*", "This is **very**"):
        await surface.preview(half)
    await surface.settle("This is **very**", keyboard=button("Again"))
    await surface.settle("This is **very**", keyboard=button("Again"))

    (message,) = telegram.shown(anna.id)
    assert telegram.versions(anna.id, message.message_id) == ["This is very"]
    assert [call.method for call in telegram.calls] == ["sendMessage", "editMessageText"]


async def test_a_full_page_is_never_written_again(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        for start in range(0, len(LONG), 1500):
            answer.model.say(LONG[start : start + 1500])
            await wait_for_drawings(telegram, more_than=start // 1500)
        answer.model.finish()

    texts = telegram.said(anna.id)
    sends = telegram.calls_of("sendMessage")
    assert "\n\n".join(texts).split() == LONG.split()
    assert len(sends) == len(texts) > 2
    for message, next_one in zip(telegram.shown(anna.id), sends[1:], strict=False):
        edits = [one for one in telegram.calls_of("editMessageText") if one.at > next_one.at]
        assert message.message_id not in {one.params["message_id"] for one in edits}


async def test_when_telegram_refuses_the_styles_the_same_text_goes_out_plain(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendMessage", Fault.cannot_parse())
    async with writing(courier) as answer:
        answer.model.finish("This is **bold** and `code`.")

    (message,) = [one for one in telegram.shown(anna.id) if one.is_bot]
    assert (message.text, message.entities) == ("This is bold and code.", ())

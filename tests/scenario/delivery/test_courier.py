"""Whatever Telegram says to a send or an edit, the text arrives once, or we know why not."""

import time
from dataclasses import replace

import pytest
from aiogram import Bot

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import NotAccepted, PersonAway, TopicGone
from luka_bot.delivery.formatting import render
from luka_bot.delivery.pace import Paces
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.target import Target
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.models.ids import ChatId, MessageId, TopicId
from tests.scenario.delivery.conftest import QUICK
from tests.scenario.delivery.writing import DM, button

HELLO = Rendered("Hello there.")


@pytest.mark.parametrize("fault", [Fault.server_error(), Fault.garbage(), Fault.flood(1)])
async def test_a_send_that_was_not_taken_is_repeated(
    telegram: LocalTelegram, courier: Courier, anna: Person, fault: Fault
) -> None:
    telegram.faults.add("sendMessage", fault)

    await courier.send(DM, HELLO)

    assert telegram.said(anna.id) == ["Hello there."]


@pytest.mark.usefixtures("anna")
async def test_an_edit_of_the_same_text_is_a_success(courier: Courier) -> None:
    sent = await courier.send(DM, HELLO)

    assert await courier.edit(DM, sent, HELLO) == sent


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    sent = await courier.send(DM, HELLO)
    await courier.delete(DM.chat_id, (sent,))

    moved = await courier.edit_html(DM, sent, "<b>Hello</b> again")

    assert moved != sent
    assert telegram.said(anna.id) == ["Hello again"]


async def test_html_that_telegram_refuses_goes_out_without_its_tags(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    await courier.send_html(DM, "<b>half &lt; open")

    assert telegram.said(anna.id) == ["half < open"]


async def test_a_text_that_telegram_finds_too_long_is_split(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendMessage", Fault.refuse(400, "Bad Request: message is too long"))

    await courier.send(DM, Rendered("A few words. " * 20))

    parts = telegram.said(anna.id)
    assert len(parts) > 1
    assert " ".join(parts) == ("A few words. " * 20).strip()


async def test_whoever_blocked_the_bot_is_away(courier: Courier, anna: Person) -> None:
    await anna.blocks_bot()

    with pytest.raises(PersonAway):
        await courier.send(DM, HELLO)


async def test_what_belongs_to_a_topic_that_is_gone_lands_nowhere_else(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    fault = Fault.refuse(400, "Bad Request: message thread not found")
    telegram.faults.add("sendMessage", fault)

    with pytest.raises(TopicGone):
        await courier.send(Target(DM.chat_id, TopicId(5)), HELLO)

    (call,) = telegram.calls_of("sendMessage")
    assert call.params["message_thread_id"] == 5
    assert telegram.said(anna.id) == []


async def test_a_reply_to_a_message_that_is_gone_arrives_without_it(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    await courier.send(Target(DM.chat_id, reply_to=MessageId(999)), HELLO)

    assert telegram.said(anna.id) == ["Hello there."]


@pytest.mark.usefixtures("anna")
async def test_nothing_is_said_in_vain(telegram: LocalTelegram, courier: Courier) -> None:
    with pytest.raises(NotAccepted):
        await courier.send(DM, Rendered(" \n"))

    assert telegram.calls == []


@pytest.mark.usefixtures("anna")
async def test_no_page_that_a_model_names_is_fetched_for_a_preview(
    telegram: LocalTelegram, courier: Courier
) -> None:
    await courier.send(DM, render("[see](https://example.org/secret)"))

    params = telegram.calls_of("sendMessage")[0].params
    assert params["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in params


async def test_a_document_arrives_with_its_name_and_content(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    await courier.send_document(DM, "chat.md", b"# All", "Here it is" + "!" * 2000)

    (message,) = telegram.shown(anna.id)
    assert (message.file_name, message.content) == ("chat.md", b"# All")
    assert len(message.text) == 1024


async def test_a_picture_arrives_with_styled_words_and_buttons_below(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    await courier.send_photo(DM, b"png", "<b>5 &lt; 6</b>", button("More"))
    await courier.send_photo(DM, b"png", f"<b>5 &lt; 6{'!' * 2000}</b>")

    short, long = telegram.shown(anna.id)
    assert (short.file_name, short.content, short.buttons) == ("stats.png", b"png", ["More"])
    assert [(one["type"], one["length"]) for one in short.entities] == [("bold", 5)]
    assert (short.text, long.text[:7], len(long.text)) == ("5 < 6", "5 < 6!!", 1024)


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize(("target", "silent"), [(replace(DM, quiet=True), "true"), (DM, "")])
async def test_what_goes_to_a_quiet_place_makes_no_sound(
    telegram: LocalTelegram, courier: Courier, target: Target, silent: str
) -> None:
    await courier.send(target, Rendered("long " * 1000))
    await courier.send_html(target, "Hello")
    await courier.preview(target, None, HELLO, None)
    await courier.send_document(target, "chat.md", b"# All")
    await courier.send_photo(target, b"png")

    sends = telegram.calls_of("sendMessage", "sendDocument", "sendPhoto")
    told = [str(call.params.get("disable_notification", "")).lower() for call in sends]
    assert told == [silent] * 6


async def test_what_can_not_be_shown_now_disturbs_nobody(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendChatAction", Fault.garbage())
    sent = await courier.send(DM, HELLO, button("Old"))

    await courier.typing(DM)
    await courier.toast("12345", "too late")
    await courier.delete(DM.chat_id, (MessageId(999),))
    await courier.tidy(DM, MessageId(999))
    await courier.tidy(DM, sent)

    assert telegram.buttons(anna.id) == []


async def test_tidying_is_left_out_while_the_bot_is_busy(
    telegram: LocalTelegram, bot: Bot, anna: Person
) -> None:
    courier = Courier(bot, Paces(time.monotonic, gaps=QUICK, rate=1))
    sent = await courier.send(DM, HELLO, button("Old"))

    await courier.tidy(DM, sent)

    assert telegram.buttons(anna.id) == ["Old"]


async def test_a_silence_ordered_for_one_chat_holds_nobody_else_up(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    boris = telegram.person(8, "Boris")
    telegram.faults.add("sendMessage", Fault.flood(30), chat_id=anna.id)
    await courier.preview(DM, None, HELLO, None)

    await courier.send(Target(ChatId(boris.id)), HELLO)
    await courier.typing(DM)

    assert telegram.said(boris.id) == ["Hello there."]
    assert telegram.actions(anna.id) == []

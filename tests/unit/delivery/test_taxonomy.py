"""What Telegram says is understood, however it is said."""

import pytest
from aiogram import exceptions
from aiogram.methods import GetMe

from luka_bot.delivery import failures
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.taxonomy import sorted_out
from luka_bot.models.ids import ChatId, MessageId

ME = GetMe()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Bad Request: message is not modified: specified new message …", failures.Unchanged),
        ("Bad Request: message to edit not found", failures.MessageGone),
        ("Bad Request: message can't be edited", failures.MessageGone),
        ("Bad Request: MESSAGE_ID_INVALID", failures.MessageGone),
        ("Bad Request: message thread not found", failures.TopicGone),
        ("Bad Request: can't parse entities: …", failures.StylesRefused),
        ("Bad Request: message is too long", failures.TooLong),
        ("Bad Request: chat not found", failures.PersonAway),
        ("Bad Request: something new", failures.NotAccepted),
    ],
)
def test_bad_requests_are_told_apart(sentence: str, kind: type[DeliveryError]) -> None:
    error = exceptions.TelegramBadRequest(method=ME, message=sentence)

    assert type(sorted_out(error, ChatId(7))) is kind


def test_too_large_is_no_network_trouble() -> None:
    error = exceptions.TelegramEntityTooLarge(method=ME, message="Request Entity Too Large")

    assert isinstance(sorted_out(error, ChatId(7)), failures.NotAccepted)


def test_a_flood_without_a_number_is_still_a_flood() -> None:
    error = exceptions.TelegramAPIError(method=ME, message="Too Many Requests: slow down")

    found = sorted_out(error, ChatId(7))

    assert isinstance(found, failures.Flooded)
    assert found.seconds is None


def test_an_answer_that_cannot_be_read_may_still_be_a_success() -> None:
    data = {"ok": True, "result": {"message_id": 5, "rich": "?"}}
    error = exceptions.ClientDecodeError("…", ValueError(), data)

    found = sorted_out(error, ChatId(7))

    assert isinstance(found, failures.Taken)
    assert found.message_id == MessageId(5)


def test_html_comes_from_the_front_and_anything_else_leaves_a_doubt() -> None:
    def told(body: str) -> DeliveryError:
        return sorted_out(exceptions.ClientDecodeError("…", ValueError(), body), ChatId(7))

    assert isinstance(told("<html>502 Bad Gateway</html>"), failures.Unreached)
    assert isinstance(told('{"ok": tr'), failures.Unanswered)

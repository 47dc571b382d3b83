"""Which updates follow each other, and which overtake."""

from typing import Any

import pytest

from luka_bot.handlers.callbacks import TurnStop
from luka_bot.ingest.raw_updates import Place, lane_of, place_of
from luka_bot.models.ids import TurnId


def message(chat: int = 7, text: str = "Hi!", **more: object) -> dict[str, Any]:
    return {"update_id": 5, "message": {"chat": {"id": chat}, "text": text, **more}}


def test_messages_of_one_chat_share_a_lane_and_chats_do_not() -> None:
    assert lane_of(message(7)) == lane_of(message(7, "And then?"))
    assert lane_of(message(7)) != lane_of(message(8))


def test_an_edited_message_stands_in_line_with_the_others() -> None:
    edited = {"update_id": 6, "edited_message": {"chat": {"id": 7}, "text": "Ho!"}}
    assert lane_of(edited) == lane_of(message(7))


def test_topics_have_lanes_of_their_own_but_reply_threads_do_not() -> None:
    topic = message(7, message_thread_id=3, is_topic_message=True)
    replies = message(7, message_thread_id=3)
    assert lane_of(topic) != lane_of(message(7))
    assert lane_of(replies) == lane_of(message(7))


@pytest.mark.parametrize("text", ["/stop", "/STOP", " /stop now", "/stop@luka_bot"])
def test_stop_overtakes(text: str) -> None:
    assert lane_of(message(7, text)) not in {lane_of(message(7)), lane_of(message(8))}


@pytest.mark.parametrize("text", ["stop", "/stopwatch", "please /stop"])
def test_other_words_do_not(text: str) -> None:
    assert lane_of(message(7, text)) == lane_of(message(7))


def test_taps_stand_in_line_with_the_messages_of_their_chat() -> None:
    tap = {"callback_query": {"from": {"id": 5}, "message": {"chat": {"id": 7}}}}
    assert lane_of({"update_id": 1, **tap}) == lane_of(message(7))
    assert lane_of({"update_id": 1, **tap}) != lane_of(message(5))


def test_taps_in_a_topic_stand_in_line_there() -> None:
    place = {"chat": {"id": 7}, "message_thread_id": 3, "is_topic_message": True}
    tap = {"update_id": 1, "callback_query": {"from": {"id": 5}, "message": place}}
    assert lane_of(tap) == lane_of(message(7, message_thread_id=3, is_topic_message=True))


def test_a_stop_button_overtakes_other_taps() -> None:
    tap = {"callback_query": {"from": {"id": 7}, "data": "thread_refresh"}}
    stop = {"callback_query": {"from": {"id": 7}, "data": TurnStop(id=TurnId("u5")).pack()}}
    assert lane_of({"update_id": 1, **tap}) != lane_of({"update_id": 2, **stop})


def test_what_a_group_says_to_itself_is_not_answered_by_notices() -> None:
    chatter = {"message": {"chat": {"id": -5, "type": "group"}, "text": "Hi all"}}
    command = {"message": {"chat": {"id": -5, "type": "group"}, "text": "/chats"}}
    assert place_of(chatter) == Place(-5, None, spoken_to=False)
    assert place_of(command) == Place(-5, None, spoken_to=True)


def test_notices_stay_in_their_topic_and_only_where_it_is_one() -> None:
    body = {"chat": {"id": -5, "type": "supergroup"}, "message_thread_id": 3, "text": "/chats"}
    assert place_of({"message": body}) == Place(-5, None, spoken_to=True)
    assert place_of({"message": body | {"is_topic_message": True}}) == Place(-5, 3, spoken_to=True)


@pytest.mark.parametrize("raw", [{}, {"message": None}, {"message": {"chat": 5}}, {"poll": []}])
def test_what_cannot_be_read_still_has_a_lane(raw: dict[str, Any]) -> None:
    assert lane_of(raw)
    assert place_of(raw) is None

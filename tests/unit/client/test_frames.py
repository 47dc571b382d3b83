"""What comes over the wire as what a script reads."""

from typing import Any

import pytest

from luka_bot.client import (
    BadFrame,
    ChatError,
    Closed,
    Message,
    Participant,
    ParticipantUpdate,
    QueueFull,
    RateLimited,
    Redacted,
    Stream,
    Trouble,
    Typing,
    Unreachable,
)
from luka_bot.client.acks import Acks
from luka_bot.client.errors import error_from, error_of_status
from luka_bot.client.events import event_from, message_from
from luka_bot.client.hearing import Hearing
from luka_bot.client.replies import Position
from tests.unit.client.door import message, welcome


def test_a_message_is_read_whole() -> None:
    read = message_from(message(45, "Hi", reply_to=41, redacted=True))

    assert isinstance(read, Message)
    assert (read.sequence_id, read.content, read.reply_to, read.redacted) == (45, "Hi", 41, True)
    assert read.sent_at.isoformat() == "2025-10-04T08:45:00+00:00"


@pytest.mark.parametrize(
    ("frame", "event"),
    [
        (
            {"type": "stream", "stream_id": "s7", "sender_id": "agent:luka", "delta": "He", "n": 3},
            Stream("s7", "agent:luka", "He", 3),
        ),
        (
            {"type": "stream", "stream_id": "s7", "sender_id": "agent:luka", "cancelled": True},
            Stream("s7", "agent:luka", "", 0, cancelled=True),
        ),
        (
            {
                "type": "stream",
                "stream_id": "s7",
                "sender_id": "agent:luka",
                "waiting": {"position": 2, "seconds": 8},
            },
            Stream("s7", "agent:luka", "", 0, position=2),
        ),
        ({"type": "redact", "sequence_id": 45, "by": "tg:7"}, Redacted(45, "tg:7")),
        ({"type": "closed", "how": "deleted", "by": "Ann"}, Closed("deleted", "Ann")),
        ({"type": "closed", "how": "forgotten"}, Closed("forgotten")),
        ({"type": "typing", "participant_id": "tg:7", "name": "Ann"}, Typing("tg:7", "Ann")),
        (
            {
                "type": "participant_update",
                "action": "join",
                "participants": [{"id": "tg:7", "name": "Ann", "type": "human", "online": True}],
                "participant_count": 1,
                "input_mode": "multi",
                "input_timeout": 2000,
            },
            ParticipantUpdate(
                "join", (Participant("tg:7", "Ann", "human", online=True),), "multi", 2000
            ),
        ),
        ({"type": "of next year"}, None),
    ],
    ids=lambda value: value.get("type") if isinstance(value, dict) else "",
)
def test_a_frame_becomes_its_event(frame: dict[str, Any], event: object) -> None:
    assert event_from(frame) == event


def test_trouble_keeps_its_code() -> None:
    event = event_from({"type": "error", "code": "AGENT_TIMEOUT", "status": 504, "message": "slow"})

    assert isinstance(event, Trouble)
    assert (event.error.code, event.error.status, str(event.error)) == (
        "AGENT_TIMEOUT",
        504,
        "slow",
    )


def test_an_error_knows_when_to_come_again() -> None:
    full = error_from({"code": "QUEUE_FULL", "status": 429, "message": "busy", "retry_after": 5})

    assert isinstance(full, QueueFull)
    assert full.retry_after == 5


@pytest.mark.parametrize(
    ("status", "kind"), [(429, RateLimited), (502, Unreachable), (418, ChatError)]
)
def test_a_handshake_s_status_is_an_error(status: int, kind: type[ChatError]) -> None:
    assert type(error_of_status(status)) is kind


async def test_each_message_is_heard_once_whichever_way_it_comes() -> None:
    hearing = Hearing(None, Acks(lambda: 0.0))
    hearing.welcome(welcome(current=3))
    for frame in (
        {"type": "sync", "messages": [message(1), message(2)], "current_sequence_id": 3},
        message(2),
        message(3),
        message(1),
    ):
        hearing.hear(frame)

    heard = [await hearing.take() for _ in range(3)]

    assert [one.sequence_id for one in heard if isinstance(one, Message)] == [1, 2, 3]
    assert hearing.position == hearing.taken == Position(3, "k3f9")


async def test_what_nobody_takes_is_kept_only_if_it_is_a_message() -> None:
    hearing = Hearing(None, Acks(lambda: 0.0))
    hearing.welcome(welcome())
    for number in range(1, 2001):
        hearing.hear({"type": "stream", "stream_id": "s", "sender_id": "agent:luka", "n": number})
        hearing.hear(message(number))
    hearing.end()

    heard = [await hearing.take() for _ in range(len(hearing._events))]

    assert sum(isinstance(one, Message) for one in heard) == 2000
    assert sum(isinstance(one, Stream) for one in heard) == 500


def test_a_frame_that_lacks_something_is_an_error() -> None:
    hearing = Hearing(None, Acks(lambda: 0.0))
    hearing.welcome(welcome())

    with pytest.raises(BadFrame):
        hearing.hear({"type": "message", "id": "x", "sequence_id": 1})

"""Frames that a socket of our own makes; those of the hub are ready."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from luka_bot.models.conversation import ChatMessage, MessagePage, Stored
from luka_bot.services.conversations.frames import message_frame
from luka_bot.web.chat.failures import Failure

SYNC_MESSAGES = 300
SYNC_SIZE = 256 * 1024  # characters of a frame's messages


def as_text(frame: Mapping[str, Any]) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def error_text(failure: Failure, message_id: str = "") -> str:
    about = {"message_id": message_id} if message_id else {}
    return as_text({"type": "error", **failure.json(), **about})


def ack_text(message_id: str, stored: Stored) -> str:
    return as_text(
        {
            "type": "ack",
            "message_id": message_id,
            "sequence_id": stored.message.sequence_id,
            "duplicate": stored.duplicate,
        }
    )


def bye_text(delay_ms: int) -> str:
    return as_text(
        {"type": "bye", "code": 1001, "reason": "restart", "reconnect": True, "delay_ms": delay_ms}
    )


def sync_texts(
    page: MessagePage, participants: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, int]]:
    """Frames of a page, at least one, each with the number that is known after it; only the first
    names participants and says reset."""
    tail = {
        "current_sequence_id": page.current_sequence_id,
        "epoch": page.epoch,
        "participants": list(participants),
        "reset": page.reset,
    }
    for part in _parts(page.messages):
        texts = ",".join(text for _, text in part)
        yield (
            f'{{"type":"sync","messages":[{texts}],{as_text(tail)[1:]}',
            part[-1][0] if part else 0,
        )
        tail = {**tail, "reset": False}
        tail.pop("participants", None)


def _parts(messages: Sequence[ChatMessage]) -> Iterator[list[tuple[int, str]]]:
    part: list[tuple[int, str]] = []
    size = 0
    for message in messages:
        text = as_text(message_frame(message))
        if part and (len(part) >= SYNC_MESSAGES or size + len(text) > SYNC_SIZE):
            yield part
            part, size = [], 0
        part.append((message.sequence_id, text))
        size += len(text)
    yield part

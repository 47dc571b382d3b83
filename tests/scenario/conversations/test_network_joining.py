"""Who joins while others speak hears what was said, then what is said, without a gap."""

import asyncio
from pathlib import Path

import pytest

from luka_bot.client import Message, ParticipantUpdate, Stream, Talk
from luka_bot.demo.model import Reply
from tests.chat_house import HEARING, chat_house, hear, say_all

pytestmark = pytest.mark.usefixtures("redis")  # emptied

BEFORE = 20  # messages that stand there when somebody joins
AFTERWARDS = 70  # with those before fewer than are shown to who comes


async def test_who_joins_in_the_middle_hears_history_and_then_all_that_follows(
    tmp_path: Path, redis_socket: Path
) -> None:
    async with chat_house(tmp_path, redis_socket, replicas=2) as house:
        owner, guest = await house.human(0), await house.human(1)
        [talk] = await house.talks([owner])
        invite = await owner.luka.invite(talk.conversation_id)
        await say_all(talk, BEFORE)

        async def come() -> Talk:
            await hear(talk, BEFORE + 10)
            await guest.luka.join(invite.token)
            return await house.talk(guest, talk.conversation_id)

        guest_talk, _ = await asyncio.gather(come(), say_all(talk, AFTERWARDS))
        heard = await hear(guest_talk, BEFORE + AFTERWARDS)
        whole = await owner.luka.messages(talk.conversation_id, after=0, limit=300)

    said = [one for one in whole.messages if one.message_type == "text"]
    assert heard == said
    assert [one.content for one in heard[:2]] == [f"{owner.id} 0", f"{owner.id} 1"]
    assert joined_between(whole.messages, guest.id)


async def test_who_comes_while_an_answer_grows_sees_all_of_it_once_whichever_luka_writes_it(
    tmp_path: Path, redis_socket: Path
) -> None:
    reply = Reply("One two three four", hold_after=2)
    async with chat_house(tmp_path, redis_socket, replicas=2, reply=reply) as house:
        model = house.luka.model
        model.gate.clear()
        owner, guest = await house.human(0), await house.human(1)
        made = await owner.luka.create("Count", [guest.id], ["luka"])
        talk = await house.talk(owner, made.conversation_id)
        await talk.send("@luka count")
        await grown(talk, "One two")
        late = await house.talk(guest, made.conversation_id)
        again = await house.talk(owner, made.conversation_id)
        first = [await grown(one, "One two") for one in (late, again)]
        model.gate.set()
        heard = [await answer(one) for one in (talk, late, again)]

    assert [one.delta for one in first] == ["One two", "One two"]
    assert [whole for _, whole in heard] == ["One two three four"] * 3
    assert all("One two three four".startswith(f"One two{rest}") for rest, _ in heard)


async def test_another_name_reaches_everybody_whichever_luka_they_are_at(
    tmp_path: Path, redis_socket: Path
) -> None:
    async with chat_house(tmp_path, redis_socket, replicas=2) as house:
        owner, guest = await house.human(0), await house.human(1)
        _, talk = await house.talks([owner, guest])
        await owner.luka.rename(talk.conversation_id, "Summer")
        async with asyncio.timeout(HEARING):
            while not isinstance(event := await anext(talk), ParticipantUpdate) or not event.name:
                pass

    assert (event.action, event.name, talk.name) == ("renamed", "Summer", "Summer")
    assert len(event.participants) == 2


async def grown(talk: Talk, text: str) -> Stream:
    """The part with which it has come so far."""
    async with asyncio.timeout(HEARING):
        while True:
            event = await anext(talk)
            if isinstance(event, Stream) and event.text.strip() == text:
                return event


async def answer(talk: Talk) -> tuple[str, str]:
    """The parts that are still to come, joined, and the whole."""
    parts: list[str] = []
    async with asyncio.timeout(HEARING):
        while True:
            match await anext(talk):
                case Stream(delta=delta):
                    parts.append(delta)
                case Message(sender_type="agent", content=content):
                    return "".join(parts), content


def joined_between(messages: tuple[Message, ...], participant_id: str) -> bool:
    """That they came stands among what was said, with a number of its own."""
    kinds = [participant_id in one.content and one.message_type for one in messages]
    return "system" in kinds[BEFORE:-1]

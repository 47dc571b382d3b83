"""Who joins while others speak hears what was said, then what is said, without a gap."""

import asyncio
from pathlib import Path

import pytest

from luka_bot.client import Message, Talk
from tests.chat_house import chat_house, hear, say_all

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


def joined_between(messages: tuple[Message, ...], participant_id: str) -> bool:
    """That they came stands among what was said, with a number of its own."""
    kinds = [participant_id in one.content and one.message_type for one in messages]
    return "system" in kinds[BEFORE:-1]

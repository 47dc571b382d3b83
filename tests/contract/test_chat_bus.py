"""What replicas on one Redis hear of each other's conversations."""

import asyncio

from redis.asyncio import Redis

from luka_bot.models.conversation import ChatMessage
from luka_bot.models.ids import UserId
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.storage.client import Storage
from luka_bot.storage.threads import ThreadStore
from tests.contract.chat_storages import Ear, Told, person
from tests.redis_fixtures import HandClock
from tests.waiting import wait_until


async def test_two_replicas_hear_everything_in_one_order(
    storage: Storage, clock: HandClock
) -> None:
    one, two = RedisChatStorage(storage, clock), RedisChatStorage(storage, clock)
    told = Told(one, ThreadStore(storage), clock, lambda: two)
    far = Told(two, told.threads, clock, lambda: one)
    people = [UserId(100 + number) for number in range(3)]
    conversation = await told.conversation(*map(person, people), agents=())

    async def talk(where: Told, who: UserId) -> None:
        for number in range(100):
            await where.say(conversation, f"{who} {number}", who)

    async with one.listening(near_ear := Ear()), two.listening(far_ear := Ear()):
        async with asyncio.TaskGroup() as group:
            for where, who in zip((told, far, told), people, strict=True):
                group.create_task(talk(where, who))
        await told.heard(near_ear, 300)
        await told.heard(far_ear, 300)

    assert near_ear.messages == far_ear.messages
    assert near_ear.numbers == list(range(1, 301))


async def test_a_bus_that_was_cut_says_so_and_goes_on(
    storage: Storage, clock: HandClock, redis: Redis
) -> None:
    chat = RedisChatStorage(storage, clock)
    told = Told(chat, ThreadStore(storage), clock, lambda: chat)
    conversation = await told.conversation(agents=())

    async with chat.listening(ear := Ear()):
        await redis.client_kill_filter(_type="pubsub")
        await told.say(conversation, "into the hole")
        await wait_until(lambda: ear.interruptions == 1)
        await told.say(conversation, "heard")
        await wait_until(lambda: "heard" in [one.content for one in ear.messages])

    page = await chat.get_conversation_messages(conversation.conversation_id, 0)
    assert [one.content for one in page.messages] == ["into the hole", "heard"]


async def test_a_listeners_mistake_makes_nobody_deaf(storage: Storage, clock: HandClock) -> None:
    class Clumsy(Ear):
        def message(self, message: ChatMessage) -> None:
            super().message(message)
            raise ValueError(message)

    chat = RedisChatStorage(storage, clock)
    told = Told(chat, ThreadStore(storage), clock, lambda: chat)
    conversation = await told.conversation(agents=())

    async with chat.listening(ear := Clumsy()):
        await told.say(conversation, "one")
        await told.say(conversation, "two")
        await told.heard(ear, 2)

"""Nobody misses what the bus didn't bring, and nobody hears it twice."""

from collections.abc import AsyncIterator

import pytest_asyncio

from luka_bot.background import Background
from luka_bot.models.conversation import ChatMessage, Conversation, MessageStatus
from luka_bot.models.participant import human
from luka_bot.services.conversations.hub import Hub
from luka_bot.services.conversations.rooms import Rooms
from luka_bot.storage.chat.contract import ChatStorage
from tests.metrics import Growth
from tests.scenario.conversations.house import ANNA, BORIS, Ear, Home
from tests.waiting import wait_until


class Deaf:
    """A process whose bus brings only what the test lets through."""

    def __init__(self, storage: ChatStorage, tasks: Background, most: int = 10) -> None:
        self.now = 0.0
        self.rooms = Rooms(most, 60.0, lambda: self.now)
        self.hub = Hub(storage, self.rooms, tasks, lambda: 0.0)
        self._storage = storage

    async def hear(self, talk: Conversation, *numbers: int) -> None:
        page = await self._storage.get_conversation_messages(talk.conversation_id, 0)
        for number in numbers:
            self.hub.message(next(one for one in page.messages if one.sequence_id == number))


@pytest_asyncio.fixture
async def deaf(home: Home) -> AsyncIterator[Deaf]:
    async with Background() as tasks:
        yield Deaf(home.house.storage, tasks)


async def test_a_gap_is_filled_from_the_log_in_order(home: Home, deaf: Deaf) -> None:
    talk, ear = await talked(home, 5), Ear()
    growth = Growth()

    with deaf.hub.listening(talk.conversation_id, human(ANNA.user_id), ear):
        await wait_until(lambda: ear.numbers == [1, 2, 3, 4, 5])
        await more(home, talk, 4)
        await deaf.hear(talk, 6, 9, 7)
        await wait_until(lambda: len(ear.numbers) == 9)

    assert ear.numbers == list(range(1, 10))
    assert growth.of("luka_chat_refills_total") == 1
    assert growth.of("luka_chat_sequence_lag_sum") == 2


async def test_what_came_while_the_bus_was_away_is_looked_up(home: Home, deaf: Deaf) -> None:
    talk, ear = await talked(home, 1), Ear()

    with deaf.hub.listening(talk.conversation_id, human(ANNA.user_id), ear):
        await wait_until(lambda: ear.numbers == [1])
        await more(home, talk, 2)
        deaf.hub.interrupted()
        await wait_until(lambda: ear.numbers == [1, 2, 3])


async def test_a_taken_number_is_no_gap(home: Home, deaf: Deaf) -> None:
    talk, ear = await talked(home, 1), Ear()

    with deaf.hub.listening(talk.conversation_id, human(ANNA.user_id), ear):
        await wait_until(lambda: ear.numbers == [1])
        await home.house.storage.get_next_sequence_id(talk.conversation_id)
        await more(home, talk, 2)
        await deaf.hear(talk, 3)
        await wait_until(lambda: ear.numbers == [1, 3, 4])


async def test_redacted_words_are_heard_by_nobody_any_more(home: Home, deaf: Deaf) -> None:
    talk, ear = await talked(home, 2), Ear()

    with deaf.hub.listening(talk.conversation_id, human(ANNA.user_id), ear):
        await wait_until(lambda: ear.numbers == [1, 2])
        deaf.hub.frame(talk.conversation_id, {"type": "redact", "sequence_id": 1, "by": "tg:7"})
        deaf.hub.frame(talk.conversation_id, {"type": "redact", "sequence_id": 3, "by": "tg:7"})
        await more(home, talk, 1)
        await deaf.hear(talk, 3)
        recent = await deaf.hub.recent(talk.conversation_id)

    assert [one.content for one in recent] == ["", "2", ""]
    assert ear.messages[-1].status is MessageStatus.REDACTED


async def test_who_comes_later_hears_what_comes_after(home: Home, deaf: Deaf) -> None:
    talk, early, late = await talked(home, 2), Ear(), Ear()
    key, who = talk.conversation_id, human(ANNA.user_id)

    with deaf.hub.listening(key, who, early) as none:
        await wait_until(lambda: early.numbers == [1, 2])
        with deaf.hub.listening(key, who, late) as known:
            await more(home, talk, 1)
            await deaf.hear(talk, 3)

    assert (none, known) == (0, 2)
    assert late.numbers == [3]


async def test_a_hundred_are_remembered_and_a_broken_listener_hears_no_more(
    home: Home, deaf: Deaf
) -> None:
    talk, ear, broken = await talked(home, 1), Ear(), Broken()
    key, growth = talk.conversation_id, Growth()

    with (
        deaf.hub.listening(key, human(ANNA.user_id), broken),
        deaf.hub.listening(key, human(ANNA.user_id), ear),
    ):
        assert deaf.hub.connections() == {key: {human(ANNA.user_id): 2}}
        await wait_until(lambda: ear.numbers == [1])
        await more(home, talk, 149)
        await deaf.hear(talk, 150)
        await wait_until(lambda: len(ear.numbers) == 150)
        recent = await deaf.hub.recent(key)
        assert deaf.hub.connections() == {key: {human(ANNA.user_id): 1}}

    assert [one.sequence_id for one in recent] == list(range(51, 151))
    assert broken.calls == 1
    assert growth.of("luka_chat_listeners_dropped_total") == 1
    assert growth.of("luka_chat_cache_total", result="hit") >= 1


async def test_a_frame_for_one_person_reaches_only_them(home: Home, deaf: Deaf) -> None:
    talk, anna, boris = await talked(home, 0), Ear(), Ear()
    key = talk.conversation_id

    with (
        deaf.hub.listening(key, human(ANNA.user_id), anna),
        deaf.hub.listening(key, human(BORIS.user_id), boris),
    ):
        deaf.hub.frame(key, {"type": "error", "to": human(ANNA.user_id)})
        deaf.hub.frame(key, {"type": "work_cancelled", "work": "a:1:luka"})

    assert anna.frames == [{"type": "error"}]
    assert boris.frames == []


async def test_only_so_many_quiet_conversations_are_remembered(home: Home) -> None:
    async with Background() as tasks:
        deaf = Deaf(home.house.storage, tasks, most=2)
        talks = [await talked(home, 1) for _ in range(4)]
        for talk in talks:
            await deaf.hub.recent(talk.conversation_id)

        assert len(list(deaf.rooms)) == 2
        deaf.now = 61.0
        await deaf.hub.recent(talks[-1].conversation_id)
        assert [room.conversation_id for room in deaf.rooms] == [talks[-1].conversation_id]


class Broken(Ear):
    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def message(self, message: ChatMessage, text: str) -> None:
        self.calls += 1
        raise RuntimeError(message.sequence_id, text)


async def talked(home: Home, messages: int) -> Conversation:
    talk = await home.begin(ANNA, agents=[])
    await more(home, talk, messages)
    return talk


async def more(home: Home, talk: Conversation, messages: int) -> None:
    now = await home.house.storage.conversation(talk.conversation_id)
    for number in range(messages):
        await home.say(ANNA, talk, str(now.current_sequence_id + number + 1))

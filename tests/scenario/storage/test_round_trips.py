"""What a turn costs on the wire."""

import pytest

from luka_bot.models.conversation import Draft
from luka_bot.models.conversation_errors import NotIntroduced
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ChatId, MessageId, ThreadId, UpdateId
from luka_bot.models.participant import Door, ParticipantInfo, ParticipantType, human
from luka_bot.models.person import Access, Limits, Visitor
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.chat.contract import ChatLimits, Opening
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.storage.client import Storage
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.meeting import Arrival, Pace
from luka_bot.storage.people import PeopleStore
from tests.inboxes import bring, numbers
from tests.redis_fixtures import HandClock, Wire
from tests.scenario.storage.talk import ANN, done, question, said


async def test_a_turn_is_two_round_trips(threads: ThreadService, wire: Wire) -> None:
    await said(threads, "warm up: connection and scripts")
    with wire.costs(1):
        turn = await threads.open_turn(question("t1"))
    with wire.costs(1):
        await threads.commit_turn(turn, done("yes"))


async def test_even_a_persons_first_turn_is_two_round_trips(
    threads: ThreadService, wire: Wire
) -> None:
    await said(threads, "warm up")
    with wire.costs(2):
        await said(threads, "t1", user=type(ANN)(77))


async def test_a_mark_is_one_round_trip_more_and_the_end_comes_with_the_last_id(
    threads: ThreadService, storage: Storage, wire: Wire
) -> None:
    deliveries = Deliveries(storage)
    turn = await said(threads, "warm up")
    await deliveries.of_turn(turn, ChatId(ANN)).receipt().begin()
    await deliveries.of_turn(turn, ChatId(ANN)).wrote([MessageId(1)], last=False)
    with wire.costs(2):
        delivery = deliveries.of_turn(turn, ChatId(ANN))
        receipt = delivery.receipt()
        await receipt.begin()
        await receipt.end(MessageId(2))
        await delivery.wrote([MessageId(2)], last=True)


async def test_a_reply_of_a_handler_is_two_round_trips(storage: Storage, wire: Wire) -> None:
    deliveries = Deliveries(storage)
    warm_up = deliveries.replies_to(UpdateId(1)).receipt()
    await warm_up.begin()
    await warm_up.end(MessageId(1))
    with wire.costs(2):
        receipt = deliveries.replies_to(UpdateId(2)).receipt()
        await receipt.begin()
        await receipt.end(MessageId(2))


async def test_listing_is_one_round_trip_however_many_there_are(
    threads: ThreadService, wire: Wire
) -> None:
    for number in range(30):
        await threads.create_thread(ANN, f"n{number}")
    await threads.list_threads(ANN)
    with wire.costs(1):
        page = await threads.list_threads(ANN, limit=30)
    assert len(page.threads) == 30


async def test_check_and_act_are_one_round_trip(threads: ThreadService, wire: Wire) -> None:
    thread = await threads.create_thread(ANN)
    await threads.rename_thread(ANN, thread.thread_id, "warm up")
    with wire.costs(1):
        await threads.rename_thread(ANN, thread.thread_id, "warm")
    with wire.costs(1), pytest.raises(ThreadGone):
        await threads.rename_thread(ANN, ThreadId("0" * 32), "cold")


async def test_a_batch_of_updates_is_stored_read_and_done_in_a_round_trip_each(
    inbox: Inbox, wire: Wire
) -> None:
    await bring(inbox, {"update_id": 1})
    await inbox.ack((await inbox.read())[0].entry_id)
    with wire.costs(1):
        await bring(inbox, *[{"update_id": number} for number in range(2, 102)])
    with wire.costs(0):
        await bring(inbox)
    with wire.costs(1):
        entries = await inbox.read()
    with wire.costs(1):
        await inbox.ack(*[entry.entry_id for entry in entries])
    assert await numbers(inbox) == []


async def test_what_somebody_says_in_a_conversation_is_one_round_trip_their_rights_included(
    threads: ThreadService, storage: Storage, wire: Wire, clock: HandClock
) -> None:
    people = PeopleStore(storage, Pace(Access.OPEN, 60, Limits()), clock)
    thread = await threads.create_thread(ANN, "Trip")
    ann = ParticipantInfo(human(ANN), "Ann", ParticipantType.HUMAN, clock(), frozenset({Door.WEB}))
    chat = RedisChatStorage(storage, clock)
    await chat.open_conversation(Opening(thread, (ann,), "e1"))

    async def say(name: str) -> None:
        draft = Draft(thread.thread_id, name, ann.id, "Ann", name, clock())
        arrival = Arrival(Visitor(ANN, "Ann"), name=name, counted=True)
        await chat.store_message(draft, ChatLimits(), people.introduce(arrival))

    with pytest.raises(NotIntroduced):
        await say("of a day that nobody knows the end of")
    await people.meet(
        Arrival(Visitor(ANN, "Ann"), name="m1", counted=True, day_ends=clock() + 3600)
    )
    with wire.costs(1):
        await say("m1")

"""Forgetting, where it meets what other people have."""

import json
from typing import Any

import pytest
from redis.asyncio import Redis

from luka_bot.models.audit import Event
from luka_bot.models.ids import ThreadId, TurnId, UserId
from luka_bot.models.message import MessageState
from luka_bot.models.person import Access, Limits, Standing, Visitor
from luka_bot.models.turn import Answer, Question
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage import keys
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.client import Storage
from luka_bot.storage.forgetting import Forgetting
from luka_bot.storage.meeting import Arrival, Pace
from luka_bot.storage.people import PeopleStore
from tests.redis_fixtures import HandClock

FAMILY = UserId(-100200)
ANNA, BORIS = UserId(7391846520), UserId(8)


@pytest.fixture
def forgetting(storage: Storage) -> Forgetting:
    return Forgetting(storage)


async def said(threads: ThreadService, turn_id: str, name: str, writer: UserId | None) -> ThreadId:
    question = Question(
        TurnId(turn_id), FAMILY, f"{name} asks", 1.0, sender_name=name, writer=writer
    )
    turn = await threads.open_turn(question)
    await threads.commit_turn(turn, Answer(f"told {name}", MessageState.DONE, 2.0))
    return turn.thread.thread_id


async def test_a_group_keeps_what_others_said(
    threads: ThreadService, forgetting: Forgetting, redis: Redis
) -> None:
    await said(threads, "u1", "Anna", ANNA)
    await said(threads, "u2", "Boris", BORIS)
    thread_id = await said(threads, "u3", 'An"na', ANNA)
    await threads.set_summary(thread_id, "Anna wants something", 2)

    await forgetting.forget(ANNA)
    await forgetting.forget(ANNA)

    thread = await threads.get_thread(FAMILY, thread_id)
    history = await threads.history(FAMILY, thread_id)
    assert [one.content for one in history] == ["Boris asks", "told Boris"]
    assert (thread.message_count, thread.summary) == (2, "")
    assert not await threads.set_summary(thread_id, "Anna wanted it all along", 4)
    kept = [str(one) for one in await redis.hkeys(keys.thread(thread_id))]
    assert [one for one in kept if one.startswith("writer:")] == ["writer:8"]
    assert not await redis.exists(keys.turn(TurnId("u1")))


async def test_what_a_group_said_before_writers_were_known_goes_by_the_name(
    threads: ThreadService, forgetting: Forgetting, storage: Storage, clock: HandClock
) -> None:
    people = PeopleStore(storage, Pace(Access.OPEN, 0, Limits()), clock)
    await people.meet(Arrival(Visitor(ANNA, "Анна")))
    await said(threads, "u1", "Анна", None)
    thread_id = await said(threads, "u2", "Борис", None)

    await forgetting.forget(ANNA)

    history = await threads.history(FAMILY, thread_id)
    assert [one.content for one in history] == ["Борис asks", "told Борис"]


async def test_what_was_done_stays_in_the_audit_log_and_by_nobody(
    storage: Storage, forgetting: Forgetting, clock: HandClock, redis: Redis
) -> None:
    audit = AuditLog(storage, clock)
    await audit.note(Event.BANNED, ANNA, "Anna", whom=BORIS)
    await audit.note(Event.LET_IN, BORIS, "Boris", whom=ANNA, detail="anna")
    await audit.note(Event.REFUSED, BORIS, "Boris", detail=f"card of {ANNA}")
    await audit.note(Event.REFUSED, BORIS, "Boris", detail="decide_people")
    before: Any = await redis.xrange(keys.AUDIT)

    await forgetting.forget(ANNA)

    after: Any = await redis.xrange(keys.AUDIT)
    assert [one[0] for one in after] == [one[0] for one in before]
    assert [
        tuple(fields[name] for name in ("by", "by_name", "whom", "detail")) for _, fields in after
    ] == [
        ("0", "", "8", ""),
        ("8", "Boris", "0", "anna"),
        ("8", "Boris", "", ""),
        ("8", "Boris", "", "decide_people"),
    ]
    assert (await audit.last(1))[0].event is Event.REFUSED


async def test_whoever_they_let_in_is_in_and_their_invites_hold(
    storage: Storage, forgetting: Forgetting, clock: HandClock, redis: Redis
) -> None:
    people = PeopleStore(storage, Pace(Access.OPEN, 0, Limits()), clock)
    await people.meet(Arrival(Visitor(ANNA, "Anna", "anna")))
    await people.meet(Arrival(Visitor(BORIS, "Boris", "boris")))
    await people.decide(BORIS, Standing.BANNED, "Anna")
    await redis.hset(keys.invite("x"), mapping={"by": str(ANNA), "by_name": "Anna", "left": "3"})
    await redis.expire(keys.invite("x"), 60)
    await redis.hset(keys.session("s"), mapping={"person": str(ANNA)})

    await forgetting.forget(ANNA)

    boris = await people.get(BORIS)
    assert (boris.standing, boris.decided_by, boris.name) == (Standing.BANNED, "", "Boris")
    assert await redis.hgetall(keys.invite("x")) == {"by": "0", "by_name": "", "left": "3"}
    assert await people.named("@anna") is None
    assert (await people.get(ANNA)).since == 0.0
    assert (await people.page()).total == 1
    assert not await redis.exists(keys.session("s"))


async def test_dead_letters_that_name_them_go(forgetting: Forgetting, redis: Redis) -> None:
    theirs = {"message": {"from": {"id": 8}, "reply_to_message": {"from": {"id": ANNA}}}}
    for raw in (theirs, {"message": {"from": {"id": 8}}}):
        await redis.xadd(keys.INBOX_DEAD, {"payload": json.dumps(raw), "reason": "x", "at": "1"})
    await redis.expire(keys.INBOX_DEAD, 60)

    await forgetting.forget(ANNA)

    assert await redis.xlen(keys.INBOX_DEAD) == 1


async def test_what_they_sent_to_all_and_were_to_get_goes(
    forgetting: Forgetting, redis: Redis
) -> None:
    """A broadcast on its way goes on, by nobody; so does a download."""
    theirs: dict[Any, Any] = {"by": str(ANNA), "by_name": "Anna", "decided_by": "Anna"}
    await redis.hset(keys.broadcast("u1"), mapping={**theirs, "state": "draft", "body": "words"})
    await redis.hset(keys.broadcast("u2"), mapping={**theirs, "state": "sending", "body": "news"})
    await redis.hset(keys.broadcast("u3"), mapping={"by": str(BORIS), "state": "draft"})
    await redis.rpush(keys.broadcast_to("u3"), ANNA, BORIS)
    await redis.hset(keys.pull("qwen3"), mapping={"by": str(ANNA), "by_name": "Anna"})
    for key in ("u1", "u2", "u3"):
        await redis.expire(keys.broadcast(key), 60)
    await redis.expire(keys.broadcast_to("u3"), 60)
    await redis.expire(keys.pull("qwen3"), 60)

    await forgetting.forget(ANNA)

    assert not await redis.exists(keys.broadcast("u1"))
    by = await redis.hmget(keys.broadcast("u2"), ["by", "by_name", "decided_by", "body"])
    assert by == ["0", "", "", "news"]
    assert await redis.lrange(keys.broadcast_to("u3"), 0, -1) == [str(BORIS)]
    assert await redis.hgetall(keys.pull("qwen3")) == {"by": "0", "by_name": ""}

"""What Redis holds at the end: each question in its thread, once, and no key for ever."""

from collections import Counter
from dataclasses import dataclass, field

from redis.asyncio import Redis

from chaos.ledger import Question
from chaos.tokens import Token, tokens_in
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.storage import codec, keys


@dataclass(slots=True)
class Stored:
    """Lines tell what is wrong, each with whom it concerns."""

    elsewhere: list[str] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)
    immortal: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)


async def stored(redis: Redis, questions: list[Question]) -> Stored:
    found = Stored(immortal=await _immortal(redis), dead=await _dead(redis))
    for person_id in sorted({one.person_id for one in questions}):
        names, histories = await _threads(redis, UserId(person_id))
        theirs = [one for one in questions if one.person_id == person_id]
        for question in theirs:
            _compare(question, names, histories, found)
    return found


def _compare(
    question: Question,
    names: dict[ThreadId, str],
    histories: dict[ThreadId, Counter[tuple[Token, Role]]],
    found: Stored,
) -> None:
    asked = (question.token, Role.USER)
    for thread_id, said in histories.items():
        if said[asked] and names[thread_id] != question.thread:
            found.elsewhere.append(f"{question} is stored in {names[thread_id]}")
    counts = Counter[Role]()
    for said in histories.values():
        counts[Role.USER] += said[asked]
        counts[Role.ASSISTANT] += said[(question.token, Role.ASSISTANT)]
    if counts[Role.USER] != 1:
        found.amiss.append(f"{question} is stored {counts[Role.USER]} times")
    if counts[Role.ASSISTANT] != 1 and not question.stopped:
        found.amiss.append(f"the answer to {question} is stored {counts[Role.ASSISTANT]} times")


async def _threads(
    redis: Redis, user_id: UserId
) -> tuple[dict[ThreadId, str], dict[ThreadId, Counter[tuple[Token, Role]]]]:
    names, histories = {}, {}
    for name in await redis.smembers(keys.user_threads(user_id)):
        thread_id = ThreadId(str(name))
        names[thread_id] = str(await redis.hget(keys.thread(thread_id), "name"))
        items = await redis.lrange(keys.thread_history(thread_id), 0, -1)
        said = [codec.message(str(item)) for item in items]
        histories[thread_id] = Counter(mark for one in said for mark in _marks(one))
    return names, histories


def _marks(message: Message) -> set[tuple[Token, Role]]:
    return {(token, message.role) for token in tokens_in(message.content)}


async def _immortal(redis: Redis) -> list[str]:
    """Keys without a lifetime that should have one, or that nobody knows."""
    found = []
    async for name in redis.scan_iter(count=1000):
        try:
            endless = keys.lifetime(name) is None
        except KeyError:
            found.append(f"{name} (unknown)")
            continue
        if not endless and await redis.ttl(name) == -1:
            found.append(name)
    return found


async def _dead(redis: Redis) -> list[str]:
    letters: list[tuple[str, dict[str, str]]] = await redis.xrange(keys.INBOX_DEAD)  # type: ignore[assignment]  # as decode_responses has it
    return [f"{fields['reason']}: {fields['payload'][:200]}" for _, fields in letters]

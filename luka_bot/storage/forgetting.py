"""A person, taken out of everything that is kept."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_NAMES = Script.load("names_in_audit", repeatable=True)
_TRACES = Script.load("forget_traces", repeatable=True)
_IN_AUDIT = Script.load("forget_in_audit", repeatable=True)
_PERSON = Script.load("forget_person", repeatable=True)

SCANNED = 1000  # keys a round trip
AUDITED = 5000  # entries of the audit log a script
PAGE = 100  # dead letters a round trip; each has 64 KB at worst

# In this order: a thread's turns and histories are looked at while it is known whose it is. How
# many of them one script takes: a history has 1 MB at worst, and nobody else is served meanwhile.
_KINDS = (
    (keys.turn.prefix, 500),
    (keys.thread_history.prefix, 20),
    (keys.trash_history.prefix, 20),
    (keys.thread.prefix, 500),
    (keys.trash.prefix, 500),
    (keys.username.prefix, 500),
    (keys.login.prefix, 500),
    (keys.user.prefix, 500),
    (keys.invite.prefix, 500),
    (keys.session.prefix, 500),
    (keys.weblink.prefix, 500),
    (keys.chat_session.prefix, 500),
    (keys.chat_link.prefix, 500),
    (keys.broadcast.prefix, 500),
    (keys.broadcast_to.prefix, 10),
    (keys.pull.prefix, 500),
)

Forget = Callable[[UserId], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class _Names:
    """own: nobody else has them. known: by which they are, and were, known to people."""

    own: tuple[str, ...]
    known: tuple[str, ...]


class Forgetting:
    """also: what else forgets somebody, each as often as it is told; while it is still known whose
    what is."""

    def __init__(self, storage: Storage, also: Sequence[Forget] = ()) -> None:
        self._storage = storage
        self._also = tuple(also)

    def follow(self, forget: Forget) -> None:
        """One more that forgets."""
        self._also = (*self._also, forget)

    async def forget(self, user_id: UserId) -> None:
        """Afterwards nothing is kept of them but that something was done, and by nobody.

        Stop their answers first. Done again, it goes on where an earlier run ended: what leads to
        their names goes last. An update of theirs that is being handled stays until it is done.
        """
        names = await self._names(user_id)
        for forget in self._also:
            await forget(user_id)
        await self._forget_traces(user_id, names)
        await self._forget_dead_letters(user_id)
        await self._forget_in_audit(user_id, names)
        await self._forget_person(user_id)

    async def _names(self, user_id: UserId) -> _Names:
        fields = ("name", "username", "login")
        found = await self._storage.read(lambda redis: redis.hmget(keys.user(user_id), fields))
        name, *own = (str(text or "") for text in found)
        known = {name, *await self._names_in_audit(user_id)}
        return _Names(tuple(filter(None, own)), tuple(sorted(filter(None, known))))

    async def _names_in_audit(self, user_id: UserId) -> set[str]:
        names: set[str] = set()
        after = "-"
        while after:
            args: list[str | int] = [user_id, after, AUDITED]
            after, *some = await self._storage.run(_NAMES, [keys.AUDIT], args)
            names.update(some)
        return names

    async def _forget_traces(self, user_id: UserId, names: _Names) -> None:
        args = [str(user_id)]
        for name in names.known:
            args += [name, json.dumps(name, ensure_ascii=False)]
        known = await self._keys()
        for prefix, at_once in _KINDS:
            for some in _parts(known[prefix], at_once):
                await self._storage.run(_TRACES, some, args)

    async def _keys(self) -> dict[str, list[str]]:
        """By their prefix; those that came while we looked may be missing."""
        found: dict[str, list[str]] = {prefix: [] for prefix, _ in _KINDS}
        cursor, begun = 0, False
        while cursor or not begun:
            cursor, some = await self._scan(cursor)
            begun = True
            for key in some:
                prefix = key[: key.find(":") + 1]
                if prefix in found:
                    found[prefix].append(key)
        return found

    async def _scan(self, cursor: int) -> tuple[int, list[str]]:
        page: Any = await self._storage.read(lambda redis: redis.scan(cursor, count=SCANNED))
        return int(page[0]), list(page[1])

    async def _forget_dead_letters(self, user_id: UserId) -> None:
        async for entry_id, fields in _dead_letters(self._storage):
            if _mentions(json.loads(fields["payload"]), user_id):
                await self._delete(entry_id)

    async def _delete(self, entry_id: str) -> None:
        await self._storage.read(lambda redis: redis.xdel(keys.INBOX_DEAD, entry_id))

    async def _forget_in_audit(self, user_id: UserId, names: _Names) -> None:
        args: list[str | int] = [user_id, len(names.own), *names.own, *names.known]
        await self._storage.run(_IN_AUDIT, [keys.AUDIT, keys.AUDIT_COPY], args)

    async def _forget_person(self, user_id: UserId) -> None:
        line = (keys.LINE_WAITING, keys.LINE_RUNNING, keys.LINE_PEOPLE)
        theirs = (
            keys.user_threads(user_id),
            keys.user_active_thread(user_id),
            keys.llm_history(user_id),
            keys.usage(user_id),
            keys.asked(user_id),
            keys.flood(user_id),
            keys.user(user_id),
        )
        await self._storage.run(_PERSON, [*line, *theirs], [user_id])


async def _dead_letters(storage: Storage) -> AsyncGenerator[tuple[str, dict[str, str]], None]:
    """Oldest first."""
    after = "-"
    while after:
        page = await _page(storage, after)
        for entry in page:
            yield entry
        after = f"({page[-1][0]}" if len(page) == PAGE else ""


async def _page(storage: Storage, after: str) -> list[tuple[str, dict[str, str]]]:
    page: Any = await storage.read(
        lambda redis: redis.xrange(keys.INBOX_DEAD, min=after, count=PAGE)
    )
    return list(page)


def _parts(many: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (many[start : start + size] for start in range(0, len(many), size))


def _mentions(raw: object, user_id: UserId) -> bool:
    """Whether this number stands in an update: theirs, or one that quotes them."""
    match raw:
        case dict():
            return any(_mentions(value, user_id) for value in raw.values())
        case list():
            return any(_mentions(value, user_id) for value in raw)
    return raw == user_id

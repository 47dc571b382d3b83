"""Whether a password is theirs, and whether it is one at all."""

import asyncio
import base64
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import PasswordCommon, PasswordShort
from luka_bot.models.person import Person
from luka_bot.storage.accounts import AccountStore

SHORTEST = 8  # characters
AT_ONCE = 2  # hashes; each takes 64 MiB and most of a core while it is made

# As short as these are refused anyhow: tam123, admin.
COMMON = (
    "00000000",
    "11111111",
    "12341234",
    "12345678",
    "123456789",
    "1234567890",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "87654321",
    "abcd1234",
    "admin123",
    "adminadmin",
    "baseball",
    "changeme",
    "changeme1",
    "changeme123",
    "football",
    "iloveyou",
    "letmein1",
    "lukaluka",
    "p@ssw0rd",
    "passw0rd",
    "password",
    "password1",
    "password12",
    "password123",
    "qwerty12",
    "qwerty123",
    "qwertyui",
    "qwertyuiop",
    "sunshine",
    "superman",
    "trustno1",
    "welcome1",
    "йцукенгш",
)

_T = TypeVar("_T")


def careful_hasher() -> PasswordHasher:
    """argon2id as RFC 9106 wants it where memory is short: 64 MiB, three passes, 0.1 to 0.3 s.

    Its first choice takes 2 GiB a hash, more than all else on a small machine.
    """
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


class Passwords:
    """Methods may raise StorageAway."""

    def __init__(self, accounts: AccountStore, hasher: PasswordHasher) -> None:
        self._accounts = accounts
        self._hasher = hasher
        self._nobodys = _hash_of_nothing(hasher)
        self._room = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str, login: str) -> str:
        """To be stored. Raises PasswordWeak, also for who takes their name for it."""
        if len(password) < SHORTEST:
            raise PasswordShort(SHORTEST)
        if password.casefold() in {*COMMON, login.casefold()}:
            raise PasswordCommon
        return await self._threaded(partial(self._hasher.hash, _as_bytes(password)))

    async def set(self, person: Person, password: str) -> Person:
        """Raises PasswordWeak, PersonGone, HasNoLogin."""
        hashed = await self.hashed(password, person.login)
        return await self._accounts.set_password(person.user_id, hashed)

    async def whose(self, login: str, password: str) -> UserId | None:
        """None unless both are right; that takes as long where nobody signs in by this name."""
        found = await self._accounts.credentials(login.strip().casefold())
        stored = found.password_hash if found else self._nobodys
        fits = await self._threaded(partial(self._fits, stored, _as_bytes(password)))
        if found is None or not fits:
            return None
        if self._hasher.check_needs_rehash(stored):
            renewed = await self._threaded(partial(self._hasher.hash, _as_bytes(password)))
            await self._accounts.renew_hash(found, renewed)
        return found.user_id

    def _fits(self, stored: str, password: bytes) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _threaded(self, work: Callable[[], _T]) -> _T:
        async with self._room:
            return await asyncio.to_thread(work)


def _as_bytes(password: str) -> bytes:
    """The same whichever keyboard it was typed on; a terminal may bring half a character."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """As costly to compare with as any, and no password is known that fits it."""
    salt, digest = (_unpadded(bytes(length)) for length in (hasher.salt_len, hasher.hash_len))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"


def _unpadded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")

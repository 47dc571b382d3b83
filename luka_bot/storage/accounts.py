"""Names and passwords to sign in with, for people with and without Telegram."""

from dataclasses import dataclass

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import HasLogin, HasNoLogin, LoginTaken, PersonGone
from luka_bot.models.person import Person, PersonRole
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.person_codec import person_of
from luka_bot.storage.scripts import Script

_CREATE = Script.load("create_account", "person")
_ATTACH = Script.load("attach_login", "person")
_FIND = Script.load("find_login", repeatable=True)
_SET_PASSWORD = Script.load("set_password", "person", repeatable=True)
_ADMINS = Script.load("admin_accounts", repeatable=True)


@dataclass(frozen=True, slots=True)
class Credentials:
    user_id: UserId
    password_hash: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account to be; login is checked and in small letters."""

    login: str
    password_hash: str
    role: PersonRole
    folder: str


class AccountStore:
    """clock: seconds since the epoch. Every method may raise StorageAway."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def create(self, account: Account) -> Person:
        """Of somebody without Telegram, who is let in. Raises LoginTaken."""
        names = [keys.login(account.login), keys.LOCAL_PEOPLE]
        fields = [account.login, account.password_hash, account.role.value, account.folder]
        match await self._storage.run(_CREATE, names, [*fields, repr(self._clock())]):
            case ["OK", hash_]:
                return person_of(None, hash_)
        raise LoginTaken(account.login)

    async def attach(self, user_id: UserId, account: Account) -> Person:
        """To somebody who is known. Raises PersonGone, HasLogin, LoginTaken."""
        fields = [account.login, account.password_hash, account.role.value, account.folder]
        names = [keys.login(account.login)]
        match await self._storage.run(_ATTACH, names, [str(user_id), *fields]):
            case ["OK", hash_]:
                return person_of(user_id, hash_)
            case ["GONE"]:
                raise PersonGone(str(user_id))
            case ["HAS", login]:
                raise HasLogin(login)
        raise LoginTaken(account.login)

    async def credentials(self, login: str) -> Credentials | None:
        match await self._storage.run(_FIND, [keys.login(login)]):
            case [user_id, password_hash]:
                return Credentials(UserId(int(user_id)), password_hash)
        return None

    async def set_password(self, user_id: UserId, password_hash: str) -> Person:
        """Raises PersonGone, HasNoLogin."""
        match await self._storage.run(_SET_PASSWORD, args=[str(user_id), password_hash, ""]):
            case ["OK", hash_]:
                return person_of(user_id, hash_)
            case ["GONE"]:
                raise PersonGone(str(user_id))
        raise HasNoLogin

    async def renew_hash(self, before: Credentials, password_hash: str) -> None:
        """Of the same password; nothing happens where it was changed meanwhile."""
        args = [str(before.user_id), password_hash, before.password_hash]
        await self._storage.run(_SET_PASSWORD, args=args)

    async def admins(self) -> frozenset[UserId]:
        """Who can sign in and is an admin then."""
        return frozenset(UserId(int(one)) for one in await self._storage.run(_ADMINS))

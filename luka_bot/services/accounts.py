"""Who can sign in, by which name, and with which rights: each change is written down."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import (
    FolderInvalid,
    LastAdmin,
    LoginInvalid,
    NotPermitted,
    PersonGone,
)
from luka_bot.models.person import Person, PersonRole
from luka_bot.services.passwords import Passwords
from luka_bot.services.people_service import Eraser
from luka_bot.storage.accounts import Account, AccountStore
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeopleStore

# Digits alone would be taken for somebody's number; a dot in front would be no folder's name.
_LOGIN = re.compile(r"(?!\d+$)[a-z0-9_][a-z0-9_.-]{0,31}", re.ASCII)
FOLDER_LENGTH = 200  # characters


@dataclass(frozen=True, slots=True)
class NewAccount:
    """folder "": users/ and the login. telegram: of somebody whom luka knows from there."""

    login: str
    password: str
    role: PersonRole = PersonRole.USER
    folder: str = ""
    telegram: UserId | None = None


class AccountService:
    """admin_ids: by the settings. What is done is noted before, so that a crash between the two
    leaves nothing done that nobody noted. Methods may raise StorageAway."""

    def __init__(
        self,
        accounts: AccountStore,
        passwords: Passwords,
        people: PeopleStore,
        audit: AuditLog,
        eraser: Eraser,
        admin_ids: Collection[int],
    ) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._people = people
        self._audit = audit
        self._eraser = eraser
        self._admin_ids = admin_ids

    async def add(self, new: NewAccount, by: UserId, by_name: str) -> Person:
        """Raises LoginInvalid, FolderInvalid, PasswordWeak, LoginTaken, HasLogin, PersonGone."""
        login = checked_login(new.login)
        folder = _checked_folder(new.folder or f"users/{login}")
        hashed = await self._passwords.hashed(new.password, login)
        account = Account(login, hashed, new.role, folder)
        if new.telegram is None:
            person = await self._accounts.create(account)
        else:
            person = await self._accounts.attach(new.telegram, account)
        detail = person.role.value
        await self._audit.note(Event.PERSON_ADDED, by, by_name, person.user_id, detail)
        return person

    async def set_password(
        self, user_id: UserId, password: str, by: UserId, by_name: str
    ) -> Person:
        """Raises PersonGone, HasNoLogin, PasswordWeak."""
        person = await self._passwords.set(await self._known(user_id), password)
        await self._audit.note(Event.PASSWORD_SET, by, by_name, user_id)
        return person

    async def set_role(self, user_id: UserId, role: PersonRole, by: UserId, by_name: str) -> Person:
        """Raises PersonGone, LastAdmin."""
        before = await self._known(user_id)
        if before.role is role:
            return before
        if role is PersonRole.USER:
            await self._not_the_last(user_id)
        await self._audit.note(Event.ROLE_CHANGED, by, by_name, user_id, role.value)
        return await self._people.update(user_id, role=role.value)

    async def delete(self, user_id: UserId, by: UserId, by_name: str) -> None:
        """Their files stay. Raises PersonGone, LastAdmin, NotPermitted."""
        await self.can_be_deleted(user_id)
        await self._audit.note(Event.PERSON_ERASED, by, by_name, user_id)
        await self._eraser.forget(user_id)

    async def can_be_deleted(self, user_id: UserId) -> Person:
        """Raises as `delete` does."""
        person = await self._known(user_id)
        if user_id in self._admin_ids:
            raise NotPermitted
        await self._not_the_last(user_id)
        return person

    async def _not_the_last(self, user_id: UserId) -> None:
        if await self._accounts.admins() == {user_id}:
            raise LastAdmin

    async def _known(self, user_id: UserId) -> Person:
        person = await self._people.get(user_id)
        if not person.since:
            raise PersonGone(str(user_id))
        return person


def checked_login(login: str) -> str:
    """As it is stored. Raises LoginInvalid."""
    name = login.strip().casefold()
    if not _LOGIN.fullmatch(name):
        raise LoginInvalid(login)
    return name


def _checked_folder(folder: str) -> str:
    """A path below the folder of all files. Raises FolderInvalid."""
    path = PurePosixPath(folder)
    parts = folder.split("/")
    if path.is_absolute() or ".." in parts or len(folder) > FOLDER_LENGTH or not path.parts:
        raise FolderInvalid(folder)
    if not folder.isprintable() or "\\" in folder:
        raise FolderInvalid(folder)
    return str(path)

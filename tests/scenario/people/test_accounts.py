"""What accounts may be called, and who stays an admin."""

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from luka_bot.models.audit import SYSTEM
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import (
    FolderInvalid,
    LastAdmin,
    LoginInvalid,
    NotPermitted,
    PersonGone,
)
from luka_bot.models.person import Access, Limits, Person, PersonRole, Visitor
from luka_bot.services.accounts import AccountService, NewAccount
from luka_bot.services.passwords import Passwords
from luka_bot.storage.accounts import AccountStore
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.client import Storage
from luka_bot.storage.forgetting import Forgetting
from luka_bot.storage.meeting import Arrival, Pace
from luka_bot.storage.people import PeopleStore
from tests.redis_fixtures import HandClock

BY = (SYSTEM, "test")
PASSWORD = "correct horse"
OLGA = UserId(9)


@pytest.fixture
def people(storage: Storage, clock: HandClock) -> PeopleStore:
    return PeopleStore(storage, Pace(Access.OPEN, 0, Limits()), clock)


@pytest.fixture
def accounts(storage: Storage, clock: HandClock, people: PeopleStore) -> AccountService:
    store = AccountStore(storage, clock)
    passwords = Passwords(store, PasswordHasher.from_parameters(CHEAPEST))
    audit = AuditLog(storage, clock)
    return AccountService(store, passwords, people, audit, Forgetting(storage), {OLGA})


async def added(accounts: AccountService, login: str, role: PersonRole) -> Person:
    return await accounts.add(NewAccount(login, PASSWORD, role), *BY)


@pytest.mark.parametrize(
    "login", ["", "-x", "..", "12345", "a b", "анна", "a" * 33, "a/b", "a\n b"]
)
async def test_a_login_is_neither_a_number_nor_a_way_out(
    accounts: AccountService, login: str
) -> None:
    with pytest.raises(LoginInvalid):
        await added(accounts, login, PersonRole.USER)


@pytest.mark.parametrize("folder", ["/etc", "../x", "users/../..", ".", "a\\b", "a\nb", "x" * 201])
async def test_a_folder_stays_below_that_of_all_files(
    accounts: AccountService, folder: str
) -> None:
    with pytest.raises(FolderInvalid):
        await accounts.add(NewAccount("anna", PASSWORD, folder=folder), *BY)


async def test_somebody_who_can_sign_in_stays_an_admin(
    accounts: AccountService, people: PeopleStore
) -> None:
    first = await added(accounts, "first", PersonRole.ADMIN)
    with pytest.raises(LastAdmin):
        await accounts.delete(first.user_id, *BY)
    with pytest.raises(LastAdmin):
        await accounts.set_role(first.user_id, PersonRole.USER, *BY)

    second = await added(accounts, "second", PersonRole.USER)
    await accounts.set_role(second.user_id, PersonRole.ADMIN, *BY)
    await accounts.delete(first.user_id, *BY)

    assert await people.named("first") is None
    assert (await people.page()).people == (await people.get(second.user_id),)
    with pytest.raises(PersonGone):
        await accounts.delete(first.user_id, *BY)


async def test_an_admin_by_the_settings_cannot_be_deleted(
    accounts: AccountService, people: PeopleStore
) -> None:
    await people.meet(Arrival(Visitor(OLGA, "Olga")))

    with pytest.raises(NotPermitted):
        await accounts.delete(OLGA, *BY)


async def test_who_is_known_from_telegram_is_found_by_both_names(
    accounts: AccountService, people: PeopleStore
) -> None:
    await people.meet(Arrival(Visitor(UserId(7), "Anna", "anya")))
    await accounts.add(NewAccount("nusha", PASSWORD, telegram=UserId(7)), *BY)
    await people.meet(Arrival(Visitor(UserId(7), "Anna K.", "anya")))

    for part in ("nush", "anna k", "anya"):
        assert [one.name for one in (await people.page(part)).people] == ["Anna K."]
    assert await people.named("nusha") == await people.named("@anya") == UserId(7)

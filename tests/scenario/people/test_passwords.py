"""Who signs in with what."""

import asyncio

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from redis.asyncio import Redis

from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import (
    HasLogin,
    HasNoLogin,
    LoginTaken,
    PasswordCommon,
    PasswordShort,
    PersonGone,
)
from luka_bot.models.person import FIRST_LOCAL, Person, PersonRole
from luka_bot.services.passwords import Passwords, careful_hasher
from luka_bot.storage import keys
from luka_bot.storage.accounts import Account, AccountStore
from luka_bot.storage.client import Storage
from tests.redis_fixtures import HandClock

QUICK = PasswordHasher.from_parameters(CHEAPEST)
ANNAS = "correct horse"


@pytest.fixture
def accounts(storage: Storage, clock: HandClock) -> AccountStore:
    return AccountStore(storage, clock)


@pytest.fixture
def passwords(accounts: AccountStore) -> Passwords:
    return Passwords(accounts, QUICK)


async def account(passwords: Passwords, login: str, password: str = ANNAS) -> Account:
    hashed = await passwords.hashed(password, login)
    return Account(login, hashed, PersonRole.USER, f"users/{login}")


async def test_only_the_right_password_opens_an_account(
    accounts: AccountStore, passwords: Passwords
) -> None:
    anna = await accounts.create(await account(passwords, "anna"))

    assert anna.is_local
    assert await passwords.whose(" Anna", ANNAS) == anna.user_id
    assert await passwords.whose("anna", ANNAS + "!") is None
    assert await passwords.whose("nobody", ANNAS) is None


async def test_what_anybody_would_guess_is_no_password(passwords: Passwords) -> None:
    for weak, error in (
        ("1234567", PasswordShort),
        ("tam123", PasswordShort),
        ("ChangeMe123", PasswordCommon),
        ("Margarita", PasswordCommon),
    ):
        with pytest.raises(error) as refused:
            await passwords.hashed(weak, "margarita")
        assert weak not in str(refused.value)


async def test_a_password_is_the_same_on_any_keyboard(
    accounts: AccountStore, passwords: Passwords
) -> None:
    anna = await accounts.create(await account(passwords, "anna", "caf\u00e9 cr\u00e8me"))

    assert await passwords.whose("anna", "cafe\u0301 cre\u0300me") == anna.user_id
    assert await passwords.whose("anna", "half\udcc3") is None


async def test_a_hash_of_other_cost_is_renewed_once_the_password_is_known(
    accounts: AccountStore, passwords: Passwords, redis: Redis
) -> None:
    anna = await accounts.create(await account(passwords, "anna"))
    dearer = Passwords(accounts, careful_hasher())

    assert await dearer.whose("anna", ANNAS) == anna.user_id

    stored = await redis.hget(keys.user(anna.user_id), "password")
    assert str(stored).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await dearer.whose("anna", ANNAS) == anna.user_id


async def test_a_changed_password_is_not_undone_by_a_late_renewal(
    accounts: AccountStore, passwords: Passwords
) -> None:
    anna = await accounts.create(await account(passwords, "anna"))
    before = await accounts.credentials("anna")
    assert before is not None
    await passwords.set(anna, "another horse")

    await accounts.renew_hash(before, QUICK.hash(ANNAS))

    assert await passwords.whose("anna", ANNAS) is None
    assert await passwords.whose("anna", "another horse") == anna.user_id


async def test_of_many_who_want_one_name_one_gets_it(
    accounts: AccountStore, passwords: Passwords
) -> None:
    wanted = await account(passwords, "anna")

    ended = await asyncio.gather(
        *(accounts.create(wanted) for _ in range(5)), return_exceptions=True
    )

    assert sum(isinstance(one, LoginTaken) for one in ended) == 4
    boris = await accounts.create(await account(passwords, "boris"))
    assert boris.user_id == FIRST_LOCAL + 2


async def test_a_person_of_telegram_gets_one_name_to_sign_in_with(
    accounts: AccountStore, passwords: Passwords, redis: Redis
) -> None:
    olga, wanted = UserId(9), await account(passwords, "olga")
    with pytest.raises(PersonGone):
        await accounts.attach(olga, wanted)
    await redis.hset(keys.user(olga), mapping={"user_id": "9", "name": "Olga", "role": "admin"})
    await redis.sadd(keys.PEOPLE, "9")
    with pytest.raises(HasNoLogin):
        await passwords.set(Person(olga), "a new password")

    attached = await accounts.attach(olga, wanted)

    assert (attached.name, attached.login, attached.role) == ("Olga", "olga", PersonRole.ADMIN)
    assert await passwords.whose("olga", ANNAS) == olga
    with pytest.raises(HasLogin):
        await accounts.attach(olga, await account(passwords, "helga"))
    with pytest.raises(LoginTaken):
        await accounts.create(wanted)

"""The first start: somebody has to be able to sign in to the pages."""

import secrets
import time
from collections.abc import Callable

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.models.audit import SYSTEM, Event
from luka_bot.models.errors import StorageAway
from luka_bot.models.people_errors import LoginTaken
from luka_bot.models.person import PersonRole
from luka_bot.services.passwords import Passwords, careful_hasher
from luka_bot.storage.accounts import Account, AccountStore

LOGIN = "admin"
FOLDER = "users/admin"
SAID = """\
Sign in at {home}/admin as {login} with this password; it is shown only now:
    {password}
Change it with: python -m luka_bot.manage_users password {login}"""


async def welcome_first_admin(
    settings: Settings, services: Services, say: Callable[[str], None]
) -> None:
    """Where nobody could sign in as an admin, an account is made, and its password said once.

    Nothing happens where luka has no pages, or Telegram's admins get links by /admin.
    """
    if not settings.web_port or settings.admin_chat_id is not None or settings.admins:
        return
    accounts = AccountStore(services.storage, time.time)
    try:
        if await accounts.admins():
            return
        password = secrets.token_urlsafe(12)
        hashed = await Passwords(accounts, careful_hasher()).hashed(password, LOGIN)
        made = await accounts.create(Account(LOGIN, hashed, PersonRole.ADMIN, FOLDER))
    except (LoginTaken, StorageAway):
        return
    detail = PersonRole.ADMIN.value
    await services.audit.note(Event.PERSON_ADDED, SYSTEM, "first start", made.user_id, detail)
    say(SAID.format(home=settings.home, login=LOGIN, password=password))

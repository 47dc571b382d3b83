"""Mini Apps as Telegram opens them: an address with who asks in its fragment, signed."""

import hashlib
import hmac
import json
from urllib.parse import quote, urlencode, urlsplit

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Account, Chat
from luka_bot.demo.telegram.world import World

VERSION = "9.1"
PLATFORM = "weba"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_allowed(url: str) -> bool:
    """Telegram takes HTTPS alone; we, who have no certificate, take this machine's HTTP, too."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    if address.scheme == "http":
        return address.hostname in LOOPBACK
    return address.scheme == "https" and bool(address.hostname)


def init_data(
    token: str, user: Account, auth_date: float, *, query_id: str = "", start_param: str = ""
) -> str:
    """A query string, as `Telegram.WebApp.initData` has it; `auth_date` is wall time.

    https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
    """
    fields = {
        "query_id": query_id,
        "user": json.dumps(_user(user), ensure_ascii=False, separators=(",", ":")),
        "auth_date": str(int(auth_date)),
        "start_param": start_param,
        "signature": "local",  # Telegram's own, for who has no token; in the hash like the others
    }
    fields = {name: value for name, value in fields.items() if value}
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    fields["hash"] = hmac.digest(secret, lines.encode(), hashlib.sha256).hex()
    return urlencode(fields, quote_via=quote)


def launch_url(url: str, data: str) -> str:
    """The address that the app's frame opens."""
    fragment = urlsplit(url).fragment
    joint = ("&" if "=" in fragment else "?") if fragment else ("" if "#" in url else "#")
    shown = {"tgWebAppData": data, "tgWebAppVersion": VERSION, "tgWebAppPlatform": PLATFORM}
    return f"{url}{joint}{urlencode(shown, quote_via=quote)}"


def opened(world: World, user: Account, url: str) -> str:
    """What `user` gets who presses the button with this address now."""
    now = world.clock()
    query = f"AA{user.id:x}{int(now * 1000):x}"
    return launch_url(url, init_data(world.token, user, now, query_id=query))


def offered(world: World, chat: Chat) -> list[str]:
    """The addresses that are to be opened in this chat: by its messages, and by the menu."""
    buttons = [one for post in chat.posts.values() for row in post.keyboard or [] for one in row]
    apps = [one["web_app"] for one in [*buttons, menu_button(world, chat)] if "web_app" in one]
    return [str(app["url"]) for app in apps if isinstance(app, dict)]


def menu_button(world: World, chat: Chat) -> Json:
    """That of the chat, else the one for all."""
    own = world.menu_buttons.get(chat.id) if chat.is_private else None
    return own or world.menu_buttons.get(None, {"type": "commands"})


def _user(account: Account) -> Json:
    user: Json = {"id": account.id, "first_name": account.name, "last_name": ""}
    if account.username:
        user["username"] = account.username
    if account.language:
        user["language_code"] = account.language
    return user | {"allows_write_to_pm": True}

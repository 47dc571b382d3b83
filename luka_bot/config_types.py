"""The kinds of value that a setting can have, and what is said of those that it can't."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_core import PydanticCustomError

from luka_bot.models.person import Access

_PLACEHOLDER = re.compile(r"change[-_ ]?me|<[^<>]*>|.*\$\{.*", re.IGNORECASE | re.DOTALL)
_SENTINEL_LOGIN = {"sentinel_username", "sentinel_password"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")  # what Telegram allows in its header


def without_placeholder(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _PLACEHOLDER.fullmatch(value.strip()):
        raise PydanticCustomError("placeholder", "is still a placeholder: fill it in")
    return value.strip()


def lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _http_url(url: str) -> str:
    if not _is_url(url, "http", "https"):
        raise PydanticCustomError("url", "must be an address such as http://127.0.0.1:11434")
    return url.rstrip("/")


def _optional_http_url(url: str) -> str:
    return _http_url(url) if url else ""


def _webhook_url(url: str) -> str:
    parts = urlsplit(_optional_http_url(url))
    if parts.scheme == "http" and not _is_near(parts.hostname or ""):
        raise PydanticCustomError("url", "must begin with https://, or Telegram won't take it")
    return url.rstrip("/")


def _is_near(host: str) -> bool:
    """Where a Bot API server of one's own may speak plain http."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


def _http_urls(text: str) -> str:
    urls = [_http_url(part.strip()) for part in text.split(",") if part.strip()]
    if not urls:
        raise PydanticCustomError("url", "must be an address such as http://127.0.0.1:11434")
    return ",".join(dict.fromkeys(urls))


def _redis_url(url: str) -> str:
    if not url or url.startswith("unix://") or _is_sentinel_url(url):
        return url
    if not _is_url(url, "redis", "rediss"):
        raise PydanticCustomError(
            "url",
            "must be an address such as redis://127.0.0.1:6379/0 "
            "or redis+sentinel://host1:26379,host2:26379/mymaster/0, "
            "where sentinel_username and sentinel_password may follow a ?",
        )
    return url


def _is_sentinel_url(url: str) -> bool:
    """redis+sentinel://[:password@]host[:port][,host[:port]...]/service[/db][?sentinel_password=…]"""
    scheme, _, rest = url.partition("://")
    address, _, query = rest.partition("?")
    hosts, _, path = address.rpartition("@")[2].partition("/")
    service, _, db = path.partition("/")
    named = all(_is_url(f"redis://{host}", "redis") for host in hosts.split(","))
    known = {name for name, _ in parse_qsl(query, keep_blank_values=True)} <= _SENTINEL_LOGIN
    plain = scheme == "redis+sentinel" and (db or "0").isdecimal()
    return plain and named and known and bool(service)


def _is_url(text: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _from_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise PydanticCustomError("home", "begins with ~, but there is no home folder") from None


def _set_or_none(value: object) -> object:
    return None if value == "" else value


def _allowed_secret(secret: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(secret.get_secret_value()):
        raise PydanticCustomError("secret", "may have 1 to 256 of A-Z a-z 0-9 _ -")
    return secret


def _person_numbers(value: object) -> object:
    """One number may come as such from config.yaml, several as a list."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    texts = [str(part).strip() for part in parts]
    if not all(text.isdecimal() for text in texts if text):
        raise PydanticCustomError("numbers", "must be numbers such as 123456789, with commas")
    return ",".join(dict.fromkeys(text for text in texts if text))


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("zone", "must be a time zone such as Europe/Berlin") from None
    return name


HttpUrl = Annotated[str, AfterValidator(_http_url)]
HttpUrls = Annotated[str, AfterValidator(_http_urls)]
OptionalHttpUrl = Annotated[str, AfterValidator(_optional_http_url)]
WebhookUrl = Annotated[str, AfterValidator(_webhook_url)]
RedisUrl = Annotated[str, AfterValidator(_redis_url)]
Folder = Annotated[Path, AfterValidator(_from_home)]
ChatNumber = Annotated[int | None, BeforeValidator(_set_or_none)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_allowed_secret)]
PersonNumbers = Annotated[str, BeforeValidator(_person_numbers)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
AccessOrNone = Annotated[Access | None, BeforeValidator(_set_or_none), BeforeValidator(lower)]

"""Addresses behind Sentinel, as operators write them."""

from pathlib import Path

import pytest

from luka_bot.storage.connect import open_storage
from luka_bot.storage.sentinel import SentinelUrl


def test_the_short_form_means_what_everybody_means() -> None:
    url = SentinelUrl.parse("redis+sentinel://one,two:5000/mymaster")
    assert url.hosts == (("one", 26379), ("two", 5000))
    assert (url.service, url.db) == ("mymaster", 0)
    assert url.server == {}
    assert url.sentinels == {}


def test_each_side_has_a_login_of_its_own() -> None:
    url = SentinelUrl.parse(
        "redis+sentinel://anna:a%40b%3A@[::1]:5000/my%20one/3"
        "?sentinel_username=watch&sentinel_password=c%26d"
    )
    assert url.hosts == (("::1", 5000),)
    assert (url.service, url.db) == ("my one", 3)
    assert url.server == {"username": "anna", "password": "a@b:"}
    assert url.sentinels == {"username": "watch", "password": "c&d"}


@pytest.mark.parametrize(
    "rest",
    [
        ":secret@one:26379",
        ":secret@one:26379/",
        ":secret@/mymaster",
        ":secret@one:port/mymaster",
        ":secret@one/mymaster/first",
        ":secret@one/mymaster?password=secret",
        ":secret@one/mymaster?secret",
    ],
)
async def test_a_wrong_one_is_said_at_once_without_its_password(rest: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - each says something else
        async with open_storage(f"redis+sentinel://{rest}", tmp_path):
            pass
    assert "secret" not in str(refused.value)

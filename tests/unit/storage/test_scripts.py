"""The Lua files keep the house's rules."""

from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

LUA = sorted((files("luka_bot.storage") / "lua").iterdir(), key=lambda path: path.name)
SHARED = {
    "chat.lua",
    "chat_taken.lua",
    "history.lua",
    "inbox.lua",
    "job.lua",
    "meeting.lua",
    "person.lua",
    "reachable.lua",
    "stats.lua",
    "thread.lua",
}
SCRIPTS = [path for path in LUA if path.name not in SHARED]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_what_it_takes_and_gives(path: Traversable) -> None:
    text = path.read_text("utf-8")
    header = "".join(line for line in text.splitlines(keepends=True) if line.startswith("--"))
    assert all(word in header for word in ("KEYS", "ARGV", "eturns"))


@pytest.mark.parametrize("path", LUA, ids=lambda path: path.name)
def test_time_comes_in_as_an_argument(path: Traversable) -> None:
    text = path.read_text("utf-8")
    assert "'TIME'" not in text
    assert "os.time" not in text

"""People on the command line: who there is, who may talk, who can sign in."""

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from luka_bot.models.ids import UserId
from luka_bot.services.passwords import Passwords, careful_hasher
from luka_bot.storage.accounts import AccountStore
from luka_bot.storage.client import Storage
from tests.luka import TOKEN
from tests.process import ROOT, Output, luka_command
from tests.scenario.bot.talking import ask
from tests.scenario.people.house import ADMINS, ANNA, House
from tests.scenario.sharing.circle import Circle

SECRET = "Geheim und lang"


Luka = partial[Coroutine[Any, Any, Output]]


@pytest.fixture
def luka(tmp_path: Path, redis_socket: Path, storage: Storage) -> Luka:
    _ = storage  # looks at the keys afterwards
    return partial(luka_command, tmp_path, REDIS_URL=f"unix://{redis_socket}")


async def whose(storage: Storage, login: str, password: str) -> UserId | None:
    passwords = Passwords(AccountStore(storage, time.time), careful_hasher())
    return await passwords.whose(login, password)


async def test_accounts_are_made_changed_and_deleted(luka: Luka, storage: Storage) -> None:
    made = await luka("users", "add", "Tam", "--folder", "shared/tam", typed=f"{SECRET}\n")
    admin = await luka("users", "add", "olga", SECRET, "--admin")
    changed = await luka("users", "password", "tam", typed="another secret\n")
    last = await luka("users", "delete", "olga", "--yes")
    kept = await luka("users", "delete", "tam", typed="n\n")
    listed = await luka("users", "list", "--json")

    assert made.out == "tam can sign in now. Folder: shared/tam\n"
    assert admin.out == "olga can sign in as an admin now. Folder: users/olga\n"
    assert (last.code, kept.code, kept.err) == (1, 1, "Nothing was deleted.\n")
    assert "the only admin" in last.err
    people = json.loads(listed.out)["people"]
    described = {one["login"]: (one["role"], one["standing"], one["folder"]) for one in people}
    assert described == {
        "tam": ("user", "allowed", "shared/tam"),
        "olga": ("admin", "allowed", "users/olga"),
    }
    assert await whose(storage, "tam", "another secret") is not None
    assert await whose(storage, "tam", SECRET) is None
    for output in (made, admin, changed, listed):
        assert output.code == 0
        assert SECRET not in output.out + output.err


async def test_what_was_done_is_written_down_without_a_password(luka: Luka) -> None:
    await luka("users", "add", "tam", SECRET)
    await luka("users", "ban", "tam")
    again = await luka("users", "ban", "tam")
    await luka("users", "role", "tam", "admin")

    entries = json.loads((await luka("audit", "--who", "tam", "--json")).out)["entries"]
    table = (await luka("audit", "--limit", "1")).out.splitlines()

    assert again.out == "tam is banned already.\n"
    assert [(one["event"], one["by"], one["by_name"], one["detail"]) for one in entries] == [
        ("role_changed", 0, "command line", "admin"),
        ("banned", 0, "command line", ""),
        ("person_added", 0, "command line", "user"),
    ]
    assert [line.split()[2:] for line in table[1:]] == [
        ["role_changed", "command", "line", "tam", "admin"]
    ]


async def test_a_wrong_use_never_shows_what_may_be_a_password(tmp_path: Path) -> None:
    for wrong in (
        ("users", "add", "tam", "pass", "hush"),
        ("users", "password", "tam", "-hush"),
        ("users", "add", "tam", "--telegram", "hush"),
    ):
        ended = await luka_command(tmp_path, *wrong)

        assert ended.code == 2
        assert "hush" not in ended.err
        assert "--help" in ended.err
    refused = await luka_command(tmp_path, "users", "add", "tam", "hush", DATA_DIR="data")
    unknown = await luka_command(tmp_path, "users", "ban", "nobody", DATA_DIR="data")

    assert (refused.code, "hush" in refused.err) == (1, False)
    assert "8 characters" in refused.err
    assert (unknown.code, "luka-bot users list" in unknown.err) == (1, True)


async def test_the_accounts_of_a_running_luka_are_its_people(house: House) -> None:
    folder = house.luka.settings.data_dir
    named = {"ADMIN_IDS": str(house.olga.id), "ADMIN_CHAT_ID": str(ADMINS)}
    luka = partial(luka_command, folder, DATA_DIR=str(folder), **named)
    await house.anna.writes("/chats")
    await house.hears(house.anna, "Your Threads")
    circle = Circle(house.luka, house.anna, house.boris, house.olga)
    await circle.joins(house.olga, await circle.shares(house.anna), "Main Chat")

    joined = await luka("users", "add", "anna", SECRET, "--telegram", str(ANNA))
    banned = await luka("users", "ban", "anna")
    found = await luka("users", "list", "--search", "ann", "--standing", "banned")
    refused = await luka("users", "ban", str(house.olga.id))
    await house.anna.writes("Are you there?")
    await house.hears(house.anna, "decided that I don't answer you")

    assert (joined.code, banned.code) == (0, 0)
    assert found.out.splitlines()[1].split()[:3] == ["Anna", str(ANNA), "anna"]
    assert (refused.code, "ADMIN_IDS" in refused.err) == (1, True)
    await luka("users", "delete", "anna", "--yes")
    assert (await luka("users", "list", "--search", "ann")).out == "Nobody.\n"
    await circle.hears(house.olga, "Main Chat, which you were in, is closed: its owner is gone")


async def test_a_link_of_the_command_line_lets_somebody_in_until_it_is_revoked(
    house: House,
) -> None:
    settings, telegram = house.luka.settings, house.luka.telegram
    named = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url}
    luka = partial(luka_command, settings.data_dir, DATA_DIR=str(settings.data_dir), **named)

    made = await luka("invites", "make", "--uses", "many", "--note", "choir")
    await house.boris.writes(f"/start {made.out.strip().partition('?start=')[2]}")
    await house.hears(house.boris, "Борис")
    await ask(house.luka, house.boris, "Привет", "Здравствуйте.")
    (invite,) = json.loads((await luka("invites", "list", "--json")).out)["invites"]
    revoked = await luka("invites", "revoke", invite["id"])
    again = await luka("invites", "revoke", invite["id"])
    report = json.loads((await luka("stats", "--days", "2", "--json")).out)

    assert made.out.startswith("https://t.me/luka_bot?start=i_")
    assert (invite["note"], invite["uses_left"], invite["used"]) == ("choir", None, 1)
    assert (revoked.code, again.code) == (0, 1)
    assert report["people"] == [{"id": house.boris.id, "name": "Борис", "messages": 1}]
    assert (len(report["days"]), report["totals"]["answers"]) == (2, 1)
    wrong = await luka("invites", "make", "--uses", "0")
    assert (wrong.code, wrong.err) == (2, "--uses is a number from 1 to 10000, or many.\n")


async def managed(folder: Path, *arguments: str, typed: str = "") -> Output:
    data, program = str(folder / "data"), "luka_bot.manage_users"
    return await luka_command(folder, *arguments, typed=typed, program=program, DATA_DIR=data)


async def test_manage_users_does_the_same_in_four_verbs(tmp_path: Path) -> None:
    await managed(tmp_path, "add", "admin", SECRET, "--admin")
    await managed(tmp_path, "add", "tam", SECRET, "--folder", "users/tam")
    changed = await managed(tmp_path, "password", "tam", "a new secret")
    stays = await managed(tmp_path, "delete", "admin", typed="y\n")
    listed = await managed(tmp_path, "list")
    deleted = await managed(tmp_path, "delete", "tam", typed="y\n")

    assert changed.out == "tam has a new password.\n"
    assert (stays.code, stays.err) == (1, "The account admin can't be deleted.\n")
    rows = [line.split() for line in listed.out.splitlines()]
    assert [row[:3] for row in rows] == [
        ["username", "role", "folder"],
        ["admin", "admin", "users/admin"],
        ["tam", "user", "users/tam"],
    ]
    assert deleted.out.startswith("Delete tam and all that luka keeps of them? Files are kept in")
    assert len((await managed(tmp_path, "list")).out.splitlines()) == 2
    assert "add" in (await managed(tmp_path, "--help")).out
    assert (await managed(tmp_path, "frobnicate")).code == 2


async def test_the_passwords_of_the_seed_are_refused(tmp_path: Path) -> None:
    for name, common in (("admin", "changeme123"), ("tam", "tam123")):
        refused = await managed(tmp_path, "add", name, common)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.strip()
        assert common not in refused.err

    assert (await managed(tmp_path, "list")).out.startswith("Nobody can sign in yet")


def test_on_a_terminal_a_password_is_typed_twice_and_unseen() -> None:
    code = "from luka_bot.commands.keyboard import new_password; print(len(new_password(None)))"
    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code],
            cwd=ROOT,
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            start_new_session=True,  # no terminal but this one
        )
        seen = os.read(ours, 100)
        os.write(ours, b"hush hush\n")
        while b"Once more" not in seen:
            seen += os.read(ours, 100)
        os.write(ours, b"hush hush\n")
        out, _ = process.communicate(timeout=20)
    finally:
        os.close(ours)
        os.close(theirs)

    assert out == b"9\n"
    assert b"hush" not in seen

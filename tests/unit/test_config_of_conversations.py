"""The settings of conversations: groups in config.yaml, `__` in the environment."""

from pathlib import Path

import pytest

from luka_bot.config import Settings, load_settings
from luka_bot.models.conversation import Policy
from luka_bot.models.errors import SettingsInvalid
from luka_bot.shown_settings import lines

SEED = """
chat:
  storage:
    backend: "memory"
  context:
    human_messages: 6
    nlweb_timeout: 21
    ws_max_retries: 11
  limits:
    max_participants: 101
    queue_size: 1001
agents:
  - name: Chef
    system_prompt: You are a chef.
    policy: always
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for line in lines(Settings()):
        monkeypatch.delenv(line.partition("=")[0], raising=False)
    return tmp_path


def test_the_seeds_paths_are_read_and_shown(folder: Path) -> None:
    (folder / "config.yaml").write_text(SEED)

    settings = load_settings()

    assert settings.chat.storage.backend == "memory"
    shown = set(lines(settings))
    assert {
        "CHAT__CONTEXT__HUMAN_MESSAGES=6",
        "CHAT__CONTEXT__NLWEB_TIMEOUT=21.0",
        "CHAT__CONTEXT__WS_MAX_RETRIES=11",
        "CHAT__LIMITS__MAX_PARTICIPANTS=101",
        "CHAT__LIMITS__QUEUE_SIZE=1001",
    } <= shown
    (chef,) = settings.personas
    assert (chef.name, chef.title, chef.policy) == ("chef", "Chef", Policy.ALWAYS)


def test_the_environment_and_the_env_file_reach_into_groups(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.yaml").write_text(SEED)
    (folder / ".env").write_text("CHAT__LIMITS__QUEUE_SIZE=7\nCHAT__HEARTBEAT_INTERVAL=45\n")
    monkeypatch.setenv("CHAT__CONTEXT__HUMAN_MESSAGES", "3")

    chat = load_settings().chat

    assert (chat.context.human_messages, chat.limits.queue_size) == (3, 7)
    assert (chat.heartbeat_interval, chat.limits.max_participants) == (45.0, 101)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("chat:\n  limit: 3", "CHAT__LIMIT: there is no such setting"),
        ("chat:\n  context:\n    humans: 3", "CHAT__CONTEXT__HUMANS: there is no such setting"),
        ("chat:\n  heartbeat_interval: 5", "CHAT__HEARTBEAT_INTERVAL: "),
        ("agents: [{name: luka}]", "AGENTS__0__NAME: must be"),
        ("agents: [{name: a, policy: loud}]", "AGENTS__0__POLICY: "),
        ("agents: [{name: a}, {name: a}]", "AGENTS: has two agents of one name"),
        ("agents: [{name: a, system_prompt: change_me}]", "AGENTS__0__SYSTEM_PROMPT: is still"),
    ],
)
def test_what_cant_be_used_is_told_with_its_whole_name(folder: Path, text: str, told: str) -> None:
    (folder / "config.yaml").write_text(text)

    with pytest.raises(SettingsInvalid) as caught:
        load_settings()

    assert [line[: len(told)] for line in caught.value.lines] == [told]


def test_agents_in_the_environment_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENTS", '[{"name": "poet", "model": "tiny"}]')
    assert [one.model for one in load_settings().personas] == ["tiny"]

    monkeypatch.setenv("AGENTS", "poet")
    with pytest.raises(SettingsInvalid):
        load_settings()

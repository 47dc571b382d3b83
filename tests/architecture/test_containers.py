"""No container engine is needed to see that the container files name what exists."""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from luka_bot.config import Settings
from luka_bot.ingest.registration import PATH
from luka_bot.web import health, metrics
from tests.architecture.tree import BIN, ROOT, run

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
CADDYFILE = (ROOT / "Caddyfile").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
NAMES = {name.upper(): field for name, field in Settings.model_fields.items()}
NOBODY = 65534


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)


def test_compose_follows_its_specification() -> None:
    checked = run(
        *(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"),
        "docker-compose.yml",
    )

    assert checked.returncode == 0, checked.stdout


def test_every_variable_of_compose_is_a_setting_with_the_same_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    named = dict(re.findall(r"(?<!\$)\$\{(\w+):-([^}]*)\}", text))

    assert len(named) == len(re.findall(r"(?<!\$)\$[{\w]", text))  # no other form of a variable
    assert {name for name in named if not name.startswith("COMPOSE_")} <= NAMES.keys()
    assert named["OLLAMA_MODEL"] == NAMES["OLLAMA_MODEL"].default


def test_the_bot_gets_settings_that_exist() -> None:
    assert SERVICES["bot"]["environment"].keys() <= NAMES.keys()
    assert SERVICES["bot"]["env_file"] == ".env"
    assert (ROOT / ".env.example").is_file()


def test_services_and_volumes_that_are_named_exist() -> None:
    named = {name for service in SERVICES.values() for name in service.get("depends_on", {})}
    mounted = [volume for service in SERVICES.values() for volume in service.get("volumes", [])]
    sources = {volume.partition(":")[0] for volume in mounted}
    files = {source for source in sources if source.startswith("./")}

    assert named <= SERVICES.keys()
    assert sources - files == COMPOSE["volumes"].keys()
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_every_service_that_others_wait_for_tells_its_health() -> None:
    waited = {
        name
        for service in SERVICES.values()
        for name, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_healthy"
    }

    assert [name for name in waited if "healthcheck" not in SERVICES[name]] == []


def test_either_profile_brings_an_ollama_under_the_address_that_the_bot_calls() -> None:
    address = "http://ollama:11434"

    assert address in SERVICES["bot"]["environment"]["OLLAMA_URL"]
    assert SERVICES["ollama-pull"]["environment"]["OLLAMA_HOST"] == address
    for name, profile in (("ollama", "cpu"), ("ollama-gpu", "gpu")):
        assert SERVICES[name]["profiles"] == [profile]
        assert SERVICES[name]["networks"]["default"]["aliases"] == ["ollama"]


def test_the_example_chooses_a_profile_that_exists() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    chosen = re.search(r"^COMPOSE_PROFILES=(\w+)$", example, re.MULTILINE)
    profiles = {profile for service in SERVICES.values() for profile in service.get("profiles", [])}

    assert chosen is not None
    assert chosen[1] in profiles


def test_the_world_reaches_caddy_alone_and_there_the_webhook_alone() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    paths = re.findall(r"^\thandle (/\S+) ", CADDYFILE, re.MULTILINE)

    assert published == {"caddy": ["80:80", "443:443"]}
    assert paths == [PATH]
    assert re.search(r"^\thandle \{\n\t\trespond 404\n\t\}", CADDYFILE, re.MULTILINE)
    assert health.LIVE not in CADDYFILE
    assert metrics.PATH not in CADDYFILE


def test_caddy_listens_for_the_webhook_and_knows_every_bot() -> None:
    bot, caddy = SERVICES["bot"], SERVICES["caddy"]
    named = set(re.findall(r"^\{\$(\w+)\} \{$", CADDYFILE, re.MULTILINE))
    upstream = re.search(r"^\t\t\tdynamic a (\w+) (\d+) ", CADDYFILE, re.MULTILINE)

    assert caddy["profiles"] == ["webhook"]
    assert caddy["environment"].keys() == named
    assert upstream is not None
    assert upstream[1] in SERVICES
    assert int(upstream[2]) == bot["environment"]["WEB_PORT"]
    assert bot["environment"]["WEB_HOST"] == "0.0.0.0"


def test_there_may_be_more_than_one_bot() -> None:
    assert not {"container_name", "hostname", "ports"} & SERVICES["bot"].keys()


def test_the_image_listens_for_others_on_the_port_that_it_names() -> None:
    assert "WEB_HOST=0.0.0.0" in DOCKERFILE
    assert int(instructions("EXPOSE")[-1]) == NAMES["WEB_PORT"].default


def test_running_answers_may_end_before_the_container_is_killed() -> None:
    grace = float(SERVICES["bot"]["stop_grace_period"].removesuffix("s"))

    assert grace > NAMES["SHUTDOWN_GRACE"].default + 5


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = [
        source
        for line in instructions("COPY")
        if not line.startswith("--from")
        for source in shlex.split(line)[:-1]
    ]

    assert copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert [source for source in copied if f"!{source}" not in ignored] == []


def test_the_image_runs_as_a_plain_user_with_its_data_in_the_volume() -> None:
    user = instructions("USER")[-1]

    assert "useradd --uid 10001" in DOCKERFILE
    assert user == "luka"
    assert f"DATA_DIR={instructions('VOLUME')[-1]}" in DOCKERFILE
    assert SERVICES["bot"]["environment"]["DATA_DIR"] == instructions("VOLUME")[-1]


def _commands() -> list[list[str]]:
    """What the image starts: its default command, and the check of its health."""
    entry = json.loads(instructions("ENTRYPOINT")[-1])
    default, health = instructions("CMD")[-1], instructions("HEALTHCHECK")[-1]
    return [[*entry, *json.loads(default)], json.loads(health.partition("CMD ")[2])]


@pytest.mark.parametrize("command", _commands(), ids=" ".join)
def test_the_image_starts_commands_that_exist(command: list[str]) -> None:
    shown = run(BIN / command[0], *command[1:], "--help")

    assert shown.returncode == 0, shown.stderr
    assert f"luka-bot {command[1]}" in shown.stdout


@pytest.fixture
def clean_folder() -> Iterator[Path]:
    """A folder of its own that a plain user may use; pytest's are for the one who runs it."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() == 0:
            os.chown(name, NOBODY, NOBODY)
        yield Path(name)


def _as_plain_user(*command: str | Path) -> list[str | Path]:
    """For root: as somebody who may read everything (Python may lie in root's home), no more."""
    if os.geteuid() != 0:
        return [*command]
    caps = "+dac_read_search"
    who = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return ["setpriv", *who, f"--inh-caps={caps}", f"--ambient-caps={caps}", *command]


def test_started_in_a_clean_folder_by_a_plain_user_it_says_what_to_do(clean_folder: Path) -> None:
    command = _commands()[0]

    ended = subprocess.run(
        _as_plain_user(BIN / command[0], *command[1:]),
        cwd=clean_folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 2
    assert "BOT_TOKEN" in ended.stderr
    assert "make demo" in ended.stderr
    assert list(clean_folder.iterdir()) == []

"""Whether commands can do jobs here, and what is around them; for `luka-bot doctor`."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from luka_bot.config import Settings
from luka_bot.executors.command import Lines
from luka_bot.executors.sandbox.abilities import Detected, detect
from luka_bot.executors.sandbox.system import PROGRAMS


@dataclass(frozen=True, slots=True)
class Examined:
    """remedy is empty where commands can work; note is worth knowing even then."""

    says: str
    remedy: str = ""
    note: str = ""


async def examined(settings: Settings, environment: Mapping[str, str]) -> Examined:
    lines = Lines.of(settings, environment)
    for name, kind in settings.kinds_of_jobs.items():
        if kind.executor == "command" and (wrong := _wrong(lines, name)):
            return wrong
    root = Path(settings.workspaces_dir or settings.data_dir / "workspaces")
    try:
        found = await detect(settings.jobs, root, environment)
    except OSError as error:
        remedy = "Let luka's user write to WORKSPACES_DIR."
        return Examined(f"{root}: {error.strerror}", remedy)
    if found.refusal:
        return Examined(f"no command can run here: {found.refusal}", _way_out(found))
    return Examined(f"run behind {found.walls}", note=_note(found, lines, settings.jobs.readable))


def _wrong(lines: Lines, name: str) -> Examined | None:
    argv = lines.commands[name]
    if not argv:
        return Examined(f"jobs of type {name} have none", "Set JOBS__COMMAND.")
    if shutil.which(argv[0], path=lines.passed["PATH"]) is None:
        remedy = f"Install {argv[0]}, or correct JOBS__COMMAND or luka's PATH."
        return Examined(f"there is no {argv[0]}", remedy)
    return None


def _way_out(found: Detected) -> str:
    if found.walls.uid is None:
        return "docs/jobs-sandbox.md tells what commands need."
    return (
        f"As root, luka lets commands run as the user {found.walls.uid}, who can't reach "
        "WORKSPACES_DIR: choose another, or run luka as a plain user."
    )


def _note(found: Detected, lines: Lines, readable: str) -> str:
    parts = [f"not enforced: {each.name} ({each.how})" for each in found.abilities.weak]
    if found.unused:
        parts.append(f"bubblewrap doesn't work here ({found.unused})")
    if found.walls.sees_little:
        parts += _hidden(lines, [*PROGRAMS, *readable.split(",")])
    return "; ".join(parts)


def _hidden(lines: Lines, seen: list[str]) -> list[str]:
    """Programs that luka finds, but that don't exist for who is behind walls."""
    places = [Path(each.strip()).resolve() for each in seen if each.strip()]
    programs = {argv[0] for argv in lines.commands.values() if argv}
    found = [shutil.which(each, path=lines.passed["PATH"]) for each in sorted(programs)]
    paths = [Path(each).resolve() for each in found if each]
    return [
        f"{path} is nothing that commands may read; add its folder to JOBS__READABLE"
        for path in paths
        if not any(place in path.parents for place in places)
    ]

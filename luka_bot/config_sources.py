"""The two files that settings are read from, and what counts as not set in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from dotenv import dotenv_values
from pydantic_settings import BaseSettings, DotEnvSettingsSource, InitSettingsSource

from luka_bot.models.errors import SettingsInvalid


class DotEnvFile(DotEnvSettingsSource):
    """`.env` is shared with docker compose, whose own COMPOSE_… aren't ours to judge.

    `${NAME}` isn't filled in, so that a name which isn't set is told instead of becoming empty.
    """

    def __init__(self, settings_cls: type[BaseSettings], path: Path) -> None:
        self._path = path
        super().__init__(settings_cls)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        if not self._path.is_file():
            return {}
        try:
            values = dotenv_values(self._path, interpolate=False)
        except UnicodeDecodeError:
            raise SettingsInvalid(f"{self._path}: this isn't UTF-8 text") from None
        return {
            name.lower(): value
            for name, value in values.items()
            if value and not name.startswith("COMPOSE_")
        }


class YamlFile(InitSettingsSource):
    """A file that isn't there sets nothing; neither does a key without a value."""

    def __init__(self, settings_cls: type[BaseSettings], path: Path) -> None:
        super().__init__(settings_cls, _mapping(path) if path.is_file() else {})


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise SettingsInvalid(f"{path}: this isn't UTF-8 text") from None
    except yaml.YAMLError as error:
        # Only the place: the parser's message quotes the line, which may hold the token.
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise SettingsInvalid(f"{path}{where}: this isn't YAML") from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise SettingsInvalid(f"{path}: write one `name: value` a line")
    return {str(key).lower(): value for key, value in content.items() if value not in (None, "")}

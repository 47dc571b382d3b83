"""Writes what can be read off the code: .env.example and pages of docs/, so that they stay true."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docs import metrics_page
from luka_bot.config import Settings

ROOT = Path(__file__).parent.parent
UNCOMMENTED = {"BOT_TOKEN"}  # what everybody fills in

_EXAMPLE_TOP = """\
# Copy this file to .env and fill in BOT_TOKEN; the rest is as it stands here.
# Every setting is explained in docs/configuration.md.

# What docker compose starts beside luka: cpu (Ollama), gpu (Ollama on an NVIDIA card), or nothing
# where Ollama already runs elsewhere; then set OLLAMA_URL, for instance to
# http://host.docker.internal:11434 for the machine itself. With ,webhook behind it also Caddy,
# which brings updates to WEBHOOK_URL.
COMPOSE_PROFILES=cpu

# How many luka docker compose starts; more than one are at work only behind a webhook.
# COMPOSE_BOTS=1
"""

_PAGE_TOP = """\
# Configuration

luka reads its settings from the environment, then from `.env`, then from `config.yaml`, both in the
folder where it is started; the first one that has a setting wins. A value that is empty counts as
not set. In `config.yaml` the names are written in small letters:

```yaml
ollama_model: qwen3:8b
log_level: debug
```

Names with `__` are groups there, a level for each: `CHAT__LIMITS__QUEUE_SIZE` is

```yaml
chat:
  limits:
    queue_size: 1000
```

A name in one of the files that luka doesn't know, a value that it can't use, or a placeholder that
is still there (`change_me`, `<…>`, `${…}`) ends the start with a line for each of them. Names that
begin with `COMPOSE_` belong to docker compose and are left alone. In the environment, which is
shared with others, a misspelt name isn't noticed, and docker compose makes one of `.env`: there
`docker compose exec bot luka-bot config` shows what is in force. There `DATA_DIR`, `WEB_HOST` and
`WEB_PORT` are fixed, and `REDIS_URL` and `OLLAMA_URL` name the containers beside luka unless you
set them.

This page is written by `make docs` from `luka_bot/config_fields/`.

| setting | default | what it does |
|---|---|---|
"""


def example() -> str:
    """The text of .env.example."""
    return _EXAMPLE_TOP + "".join(_example_lines(name, field) for name, field in _fields())


def page() -> str:
    """The text of docs/configuration.md."""
    return _PAGE_TOP + "".join(_row(name, field) for name, field in _fields())


def _fields() -> list[tuple[str, dict[str, Any]]]:
    """Groups are written out: `CHAT__LIMITS__QUEUE_SIZE` is queue_size of chat.limits."""
    schema = Settings.model_json_schema()
    return list(_flat("", schema, schema["$defs"]))


def _flat(
    prefix: str, group: dict[str, Any], parts: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in group["properties"].items():
        part = parts.get(field.get("$ref", "").rpartition("/")[2], {})
        if "properties" in part:
            yield from _flat(f"{prefix}{name.upper()}__", part, parts)
        else:
            yield prefix + name.upper(), part | field


def _example_lines(name: str, field: dict[str, Any]) -> str:
    default = _plain(field["default"])
    value = default if re.fullmatch(r"[\w./:+-]*", default) else f'"{default}"'
    mark = "" if name in UNCOMMENTED else "# "
    return f"\n{_comment(field['description'])}\n{mark}{name}={value}\n"


def _comment(text: str) -> str:
    lines = re.findall(r".{1,96}(?:\s|$)", text)
    return "\n".join(f"# {line.strip()}" for line in lines)


def _row(name: str, field: dict[str, Any]) -> str:
    default = _plain(field["default"])
    shown = f"`{default}`" if default else "not set"
    return f"| `{name}` | {shown} | {field['description']}{_bounds(field)} |\n"


def _bounds(field: dict[str, Any]) -> str:
    match field:
        case {"enum": choices}:
            return " One of " + ", ".join(f"`{choice}`" for choice in choices) + "."
        case {"exclusiveMinimum": bound}:
            return f" More than {bound:g}."
        case {"minimum": bound}:
            return f" At least {bound:g}."
        case _:
            return ""


def _plain(default: object) -> str:
    match default:
        case None:
            return ""
        case float():
            return f"{default:g}"
        case bool():
            return str(default).lower()
        case [] | {}:
            return ""
        case _:
            return str(default)


if __name__ == "__main__":
    (ROOT / ".env.example").write_text(example(), encoding="utf-8")
    (ROOT / "docs" / "configuration.md").write_text(page(), encoding="utf-8")
    (ROOT / "docs" / "metrics.md").write_text(metrics_page.page(), encoding="utf-8")

"""Each metric is declared once, written down, drawn rightly and seen to change in a test."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from docs import metrics_page
from luka_bot.metrics import DECLARED, REGISTRY, Declared

ROOT = Path(__file__).parent.parent.parent
DASHBOARD = ROOT / "docs" / "grafana" / "luka.json"
SUFFIXES = ("_bucket", "_count", "_sum")
UNITS = ("_total", "_seconds", "_info", "_per_second")
COUNTS = {  # of things, as they are at a moment
    "luka_inbox_depth",
    "luka_dead_letters_kept",
    "luka_replicas",
    "luka_generations_running",
    "luka_generations_waiting",
    "luka_alarm",
    "luka_model_servers",
    "luka_jobs",
    "luka_chat_connections",
    "luka_chat_hosted",
    "luka_chat_humans",
    "luka_chat_queue_depth",
    "luka_chat_sequence_lag",
    "luka_chat_sockets",
    "luka_chat_socket_people",
}


def test_the_page_says_what_is_declared() -> None:
    assert (ROOT / "docs" / "metrics.md").read_text("utf-8") == metrics_page.page()


@pytest.mark.parametrize("metric", DECLARED, ids=lambda metric: metric.name)
def test_each_metric_is_seen_in_a_test(metric: Declared) -> None:
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]

    assert any(_is_named(metric, path.read_text("utf-8")) for path in tests)


def test_each_name_tells_its_unit() -> None:
    unclear = {one.name for one in DECLARED if not one.name.endswith(UNITS)}

    assert unclear == COUNTS


def test_no_label_could_hold_a_person_or_a_text() -> None:
    labels = {label for one in DECLARED for label in one.labels}

    assert labels == {
        *("agent", "call", "code", "command", "decision", "door", "error", "kind", "method"),
        *("name", "outcome", "reason", "result", "sender", "state", "status", "type"),
        *("version", "why"),
    }


def test_the_dashboard_draws_only_what_is_there() -> None:
    known = _known_names()
    drawn = {name for expression in _expressions() for name in _names(expression)}

    assert drawn - known == set()


def test_the_dashboard_draws_everything() -> None:
    drawn = " ".join(_expressions())

    left_out = [one.name for one in DECLARED if not _is_named(one, drawn)]
    assert left_out == ["luka_alarms_total"]


def test_the_dashboard_lets_everybody_choose_their_prometheus() -> None:
    sources = {json.dumps(value) for key, value in _fields(_dashboard()) if key == "datasource"}

    assert [one["name"] for one in _dashboard()["templating"]["list"]] == ["datasource", "instance"]
    assert sources == {json.dumps({"type": "prometheus", "uid": "${datasource}"})}


def test_the_dashboard_has_its_rows_and_no_panel_on_another() -> None:
    panels = _dashboard()["panels"]
    cells = [cell for panel in panels for cell in _cells(panel["gridPos"])]

    rows = [panel["title"] for panel in panels if panel["type"] == "row"]
    assert rows == ["Health", "People", "Telegram", "Model", "Machine", "Conversations", "Jobs"]
    assert len(cells) == len(set(cells))
    assert len({panel["id"] for panel in panels}) == len(panels)


def _is_named(metric: Declared, text: str) -> bool:
    return re.search(rf"\b{metric.name}(?:{'|'.join(SUFFIXES)})?\b", text) is not None


def _dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DASHBOARD.read_text("utf-8"))
    return found


def _expressions() -> list[str]:
    texts = [value for key, value in _fields(_dashboard()) if key in ("expr", "definition")]
    return [text for text in texts if isinstance(text, str)]


def _fields(node: object) -> list[tuple[str, object]]:
    if isinstance(node, list):
        return [field for each in node for field in _fields(each)]
    if isinstance(node, dict):
        return [*node.items(), *(field for each in node.values() for field in _fields(each))]
    return []


def _names(expression: str) -> list[str]:
    return re.findall(r"\b(?:luka|process|python)_\w+", expression)


def _known_names() -> set[str]:
    """Of whatever can be scraped, also of what was never counted yet."""
    ours = {one.name + end for one in DECLARED for end in ("", *SUFFIXES)}
    return ours | {one.name for family in REGISTRY.collect() for one in family.samples}


def _cells(place: dict[str, int]) -> list[tuple[int, int]]:
    columns = range(place["x"], place["x"] + place["w"])
    lines = range(place["y"], place["y"] + place["h"])
    return [(column, line) for column in columns for line in lines]

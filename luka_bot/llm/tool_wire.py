"""Tools and their calls, where both kinds of servers have the same JSON for them."""

import json
from typing import Any

from luka_bot.llm.protocol import ChatRequest


def tools_of(request: ChatRequest) -> dict[str, Any]:
    """A body's field, or nothing where none are offered: some models refuse even an empty list."""
    if not request.tools:
        return {}
    return {
        "tools": [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": dict(tool.parameters),
                },
            }
            for tool in request.tools
        ]
    }


def arguments_in(value: object) -> dict[str, object]:
    """An object, or one written as text; what is neither has no arguments."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return dict(value) if isinstance(value, dict) else {}

"""The scripted model calls tools as Ollama does: the official client understands both ways."""

import ollama
import pytest

from luka_bot.demo.model import Asked, Reply, ScriptedOllama
from luka_bot.models.events import ToolCall

ASKED = {"role": "user", "content": "Weather in Oslo?"}
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}


def by_the_weather(asked: Asked) -> Reply | str:
    if asked.since:
        return f"{asked.question} {asked.since[-1].content}"
    cities = ({"city": "Oslo"}, {"city": "Bergen"})
    return Reply("I'll look.", calls=tuple(ToolCall("weather", city) for city in cities))


async def test_calls_and_their_results_go_both_ways() -> None:
    async with (
        ScriptedOllama.open(reply=by_the_weather) as model,
        ollama.AsyncClient(model.url, trust_env=False) as client,
    ):
        stream = await client.chat("llama3.2", [ASKED], tools=[WEATHER], stream=True)
        calls = [call.function async for part in stream for call in part.message.tool_calls or ()]
        whole = await client.chat("llama3.2", [ASKED], tools=[WEATHER])
        result = {"role": "tool", "tool_name": "weather", "content": "It rains."}
        answer = await client.chat("llama3.2", [ASKED, whole.message, result], tools=[WEATHER])

    assert [(call.name, dict(call.arguments)) for call in calls] == [
        ("weather", {"city": "Oslo"}),
        ("weather", {"city": "Bergen"}),
    ]
    assert whole.message.content == "I'll look."
    assert len(whole.message.tool_calls or ()) == 2
    assert answer.message.content == "Weather in Oslo? It rains."


async def test_a_model_without_tools_refuses_them() -> None:
    async with (
        ScriptedOllama.open() as model,
        ollama.AsyncClient(model.url, trust_env=False) as client,
    ):
        model.knows_tools = False
        with pytest.raises(ollama.ResponseError, match="does not support tools") as caught:
            await client.chat("llama3.2", [ASKED], tools=[WEATHER])
        answer = await client.chat("llama3.2", [ASKED])

    assert caught.value.status_code == 400
    assert answer.message.content == "Hello there."

"""A model that is given tools, by either kind of server."""

import json
from collections.abc import Mapping
from contextlib import aclosing

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.llm.openai_wire import chat_body
from luka_bot.llm.protocol import ChatMessage, ChatRequest, Tool
from luka_bot.models.errors import ModelError
from luka_bot.models.events import Delta, Finished, ModelEvent, ToolCall
from luka_bot.models.message import Role
from luka_bot.models.tool_errors import ToolsUnknown
from tests.llama_fixtures import Llama
from tests.scenario.model.asking import ask, request
from tests.scenario.model.asking_openai import DONE, counts, event, heard, refusal
from tests.scenario.model.test_openai_llama import client_of
from tests.tiny_size import CONTEXT, NAME

WRITE = Tool("write", "Write a file.", {"type": "object", "properties": {}})
CALL = ToolCall("write", {"name": "чай.md", "lines": [1, 2]}, "call_1")
ASKED = ChatRequest("llama3.2", request().messages, 4096, (WRITE,))
ROUND = (
    ChatMessage(Role.USER, "Hello"),
    ChatMessage(Role.ASSISTANT, "", tool_calls=(CALL,)),
    ChatMessage(Role.TOOL, "Written.", answers=CALL),
)


def calls(*parts: dict[str, object], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"tool_calls": parts}, "finish_reason": finish}
    return event({"choices": [choice]})


def part(arguments: str, **fields: object) -> dict[str, object]:
    name = fields.pop("name", None)
    return {**fields, "function": {"arguments": arguments, **({"name": name} if name else {})}}


def called(events: list[ModelEvent]) -> list[tuple[str, Mapping[str, object]]]:
    return [(one.name, one.arguments) for one in events if isinstance(one, ToolCall)]


async def test_ollama_is_offered_tools_and_told_what_they_said() -> None:
    async with ScriptedOllama.open(reply=Reply("So:", calls=(CALL, CALL))) as model:
        said = await ask(model.url, ChatRequest("llama3.2", ROUND, 4096, (WRITE,)))
        await ask(model.url)
        offered, plain = model.requests

    assert called(said) == [("write", CALL.arguments)] * 2
    assert isinstance(said[0], Delta)
    assert isinstance(said[-1], Finished)
    assert offered["tools"][0]["function"]["parameters"] == WRITE.parameters
    assert offered["messages"][1]["tool_calls"] == [
        {"function": {"name": "write", "arguments": CALL.arguments}}
    ]
    assert offered["messages"][2] == {"role": "tool", "content": "Written.", "tool_name": "write"}
    assert "tools" not in plain


async def test_a_model_that_knows_no_tools_says_so_only_where_they_were_offered() -> None:
    async with ScriptedOllama.open() as model:
        model.knows_tools = False
        with pytest.raises(ToolsUnknown):
            await ask(model.url, ASKED)
        assert isinstance((await ask(model.url))[-1], Finished)


VLLM = [
    calls(part("", index=0, id="a", name="write")),
    calls(part('{"name": "т', index=0)),
    calls(part('ea"}', index=0), part('{"n', index=1, id="b", name="write")),
    calls(part('": 1}', index=1), finish="tool_calls"),
    counts(),
    DONE,
]
UNNUMBERED = [
    calls(part('{"name": "тea"}', name="write"), part('{"n": 1}', name="write")),
    calls(finish="stop"),
    DONE,
]
WHOLE = [
    event(
        {
            "choices": [
                {
                    "message": {
                        "content": None,
                        "tool_calls": [
                            part('{"name": "тea"}', id="a", name="write"),
                            part('{"n": 1}', id="b", name="write"),
                        ],
                    },
                    "finish_reason": "tool_calls",
                }
            ]
        }
    ).removeprefix(b"data: ")
]


@pytest.mark.parametrize("said", [VLLM, UNNUMBERED, WHOLE], ids=["vllm", "unnumbered", "whole"])
async def test_calls_come_whole_however_they_were_torn(said: list[bytes]) -> None:
    events, error = await heard([b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", *said])

    assert error is None
    assert called(events) == [("write", {"name": "тea"}), ("write", {"n": 1})]
    assert len({one.id for one in events if isinstance(one, ToolCall)} - {""}) == 2
    assert isinstance(events[-1], Finished)


async def test_arguments_that_are_no_json_are_none() -> None:
    events, _ = await heard(
        [b"HTTP/1.1 200 OK\r\n\r\n", calls(part('{"na', index=0, name="write")), DONE]
    )

    assert called(events) == [("write", {})]


def test_an_openai_server_is_told_which_call_a_result_answers() -> None:
    body = chat_body(ChatRequest("m", ROUND, 4096, (WRITE,)))
    _, asking, result = body["messages"]

    assert body["tools"][0]["type"] == "function"
    assert json.loads(asking["tool_calls"][0]["function"]["arguments"]) == CALL.arguments
    assert asking["tool_calls"][0]["id"] == result["tool_call_id"] == "call_1"
    assert "tools" not in chat_body(request())


@pytest.mark.parametrize(
    "words",
    [
        '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        "tools param requires --jinja flag",
        "model does not support tools",
    ],
)
async def test_servers_that_have_no_tools_are_known_by_their_words(words: str) -> None:
    said = [refusal(400, {"error": {"message": words}})]
    _, offered = await heard(said, asked=ASKED)
    _, plain = await heard(said)

    assert isinstance(offered, ToolsUnknown)
    assert not isinstance(plain, ToolsUnknown)


async def test_a_real_llama_takes_our_tools_or_refuses_them_in_words_that_we_know(
    llama: Llama,
) -> None:
    asked = ChatRequest(NAME, ROUND, CONTEXT, (WRITE,))
    async with client_of(llama) as client, aclosing(client.stream(asked)) as events:
        try:
            last = [one async for one in events][-1]
        except ToolsUnknown:
            return
        except ModelError as error:
            pytest.fail(repr(error))

    assert isinstance(last, Finished)

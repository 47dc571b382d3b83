"""What our tests say in a compatible server's name is what llama.cpp really says."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.llama_fixtures import Llama
from tests.scenario.model.asking_openai import DONE, counts, delta
from tests.tiny_size import CONTEXT

Event = dict[str, Any]


@pytest.fixture
async def http(llama: Llama) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {llama.key}"}
    async with httpx.AsyncClient(base_url=llama.url, headers=headers, trust_env=False) as client:
        yield client


def body(text: str) -> Event:
    return {
        "model": "tiny",
        "messages": [{"role": "user", "content": text}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 3,
    }


def read(event: bytes) -> Event:
    return dict(json.loads(event.removeprefix(b"data: ")))


async def events(http: httpx.AsyncClient) -> list[bytes]:
    answer = await http.post("/v1/chat/completions", json=body("Hello"))
    return [part + b"\n\n" for part in answer.content.split(b"\n\n") if part]


async def test_the_last_word_is_the_one_that_we_script(http: httpx.AsyncClient) -> None:
    assert (await events(http))[-1] == DONE


async def test_a_word_comes_where_we_script_it(http: httpx.AsyncClient) -> None:
    real = [read(event) for event in (await events(http))[:-2]]
    scripted = read(delta(content="word"))
    [choice] = scripted["choices"]

    assert all(choice.keys() <= event["choices"][0].keys() for event in real)
    said = [event["choices"][0]["delta"].get("content") for event in real]
    assert len([text for text in said if text]) == 3
    assert [event["choices"][0]["finish_reason"] for event in real][-1] == "length"


async def test_the_counts_come_alone_before_the_last_word(http: httpx.AsyncClient) -> None:
    real, scripted = read((await events(http))[-2]), read(counts())

    assert scripted.keys() <= real.keys()
    assert real["choices"] == scripted["choices"] == []
    assert scripted["usage"].keys() <= real["usage"].keys()


async def test_its_refusals_have_a_message_and_a_kind(http: httpx.AsyncClient) -> None:
    long = await http.post("/v1/chat/completions", json=body("hello " * CONTEXT))
    strange = await http.post(
        "/v1/chat/completions", json=body("Hi"), headers={"Authorization": "Bearer wrong"}
    )

    assert (long.status_code, long.json()["error"]["type"]) == (400, "exceed_context_size_error")
    assert "exceeds the available context size" in long.json()["error"]["message"]
    assert (strange.status_code, strange.json()["error"]["type"]) == (401, "authentication_error")


async def test_its_models_are_listed_by_id(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/v1/models")).json()

    assert [model["id"] for model in listed["data"]] == ["tiny"]
    assert listed["data"][0]["meta"]["size"] > 0

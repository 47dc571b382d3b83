"""What other servers than Ollama refuse has the same names, and holds no key."""

import base64
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest
from aiohttp import web

from luka_bot.llm.openai_compatible import OpenAIClient
from luka_bot.llm.protocol import ChatMessage, ChatRequest
from luka_bot.models.errors import (
    AnswerCut,
    ContextTooLong,
    ModelAway,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelKeyRefused,
    ModelNotServed,
    ModelOutOfMemory,
)
from luka_bot.models.events import Delta
from luka_bot.models.message import Role
from tests.scenario.model.asking import PATIENT, request
from tests.scenario.model.asking_openai import KEY, SSE, delta, event, heard, refusal
from tests.scenario.model.raw_server import saying

VLLM = "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"
VLLM_LONGER = "The decoder prompt (length 9) is longer than the maximum model length of 8."
LLAMA = "request (8005 tokens) exceeds the available context size (1024 tokens)"
SGLANG = "The input (9 tokens) is longer than the model's context length (8 tokens)."
LITELLM_MODEL = "Invalid model name passed in model=gpt-9. Call `/v1/models` to view"


def openai(message: str, kind: str = "", code: object = None) -> dict[str, object]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


REFUSALS = [
    (400, openai(LLAMA, "exceed_context_size_error", 400), ContextTooLong),
    (400, openai(VLLM, "BadRequestError", 400), ContextTooLong),
    (400, {"object": "error", "message": VLLM, "code": 400}, ContextTooLong),
    (400, openai(VLLM_LONGER, "BadRequestError", 400), ContextTooLong),
    (400, openai(SGLANG), ContextTooLong),
    (400, openai("Too many words", "", "context_length_exceeded"), ContextTooLong),
    (404, openai("The model `gpt-9` does not exist.", "NotFoundError", 404), ModelNotServed),
    (403, openai("no access", "invalid_request_error", "model_not_found"), ModelNotServed),
    (400, openai(LITELLM_MODEL, "None", "400"), ModelNotServed),
    (404, openai("File Not Found", "not_found_error", 404), ModelFailed),
    (404, {"detail": "Not Found"}, ModelFailed),
    (401, openai("Invalid API Key", "authentication_error", 401), ModelKeyRefused),
    (403, {"detail": "Forbidden"}, ModelKeyRefused),
    (429, openai("Rate limit reached", "requests", "rate_limit_exceeded"), ModelBusy),
    (503, openai("Loading model", "unavailable_error", 503), ModelBusy),
    (500, openai("CUDA out of memory. Tried to allocate 2 GiB"), ModelOutOfMemory),
    (500, openai("EngineCore encountered an issue", "InternalServerError", 500), ModelFailed),
]


@pytest.mark.parametrize(("status", "body", "kind"), REFUSALS)
async def test_a_refusal_is_sorted_by_status_and_words(
    status: int, body: object, kind: type[ModelError]
) -> None:
    said, trouble = await heard([refusal(status, body)])

    assert said == []
    assert type(trouble) is kind


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        (event(openai("overloaded", "rate_limit_error", "429")), ModelBusy),
        (event(openai("Invalid API Key", "", "401")), ModelKeyRefused),
        (event(openai("engine died", "InternalServerError", 500)), ModelFailed),
        (event({"object": "error", "message": VLLM, "code": 400}), ContextTooLong),
        (event({"error": "out of memory"}), ModelOutOfMemory),
        (b'error: {"code":500,"message":"failed to decode"}\n\n', ModelFailed),
        (b'event: error\ndata: {"message":"CUDA out of memory"}\n\n', ModelOutOfMemory),
    ],
)
async def test_an_error_inside_the_stream_is_sorted_the_same_way(
    piece: bytes, kind: type[ModelError]
) -> None:
    said, trouble = await heard([SSE, delta(content="Hel"), piece])

    assert said == [Delta("Hel")]
    assert type(trouble) is kind


async def test_a_server_that_repeats_the_key_does_not_get_it_into_our_log() -> None:
    for status in (400, 429, 500):
        _, trouble = await heard([refusal(status, openai(f"You sent {KEY}, out of memory"))])
        assert KEY not in repr(trouble)

    async with (
        saying([refusal(500, openai(f"You sent {KEY}"))]) as url,
        OpenAIClient.open(url, PATIENT, key=KEY) as client,
    ):
        with pytest.raises(ModelFailed) as caught:
            await client.installed()
        assert KEY not in repr(caught.value)


async def test_nobody_at_the_address_is_away_for_questions_and_lists() -> None:
    async with OpenAIClient.open("http://127.0.0.1:1/v1", PATIENT, key="") as client:
        with pytest.raises(ModelAway):
            await anext(client.stream(request()))
        with pytest.raises(ModelAway) as caught:
            await client.installed()

    assert caught.value.url == "http://127.0.0.1:1/v1"


async def test_who_hangs_up_before_the_first_word_cuts() -> None:
    _, trouble = await heard([])

    assert isinstance(trouble, AnswerCut)


async def test_the_server_is_told_all_it_needs() -> None:
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n rest").decode()
    asked = ChatRequest(
        "qwen3",
        (ChatMessage(Role.SYSTEM, "Be kind."), ChatMessage(Role.USER, "This?", (picture,))),
        2048,
    )
    async with (
        listening() as (url, requests),
        OpenAIClient.open(url, PATIENT, key=KEY) as client,
        aclosing(client.stream(asked)) as events,
    ):
        assert [event async for event in events]

    [(path, key, body)] = requests
    assert (path, key) == ("/v1/chat/completions", f"Bearer {KEY}")
    image = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{picture}"}}
    assert body == {
        "model": "qwen3",
        "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": [{"type": "text", "text": "This?"}, image]},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[str, list[tuple[str, str, object]]]]:
    """Path, key and body of each request; all are answered with a word."""
    requests: list[tuple[str, str, object]] = []

    async def answer(request: web.Request) -> web.Response:
        key = request.headers.get("Authorization", "")
        requests.append((request.path, key, await request.json()))
        return web.Response(body=delta("stop", content="Yes."), content_type="text/event-stream")

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", requests
    finally:
        await runner.cleanup()

"""Each of the servers that call themselves compatible has its own way to stream."""

import asyncio
import json

import pytest

from luka_bot.llm.connection import Timeouts
from luka_bot.models.errors import AnswerCut, ModelFailed, ModelStalled
from luka_bot.models.events import Delta, Finished, Usage
from tests.scenario.model.asking import text_of, thoughts_of
from tests.scenario.model.asking_openai import DONE, SSE, USED, counts, delta, event, heard

STRANGE = "Zeile\u0085eins\u2028zwei\u2029 \x0b\x0c Привет 😀 中"
COUNTED = (7, 3)
USAGE = {"usage": USED}
UNCOUNTED = (0, 0)

VLLM = [
    delta(role="assistant", content=""),
    delta(content="Hello"),
    delta(content=" there"),
    delta("stop", content=""),
    counts(),
    DONE,
]
LITELLM = [
    b": ping\r\n\r\n",
    b'event: message\r\nid: 1\r\ndata:{"choices":[{"delta":{"content":"Hello"}}]}\r\n\r\n',
    event({"choices": [{"delta": {"content": " there", "role": None}, "finish_reason": ""}]}),
    event({"choices": [{"delta": {"content": None}, "finish_reason": "stop"}], "usage": None}),
    counts(),
    DONE,
]
WITHOUT_COUNTS = [delta(content="Hello"), delta(content=" there"), delta("stop"), DONE]
WITHOUT_DONE = [delta(content="Hello"), delta(content=" there"), delta("length"), counts()]
WITHOUT_REASON = [delta(content="Hello"), delta(content=" there"), counts(), DONE]
AZURE = [event({"choices": [], "prompt_filter_results": []}), *WITHOUT_COUNTS]
WHOLE = [
    event(
        {"choices": [{"message": {"content": "Hello there"}, "finish_reason": "stop"}]} | USAGE
    ).removeprefix(b"data: ")
]


@pytest.mark.parametrize(
    ("pieces", "counted"),
    [
        pytest.param(VLLM, COUNTED, id="vllm"),
        pytest.param(LITELLM, COUNTED, id="litellm"),
        pytest.param(WITHOUT_COUNTS, UNCOUNTED, id="without counts"),
        pytest.param(WITHOUT_DONE, COUNTED, id="without done"),
        pytest.param(WITHOUT_REASON, COUNTED, id="without finish_reason"),
        pytest.param(AZURE, UNCOUNTED, id="azure"),
        pytest.param(WHOLE, COUNTED, id="not streamed"),
    ],
)
async def test_an_answer_is_whole_whoever_tells_it(
    pieces: list[bytes], counted: tuple[int, int]
) -> None:
    said, trouble = await heard([SSE, *pieces])

    assert trouble is None
    assert text_of(said) == "Hello there"
    last = said[-1]
    assert isinstance(last, Finished)
    assert last.usage == Usage("llama3.2", *counted, last.usage.seconds)
    assert last.full is (pieces is WITHOUT_DONE)


async def test_characters_that_look_like_line_ends_stay_in_the_text() -> None:
    said, _ = await heard([SSE + delta(content=STRANGE) + DONE])

    assert text_of(said) == STRANGE


async def test_an_answer_torn_after_every_byte_is_whole() -> None:
    body = delta(content=STRANGE) + delta(content=" и ещё") + delta("stop") + counts() + DONE

    said, _ = await heard([SSE, *(bytes([byte]) for byte in body)])

    assert text_of(said) == STRANGE + " и ещё"
    assert isinstance(said[-1], Finished)
    assert said[-1].usage.answer_tokens == 3


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_reasoning_in_a_field_of_its_own_is_no_answer(field: str) -> None:
    thought = [delta(**{field: "Be"}), delta(**{field: " kind."})]

    said, _ = await heard([SSE, *thought, delta("stop", content="Yes."), DONE])

    assert (thoughts_of(said), text_of(said)) == ("Be kind.", "Yes.")


async def test_think_tags_inside_the_text_are_told_apart() -> None:
    parts = ("\n<th", "ink>first ", "2 < 3</thi", "nk>\n\n", "Yes.")

    said, _ = await heard([SSE, *(delta(content=part) for part in parts), DONE])

    assert (thoughts_of(said), text_of(said)) == ("first 2 < 3", "Yes.")


async def test_a_stream_that_just_ends_is_a_cut() -> None:
    said, trouble = await heard([SSE, delta(content="Hel")])

    assert said == [Delta("Hel")]
    assert isinstance(trouble, AnswerCut)


async def test_a_torn_last_event_is_a_cut() -> None:
    said, trouble = await heard([SSE, delta(content="Hel"), delta(content="lo")[:-9]])

    assert said == [Delta("Hel")]
    assert isinstance(trouble, AnswerCut)


async def test_what_is_no_event_at_all_is_a_foreign_server() -> None:
    said, trouble = await heard([SSE, b"<html><title>It works!</title></html>\n"])

    assert said == []
    assert isinstance(trouble, ModelFailed)


async def test_comments_are_no_sign_of_life_of_the_model() -> None:
    soon_bored = Timeouts(connect=5, first_token=1, idle=10)

    _, trouble = await heard([SSE, *[b": ping\n\n"] * 3], timeouts=soon_bored, hang=True)

    assert isinstance(trouble, ModelStalled)
    assert trouble.seconds == soon_bored.first_token


async def test_no_further_word_in_time_is_a_stall() -> None:
    soon_bored = Timeouts(connect=5, first_token=10, idle=1)

    said, trouble = await heard([SSE, delta(content="Hel")], timeouts=soon_bored, hang=True)

    assert said == [Delta("Hel")]
    assert isinstance(trouble, ModelStalled)
    assert trouble.seconds == soon_bored.idle


@pytest.mark.parametrize("after", [b"", b"data: {torn\n\n", event({"error": "late"})])
async def test_nothing_after_the_end_makes_an_answer_less_whole(after: bytes) -> None:
    soon_bored = Timeouts(connect=5, first_token=10, idle=1)

    said, trouble = await heard(
        [SSE, delta("stop", content="Hello"), after], timeouts=soon_bored, hang=True
    )

    assert trouble is None
    assert text_of(said) == "Hello"
    assert isinstance(said[-1], Finished)


async def test_a_server_that_forgets_to_end_keeps_nobody_waiting() -> None:
    async with asyncio.timeout(8):  # less than the patience between two words
        said, trouble = await heard([SSE, delta("stop", content="Hello")], hang=True)

    assert trouble is None
    assert isinstance(said[-1], Finished)


async def test_figures_that_are_none_count_as_unknown() -> None:
    strange = json.loads('{"prompt_tokens": NaN, "completion_tokens": -1}')

    said, _ = await heard([SSE, delta("stop", content="Hi"), event({"usage": strange}), DONE])

    assert isinstance(said[-1], Finished)
    assert (said[-1].usage.prompt_tokens, said[-1].usage.answer_tokens) == UNCOUNTED

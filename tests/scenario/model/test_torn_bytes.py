"""An answer arrives whole, wherever the network tears it."""

import json

import pytest

from luka_bot.models.errors import AnswerCut, ModelFailed
from luka_bot.models.events import Finished, Usage
from tests.scenario.model.asking import ask, text_of, thoughts_of
from tests.scenario.model.raw_server import HEAD, saying

STRANGE = "Zeile\u0085eins\u2028zwei\u2029 \x0b\x0c Привет 😀 中"


def line(text: str = "", thinking: str = "", **fields: object) -> bytes:
    message = {"role": "assistant", "content": text, "thinking": thinking}
    return json.dumps({"message": message, "done": False, **fields}, ensure_ascii=False).encode()


LAST = line(done=True, model="m", prompt_eval_count=7, eval_count=3, total_duration=2_500_000_000)


async def test_characters_that_look_like_line_ends_stay_in_the_text() -> None:
    async with saying([HEAD + line(STRANGE) + b"\n" + LAST + b"\n"]) as url:
        assert text_of(await ask(url)) == STRANGE


async def test_an_answer_torn_after_every_byte_is_whole() -> None:
    body = line(STRANGE) + b"\r\n\n" + line(" и ещё", thinking="хм") + b"\n" + LAST + b"\n"

    async with saying([HEAD, *(bytes([byte]) for byte in body)]) as url:
        events = await ask(url)

    assert text_of(events) == STRANGE + " и ещё"
    assert thoughts_of(events) == "хм"


async def test_think_tags_inside_the_text_are_told_apart() -> None:
    torn = [line(part) + b"\n" for part in ("\n<th", "ink>first ", "2 < 3</thi", "nk>\n\n", "Yes.")]

    async with saying([HEAD, *torn, LAST + b"\n"]) as url:
        events = await ask(url)

    assert thoughts_of(events) == "first 2 < 3"
    assert text_of(events) == "Yes."


async def test_the_last_line_brings_the_figures_in_seconds() -> None:
    async with saying([HEAD + line("Yes.") + b"\n" + LAST]) as url:
        events = await ask(url)

    assert events[-1] == Finished(Usage("m", prompt_tokens=7, answer_tokens=3, seconds=2.5))


async def test_figures_that_are_no_figures_are_left_out() -> None:
    odd = line("Yes.", done=True, eval_count=float("inf"), prompt_eval_count="7")

    async with saying([HEAD + odd + b"\n"]) as url:
        events = await ask(url)

    assert events[-1] == Finished(Usage("llama3.2"))


async def test_a_stream_that_ends_without_its_last_line_is_cut() -> None:
    async with saying([HEAD + line("Half an ans") + b"\n"]) as url:
        with pytest.raises(AnswerCut):
            await ask(url)


@pytest.mark.parametrize(
    "garbage",
    [b"<html>hello</html>", b"[1]", b"\xff\xfe\x00", b"null", b"[" * 100_000],
    ids=["html", "list", "bytes", "null", "deep"],
)
async def test_what_is_not_ollamas_json_is_a_failure(garbage: bytes) -> None:
    async with saying([HEAD + garbage + b"\n"]) as url:
        with pytest.raises(ModelFailed, match="JSON"):
            await ask(url)


async def test_a_line_that_never_ends_is_given_up() -> None:
    async with saying([HEAD, *([b"x" * 2**20] * 9)], hang=True) as url:
        with pytest.raises(ModelFailed):
            await ask(url)


async def test_a_torn_last_line_is_cut() -> None:
    async with saying([HEAD + line("Half") + b"\n" + LAST[:-5]]) as url:
        with pytest.raises(AnswerCut):
            await ask(url)


async def test_a_server_that_keeps_the_line_open_after_its_last_word_delays_nobody() -> None:
    async with saying([HEAD + line("Yes.") + b"\n" + LAST + b"\n"], hang=True) as url:
        assert text_of(await ask(url)) == "Yes."

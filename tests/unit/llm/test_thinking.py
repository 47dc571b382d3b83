"""Reasoning and answer are told apart wherever the tags are torn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luka_bot.llm.thinking import ThinkSplitter
from luka_bot.models.events import Delta, Thinking


def split(*pieces: str) -> tuple[str, str]:
    """Reasoning and answer."""
    splitter = ThinkSplitter()
    events = [event for piece in pieces for event in splitter.feed(piece)] + splitter.flush()
    assert all(event.text for event in events)
    return (
        "".join(event.text for event in events if isinstance(event, Thinking)),
        "".join(event.text for event in events if isinstance(event, Delta)),
    )


@pytest.mark.parametrize(
    ("text", "thought", "answer"),
    [
        ("<think>Why?</think>\n\nBecause.", "Why?", "Because."),
        (" \n<think>Why?</think>Because.", "Why?", "Because."),
        ("<think></think>Because.", "", "Because."),
        ("No tags at all", "", "No tags at all"),
        ("  indented", "", "  indented"),
        ("Write <think> here </think>", "", "Write <think> here </think>"),
        ("<think>1 < 2 </thin> </think>a </think>", "1 < 2 </thin> ", "a </think>"),
        ("<think>never closed", "never closed", ""),
        ("<think>cut in the tag</thi", "cut in the tag</thi", ""),
        ("<thin", "", "<thin"),
        ("<thinking>no</thinking>", "", "<thinking>no</thinking>"),
        ("", "", ""),
    ],
)
def test_only_a_block_at_the_beginning_is_reasoning(text: str, thought: str, answer: str) -> None:
    assert split(text) == (thought, answer)
    assert split(*text) == (thought, answer)


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "ink>", "/", " ", "a", "\n"])))
def test_tearing_changes_nothing(pieces: list[str]) -> None:
    assert split(*pieces) == split("".join(pieces))


def test_an_answer_without_tags_is_not_held_back() -> None:
    splitter = ThinkSplitter()

    assert splitter.feed("Hel") == [Delta("Hel")]
    assert splitter.feed("lo <") == [Delta("lo <")]

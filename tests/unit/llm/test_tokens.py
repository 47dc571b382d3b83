"""Estimates are near enough to plan with, and get better by experience."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luka_bot.services.tokens import Calibration, estimate

# Text, and the span that the vocabularies of Llama 3, Qwen 2.5, Gemma 2 and Mistral lead to.
SAMPLES = [
    ("The quick brown fox jumps over the lazy dog, and nobody minds at all.", 14, 19),
    ("Der schnelle braune Fuchs springt über den faulen Hund, und niemand stört sich.", 17, 26),
    ("Съешь же ещё этих мягких французских булок да выпей чаю, пожалуйста.", 19, 32),
    ("我们今天去公园散步，然后一起吃晚饭。", 11, 20),
    ("今日は天気がいいので、散歩に行きましょう。", 12, 22),
    ("안녕하세요, 오늘 날씨가 정말 좋네요.", 10, 20),
    ("مرحبا، كيف حالك اليوم؟ أتمنى أن تكون بخير.", 14, 36),
    ("3.14159265358979, 2.71828182845904", 14, 36),
    ("def add(a: int, b: int) -> int:\n    return a + b\n", 15, 24),
    ("😀😀😀🎉", 4, 14),
]


@pytest.mark.parametrize(("text", "least", "most"), SAMPLES)
def test_an_estimate_is_within_what_real_vocabularies_need(
    text: str, least: int, most: int
) -> None:
    assert least <= estimate(text) <= most


def test_nothing_is_no_tokens() -> None:
    assert estimate("") == 0


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(text: str, more: str) -> None:
    assert estimate(text) <= estimate(text + more) <= estimate(text) + estimate(more)


def taught(*true: int, estimated: int = 1000, num_ctx: int = 8192) -> float:
    calibration = Calibration()
    for counted in true:
        calibration.learn("m", estimated=estimated, counted=counted, num_ctx=num_ctx)
    return calibration.factor("m")


@pytest.mark.parametrize("truth", [0.5, 0.8, 1.3, 2.5])
def test_twenty_answers_teach_a_model_within_two_percent(truth: float) -> None:
    factor = taught(*([int(truth * 1000)] * 20))

    assert factor == pytest.approx(truth, rel=0.02)


def test_a_change_of_vocabulary_is_learnt_within_twenty_answers() -> None:
    assert taught(*[700] * 30, *[1400] * 20) == pytest.approx(1.4, rel=0.02)


def test_each_model_is_learnt_for_itself() -> None:
    calibration = Calibration()

    calibration.learn("one", estimated=1000, counted=2000, num_ctx=8192)

    assert calibration.factor("one") == 2.0
    assert calibration.factor("other") == 1.0


def test_a_whim_of_a_server_never_leads_out_of_bounds() -> None:
    assert taught(10**9) == 3.0
    assert taught(1) == 0.4


@pytest.mark.parametrize("counted", [2050, 2046, 2058])
def test_a_count_of_half_the_context_was_cut_by_an_old_server(counted: int) -> None:
    assert taught(counted, estimated=6000, num_ctx=4096) == 1.0


def test_half_the_context_is_believed_when_it_is_about_what_was_expected() -> None:
    assert taught(2050, estimated=2000, num_ctx=4096) == pytest.approx(1.025)


def test_a_server_that_counts_only_what_it_had_not_cached_is_not_believed() -> None:
    assert taught(1000, 1000, 1000, 40, 300, 499) == 1.0


@pytest.mark.parametrize(("estimated", "counted"), [(31, 90), (1000, 0)])
def test_what_says_nothing_about_text_is_not_learnt(estimated: int, counted: int) -> None:
    assert taught(counted, estimated=estimated) == 1.0

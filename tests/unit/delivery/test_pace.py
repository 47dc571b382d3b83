"""Who speaks too fast is silenced; who speaks too slowly is boring."""

from luka_bot.delivery.pace import Paces, worth_showing
from luka_bot.models.ids import ChatId

ANNA, GROUP = ChatId(7), ChatId(-100)


class HandClock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_previews_keep_their_distance_more_of_it_in_groups() -> None:
    clock = HandClock()
    paces = Paces(clock)
    for chat in (ANNA, GROUP):
        paces.of(chat).spoken()

    clock.now += 1

    assert (paces.of(ANNA).rest(), paces.of(GROUP).rest()) == (0.5, 2.5)


def test_a_last_word_waits_for_no_gap_but_for_exactly_what_telegram_said() -> None:
    clock = HandClock()
    pace = Paces(clock).of(ANNA)
    pace.spoken()
    before = pace.silence()

    pace.hush(30)
    clock.now += 10
    pace.hush(5)  # an older, shorter order takes nothing back

    assert (before, pace.silence(), pace.rest()) == (0, 20, 20)


def test_silence_in_one_chat_leaves_the_others_alone() -> None:
    paces = Paces(HandClock())

    paces.of(ANNA).hush(30)

    assert paces.of(GROUP).rest() == 0


def test_the_whole_bot_keeps_its_rate() -> None:
    clock = HandClock()
    paces = Paces(clock, rate=10)

    waits = [paces.of(ChatId(number)).turn() for number in range(20)]

    assert waits[:10] == [0] * 10
    assert round(waits[-1], 3) == 1.0
    assert paces.of(ChatId(99)).rest() > 1.0


def test_idle_chats_are_forgotten_but_never_one_that_must_be_silent() -> None:
    clock = HandClock()
    paces = Paces(clock, kept=3)
    paces.of(ANNA).hush(60)
    for number in range(100, 110):
        paces.of(ChatId(number)).spoken()
        clock.now += 5

    assert len(paces) == 3
    assert paces.of(ANNA).silence() == 10


def test_first_text_is_shown_from_a_sentence_on_or_after_a_moment() -> None:
    assert not worth_showing("Hello the", 0.3)
    assert worth_showing("Hello there. ", 0.1)
    assert worth_showing("Hello the", 0.7)
    assert not worth_showing(" \n", 9.0)

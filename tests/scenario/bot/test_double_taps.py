"""People tap twice, late, and when it isn't of use any more."""

from pathlib import Path

from redis.asyncio import Redis as Straight

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person, ShownMessage
from tests.luka import Luka
from tests.scenario.bot.talking import ask, can_be_redone, newest
from tests.scenario.bot.test_redis_away import luka_with_redis

AGAIN = "🔄 Regenerate"
TWO_PAGES = "".join(f"Sentence number {number} of the answer. " for number in range(200))


def data_of(message: ShownMessage, text: str) -> str:
    (found,) = [one.data for row in message.keyboard for one in row if one.text == text]
    return found or ""


async def test_a_second_tap_while_it_is_written_anew_changes_nothing(
    luka: Luka, anna: Person
) -> None:
    answer = await ask(luka, anna, "Hi!", "Short.")
    again = data_of(answer, AGAIN)
    luka.model.gate.clear()
    luka.model.reply_with(Reply(TWO_PAGES, hold_after=3))

    await anna.taps_data(answer.message_id, again)
    await anna.taps_data(answer.message_id, again)
    await luka.telegram.wait_for(lambda: luka.telegram.toasts(7) == ["", "I'm at it already."])
    luka.model.gate.set()
    await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == 2, seconds=20)
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)), seconds=20)

    first, second = luka.telegram.said(7)
    assert f"{first} {second}" == TWO_PAGES.strip()
    assert len(luka.model.requests) == 2


async def test_what_was_tapped_twice_is_stopped_by_one_tap(luka: Luka, anna: Person) -> None:
    answer = await ask(luka, anna, "Hi!", "Short.")
    again = data_of(answer, AGAIN)
    luka.model.gate.clear()
    luka.model.reply_with(Reply("One two three four. Five six seven eight.", hold_after=6))
    await anna.taps_data(answer.message_id, again)
    await anna.taps_data(answer.message_id, again)
    await luka.telegram.wait_for(lambda: "⏹ Stop" in newest(luka, 7).buttons, seconds=10)

    await anna.taps("⏹ Stop")

    await luka.telegram.wait_for(lambda: newest(luka, 7).buttons == ["🔁 Retry"])
    assert "⏹ Stopped." in newest(luka, 7).text
    assert len(luka.model.requests) == 2


async def test_an_answer_of_days_ago_stays_whole_when_it_is_written_anew(tmp_path: Path) -> None:
    """Where all of its messages stand is known for 48 hours."""
    async with luka_with_redis(tmp_path) as (luka, redis):
        anna = luka.telegram.person(7, "Anna")
        await ask(luka, anna, "Hi!", TWO_PAGES)
        async with Straight.from_url(redis.url, decode_responses=True) as client:
            (turn,) = await client.keys("turn:*")
            await client.delete(turn)
        luka.model.reply_with("A new one.")

        await anna.taps(AGAIN)

        await luka.telegram.wait_for(lambda: newest(luka, 7).text == "A new one.")
        assert " ".join(luka.telegram.said(7)[:2]) == TWO_PAGES.strip()
        await luka.telegram.wait_for(lambda: luka.telegram.shown(7)[-2].buttons == [])

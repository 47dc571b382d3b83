"""From polling to a webhook and back: nothing is lost, and nothing is answered twice."""

from pathlib import Path

from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask, can_be_redone, newest
from tests.scenario.bot.test_redis_away import Redis
from tests.scenario.web.webhooks import with_webhook, without_webhook


async def test_what_is_said_between_is_answered_once_at_the_other_door(tmp_path: Path) -> None:
    async with running_luka(tmp_path) as luka:
        anna = luka.telegram.person(7, "Anna")
        await ask(luka, anna, "One", "First.")

        for switched, text, answer in (
            (with_webhook, "Two", "Second."),
            (without_webhook, "Three", "Third."),
            (with_webhook, "Four", "Fourth."),
        ):
            await luka.stop()
            luka.model.reply_with(answer)
            await anna.writes(text)
            luka.settings = switched(luka.settings)
            luka.start()
            await has_answered(luka, 7, answer)

        assert luka.telegram.said(7) == ["First.", "Second.", "Third.", "Fourth."]
        assert len(luka.model.requests) == 4
        assert luka.telegram.pending_updates == 0


async def test_what_one_door_has_left_unanswered_the_other_answers(tmp_path: Path) -> None:
    async with running_luka(tmp_path, shutdown_grace=0.0, reply="An answer.") as luka:
        anna, boris = luka.telegram.person(7, "Anna"), luka.telegram.person(8, "Boris")
        luka.model.gate.clear()
        for person in (anna, boris):
            await person.writes("Hi!")
        await luka.telegram.wait_for(lambda: len(luka.model.requests) == 2)
        await luka.telegram.wait_for(lambda: luka.telegram.pending_updates == 0)
        await luka.stop()

        luka.model.gate.set()
        luka.settings = with_webhook(luka.settings)
        luka.start()

        for chat_id in (7, 8):
            await has_answered(luka, chat_id, "An answer.")
            assert len(luka.telegram.said(chat_id)) == 1


async def test_both_doors_side_by_side_for_a_moment_answer_each_once(tmp_path: Path) -> None:
    """As in an update of several replicas, one by one."""
    redis = Redis(tmp_path / "redis")
    await redis.start()
    async with running_luka(tmp_path / "luka", redis_url=redis.url) as polling:
        anna = polling.telegram.person(7, "Anna")
        await ask(polling, anna, "One", "First.")
        pushed = polling.twin(with_webhook(polling.settings))
        pushed.start()
        await polling.telegram.wait_for(lambda: polling.telegram.calls_of("setWebhook"))

        await ask(pushed, anna, "Two", "Second.")
        await polling.stop()
        await ask(pushed, anna, "Three", "Third.")

        assert polling.telegram.said(7) == ["First.", "Second.", "Third."]
        await pushed.stop()
    await redis.stop()


async def has_answered(luka: Luka, chat_id: int, answer: str) -> None:
    await luka.telegram.wait_for(lambda: newest(luka, chat_id).text == answer, seconds=15)
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, chat_id)))

"""The primary of Redis is killed while people talk, and comes back, and the other one is killed."""

from pathlib import Path

from tests.luka import running_luka
from tests.scenario.bot.many import Talk, echo, told
from tests.scenario.storage.sentinels import Watched, watched_servers


async def kill_primary(watched: Watched, talk: Talk) -> None:
    """People write right before, while nobody is primary, and after."""
    primary = await watched.primary()
    await talk.round()
    await primary.kill()
    await talk.round()
    await watched.failed_over(primary)
    await talk.round()
    await talk.answers()
    await watched.rejoin(primary)


async def test_two_failovers_lose_no_question_and_repeat_no_answer(tmp_path: Path) -> None:
    async with (
        watched_servers(tmp_path / "redis") as watched,
        running_luka(tmp_path / "luka", redis_url=watched.url, reply=echo) as luka,
    ):
        talk = Talk(luka)
        await talk.round()
        await talk.answers()

        await kill_primary(watched, talk)
        await kill_primary(watched, talk)
        await talk.round()
        await talk.answers()

        assert talk.heard() == talk.everything()
        assert all(told(luka, one) == 1 for one in talk.people), "one clear sentence each"

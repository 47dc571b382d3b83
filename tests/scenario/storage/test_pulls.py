"""Downloads under way, whichever process is at them."""

import pytest

from luka_bot.background import Background
from luka_bot.models.ids import ChatId, MessageId, TopicId, UserId
from luka_bot.models.overseer import Overseer
from luka_bot.models.pull import Phase, Pull
from luka_bot.services.adopter import Adopter
from luka_bot.storage.client import Storage
from luka_bot.storage.pulls import PulledElsewhere, PullGone, Pulls
from tests.waiting import wait_until

OVERSEER = Overseer(UserId(9), "Olga", "en", ChatId(-1), TopicId(3), MessageId(5))


async def test_a_cancellation_reaches_whichever_process_downloads(storage: Storage) -> None:
    pulls = Pulls(storage)
    assert await pulls.begin("qwen3:8b", OVERSEER, "u1")
    assert not await pulls.begin("qwen3:8b", OVERSEER, "u2")
    pull = await pulls.adopt("qwen3:8b", "ours")
    assert pull == Pull("qwen3:8b", OVERSEER, request="u1")

    assert await pulls.note(pull, "ours") == ""
    await pulls.cancel("qwen3:8b", "Mira")
    assert await pulls.note(pull, "ours") == "Mira"


async def test_who_goes_on_knows_how_far_it_was_and_the_other_says_no_more(
    storage: Storage,
) -> None:
    pulls = Pulls(storage)
    await pulls.begin("qwen3:8b", OVERSEER, "u1")
    await pulls.adopt("qwen3:8b", "theirs")
    await pulls.note(Pull("qwen3:8b", OVERSEER, Phase.LOADING, 3, 10), "theirs")

    pull = await pulls.adopt("qwen3:8b", "ours")
    assert (pull.phase, pull.completed, pull.total) == (Phase.LOADING, 3, 10)
    with pytest.raises(PulledElsewhere):
        await pulls.note(pull, "theirs")


async def test_what_has_ended_can_begin_anew(storage: Storage) -> None:
    pulls = Pulls(storage)
    await pulls.begin("qwen3:8b", OVERSEER, "u1")
    await pulls.cancel("qwen3:8b", "Mira")
    await pulls.close("qwen3:8b")
    assert await pulls.running("qwen3:8b") is None

    assert await pulls.begin("qwen3:8b", OVERSEER, "u2")
    assert await pulls.running("qwen3:8b") == Pull("qwen3:8b", OVERSEER, request="u2")
    with pytest.raises(PullGone):
        await pulls.adopt("other:1b", "ours")


async def test_one_of_several_processes_does_a_work_and_another_one_takes_it_over(
    storage: Storage,
) -> None:
    begun: list[str] = []
    pulls = Pulls(storage)
    await pulls.begin("qwen3:8b", OVERSEER, "u1")

    def adopter(background: Background, who: str) -> Adopter:
        async def work(name: str) -> None:
            begun.append(f"{who} {name}")
            await wait_until(lambda: len(begun) == 2)
            await pulls.close(name)

        return Adopter("pull", storage, background, pulls.under_way, work)

    async with Background() as theirs:
        async with Background() as ours:
            ours.spawn("ours", adopter(ours, "ours").run())
            await wait_until(lambda: begun == ["ours qwen3:8b"])
            second = adopter(theirs, "theirs")
            theirs.spawn("theirs", second.run())
        second.look_now()
        await wait_until(lambda: begun == ["ours qwen3:8b", "theirs qwen3:8b"])

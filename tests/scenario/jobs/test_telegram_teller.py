"""Whoever is to be told of a job is told once, and keeps nobody else waiting."""

from pathlib import Path

from luka_bot.demo.telegram import Fault
from luka_bot.demo.telegram.json_types import Json
from luka_bot.models.ids import UserId
from luka_bot.models.job import JobState, NewJob
from luka_bot.models.person import FIRST_LOCAL
from luka_bot.storage.job_cards import JobCards
from tests.scenario.jobs.shop import Shop, opened
from tests.waiting import wait_until_found


async def page_job(shop: Shop, owner: int, prompt: str) -> int:
    """Handed in elsewhere than in Telegram."""
    new = NewJob(f"page:{prompt}", UserId(owner), "Somebody", f"users/{owner}", prompt)
    return (await shop.store.create(new, JobState.APPROVED, "model", 20))[0].id


async def told(shop: Shop) -> None:
    async def all_of_it() -> bool:
        return not await JobCards(shop.storage).untold()

    await wait_until_found(all_of_it)


async def test_a_result_is_said_once_though_its_teller_is_killed_meanwhile(tmp_path: Path) -> None:
    async with opened(tmp_path) as shop:
        luka, telegram = shop.luka, shop.luka.telegram
        number = await shop.handed_in("/job Write it")
        await shop.sees(f"Job #{number} – waits for an admin")
        telegram.faults.add("sendMessage", Fault.silence(), when=ends)
        output = "\n\n".join(["It begins.", *["word " * 300] * 4, "It ends."])
        await shop.done(number, output, (shop.output("it.txt", b"it"),))
        await telegram.wait_for(lambda: any(map(ends, asked_for(shop))))
        await luka.stop()
        luka.start()

        await shop.sees("it.txt", content=b"it")
        said = "\n".join(telegram.said(7))
        assert (said.count("It begins."), said.count("It ends.")) == (1, 1)


def asked_for(shop: Shop) -> list[Json]:
    return [call.params for call in shop.luka.telegram.calls_of("sendMessage")]


def ends(params: Json) -> bool:
    return "It ends." in str(params["text"])


async def test_nobody_waits_for_who_has_left_or_was_never_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as shop:
        boris = shop.luka.telegram.person(8, "Boris")
        await boris.blocks_bot()
        for owner in (8, FIRST_LOCAL + 1, 7):
            await page_job(shop, owner, f"Of {owner}")
        card = await shop.sees("Of 7")
        assert "waits its turn" in card.text
        for owner in (8, FIRST_LOCAL + 1, 7):
            await shop.finish(f"For {owner}.")
        result = await shop.sees("For 7.")
        assert result.reply_to == card.message_id
        await told(shop)

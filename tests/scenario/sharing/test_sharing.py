"""Threads that people share by links, in their direct messages."""

import pytest

from luka_bot.demo.model import Reply
from tests.scenario.bot.talking import ask
from tests.scenario.sharing.circle import Circle

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_follows_a_link_reads_what_was_said_and_all_hear_each_other(
    circle: Circle,
) -> None:
    luka, anna, boris = circle.luka, circle.anna, circle.boris
    await circle.begins(anna, "Sea")
    await ask(luka, anna, "Where to?", "To the **sea**.")
    payload = await circle.shares(anna)
    await circle.hears(anna, "It works for one person until")

    await circle.joins(boris, payload, "Sea")
    await circle.hears(boris, "Anna: Where to?", "To the sea.", "With you: Anna, luka")
    await circle.hears(anna, "Boris")
    luka.model.reply_with(Reply("By train, of course."))
    await boris.writes("How do we get there, luka?")

    await circle.hears(anna, "How do we get there, luka?", "By train, of course.")
    await circle.hears(boris, "By train, of course.")
    await anna.writes("Good.")
    await circle.hears(boris, "Good.")


async def test_a_link_for_one_is_used_up_and_a_revoked_one_works_no_longer(circle: Circle) -> None:
    anna, boris, vera = circle.anna, circle.boris, circle.vera
    await circle.begins(anna, "Once")
    once = await circle.shares(anna)
    await circle.joins(boris, once, "Once")
    await vera.writes(f"/start {once}")
    await circle.hears(vera, "This link works no longer")

    many = await circle.shares(anna, "100 👤 · 30 d")
    await anna.taps("🚫 Revoke this link")
    await circle.shows(anna, "This link works no longer. Who came by it stays")
    await vera.writes("/start j_" + "x" * 32)
    await vera.writes(f"/start {many}")
    await circle.luka.telegram.wait_for(
        lambda: circle.all_said_to(vera).count("This link works no longer") == 3
    )


async def test_who_is_removed_or_leaves_hears_nothing_more(circle: Circle) -> None:
    anna, boris = circle.anna, circle.boris
    await circle.begins(anna, "Short")
    payload = await circle.shares(anna, "10 👤 · 7 d")
    await circle.joins(boris, payload, "Short")
    card = await circle.shows(anna, "❌ Boris", await anna.writes("/share"))
    assert "2 people are here:\n👑 Anna (Telegram)\n• Boris (Telegram)" in card.text
    await anna.taps("❌ Boris")
    await circle.shows(anna, "Remove Boris from Short?")
    await anna.taps("❌ Yes, remove")
    await circle.hears(boris, "You are no longer in Short")

    await boris.writes(f"/start {payload}")
    await circle.luka.telegram.wait_for(
        lambda: circle.all_said_to(boris).count("You are in Short now") == 2
    )
    await boris.writes("/leave")
    await circle.shows(boris, "Leave Short?")
    await boris.taps("🚪 Yes, leave")
    await circle.shows(boris, "You have left Short")
    await anna.writes("Is anybody there?")
    await circle.begins(boris, "Mine")
    await ask(circle.luka, boris, "Mine again?", "Yours alone.")

    assert "Is anybody there?" not in circle.all_said_to(boris)


async def test_lists_and_cards_tell_whose_thread_it_is_and_who_deletes_it_tells_all(
    circle: Circle,
) -> None:
    anna, boris = circle.anna, circle.boris
    await circle.begins(anna, "Plans")
    await circle.joins(boris, await circle.shares(anna), "Plans")
    card = await circle.shows(boris, "▶️ Plans", await boris.writes("/chats"))
    assert [one for one in card.buttons if one.startswith("▶️ Plans") and one.endswith("👥2")]
    await boris.taps("⚙️ Manage “Plans”")
    card = await circle.shows(boris, "Owner: Anna")
    assert "🚪 Leave" in card.buttons
    assert not {"✏️ Rename", "🧹 Clear", "🗑 Delete"} & set(card.buttons)

    await anna.writes("/delete")
    await circle.shows(anna, "1 other person is in it")
    await anna.taps("🗑 Yes, delete")
    await circle.hears(boris, "Anna deleted Plans, which you were in")
    card = await circle.shows(boris, "Your Threads", await boris.writes("/chats"))
    assert not [one for one in card.buttons if "Plans" in one]


async def test_one_too_many_by_direct_messages_is_sent_to_the_page(circle: Circle) -> None:
    anna, boris, vera = circle.anna, circle.boris, circle.vera
    await circle.begins(anna, "Full")
    payload = await circle.shares(anna, "10 👤 · 7 d")
    await circle.joins(boris, payload, "Full")

    await vera.writes(f"/start {payload}")

    await circle.hears(vera, "2 people take part here by direct messages", "The web still has room")

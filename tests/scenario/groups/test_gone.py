"""A group that takes luka out, or takes nothing any more: those who are in from elsewhere go on."""

import pytest

from luka_bot.demo.telegram import Fault
from tests.scenario.bot.talking import told_to_model
from tests.scenario.groups.family import Family, family_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_whoever_takes_luka_out_and_in_again_finds_the_same_conversation(
    family: Family,
) -> None:
    vera = family.vera
    await family.asks(family.anna, "luka, where to?", "To the sea.")
    await family.takes_in(vera)
    await family.group.removes_bot(family.anna)
    await family.hears_in_private(vera, "I am no longer in the group")
    family.luka.model.reply_with("Here I am.")
    await vera.writes("luka, are you there?")
    await family.hears_in_private(vera, "Here I am.")
    assert "Here I am." not in family.said

    await family.group.adds_bot(family.anna)
    await family.hears_in_private(vera, "I am in the group again")
    await family.asks(family.boris, "luka, and now?", "By train.")
    await family.hears_in_private(vera, "luka, and now?")
    assert "Vera: luka, are you there?" in told_to_model(family.luka)


async def test_a_topic_that_was_deleted_is_let_go_and_the_others_go_on(family: Family) -> None:
    forum = family_of(family.luka, "forum")
    topic = await forum.group.opens_topic("Trips")
    await forum.asks(forum.anna, "luka, to the sea!", "By train.", topic)
    await forum.takes_in(forum.vera, topic)
    await forum.group.deletes_topic(topic)

    await forum.vera.writes("Is anybody there?")
    await forum.hears_in_private(forum.vera, "The topic in the group is gone")
    family.luka.model.reply_with("Here I am.")
    await forum.vera.writes("luka, are you there?")
    await forum.hears_in_private(forum.vera, "Here I am.")
    assert "Here I am." not in forum.said


async def test_a_final_refusal_says_the_same_until_somebody_speaks_there(family: Family) -> None:
    vera, telegram = family.vera, family.luka.telegram
    await family.asks(family.anna, "luka, hello", "Hello, Anna.")
    await family.takes_in(vera)
    refused = Fault.refuse(403, "Forbidden: bot was kicked from the supergroup chat")
    telegram.faults.add("sendMessage", refused, chat_id=family.chat)
    await vera.writes("Is anybody there?")
    await family.hears_in_private(vera, "I am no longer in the group")

    await family.anna.writes("I am", chat=family.chat)
    await family.hears_in_private(vera, "I am in the group again")
    await family.hears_in_private(vera, "Anna: I am")
    await vera.writes("Good to hear.")
    await family.hears("Good to hear.")

"""What luka hears in a group, and when it answers."""

import pytest

from luka_bot.demo.model import Reply
from tests.scenario.bot.talking import told_to_model
from tests.scenario.groups.family import Family, family_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_everybody_is_heard_and_only_who_calls_luka_is_answered(family: Family) -> None:
    await family.anna.writes("We leave on Friday", chat=family.chat)
    await family.boris.writes("ok thanks", chat=family.chat)

    await family.asks(family.boris, "luka, when do we leave?", "On Friday.")

    assert family.said == ["On Friday."]
    assert family.newest.reply_to is not None
    assert told_to_model(family.luka) == [
        "Anna: We leave on Friday",
        "Boris: ok thanks",
        "Boris: luka, when do we leave?",
    ]


async def test_a_mention_and_a_reply_are_answered_too(family: Family) -> None:
    await family.asks(family.anna, "@luka_bot a colour?", "Red.")
    luka_said = family.newest.message_id
    family.luka.model.reply_with("Blue.")

    await family.boris.writes("Another one?", chat=family.chat, reply_to=luka_said)

    await family.hears("Blue.")
    assert family.said == ["Red.", "Blue."]


async def test_other_bots_are_not_listened_to(family: Family) -> None:
    telegram = family.luka.telegram
    telegram.world.bots_hear_bots = True
    robot = telegram.another_bot(900, "Robot", "robot_bot")
    await family.group.joins(robot)
    await robot.writes("luka, what do you say?", chat=family.chat)

    await family.asks(family.anna, "luka, and me?", "Hello, Anna.")

    assert family.said == ["Hello, Anna."]
    assert told_to_model(family.luka) == ["luka, and me?"]


async def test_an_answer_can_be_stopped_and_asked_for_again(family: Family) -> None:
    luka = family.luka
    luka.model.reply_with(Reply("Red. Green. Blue.", hang_after=2))
    await family.anna.writes("luka, colours?", chat=family.chat)
    await luka.telegram.wait_for(lambda: family.newest.buttons == ["⏹ Stop"])

    await family.boris.taps("⏹ Stop", chat=family.chat)
    await luka.telegram.wait_for(lambda: "⏹ Stopped." in family.newest.text)
    assert len(family.said) == 1


async def test_after_a_failure_a_tap_asks_again(family: Family) -> None:
    luka = family.luka
    luka.model.reply_with(Reply("", status=500))
    await family.anna.writes("luka, are you well?", chat=family.chat)
    await luka.telegram.wait_for(lambda: family.newest.buttons == ["🔁 Retry"])
    luka.model.reply_with("Well again.")

    await family.anna.taps("🔁 Retry", chat=family.chat)

    await luka.telegram.wait_for(lambda: family.said == ["Well again."])


async def test_a_group_that_becomes_a_supergroup_goes_on(family: Family) -> None:
    small = family_of(family.luka, "group")
    await small.asks(small.anna, "luka, my cat is Murka", "Nice name.")
    new = await small.group.becomes_supergroup(small.chat - 1_000_000_000_000)
    said = family.luka.telegram.said
    family.luka.model.reply_with("Murka.")

    await small.boris.writes("luka, how is the cat called?", chat=new.id)

    await family.luka.telegram.wait_for(lambda: said(new.id)[-1] == "Murka.")
    assert told_to_model(family.luka)[0] == "Anna: luka, my cat is Murka"

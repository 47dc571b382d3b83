"""What luka hears in a group, and when it answers."""

from tests.scenario.bot.talking import told_to_model
from tests.scenario.groups.family import FAMILY, Family


async def test_everybody_is_heard_and_only_who_calls_luka_is_answered(family: Family) -> None:
    await family.anna.writes("We leave on Friday", chat=FAMILY)
    await family.boris.writes("ok thanks", chat=FAMILY)

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

    await family.boris.writes("Another one?", chat=FAMILY, reply_to=luka_said)

    await family.hears("Blue.")
    assert family.said == ["Red.", "Blue."]

"""/redact: a question and its answer are taken back."""

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from tests.scenario.bot.talking import ask, newest, told_to_model
from tests.scenario.people.house import House
from tests.scenario.people.traces import everything, is_quiet, that_mention
from tests.waiting import wait_until_found

FAMILY = -100200


async def test_a_question_and_its_answer_are_forgotten_wherever_one_points(house: House) -> None:
    luka, anna = house.luka, house.anna
    question = await anna.writes("My PIN is 4711zanzibar")
    await house.hears(anna, "Hello there.")
    await ask(luka, anna, "Something else", "Quite another zeppelin.")
    await anna.writes("/new Elsewhere")
    await house.hears(anna, "is ready")
    answer = [one for one in luka.telegram.shown(anna.id) if "zeppelin" in one.text][-1]

    await anna.writes("/redact", reply_to=question)
    await house.hears(anna, "I have forgotten that question and its answer.")
    await anna.writes("/redact", reply_to=answer.message_id)
    await luka.telegram.wait_for(lambda: _stands(house, anna).count("✂️ redacted") == 2)
    await wait_until_found(lambda: is_quiet(luka.settings))

    words = ["zanzibar", "zeppelin", "Something else"]
    assert that_mention(await everything(luka.settings), words) == []
    assert [one[0] for one in await house.audited()].count("redacted") == 2
    await anna.writes("/redact", reply_to=question)
    await house.hears(anna, "I remember nothing that belongs to this message")
    await anna.writes("/redact")
    await house.hears(anna, "Reply with /redact to a question of yours")


async def test_an_answer_that_is_being_written_ends_and_goes(house: House) -> None:
    luka, anna = house.luka, house.anna
    luka.model.reply_with(Reply("The secret is this and then", hang_after=3))
    question = await anna.writes("A secret?")
    await house.hears(anna, "The secret is")

    await anna.writes("/redact", reply_to=question)
    await house.hears(anna, "I have forgotten that question")
    await ask(luka, anna, "And now?", "Now nothing.")

    assert told_to_model(luka) == ["And now?"]
    assert not any("The secret is" in one for one in _stands(house, anna))


async def test_in_a_group_one_takes_back_one_s_own_and_its_administrators_anybody_s(
    house: House,
) -> None:
    telegram = house.luka.telegram
    telegram.group(FAMILY, "Family", [house.anna, house.boris])
    await house.anna.writes("/start")
    await house.boris.writes("/start")
    await house.admins_see("asks to come in")
    await house.olga.taps("✅ Approve", chat=-100777)
    await house.hears(house.boris, "Вас впустили")
    annas = await house.anna.writes("@luka_bot zanzibar?", chat=FAMILY)
    await telegram.wait_for(lambda: telegram.said(FAMILY) == ["Hello there."])
    boris = await house.boris.writes("@luka_bot тайна?", chat=FAMILY)
    await telegram.wait_for(lambda: telegram.said(FAMILY).count("Hello there.") == 2)

    await house.boris.writes("/redact", chat=FAMILY, reply_to=annas)
    await telegram.wait_for(lambda: "свои слова" in newest(house.luka, FAMILY).text)
    await house.anna.writes("/redact", chat=FAMILY, reply_to=boris)
    await telegram.wait_for(lambda: "I have forgotten" in newest(house.luka, FAMILY).text)
    await wait_until_found(lambda: is_quiet(house.luka.settings))

    kept = await everything(house.luka.settings)
    assert {word for _, word in that_mention(kept, ["zanzibar", "тайна"])} == {"zanzibar"}
    assert ("redacted", house.anna.id, house.boris.id, "") in await house.audited()


def _stands(house: House, person: Person) -> list[str]:
    return house.luka.telegram.said(person.id)

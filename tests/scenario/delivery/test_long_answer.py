"""A 10,000-character answer of every kind arrives whole."""

from luka_bot.delivery.courier import Courier
from luka_bot.demo.telegram import LocalTelegram, Person
from tests.scenario.delivery.writing import wait_for_drawings, writing

PROSE = (
    "Это **важный** абзац: use `List<String>` or List<String>, never <script>alert(1)</script>. "
    "سلام دنیا، این یک آزمایش است. 👩‍👩‍👧‍👦🇩🇪 See [the docs](https://example.org/a). "
)
CODE = "".join(f'    print("{number}")  # <b> || **no**\n' for number in range(90))
ROWS = "".join(f"| thing {number} | {number} € |\n" for number in range(80))
ANSWER = (
    "# Everything\n\n"
    + (PROSE * 4 + "\n\n") * 6
    + f"```python\ndef all():\n{CODE}```\n\n"
    + f"| Name | Price |\n|---|---:|\n{ROWS}\n"
    + (PROSE * 3 + "\n\n") * 3
    + "1. one\n2. two\n   - inner\n\n> quoted\n\nand at the end **half open `cod"
)


async def _written(telegram: LocalTelegram, courier: Courier, step: int) -> None:
    async with writing(courier) as answer:
        for start in range(0, len(ANSWER), step):
            answer.model.say(ANSWER[start : start + step])
            await wait_for_drawings(telegram, more_than=min(start // step, 20))
        answer.model.finish()


async def test_it_arrives_whole_while_it_grows(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    await _written(telegram, courier, step=600)

    texts = telegram.said(anna.id)
    text = "\n".join(texts)
    assert len(ANSWER) > 10_000
    assert text.count("List<String>") == 2 * text.count("<script>alert(1)</script>") == 66
    assert text.count("سلام دنیا، این یک آزمایش است. 👩‍👩‍👧‍👦🇩🇪 See the docs.") == 33
    assert all(line.strip() in text for line in CODE.splitlines())
    assert all(f"thing {number} " in text and f"│ {number} €" in text for number in range(80))
    assert text.endswith("• inner\n\nquoted\n\nand at the end **half open `cod")


async def test_its_code_is_code_in_every_message_and_its_table_a_table(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier) as answer:
        answer.model.finish(ANSWER)

    blocks = [
        (str(one["type"]), one.get("language"))
        for message in telegram.shown(anna.id)
        for one in message.entities
        if one["type"] == "pre"
    ]
    assert ("pre", "python") in blocks
    assert ("pre", None) in blocks
    assert telegram.said(anna.id) == [text.strip() for text in telegram.said(anna.id)]

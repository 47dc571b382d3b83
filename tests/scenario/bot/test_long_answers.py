"""A long answer full of traps arrives whole."""

from luka_bot.demo.telegram import Person
from tests.luka import Luka
from tests.scenario.bot.talking import can_be_redone, newest

TRAPS = """\
# Everything at once

Some `<script>alert(1)</script>` and <script>alert(2)</script>, a List<String> and a Map<K, V>.

| Planet | Moons | Note |
|---|---|---|
| Mars | 2 | <b>not bold</b> |

```python
def first(items: list[str]) -> str:
    return items[0]  # **not bold**, <i>not italic</i>
```

مرحبا بالعالم، هذا نص عربي. 👩‍👩‍👧‍👦 🇺🇦 😀 **half-open bold and `half-open code
"""
WORDS = (
    "<script>",
    "List<String>",
    "Map<K, V>",
    "<b>not",
    "# **not bold**",
    "مرحبا",
    "👩‍👩‍👧‍👦",
    "🇺🇦",
)


def long_answer() -> str:
    parts = [f"## Part {number}\n\n{TRAPS}\nEnd of part {number}.\n" for number in range(30)]
    return "\n".join(parts)


async def test_ten_thousand_characters_full_of_traps_arrive_whole(luka: Luka, anna: Person) -> None:
    answer = long_answer()
    assert len(answer) > 10_000
    luka.model.reply_with(answer)

    await anna.writes("Everything, please")

    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)), seconds=20)
    parts = luka.telegram.said(7)
    whole = "\n".join(parts)
    assert all(len(part.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    for number in range(30):
        assert whole.count(f"End of part {number}.") == 1
    assert {word: whole.count(word) for word in WORDS} == {
        word: answer.count(word) for word in WORDS
    }


async def test_a_finished_part_is_never_sent_again(luka: Luka, anna: Person) -> None:
    luka.model.reply_with(long_answer())

    await anna.writes("Everything, please")

    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)), seconds=20)
    sent = [call.params["text"] for call in luka.telegram.calls_of("sendMessage", chat_id=7)]
    assert len(sent) == len(luka.telegram.said(7))
    assert [message.buttons for message in luka.telegram.shown(7) if message.is_bot][:-1] == [
        [] for _ in sent[1:]
    ]

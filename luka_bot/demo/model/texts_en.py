"""English for the demo's model."""

from luka_bot.demo.model.texts import Texts

CODE = """\
```python
def fibonacci(count: int) -> list[int]:
    numbers = [0, 1]
    while len(numbers) < count:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers[:count]


print(fibonacci(10))  # 0, 1, 1, 2, 3, 5, 8, 13, 21, 34
```"""

TABLE = """\
| Planet | Moons | Day, hours |
|---|---|---|
| Mercury | 0 | 4223 |
| Earth | 1 | 24 |
| Mars | 2 | 25 |
| Jupiter | 95 | 10 |"""

TEXTS = Texts(
    language="en",
    hello="Hello{name}! I'm **luka's demo model**: a few rules instead of a neural network, so "
    "that you can try it all without a download.\n\nTell me your name, or ask *what can you do?*",
    abilities="""\
I'm a **scripted demo model**, not a real one: I have no knowledge of the world. But all around me \
is the real luka, so you can try:

- **Streaming**: ask me to *write a long text*, and press Stop whenever you like
- **Formatting**: *show me Markdown*, *a table* or *some code*
- **Thinking**: *think about breakfast*
- **Memory**: tell me your name, and ask for it later; *what did I say first?*; \
*how many messages do you remember?*
- **Jobs**: hand in a CSV of sales or feedback, or a Python script, with `/job`: I add up, draw \
and mend for real, by rules
- **Threads**: open `/chats`, start another one, and see that I know nothing there

For real answers, point `OLLAMA_URL` at your own models.""",
    first="The first thing you said here, as far as I was told, was:\n\n> {first}",
    last="Just before this, you said:\n\n> {last}",
    count="I was given {earlier} of this thread. From people: **{people}**; from me: **{mine}**.",
    earlier_messages={
        "one": "**{number}** earlier message",
        "other": "**{number}** earlier messages",
    },
    nothing_before="You said nothing before this, as far as I was told.",
    your_name="Your name is **{name}**. You told me in this thread.",
    marked_name="Your name is **{name}**. You didn't tell me: your messages here carry it, since "
    "more than one of you is talking.",
    no_name="You haven't told me in this thread. Say *my name is …*, and ask again.",
    nice_to_meet="Nice to meet you, **{name}**! Ask me for your name later; and then in another "
    "thread, where I can't know it.",
    markdown=f"""\
# What formatting looks like

Text can be **bold**, *italic*, ~~struck~~ or `code`, and carry a [link](https://ollama.com).

## A list

1. First things first
2. Then the details
   - a smaller point
   - another one

> A quotation stands apart.

## A table

{TABLE}

## Some code

{CODE}

That's all of it, and not a bracket was harmed.""",
    table=f"Four planets, from memory that isn't mine:\n\n{TABLE}",
    code=f"A small function:\n\n{CODE}\n\nIt begins with `0` and `1` and adds the last two.",
    thinking="What is really asked here? A demo model can't know the answer. But it can show that "
    "thoughts are kept apart from what is said. So: one thought, then a clear sentence.",
    thought="I thought about it before I spoke (*{subject}*), and my thoughts stayed out of this "
    "answer. A real model would have a better conclusion; mine is: **sleep on it**.",
    long_title="# A long text, as you wished",
    chapter="## Chapter {number}\n\n{body}",
    sentences=(
        "Every long answer begins with a single word, and each word waits for the one before it.",
        "While it grows, you can read along, or press **Stop** and keep what there is.",
        "Telegram takes 4096 characters in a message; a longer answer goes on in a new one.",
        "Nothing that was finished is ever sent again, and nothing gets lost between two messages.",
        "Meanwhile your other threads are free: ask something there, and it's answered at once.",
    ),
    long_end="That was the end. It was long, wasn't it?",
    echo="You said: “{question}”. I'm only a demo model made of rules, so I can't tell you more "
    "about it than you told me.",
    echo_named="**{name}**, you said: “{question}”. I'm only a demo model made of rules, so I "
    "can't tell you more about it than you told me.",
    characters={
        "chef": (
            (
                "{name}“{question}”: that calls for a pot on the stove. Brown an **onion** in "
                "butter, add **mushrooms** and a glass of stock, and let it simmer for twenty "
                "minutes. Everything looks clearer over a warm soup."
            ),
            (
                "{name}“{question}”? First the **salt**, then the rest. Slice two **tomatoes**, a "
                "spoonful of oil, torn basil, and five minutes of patience."
            ),
            (
                "{name}“{question}”: I'd bake it. **200 °C**, twenty-five minutes, and nobody "
                "opens the oven door before it smells of bread."
            ),
        ),
        "sceptic": (
            (
                "{name}“{question}”: how do we know? I'd want *one number* and *one source* before "
                "I nod."
            ),
            (
                "{name}“{question}”? Perhaps. What would have to be true for the **opposite** to "
                "hold? If nobody can say, we haven't asked long enough."
            ),
            "{name}“{question}”: who gains by it? That's where I'd look first, with a cup of tea.",
        ),
        "teacher": (
            (
                "{name}“{question}”: let's take it **step by step**. What do we know, what is "
                "asked, and which of the two is shorter? Begin there."
            ),
            (
                "{name}“{question}” is a good thing to wonder about. Say it once in your **own "
                "words**; the half of the answer is in there."
            ),
            (
                "{name}“{question}”: try the smallest example first. If it holds for **one**, look "
                "at **two**."
            ),
        ),
    },
    memory="But I did read the thread: I was given {earlier} of it.",
    fresh="This is the first message of this thread that I was given.",
    hint="Ask *what can you do?* to see what I can show you.",
    welcome="You're welcome! It was a pleasure, as far as rules can have one.",
)

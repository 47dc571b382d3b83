"""What a newcomer sees of the demo's model."""

import re
from dataclasses import asdict

import pytest

from luka_bot.demo.model import Asked, texts_ru
from luka_bot.demo.model.persona import converse
from luka_bot.llm.protocol import ChatMessage
from luka_bot.models.message import Role


def asked(question: str, *said: str, system: str = "") -> Asked:
    """said are what a person said before, each with an answer."""
    earlier = [
        message
        for text in said
        for message in (ChatMessage(Role.USER, text), ChatMessage(Role.ASSISTANT, "I see."))
    ]
    return Asked("llama3.2", system, tuple(earlier), question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hello", "luka's demo model"),
        ("What can you do?", "scripted demo model"),
        ("Show me Markdown please", "# What formatting"),
        ("write a python function", "```python"),
        ("make a table", "|---|"),
        ("thank you", "You're welcome"),
        ("Привет!", "демо-модель luka"),
        ("Что ты умеешь?", "демо-модель по сценарию"),
        ("покажи таблицу", "|---|"),
        ("Спасибо", "Пожалуйста"),
    ],
)
def test_each_wish_has_its_answer_in_its_language(question: str, words: str) -> None:
    assert words in converse(asked(question)).text


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("What is my name?", "My name is Anna, and I like tea", "Anna"),
        ("do you know my name", "call me Bob", "Bob"),
        ("Как меня зовут?", "Привет, меня зовут Мария", "Мария"),
        ("Ты помнишь моё имя?", "Зови меня Пётр", "Пётр"),
    ],
)
def test_a_name_is_remembered_within_the_thread_only(question: str, told: str, name: str) -> None:
    assert name in converse(asked(question, told, "Nice weather")).text
    assert name not in converse(asked(question, "Nice weather")).text


def test_a_name_in_the_summary_is_remembered() -> None:
    reply = converse(asked("What's my name?", system="In short: Person: my name is Anna"))

    assert "Anna" in reply.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What did I say first?", "> Tea or coffee?"),
        ("What did I just say?", "> Green or black?"),
        ("Какое было моё первое сообщение?", "> Tea or coffee?"),
        ("Что я сказал только что?", "> Green or black?"),
    ],
)
def test_what_was_said_is_said_back(question: str, answer: str) -> None:
    assert converse(asked(question, "Tea or coffee?", "Green or black?")).text.endswith(answer)


@pytest.mark.parametrize("question", ["How many messages do you see?", "Сколько сообщений было?"])
def test_the_messages_it_was_given_are_counted(question: str) -> None:
    reply = converse(asked(question, "one", "two"))

    assert "**4**" in reply.text
    assert "**2**" in reply.text


@pytest.mark.parametrize(
    ("question", "given", "words"),
    [
        ("How many messages do you remember?", 1, "**1** earlier message of this thread"),
        ("How many messages do you remember?", 2, "**2** earlier messages of"),
        ("Сколько сообщений ты помнишь?", 1, "**1** прежнее сообщение этой"),
        ("Сколько сообщений вы помните?", 3, "**3** прежних сообщения этой"),
        ("Сколько сообщений ты помнишь?", 12, "**12** прежних сообщений этой"),
    ],
)
def test_numbers_agree_with_their_nouns(question: str, given: int, words: str) -> None:
    earlier = (ChatMessage(Role.USER, "Tea"),) * given

    assert words in converse(Asked("llama3.2", "", earlier, question)).text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Борис: как меня зовут?", "Вас зовут **Борис**"),
        ("Anna: what is my name?", "Your name is **Ann**. You told me"),
        ("Ольга: привет", "Привет, Ольга!"),
        ("Борис: что я только что сказал?", "> чай"),
    ],
)
def test_in_a_group_whoever_asks_is_answered_about_themselves(question: str, words: str) -> None:
    reply = converse(asked(question, "Борис: чай", "Anna: my name is Ann", system="A summary."))

    assert words in reply.text


def test_a_colon_of_ones_own_makes_no_speaker() -> None:
    reply = converse(asked("What's my name?", "Note: my name is Anna", "Why: because"))

    assert "Your name is **Anna**" in reply.text


def test_russian_is_spoken_politely() -> None:
    told = [value for value in asdict(texts_ru.TEXTS).values() if isinstance(value, str)]

    familiar = re.compile(
        r"\b(ты(?! умеешь| помнишь)|тебя|тебе|твой|твоё|скажи|спроси)\b", re.IGNORECASE
    )
    assert [text for text in told if familiar.search(text)] == []


def test_anything_else_is_read_and_told_back() -> None:
    reply = converse(asked("Why is *the sky* blue?", "one"))

    assert "Why is the sky blue?" in reply.text
    assert "**2** earlier" in reply.text


def test_thoughts_are_not_said() -> None:
    reply = converse(asked("Think about breakfast"))

    assert reply.thinking
    assert reply.thinking not in reply.text


@pytest.mark.parametrize("question", ["write a long text", "напиши длинный текст"])
def test_a_long_text_needs_more_than_one_message(question: str) -> None:
    assert len(converse(asked(question)).text) > 5000


def test_it_speaks_at_a_human_pace() -> None:
    reply = converse(asked("Hello"))

    assert reply.delay_first > 0
    assert reply.delay_between > 0


CHEF = "You are a warm-hearted chef. Whatever is asked, you talk of food."


@pytest.mark.parametrize(
    ("system", "question", "words"),
    [
        (CHEF, "What about Monday?", "onion"),
        (CHEF, "Hello!", "Hello!”"),
        (CHEF, "Что делать в понедельник?", "лук"),
        ("Ты скептик и во всём сомневаешься.", "Земля круглая", "откуда мы это знаем"),
        ("You are a sceptic.", "The earth is round", "how do we know"),
        ("You are a patient teacher.", "why?", "step by step"),
    ],
)
def test_a_prompt_makes_another_of_it(system: str, question: str, words: str) -> None:
    assert words in converse(asked(question, system=system)).text


def test_a_group_is_answered_by_name() -> None:
    earlier = (ChatMessage(Role.USER, "Anna: Hi"), ChatMessage(Role.USER, "Борис: Привет"))
    plain = Asked("llama3.2", "", earlier, "Anna: @luka_bot I like tea")
    assert converse(plain).text.startswith("**Anna**, you said: “I like tea”")
    cook = Asked("llama3.2", CHEF, earlier, "Борис: что на ужин?")
    assert converse(cook).text.startswith("**Борис**, «что на ужин?»")


@pytest.mark.parametrize(
    ("last", "word"),
    [
        ("Anna: What is the tallest mountain?", "yes"),
        ("Anna: tell us a story", "yes"),
        ("Борис: подскажи рецепт", "yes"),
        ("Борис: пойду спать", "no"),
        ("Anna: I like tea", "no"),
        ("Anna: Борис, are you coming?", "no"),
    ],
)
def test_the_judge_says_yes_to_questions_and_wishes(last: str, word: str) -> None:
    system = "Would luka be expected to answer the last message? One word: yes or no."
    assert converse(asked(f"Борис: Привет\n{last}", system=system)).text == word

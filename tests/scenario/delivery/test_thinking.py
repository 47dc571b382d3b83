"""What a person who wants to see it sees of a model's thinking."""

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.rendered import utf16_len
from luka_bot.delivery.thoughts import LONGEST
from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.demo.telegram import LocalTelegram, Person, ShownMessage
from luka_bot.llm.connection import Timeouts
from luka_bot.llm.ollama import OllamaClient
from luka_bot.llm.protocol import ChatMessage, ChatRequest
from luka_bot.models.events import Cut, Thinking, ToolCall
from luka_bot.models.message import Role
from tests.scenario.delivery.writing import wait_for_text, writing

TITLE = "Thinking …"


def quotes(message: ShownMessage) -> list[tuple[object, str]]:
    """Kind and text of each."""
    units = message.text.encode("utf-16-le")
    return [
        (
            one["type"],
            units[int(str(one["offset"])) * 2 :][: int(str(one["length"])) * 2].decode("utf-16-le"),
        )
        for one in message.entities
        if "blockquote" in str(one["type"])
    ]


async def test_thoughts_are_shown_as_they_come_and_folded_above_the_answer(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier, thinking=TITLE) as answer:
        answer.model.say(Thinking("They greet me. "))
        growing = await wait_for_text(telegram, "They greet me.")
        answer.model.say(Thinking("So I greet them."), "\n", "Hello. ")
        await wait_for_text(telegram, "Hello.")
        answer.model.say(Thinking("Too late to be seen."))
        answer.model.finish("**Who** are you?")

    (message,) = telegram.shown(anna.id)
    assert growing.text == "Thinking …\nThey greet me."
    assert quotes(growing) == [("blockquote", "They greet me.")]
    folded = "💭 They greet me. So I greet them."
    assert message.text == f"{folded}\nHello. Who are you?"
    assert quotes(message) == [("expandable_blockquote", folded)]
    assert telegram.actions(anna.id) == []


async def test_long_thoughts_leave_the_answer_its_room_and_its_messages(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier, thinking=TITLE) as answer:
        answer.model.say(Thinking("🤔 hm " * 2000), Thinking("and so it is."))
        await wait_for_text(telegram, "and so it is.")
        answer.model.say("word " * 600)
        await wait_for_text(telegram, "word")
        answer.model.finish("word " * 600)

    first, second = telegram.shown(anna.id)
    ((kind, thought),) = quotes(first)
    assert (kind, thought[:5], thought[-6:]) == ("expandable_blockquote", "💭 … h", "it is.")
    assert LONGEST - 20 < utf16_len(thought) < LONGEST + 20
    assert (first.text + second.text).count("word") == 1200
    assert quotes(second) == []


async def test_thoughts_that_led_to_no_word_stand_above_the_reason(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    async with writing(courier, thinking=TITLE) as answer:
        answer.model.say(Thinking("Where to begin?"))
        await wait_for_text(telegram, "Where to begin?")
        answer.model.say(Cut())
        answer.model.end()
    async with writing(
        courier, shown=answer.bookmarks[-1], earlier="The old answer.", thinking=TITLE
    ) as answer:
        stopped = telegram.said(anna.id)
        answer.model.say(Thinking("Where to begin this time?"))
        await wait_for_text(telegram, "this time?")
        answer.model.say(Cut())
        answer.model.end()

    assert stopped == ["💭 Where to begin?\n\nStopped."]
    assert telegram.said(anna.id) == ["The old answer.\n\nStopped."]


async def test_a_model_s_thinking_comes_all_the_way_and_only_to_who_wants_it(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    request = ChatRequest("llama3.2", (ChatMessage(Role.USER, "Hello"),), 2048)
    timeouts = Timeouts(connect=5, first_token=5, idle=5)
    reply = Reply("Good day.", thinking="Be kind.")
    async with (
        ScriptedOllama.open(reply=reply) as server,
        OllamaClient.open(server.url, timeouts, keep_alive="1m") as model,
    ):
        for title in (TITLE, ""):
            async with writing(courier, thinking=title) as answer:
                events = [event async for event in model.stream(request)]
                answer.model.say(*[one for one in events if not isinstance(one, ToolCall)])
                answer.model.end()

    assert telegram.said(anna.id) == ["💭 Be kind.\nGood day.", "Good day."]

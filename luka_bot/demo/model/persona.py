"""The demo's model: says what it is, shows off, and remembers what it was sent."""

import re
from collections.abc import Callable
from dataclasses import replace

from luka_bot.demo.model import texts_en, texts_ru
from luka_bot.demo.model.characters import character_in
from luka_bot.demo.model.jobs import work
from luka_bot.demo.model.judge import is_judging, judge
from luka_bot.demo.model.memory import Heard, fold, hear, is_fold
from luka_bot.demo.model.reply import Asked, Reply
from luka_bot.demo.model.texts import Texts

FIRST_WORD = 0.35  # s; as long as a quick model reads
NEXT_WORD = 0.03  # s; about as fast as one reads along
WORKED = 24  # characters a chunk; the result of a job is read when it is done
QUOTE_LIMIT = 200  # characters of somebody's words that are said back

ADDRESS = re.compile(r"^\s*(?:@\w+|luka\s*[,:])[\s,:]*", re.IGNORECASE)
"""Whom the words are for, at their beginning."""

Talk = Callable[[Heard, Texts], Reply | str]


def converse(asked: Asked) -> Reply:
    """Answers in English or Russian, by the question's letters."""
    if is_fold(asked):
        return Reply(fold(asked))
    if is_judging(asked):
        return Reply(judge(asked))
    worked = work(asked)
    if isinstance(worked, Reply):
        return _at_human_pace(replace(worked, chunk=WORKED))
    heard = hear(worked)
    heard = replace(heard, question=ADDRESS.sub("", heard.question) or heard.question)
    texts = texts_ru.TEXTS if re.search(r"[Ѐ-ӿ]", heard.question) else texts_en.TEXTS
    talk = next((talk for pattern, talk in TALKS if pattern.search(heard.question)), _listen)
    if talk in (_listen, _hello, _abilities) and character_in(heard.system):
        talk = _in_character
    said = talk(heard, texts)
    return _at_human_pace(Reply(said) if isinstance(said, str) else said)


def _at_human_pace(reply: Reply) -> Reply:
    return replace(reply, delay_first=FIRST_WORD, delay_between=NEXT_WORD)


def _first(heard: Heard, texts: Texts) -> str:
    if not heard.said:
        return texts.nothing_before
    return texts.first.format(first=_quote(heard.said[0]))


def _last(heard: Heard, texts: Texts) -> str:
    if not heard.said:
        return texts.nothing_before
    return texts.last.format(last=_quote(heard.said[-1]))


def _count(heard: Heard, texts: Texts) -> str:
    earlier = texts.count_earlier(heard.earlier)
    mine = heard.earlier - heard.people
    return texts.count.format(earlier=earlier, people=heard.people, mine=mine)


def _own_name(heard: Heard, texts: Texts) -> str:
    if name := heard.name:
        return texts.your_name.format(name=name)
    if heard.speaker:
        return texts.marked_name.format(name=_quote(heard.speaker))
    return texts.no_name


def _greet_by_name(heard: Heard, texts: Texts) -> str:
    return texts.nice_to_meet.format(name=heard.name or heard.speaker)


def _hello(heard: Heard, texts: Texts) -> str:
    name = heard.name or _quote(heard.speaker)
    return texts.hello.format(name=f", {name}" if name else "")


def _think(heard: Heard, texts: Texts) -> Reply:
    subject = _quote(heard.question)
    return Reply(texts.thought.format(subject=subject), thinking=texts.thinking)


def _long(_: Heard, texts: Texts) -> Reply:
    parts = [
        texts.chapter.format(number=number, body=" ".join(texts.sentences[number % 3 :]))
        for number in range(1, 16)
    ]
    return Reply("\n\n".join([texts.long_title, *parts, texts.long_end]), chunk=48)


def _abilities(_: Heard, texts: Texts) -> str:
    return texts.abilities


def _in_character(heard: Heard, texts: Texts) -> str:
    lines = texts.characters[character_in(heard.system) or ""]
    name = f"**{_quote(heard.speaker)}**, " if heard.speaker else ""
    return lines[heard.people % len(lines)].format(name=name, question=_quote(heard.question))


def _listen(heard: Heard, texts: Texts) -> str:
    echo = texts.echo_named if heard.speaker else texts.echo
    echo = echo.format(question=_quote(heard.question), name=_quote(heard.speaker))
    memory = texts.fresh
    if heard.earlier:
        memory = texts.memory.format(earlier=texts.count_earlier(heard.earlier))
    return f"{echo}\n\n{memory}\n\n{texts.hint}"


def _quote(text: str) -> str:
    """One line, shortened, and without what would break the formatting around it."""
    line = " ".join(re.sub(r"[*_`\[\]<>|~#]", " ", text).split())
    return line if len(line) <= QUOTE_LIMIT else line[:QUOTE_LIMIT].rstrip() + "…"


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


TALKS: tuple[tuple[re.Pattern[str], Talk], ...] = (
    (_words(r"what did i (say|ask|write) first", r"first (message|question)",
            r"перв\w+ (сообщени|вопрос)",
            r"(сказал|спросил|написал)\w* (тебе |вам )?(сначала|сперва|перв)",
            r"что я (сначала|сперва)"), _first),
    (_words(r"what did i (just )?(say|ask|write)", r"last (message|question)", r"remember me",
            r"что я (только что )?(сказал|спросил|написал)",
            r"последн\w+ (сообщени|вопрос)"), _last),
    (_words(r"how many (messages|questions)", r"how much do you remember",
            r"сколько .{0,20}(сообщени|вопрос)", r"что (ты помнишь|вы помните)"), _count),
    (_words(r"what('s| is) my name", r"who am i", r"do you know my name",
            r"как меня зовут", r"кто я\b", r"мо[её] имя\s*\?", r"помни(шь|те) .{0,10}им"),
     _own_name),
    (_words(r"\bmy name is\b", r"\bcall me\b", r"\bменя зовут\b", r"\bзови(те)? меня\b"),
     _greet_by_name),
    (_words(r"what (can|could) (you|i) ", r"who are you", r"what are you", r"\bhelp\b",
            r"что (ты умеешь|ты можешь|вы умеете|вы можете)", r"кто (ты|вы)\b", r"\b(ты|вы) кто",
            r"помощь", r"помоги"),
     _abilities),
    (_words(r"markdown", r"format", r"маркдаун", r"формат"), lambda _, texts: texts.markdown),
    (_words(r"\btable", r"таблиц"), lambda _, texts: texts.table),
    (_words(r"\bcode\b", r"python", r"\bкод", r"программ"), lambda _, texts: texts.code),
    (_words(r"long (text|answer|story)", r"write .{0,20}long", r"длинн"), _long),
    (_words(r"\bthink\b", r"\breason", r"подума", r"поразмысли", r"порассужда"), _think),
    (_words(r"\bthank", r"спасибо", r"благодар"), lambda _, texts: texts.welcome),
    (_words(r"^\s*(hi|hello|hey|good (morning|evening|day))\b",
            r"^\s*(привет|здравствуй|добр\w+ (день|утро|вечер))"), _hello),
)  # fmt: skip

"""The scripted model asked whether somebody means it: yes to questions and wishes, else no."""

import re

from luka_bot.demo.model.memory import SPEAKER
from luka_bot.demo.model.reply import Asked

ASKED = re.compile(r"one word: yes or no\.", re.IGNORECASE)
WISH = re.compile(
    r"\?|\b(please|(tell|show|write|help|explain|give|suggest|count|make) (me|us|a|an|the)?)\b"
    r"|пожалуйста|\b(расскажи|покажи|напиши|помоги|объясни|подскажи|скажи|посоветуй|сделай)",
    re.IGNORECASE,
)


def is_judging(asked: Asked) -> bool:
    return ASKED.search(asked.system) is not None or ASKED.search(asked.question) is not None


def judge(asked: Asked) -> str:
    """By the last thing that was said; what begins with another one's name is that one's."""
    lines = [line for line in asked.question.splitlines() if line and not ASKED.search(line)]
    names = {found[1].lower() for line in lines if (found := SPEAKER.match(line))}
    last = SPEAKER.sub("", lines[-1], count=1) if lines else ""
    first, comma, _ = last.partition(",")
    if comma and first.strip().lower() in names:
        return "no"
    return "yes" if WISH.search(last) else "no"

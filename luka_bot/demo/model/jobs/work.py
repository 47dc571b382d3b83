"""The scripted model is given a job with tools: which of its trades it is for."""

import re
from dataclasses import replace

from luka_bot.demo.model.jobs import texts_en, texts_ru
from luka_bot.demo.model.jobs.code import FIX, TESTS, code
from luka_bot.demo.model.jobs.figures import figures
from luka_bot.demo.model.jobs.material import material_of
from luka_bot.demo.model.reply import Asked, Reply

CODE = re.compile(
    rf"\.py\b|script|\bbugs?\b|\bcode\b|скрипт|\bкод|{FIX.pattern}|{TESTS.pattern}", re.IGNORECASE
)
NEEDED = {"write_file", "read_file"}


def work(asked: Asked) -> Reply | Asked:
    """The answer, or the question without its files for who talks about anything."""
    if not asked.tools >= NEEDED:
        return asked
    material = material_of(asked)
    texts = texts_ru.TEXTS if re.search(r"[Ѐ-ӿ]", material.question) else texts_en.TEXTS
    trades = (code, figures) if CODE.search(material.question) else (figures, code)
    for trade in trades:
        if (reply := trade(material, texts)) is not None:
            return reply
    return replace(asked, question=material.question)

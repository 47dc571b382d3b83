"""Jobs about a Python script: its review, its mending, its tests."""

import ast
import re

from luka_bot.demo.model.jobs.edits import edited
from luka_bot.demo.model.jobs.material import Material
from luka_bot.demo.model.jobs.reading import Source, newest, read
from luka_bot.demo.model.jobs.review import Finding, Mistake, review
from luka_bot.demo.model.jobs.testing import tests_for
from luka_bot.demo.model.jobs.texts import JobTexts
from luka_bot.demo.model.jobs.writing import hand_over
from luka_bot.demo.model.reply import Reply

TESTS = re.compile(r"\btests?\b|тест", re.IGNORECASE)
FIX = re.compile(r"\bfix|\bmend|\bcorrect|исправ|почин", re.IGNORECASE)
FIXED = "_fixed.py"


def code(material: Material, texts: JobTexts) -> Reply | None:
    """None where there is no script."""
    source = newest(material, ".py")
    if not isinstance(source, Source):
        return source
    if TESTS.search(material.question):
        return _tests(material, texts, source)
    findings = review(source.text)
    if FIX.search(material.question):
        return _fix(material, texts, source, findings)
    if not findings:
        return Reply(texts.review_clean.format(name=source.name))
    told = {"count": len(findings), "lines": _lines(texts, findings)}
    return Reply(f"{texts.review.format(name=source.name, **told)}\n\n{texts.rules}")


def _fix(material: Material, texts: JobTexts, source: Source, findings: list[Finding]) -> Reply:
    if findings and findings[0].mistake is Mistake.SYNTAX:
        return _unreadable(texts, source.name, findings[0].about, findings[0].line)
    if not findings:
        return Reply(texts.nothing_to_fix.format(name=source.name))
    name = source.name.removesuffix(".py") + FIXED
    mended = edited(source.text, [edit for one in findings for edit in one.edits])
    lines = _lines(texts, findings)
    then = texts.fixed.format(name=source.name, written=name, lines=lines)
    return hand_over(material, texts, (name, mended), then)


def _tests(material: Material, texts: JobTexts, source: Source) -> Reply:
    """For the mended script, where an earlier job wrote one."""
    fixed = [name for name in material.earlier_files if name.endswith(FIXED)]
    found = read(material, fixed[-1]) if fixed else source
    if isinstance(found, Reply):
        return found
    try:
        file = tests_for(found.name, found.text)
    except SyntaxError as error:
        return _unreadable(texts, found.name, error.msg, error.lineno or 1)
    count = sum(isinstance(one, ast.FunctionDef) for one in ast.parse(file[1]).body)
    then = texts.tests.format(written=file[0], name=found.name, count=count)
    return hand_over(material, texts, file, then)


def _unreadable(texts: JobTexts, name: str, why: str, line: int) -> Reply:
    return Reply(texts.unreadable.format(name=name, why=why, line=line))


def _lines(texts: JobTexts, findings: list[Finding]) -> str:
    return "\n".join(
        texts.finding.format(line=one.line, about=one.about, text=texts.mistakes[one.mistake])
        for one in findings
    )

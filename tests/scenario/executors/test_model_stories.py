"""A model does the jobs that people have: figures, charts, feedback, code, in a thread each."""

import xml.etree.ElementTree as ET

from luka_bot.executors.job_talk import LEFT_OUT
from luka_bot.services.model_line import ModelLine
from luka_bot.workspaces.workspaces import Workspaces
from tests.scenario.executors.workshop import SALES, TAM, Terms, done, job, workshop

SCRIPT = '''\
"""Средние."""


def mean(numbers):
    return sum(numbers) / len(numbers)


def collect(one, known=[]):
    if one == None:
        return known
    try:
        known.append(one)
    except:
        pass
    return known
'''
FEEDBACK = """\
id,feedback
1,"Great tea, I love it"
2,The delivery was late again
3,"Late delivery, terrible"
4,The support was rude
5,It is a cup
"""


async def test_sales_are_analysed_and_the_reply_gets_its_chart(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line) as shop:
        file = await shop.hand_in("sales_data.csv", SALES)
        first = job(1, "Analyze this sales_data.csv and summarize key trends", file)
        analysed = await shop.run(first)
        second = job(2, "Create a bar chart showing the top 2 products by revenue")
        charted = await shop.run(done(first, analysed), second)
        chart = await shop.written(charted.outputs[0])

    assert "3,050.50" in analysed.output
    assert "| Coffee | 2,700.50 | 88.5% |" in analysed.output
    assert "| 2026-02 | 250.00 |" in analysed.output
    assert "scripted demo model" in analysed.output
    assert [one.name for one in charted.outputs] == ["revenue_chart.svg"]
    texts = [one.text for one in ET.fromstring(chart).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - ours
    assert texts[1:] == ["Coffee", "2,700.50", "Tea", "300.00"]
    assert "revenue_chart.svg" in charted.output
    assert shop.told[0] == "reading sales_data.csv"
    assert "writing revenue_chart.svg" in shop.told
    assert [one.person for one in shop.spent] == [TAM, TAM]
    assert shop.spent[1].usage.prompt_tokens > shop.spent[0].usage.prompt_tokens


async def test_a_script_is_reviewed_mended_and_tested(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line) as shop:
        file = await shop.hand_in("script.py", SCRIPT)
        first = job(1, "Review this Python script for bugs", file)
        reviewed = done(first, await shop.run(first))
        second = job(2, "Fix the bugs you found and explain the changes")
        fixed = done(second, await shop.run(reviewed, second))
        third = job(3, "Add unit tests for the fixed functions")
        tested = await shop.run(reviewed, fixed, third)
        mended = await shop.written(fixed.outputs[0])
        tests = await shop.written(tested.outputs[0])

    assert "**Findings: 4**" in reviewed.output
    assert fixed.outputs[0].name == "script_fixed.py"
    assert "def collect(one, known=None):\n    if known is None:\n        known = []" in mended
    assert "except Exception:" in mended
    assert '"""Средние."""' in mended
    assert [one.name for one in tested.outputs] == ["test_script_fixed.py"]
    assert "test_mean_of_nothing_is_zero" in tests
    assert "reading script_fixed.py" in shop.told
    compile(tests, "tests", "exec")


async def test_feedback_is_counted_narrowed_and_planned_for_in_russian_too(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line) as shop:
        file = await shop.hand_in("customer_feedback.csv", FEEDBACK)
        first = job(1, "Analyze customer_feedback.csv for sentiment trends", file)
        counted = done(first, await shop.run(first))
        second = job(2, "Focus on negative feedback: what are the top complaints?")
        narrowed = done(second, await shop.run(counted, second))
        planned = await shop.run(counted, narrowed, job(3, "Составь план по главным жалобам"))

    assert "Entries: 5; positive: 1, negative: 3, neutral: 1." in counted.output
    assert "1. **Delivery** (2×)" in narrowed.output
    assert planned.output.startswith("# План по главным жалобам (2)\n\n## 1. Доставка (2×)")


async def test_a_file_too_long_to_be_told_is_read_in_parts(
    workspaces: Workspaces, line: ModelLine
) -> None:
    rows = "".join(f"2026-01-{day % 28 + 1:02},Tea {day % 3},1,10\n" for day in range(500))
    async with workshop(workspaces, line, Terms(num_ctx=4096)) as shop:
        file = await shop.hand_in("sales.csv", f"date,product,quantity,revenue\n{rows}")
        outcome = await shop.run(job(1, "Analyse the sales", file))

    *_, before, last = [one["content"] for one in shop.heard() if one["role"] == "tool"]
    assert rows.endswith(last.partition("this is its end:\n")[2])
    assert before.startswith("sales.csv from character ")
    assert LEFT_OUT in str(shop.heard())
    assert "Rows: 500; products: 3; in all: 5,000.00." in outcome.output
    assert "| 2026-01 | 5,000.00 |" not in outcome.output  # one month is no trend

"""Modules of the page by themselves: Markdown, half-open Markdown, growing answers, pauses."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.scenario.browser.app.visiting import Visits

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
DRAWN = """([text, growing]) => import("/app/static/markdown.js").then(({ markdown }) => {
  const box = document.createElement("div");
  box.append(markdown(text, growing));
  for (const node of box.querySelectorAll("button, .code, .table")) {
    for (const { name } of [...node.attributes]) node.removeAttribute(name);
    if (node.tagName === "BUTTON") node.remove();
  }
  return box.innerHTML.replace(/ (?:target|rel|tabindex|scope)="[^"]*"/gu, "");
})"""
PAUSES = """() => import("/app/static/backoff.js").then(({ pause }) =>
  [0, 0.5, 0.999].map((luck) => [...Array(8).keys()].map((tries) => pause(tries, () => luck))))"""
GROWN = """(frames) => import("/app/static/talk.js").then(({ Talk }) => {
  const talk = new Talk();
  return frames.map((frame) => talk.grow({ stream_id: "a1.luka", ...frame })?.text ?? null);
})"""
WHOLE = {
    "a **b *c* d** ~~e~~": "<p>a <strong>b <em>c</em> d</strong> <s>e</s></p>",
    "snake_case_name 2 * 3 * 4": "<p>snake_case_name 2 * 3 * 4</p>",
    "`a **b**` ``c`d``": "<p><code>a **b**</code> <code>c`d</code></p>",
    "# One\n#### Two": "<h3>One</h3><h6>Two</h6>",
    "a\nb\n\nc": "<p>a<br>b</p><p>c</p>",
    "- a\n  - b\n- c\n\n3. d": "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    '<ol start="3"><li>d</li></ol>',
    "> a\n> > b": "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
    "---": "<hr>",
    "[a](https://b.org) <https://c.org> https://d.org/x_y_z.": '<p><a href="https://b.org">a</a> '
    '<a href="https://c.org">https://c.org</a> '
    '<a href="https://d.org/x_y_z">https://d.org/x_y_z</a>.</p>',
    "![a](https://b.org/c.png)": '<p><a href="https://b.org/c.png">a</a></p>',
    "[a](javascript:b) <b>": "<p>[a](javascript:b) &lt;b&gt;</p>",
    "```py\n<a> **b**\n```\nc": "<figure><figcaption><span>py</span></figcaption>"
    "<pre><code>&lt;a&gt; **b**</code></pre></figure><p>c</p>",
    "|a|b|\n|-|:-:|\n|1|`2`|": "<div><table><thead><tr><th>a</th><th>b</th></tr></thead>"
    "<tbody><tr><td>1</td><td><code>2</code></td></tr></tbody></table></div>",
}
HALF = {
    "a **b": "<p>a <strong>b</strong></p>",
    "a **b*": "<p>a <strong>b</strong></p>",
    "a **b *c": "<p>a <strong>b <em>c</em></strong></p>",
    "a **b** *": "<p>a <strong>b</strong></p>",
    "a `b *c": "<p>a <code>b *c</code></p>",
    "a [b](https://c": "<p>a b</p>",
    "a ~~b~": "<p>a <s>b</s></p>",
    "2 * 3": "<p>2 * 3</p>",
    "* a": "<ul><li>a</li></ul>",
    "```js\nlet **": "<figure><figcaption><span>js</span></figcaption>"
    "<pre><code>let **</code></pre></figure>",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(visits: Visits) -> AsyncIterator[Page]:
    page = await visits.browser.new_page()
    await page.goto(f"{visits.house.home}/app")
    await page.wait_for_selector("input")
    yield page
    await page.close()


async def test_markdown_becomes_nodes(page: Page) -> None:
    drawn = {text: await page.evaluate(DRAWN, [text, False]) for text in WHOLE}
    assert {text: one.replace("<p></p>", "") for text, one in drawn.items()} == WHOLE


async def test_markdown_that_still_grows_looks_as_it_will(page: Page) -> None:
    assert {text: await page.evaluate(DRAWN, [text, True]) for text in HALF} == HALF


async def test_pauses_double_to_half_a_minute_give_or_take_a_fifth(page: Page) -> None:
    least, usual, most = await page.evaluate(PAUSES)
    assert usual == [1, 2, 4, 8, 16, 30, 30, 30]
    assert least == pytest.approx([0.8 * one for one in usual])
    assert most == pytest.approx([1.2 * one for one in usual], rel=0.01)


async def test_who_comes_late_is_shown_the_whole_of_a_growing_answer_once(page: Page) -> None:
    frames = [
        {"n": 3, "delta": "c"},
        {"n": 3, "text": "abc"},
        {"n": 3, "delta": "c"},
        {"n": 4, "delta": "d"},
        {"n": 4, "text": "abcd"},
        {"n": 1, "delta": "x"},
        {"n": 2, "cancelled": True},
    ]
    grown = await page.evaluate(GROWN, frames)
    assert grown == ["… c", "abc", "abc", "abcd", "abcd", "x", None]

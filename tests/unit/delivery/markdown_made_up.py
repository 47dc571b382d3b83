"""Markdown as models write it, and worse, for the property tests."""

import re
from collections import Counter
from unicodedata import normalize

from hypothesis import strategies as st

from luka_bot.delivery.rendered import Rendered

_PIECES = (
    "**bold** ",
    "**half ",
    "*it* ",
    "_under_ ",
    "`code` ",
    "`half ",
    "~~gone~~ ",
    "List<String> ",
    "<script>alert(1)</script> ",
    "</think>after ",
    "<details>\nhidden\n</details>\n",
    "[link](https://example.org/a) ",
    "[bad](javascript:1) ",
    "handlers[name](event) ",
    "![pic](https://example.org/p.png) ",
    "a || b || c ",
    "$x^2$ ",
    "costs $5 or $6 ",
    "\\(\\frac{1}{2}\\) ",
    "\n\n",
    "\n",
    "- item\n",
    "  - inner\n",
    "7. seven\n",
    "> quoted\n",
    "# Head\n",
    "```py\nx = [1] < 2 || **y**\n```\n",
    "```\nopen ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "| a | b |\n|---|---|\n| 1 | 2 | three | four |\n| wide " + "w" * 60 + " | z |\n",
    "سلام دنیا ",
    "👩‍👩‍👧‍👦🇩🇪 ",
    "word ",
    "Some words, and more. ",
    "[note]: https://example.org\n",
    "[^1]: foot\n",
    "    indented <b>\n",
    "---\n",
)
_NOISE = st.text(alphabet="ab <>|*_`[](){}#$\\\n-1.~!&;:/é👍", max_size=9)
_MARKUP = re.compile(
    r"https?://example\.org[\w/.]*"  # a link's address
    r"|\\[A-Za-z]+|&\w+;"  # LaTeX commands and HTML's names of characters
    r"|[`~]{3,}[^\n]*"  # a fence and its language
)

markdowns = st.lists(st.one_of(st.sampled_from(_PIECES), _NOISE), max_size=30).map("".join)


def lost(markdown: str, *shown: Rendered) -> Counter[str]:
    """Letters that aren't markup and can't be read any more."""
    text = "".join(rendered.text for rendered in shown)
    found = Counter(filter(str.isalpha, text + normalize("NFKD", text)))
    return Counter(filter(str.isalpha, _MARKUP.sub("", markdown))) - found


def styled(rendered: Rendered, kind: str) -> list[str]:
    """The stretches of text under this kind of entity."""
    units = rendered.text.encode("utf-16-le")
    return [
        units[one.offset * 2 : one.end * 2].decode("utf-16-le")
        for one in rendered.entities
        if one.kind == kind
    ]

"""The page's text stands out from what it stands on, in both themes."""

import re
from itertools import product

import pytest

from luka_bot.demo.telegram.page_api import PAGE

Colour = tuple[float, float, float, float]
"""Red, green, blue, opacity; each from 0 to 1."""

ENOUGH = 4.5  # https://www.w3.org/TR/WCAG22/#contrast-minimum
SCENE = ("scene", "scene-a", "scene-b", "scene-c")
WHITE: Colour = (1, 1, 1, 1)
PAIRS = (
    *product(("ink", "ink-soft", "accent-ink"), ("panel", "panel-soft", "theirs")),
    *product(("ink", "ink-soft"), ("raised",)),
    *product(("theirs-meta", "danger"), ("theirs",)),
    *product(("danger", "online"), ("panel-soft",)),
    *product(("accent-ink", "ink"), ("accent-soft",)),
    *product(("ink", "ink-soft"), ("code",)),
    ("ink-soft", "code-head"),
    ("on-accent", "accent"),
    *product(("white", "mine-meta"), ("mine-from", "mine-to")),
    ("chosen-soft", "accent"),
)
"""Text, and what it stands on."""
LAYERS = (
    *product(("white",), ("pill",), SCENE),
    *product(("ink",), ("key", "key-hover"), SCENE),
    *product(("white",), ("mine-quote",), ("mine-from", "mine-to")),
)
"""Text, what lies under it and lets something through, and that."""


def colours(theme: str) -> dict[str, Colour]:
    """What the theme's variables say; the dark theme keeps what it doesn't change."""
    light, dark = (PAGE / "tokens.css").read_text().split(':root[data-theme="dark"]')
    found = {"white": WHITE}
    for block in (light, dark)[: 2 if theme == "dark" else 1]:
        named = re.findall(r"--([\w-]+): (#[0-9a-f]{6}|rgb\([^)]*\));", block.partition("}")[0])
        found |= {name: colour(value) for name, value in named}
    return found


def colour(value: str) -> Colour:
    if value.startswith("#"):
        red, green, blue = (one / 255 for one in bytes.fromhex(value[1:]))
        return red, green, blue, 1
    *parts, opacity = re.findall(r"[\d.]+", value)
    red, green, blue = (float(one) / 255 for one in parts)
    return red, green, blue, float(opacity) / 100


def over(upper: Colour, lower: Colour) -> Colour:
    part = upper[3]
    red, green, blue = (
        one * part + two * (1 - part) for one, two in zip(upper[:3], lower[:3], strict=True)
    )
    return red, green, blue, 1


def contrast(one: Colour, other: Colour) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    darker, lighter = sorted((brightness(one), brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def brightness(of: Colour) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in of[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "under"), PAIRS)
def test_text_can_be_read(theme: str, text: str, under: str) -> None:
    known = colours(theme)
    assert contrast(known[text], known[under]) >= ENOUGH


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "glass", "under"), LAYERS)
def test_text_on_glass_can_be_read(theme: str, text: str, glass: str, under: str) -> None:
    known = colours(theme)
    assert contrast(known[text], over(known[glass], known[under])) >= ENOUGH


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybodys_name_can_be_read(theme: str) -> None:
    lines = re.findall(
        r"(.*)\.sender\[data-hue=.*color: (#\w+)", (PAGE / "bubbles.css").read_text()
    )
    hues = [colour(value) for where, value in lines if ("dark" in where) == (theme == "dark")]
    bubble = colours(theme)["theirs"]
    assert len(hues) == 6
    assert [hue for hue in hues if contrast(hue, bubble) < ENOUGH] == []


def test_black_on_white_is_as_far_apart_as_can_be() -> None:
    assert contrast((0, 0, 0, 1), WHITE) == pytest.approx(21)

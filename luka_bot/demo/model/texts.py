"""The sentences that the demo's model has in each of its languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """Placeholders in braces are filled by the persona."""

    hello: str
    abilities: str
    first: str
    last: str
    count: str
    nothing_before: str
    your_name: str
    no_name: str
    nice_to_meet: str
    markdown: str
    table: str
    code: str
    thinking: str
    thought: str
    long_title: str
    chapter: str
    sentences: tuple[str, ...]
    long_end: str
    echo: str
    memory: str
    fresh: str
    hint: str
    welcome: str

"""The sentences that the demo's model has in each of its languages."""

from dataclasses import dataclass

from babel import Locale


@dataclass(frozen=True, slots=True)
class Texts:
    """Placeholders in braces are filled by the persona.

    characters has what each role says in turn, with {name} and {question}. earlier_messages has a
    form for each kind of number, as CLDR calls them.
    """

    language: str
    hello: str
    abilities: str
    first: str
    last: str
    count: str
    earlier_messages: dict[str, str]
    nothing_before: str
    your_name: str
    marked_name: str
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
    echo_named: str
    characters: dict[str, tuple[str, ...]]
    memory: str
    fresh: str
    hint: str
    welcome: str

    def count_earlier(self, number: int) -> str:
        forms = self.earlier_messages
        return forms[Locale(self.language).plural_form(number)].format(number=number)

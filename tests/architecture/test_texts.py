"""Every sentence that the code asks for exists, in every language, with the same places to fill."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Message

from luka_bot.locales import LANGUAGES, catalog_of
from tests.architecture.tree import ROOT, modules, place, syntax

PAGES = [ROOT / "luka_bot" / "web" / name / "templates" for name in ("admin", "jobs")]
MODULES = ROOT / "luka_bot" / "web" / "app" / "static"
CATALOGS = {language: catalog_of(language) for language in LANGUAGES}


def messages(language: str) -> dict[str, Message]:
    return {_key(message): message for message in CATALOGS[language] if message.id}


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)


def _places(message: Message) -> set[str]:
    return {name for form in _forms(message) for _, name, _, _ in Formatter().parse(form) if name}


def _tags(message: Message) -> list[list[str]]:
    return [sorted(re.findall(r"</?[a-z]+", form)) for form in _forms(message)]


def _words_calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Place, call and kind (`call`, `html` or `count`) of every `words(…)` in the package."""
    for path in modules("luka_bot"):
        for node in ast.walk(syntax(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            match ast.unparse(node.func).split("."):
                case [*_, "words"] | ["self", "_words"]:
                    yield place(path, node), node, "call"
                case [*_, "words" | "_words", "html" | "count" as kind]:
                    yield place(path, node), node, kind


def _literal_calls() -> Iterator[tuple[str, ast.Call, str, str]]:
    for where, call, kind in _words_calls():
        match call.args[0]:
            case ast.Constant(value=str(key)):
                yield where, call, kind, key


def _templates() -> str:
    """Of all pages: templates, or the modules of the one that has none."""
    files = [path for folder in PAGES for path in sorted(folder.glob("*.html"))]
    files += sorted(MODULES.glob("*.js"))
    return "\n".join(path.read_text("utf-8") for path in files)


def _in_pages(ending: str) -> set[str]:
    """What pages call the words with; ending: what follows the literal."""
    return set(re.findall(rf'\b(?:t|html|counted)\("([\w.]+)"{ending}', _templates()))


def _mentioned() -> set[str]:
    """All whole strings of the package: keys also stand in tables."""
    in_tables = set(re.findall(r'"([\w.]+)"', _templates()))
    return in_tables | {
        node.value
        for path in modules("luka_bot")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _prefixes() -> set[str]:
    """What `words(f"commands.{name}")` and `t("web.page." ~ name)` begin with."""
    return _in_pages(" ~") | {
        str(start.value)
        for _, call, _ in _words_calls()
        if isinstance(call.args[0], ast.JoinedStr)
        and isinstance(start := call.args[0].values[0], ast.Constant)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_looked_over(language: str) -> None:
    unfinished = [
        key
        for key, message in messages(language).items()
        if message.fuzzy or not all(form.strip() for form in _forms(message))
    ]

    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_plural_form(language: str) -> None:
    wrong = [
        key
        for key, message in messages(language).items()
        if message.pluralizable
        and (
            message.id[1] != f"{key}#many" or len(_forms(message)) != CATALOGS[language].num_plurals
        )
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_the_same(language: str) -> None:
    english, other = messages("en"), messages(language)

    assert other.keys() == english.keys()
    assert [key for key in english if _places(english[key]) != _places(other[key])] == []
    assert [key for key in english if english[key].pluralizable != other[key].pluralizable] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_tags_in_a_sentence_are_closed_and_the_same_in_all_languages(language: str) -> None:
    english = messages("en")
    for key, message in messages(language).items():
        for tags in _tags(message):
            assert sorted(tag[1:] for tag in tags if tag[1] != "/") == sorted(
                tag[2:] for tag in tags if tag[1] == "/"
            ), key
            assert tags == _tags(english[key])[0], key


def test_every_sentence_asked_for_exists() -> None:
    known = messages("en")

    missing = [(where, key) for where, _, _, key in _literal_calls() if key not in known]

    assert missing == []
    assert _in_pages("[,)]") - known.keys() == set()
    assert [start for start in _prefixes() if not any(key.startswith(start) for key in known)] == []


def test_every_sentence_is_asked_for() -> None:
    used, starts = _mentioned(), tuple(_prefixes())

    unused = [key for key in messages("en") if key not in used and not key.startswith(starts)]

    assert unused == []


def test_every_place_in_a_sentence_is_filled() -> None:
    known = messages("en")
    unfilled = []
    for where, call, kind, key in _literal_calls():
        given = {keyword.arg for keyword in call.keywords} | (
            {"number"} if kind == "count" else set()
        )
        if None not in given and not _places(known[key]) <= given:
            unfilled.append((where, key))

    assert unfilled == []


def test_sentences_with_a_number_are_asked_for_by_count_alone() -> None:
    known = messages("en")

    wrong = [
        (where, key)
        for where, _, kind, key in _literal_calls()
        if bool(known[key].pluralizable) != (kind == "count")
    ]

    assert wrong == []

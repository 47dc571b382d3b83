"""Text for people, in their language: `words_for("ru")("chats.header", count=3)`.

Every sentence stands under a symbolic key in each language's folder, in the `.po` of its subject.
They are read as they are, so that no build step can be forgotten.
"""

from functools import cache
from gettext import GNUTranslations
from html import escape
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "ru")
_FOLDER = Path(__file__).parent


class Words:
    """One language. Placeholders are `{name}`; an unknown key raises KeyError."""

    def __init__(self, language: str, catalog: GNUTranslations) -> None:
        self.language = language
        self._catalog = catalog

    def __call__(self, key: str, /, **values: object) -> str:
        """Plain text, for toasts, buttons and files."""
        return self._lookup(key).format(**values)

    def html(self, key: str, /, **values: object) -> str:
        """Telegram's HTML: the sentence may carry tags, the values can't."""
        return self._lookup(key).format(**_escaped(values))

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The plural form for the number, which is also `{number}`; HTML like `html`."""
        text = self._catalog.ngettext(key, key + "#many", number)
        if text in {key, key + "#many"}:
            raise KeyError(key)
        return text.format(number=number, **_escaped(values))

    def _lookup(self, key: str) -> str:
        text = self._catalog.gettext(key)
        if text == key:
            raise KeyError(key)
        return text


def words_for(language_code: str | None) -> Words:
    """Telegram's language code, such as `ru` or `pt-br`; what we don't speak becomes English."""
    language = (language_code or "").partition("-")[0].lower()
    return _load(language if language in LANGUAGES else "en")


def catalog_of(language: str) -> Catalog:
    """All subjects together. Raises ValueError where two of them have the same key."""
    whole = Catalog(locale=language)
    for path in sorted((_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.id in whole:
                    raise ValueError(f"{path.name} has {message.id} once more")
                if message.id:
                    whole[message.id] = message
    return whole


@cache
def _load(language: str) -> Words:
    compiled = BytesIO()
    write_mo(compiled, catalog_of(language))
    compiled.seek(0)
    return Words(language, GNUTranslations(compiled))


def _escaped(values: dict[str, object]) -> dict[str, str]:
    return {name: escape(str(value), quote=False) for name, value in values.items()}

"""A model's Markdown as Telegram shows it. Never loses text; markup that can't be kept is shown."""

from telegramify_markdown import MessageEntity, convert
from telegramify_markdown.config import RenderConfig

from luka_bot.delivery.rendered import Entity, Rendered, utf16_len
from luka_bot.delivery.shield import SAFE_URL, shielded
from luka_bot.delivery.styles import tidied

_UNWANTED = frozenset(
    {"custom_emoji", "underline"}
)  # only headings have the latter: bold is enough


def render(markdown: str) -> Rendered:
    """May be longer than one message, see pages and split. Always entities, never parse_mode."""
    text, found = convert(shielded(markdown), latex_escape=False, config=_LOOK)
    kept = text.strip("\n").rstrip()
    skipped = len(text) - len(text.lstrip("\n")) if kept else 0
    length = utf16_len(kept)
    entities = (_ours(entity, skipped, length) for entity in found)
    return Rendered(kept, tidied(entity for entity in entities if entity))


def plain(rendered: Rendered) -> Rendered:
    """The same text without any style, for when Telegram refuses the entities."""
    return Rendered(rendered.text)


def _ours(entity: MessageEntity, skipped: int, length: int) -> Entity | None:
    """None where nothing is left of it; skipped counts the newlines taken off the front."""
    start = max(entity.offset - skipped, 0)
    end = min(entity.offset - skipped + entity.length, length)
    if end <= start:
        return None
    url = entity.url or ""
    if entity.type in _UNWANTED or (entity.type == "text_link" and not SAFE_URL.match(url)):
        return None
    language = (entity.language or "").split(maxsplit=1)
    return Entity(entity.type, start, end - start, url, language[0] if language else "")


def _look() -> RenderConfig:
    look = RenderConfig.isolated()
    look.cite_expandable = False
    symbols = look.markdown_symbol
    symbols.heading_level_1 = symbols.heading_level_2 = ""
    symbols.heading_level_3 = symbols.heading_level_4 = ""
    symbols.unordered_list_item = "\N{BULLET}"
    return look


_LOOK = _look()

"""A model's Markdown as Telegram shows it. Never loses text; markup that can't be kept is shown."""

from luka_bot.delivery.rendered import Rendered


def render(markdown: str) -> Rendered:
    """May be longer than one message, see pages and split. Always entities, never parse_mode."""
    raise NotImplementedError


def plain(markdown: str) -> Rendered:
    """The same text without any style, for when Telegram refuses the entities."""
    raise NotImplementedError

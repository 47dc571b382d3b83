"""What is easier seen than read, as PNG. Drawing takes the processor: call it in a thread."""

from luka_bot.pictures.stats import draw_stats

__all__ = ["draw_stats"]

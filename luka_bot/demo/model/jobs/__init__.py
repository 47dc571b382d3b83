"""What the demo's model really does with people's files: sums, charts, simple checks of code."""

from luka_bot.demo.model.jobs.work import work

__all__ = ["work"]

"""What a model's server refuses about tools; the tree stands in errors.py."""

from luka_bot.models.errors import ModelFailed


class ToolsUnknown(ModelFailed):
    """The model can't use the tools that it was offered; without them it may answer."""

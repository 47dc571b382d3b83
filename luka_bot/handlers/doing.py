"""What a handler does, as it is registered: without a word of it nobody may."""

from luka_bot.models.rights import Action

FLAG = "action"


def does(action: Action) -> dict[str, Action]:
    """For `flags=`."""
    return {FLAG: action}

"""The settings, for whoever reads what a command prints."""

import sys

from luka_bot.config import Settings, load_settings
from luka_bot.logs import configure_logs
from luka_bot.models.errors import SettingsInvalid


def read_settings(*, quiet: bool = True) -> Settings:
    """quiet: only warnings are logged. Ends the process where the settings are wrong."""
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        sys.exit(f"The settings need mending:\n{error}")
    configure_logs("warning" if quiet else settings.log_level)
    return settings

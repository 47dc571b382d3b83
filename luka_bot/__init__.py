"""A self-hosted AI assistant that lives in Telegram."""

__version__ = "0.1.0"

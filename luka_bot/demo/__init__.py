"""A Telegram and a model of our own, for the demo and for the tests."""

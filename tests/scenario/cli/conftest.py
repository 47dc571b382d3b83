"""The house of the scenarios about people, for commands beside a running luka."""

from tests.scenario.people.conftest import house

__all__ = ["house"]

"""Weeks of use in minutes: whether luka and its Redis stay as small as they were."""

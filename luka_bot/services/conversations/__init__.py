"""Conversations of several people and agents."""

"""Telegram's way out."""

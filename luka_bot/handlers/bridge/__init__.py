"""Telegram's side of conversations: what others said, and agents' answers as they grow."""

"""Telegram's door: it translates, calls one service and hands over."""

"""The rules of the house; no Telegram, no HTTP, no Redis."""

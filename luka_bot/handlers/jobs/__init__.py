"""Jobs and files, as people see them in Telegram."""

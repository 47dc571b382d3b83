"""How fast luka is, beside the least that can be called a streaming bot."""

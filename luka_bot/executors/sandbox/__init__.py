"""Where a command does its work: what it may see and use, and that nothing of it is left."""

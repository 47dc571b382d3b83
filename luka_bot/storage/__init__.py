"""Redis, and nobody else knows it."""

"""The page of conversations."""

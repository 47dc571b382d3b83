"""What a bot has to notice about itself, so that it is never deaf in silence."""

"""The real bot under load, killed at random: what people said, compared with what they got."""

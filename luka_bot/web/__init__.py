"""HTTP's door: the webhook, health and metrics."""

"""What an operator can measure; each metric is declared here and counted where it happens."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

__all__ = ["REGISTRY", "Counter", "Gauge", "Histogram"]

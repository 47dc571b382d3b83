"""Writes docs/metrics.md from what is declared, so that it stays true."""

from luka_bot import metrics_chat, metrics_jobs
from luka_bot.metrics import DECLARED, Declared
from luka_bot.web.chat import counters

_DECLARING = (metrics_chat, metrics_jobs, counters)  # what is declared beside metrics.py

_TOP = """\
# Metrics

luka tells [Prometheus](https://prometheus.io) what it does at
`http://WEB_HOST:WEB_PORT/metrics`, by default on this machine alone. Where Prometheus runs
elsewhere, set `WEB_HOST` to an address that it reaches, and let nobody else reach it: the page
holds no names, no chats and no texts, but it tells how much your bot is used.

```yaml
scrape_configs:
  - job_name: luka
    static_configs:
      - targets: ["127.0.0.1:5001"]
```

With docker compose no port is published, so let Prometheus run in luka's network (`docker network
ls` shows it as `luka_default`), where it finds every bot by itself:

```yaml
scrape_configs:
  - job_name: luka
    dns_sd_configs:
      - names: [bot]
        type: A
        port: 5001
```

With several replicas all of them have to be asked: every process counts its own work, so counters
and histograms are added up (`sum`). `luka_inbox_depth`, `luka_inbox_oldest_seconds`,
`luka_dead_letters_kept`, `luka_replicas` and `luka_jobs` are asked of Redis at each scrape and are
the same from all of them, so take one (`max`). While Redis is away these five are `NaN`, and all
others are there as ever.

[grafana/luka.json](grafana/luka.json) is a dashboard for Grafana (Dashboards, New, Import). What
its alarms mean and what to do is in [operations.md](operations.md).

Beside the metrics of this table there are those of the process (`process_resident_memory_bytes`,
`process_cpu_seconds_total`, `process_open_fds`, on Linux) and of Python's garbage collection
(`python_gc_…`).

This page is written by `make docs` from `luka_bot/metrics.py` and `luka_bot/metrics_*.py`.

| metric | kind | labels | what it tells |
|---|---|---|---|
"""


def page() -> str:
    """The text of docs/metrics.md."""
    return _TOP + "".join(_row(metric) for metric in sorted(DECLARED, key=lambda one: one.name))


def _row(metric: Declared) -> str:
    labels = ", ".join(f"`{label}`" for label in metric.labels)
    return f"| `{metric.name}` | {metric.kind} | {labels} | {metric.text} |\n"

"""What an operator can measure of jobs."""

from luka_bot.metrics import counter, gauge, histogram
from luka_bot.models.job import ENDED, JobState

JOBS = gauge("jobs", "Jobs that are kept, by their state.", "state")
JOBS_ENDED = counter(
    "jobs_ended_total", "Jobs that a worker of this process ended, by how.", "state"
)
JOB_SECONDS = histogram(
    "job_seconds",
    "How long a worker did one job that it completed.",
    (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200),
)
JOB_LAPSES = counter(
    "job_lapses_total", "Jobs whose worker was lost, so that they waited again or had failed."
)

for _state in JobState:
    JOBS.labels(_state.value)
for _state in ENDED:
    JOBS_ENDED.labels(_state.value)

"""What handlers of admins' jobs get, wired."""

import time

from luka_bot.composition import Services
from luka_bot.handlers.admin.job_desk import AdminJobs
from luka_bot.handlers.admin.job_reading import JobReading
from luka_bot.handlers.admin.job_refusing import JobRefusing
from luka_bot.household import Household
from luka_bot.job_office import JobOffice
from luka_bot.storage.job_questions import JobQuestions


def open_job_desks(jobs: JobOffice, services: Services, house: Household) -> dict[str, object]:
    """By the names under which handlers ask for them."""
    courier, questions = house.courier, JobQuestions(services.storage)
    return {
        "admin_jobs": AdminJobs(jobs.service, courier, time.time),
        "job_refusing": JobRefusing(jobs.service, questions, courier),
        "job_reading": JobReading(jobs.service, jobs.workspaces, courier),
    }

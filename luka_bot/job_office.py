"""Jobs and people's files, wired: for the bot, the worker and the command line alike."""

import time
from dataclasses import dataclass
from pathlib import Path

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.models.person import Person
from luka_bot.services.jobs.by_hand import ByHand
from luka_bot.services.jobs.job_service import JobRules, JobService
from luka_bot.storage.job_cards import JobCards
from luka_bot.storage.job_forgetting import JobForgetting
from luka_bot.storage.job_import import JobImport
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore
from luka_bot.workspaces.workspaces import WorkspaceLimits, Workspaces

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class JobOffice:
    """What doors and workers need of jobs."""

    service: JobService
    by_hand: ByHand
    store: JobStore
    runs: JobRuns
    cards: JobCards
    workspaces: Workspaces
    bringing: JobImport


def open_job_office(settings: Settings, services: Services) -> JobOffice:
    """From then on who is forgotten is forgotten in jobs, too."""
    store, cards = JobStore(services.storage, time.time), JobCards(services.storage)
    services.forgetting.follow(JobForgetting(services.storage, store).forget)
    types = {name: kind.executor for name, kind in settings.kinds_of_jobs.items()}
    auto = settings.processing_mode == "auto"
    most = settings.jobs.waiting_per_person
    rules = JobRules(types, auto, settings.max_concurrent_jobs, most)
    return JobOffice(
        JobService(store, cards, services.audit, rules),
        ByHand(store, services.audit),
        store,
        JobRuns(services.storage, time.time),
        cards,
        open_workspaces(settings),
        JobImport(services.storage),
    )


def open_workspaces(settings: Settings) -> Workspaces:
    root = Path(settings.workspaces_dir) if settings.workspaces_dir else None
    jobs = settings.jobs
    limits = WorkspaceLimits(jobs.quota_mb * MB, jobs.files, jobs.endings)
    root = root or settings.data_dir / "workspaces"
    return Workspaces(root, limits, time.time, settings.time_zone)


def folder_of(person: Person) -> str:
    """No account's name is digits alone, so that nobody gets another's folder by a name."""
    return person.folder or f"users/{person.user_id}"

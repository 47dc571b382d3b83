"""The executor of jobs that a model does, wired."""

import time

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.executors.job_model import JobModel
from luka_bot.executors.model import JobRules, ModelExecutor
from luka_bot.services.ledger import Ledger
from luka_bot.workspaces.workspaces import Workspaces


def model_executor(settings: Settings, services: Services, workspaces: Workspaces) -> ModelExecutor:
    """It stands in the same line for the model as everybody's questions."""
    llm = services.llm
    ledger = Ledger(services.stats, services.background, time.time)
    rules = JobRules(
        settings.kinds_of_jobs,
        settings.jobs.timeout,
        llm.defaults,
        llm.calibration,
        ledger.spent,
    )
    return ModelExecutor(JobModel(services.model, services.work.line), workspaces, rules)

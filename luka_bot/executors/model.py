"""A model does the job: it is told the whole thread, and has tools for the person's files."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from luka_bot.config_fields.jobs import JobType
from luka_bot.executors import job_news
from luka_bot.executors.job_bill import Bill
from luka_bot.executors.job_desk import Desk
from luka_bot.executors.job_model import JobModel, Said
from luka_bot.executors.job_prompt import JobPrompt
from luka_bot.executors.job_talk import JobTalk
from luka_bot.executors.job_tools import TOOLS
from luka_bot.executors.thread_files import read_files
from luka_bot.llm.protocol import ChatRequest
from luka_bot.models.errors import AnswerEmpty, ContextTooLong, ModelError
from luka_bot.models.job import Failure, Job
from luka_bot.models.job_errors import JobFailed
from luka_bot.models.stats import Spent
from luka_bot.models.tool_errors import ToolsUnknown
from luka_bot.services.jobs.work import Outcome, Tell, Work
from luka_bot.services.llm_service import ModelDefaults
from luka_bot.services.prompt import Budget
from luka_bot.services.tokens import Calibration
from luka_bot.workspaces.workspaces import Workspaces

ROUNDS = 30  # times that the model may ask for tools; then it has to answer
PER_TOKEN = 8  # characters; only what is nearly blank has more in each of its tokens


@dataclass(frozen=True, slots=True)
class JobRules:
    """kinds: settings.kinds_of_jobs. timeout: seconds of a job. spent: told what each one took."""

    kinds: Mapping[str, JobType]
    timeout: float
    defaults: ModelDefaults
    calibration: Calibration
    spent: Callable[[Spent], None]


class ModelExecutor:
    """An Executor."""

    def __init__(self, model: JobModel, workspaces: Workspaces, rules: JobRules) -> None:
        self._model = model
        self._workspaces = workspaces
        self._rules = rules

    async def run(self, work: Work, tell: Tell) -> Outcome:
        timeout = asyncio.timeout(self._rules.timeout)
        try:
            with Bill(work.job.owner, self._model_of(work.job), self._rules.spent) as bill:
                async with timeout:
                    return await self._done(work, bill, tell)
        except TimeoutError as error:
            if not timeout.expired():
                raise
            raise JobFailed(Failure.TIME, f"{self._rules.timeout:g} s") from error
        except ContextTooLong as error:
            raise JobFailed(Failure.CONTEXT, f"num_ctx {error.limit:,}") from error
        except ModelError as error:
            raise JobFailed(Failure.MODEL, type(error).__name__) from error

    async def _done(self, work: Work, bill: Bill, tell: Tell) -> Outcome:
        limit = self._rules.defaults.num_ctx * PER_TOKEN
        files = await read_files(work, self._workspaces, limit, tell)
        desk = Desk(self._workspaces, work.job, files, tell)
        rounds = _Rounds(self._talk_of(JobPrompt(work, files, self._system(work.job)), work.job))
        texts: list[str] = []
        while True:
            said = await self._ask(rounds, work.job, tell)
            bill.add(said.usage)
            texts += [said.text] if said.text else []
            if not said.calls:
                return _outcome(said, texts, desk)
            results = [await desk.serve(call, rounds.talk.part) for call in said.calls]
            rounds.talk.add(said.text, said.calls, results)
            rounds.left -= 1

    async def _ask(self, rounds: "_Rounds", job: Job, tell: Tell) -> Said:
        async def heard(length: int) -> None:
            await tell(job_news.answering(job, length))

        while True:
            request = ChatRequest(
                self._model_of(job),
                rounds.talk.messages(),
                self._rules.defaults.num_ctx,
                TOOLS if rounds.tools and rounds.left > 0 else (),
            )
            try:
                return await self._model.ask(request, job.owner, heard)
            except ToolsUnknown:
                rounds.tools = False
                rounds.talk.without_tools()
            except ContextTooLong:
                if not rounds.talk.shrink():
                    raise

    def _talk_of(self, prompt: JobPrompt, job: Job) -> JobTalk:
        factor = self._rules.calibration.factor(self._model_of(job))
        return JobTalk(prompt, Budget.of(self._rules.defaults.num_ctx, factor))

    def _model_of(self, job: Job) -> str:
        return self._kind(job).model or job.model or self._rules.defaults.model()

    def _system(self, job: Job) -> str:
        kind = self._kind(job)
        return kind.system_prompt or job.system_prompt or self._rules.defaults.system_prompt

    def _kind(self, job: Job) -> JobType:
        """A type may have been taken out of the settings since."""
        return self._rules.kinds.get(job.job_type, JobType())


@dataclass(slots=True)
class _Rounds:
    talk: JobTalk
    tools: bool = True
    left: int = ROUNDS


def _outcome(said: Said, texts: list[str], desk: Desk) -> Outcome:
    """A model that has done everything sometimes says nothing more."""
    output = said.text or "\n\n".join(texts)
    if not output and not desk.written:
        raise AnswerEmpty
    names = ", ".join(f"`{file.name}`" for file in desk.written)
    return Outcome(output or names, desk.written)

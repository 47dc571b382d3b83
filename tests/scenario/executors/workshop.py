"""Jobs for a model: the scripted one over HTTP, and a person's real folder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from luka_bot.config_fields.jobs import JobType
from luka_bot.demo.model import Asked, Reply, ScriptedOllama
from luka_bot.demo.model.persona import converse
from luka_bot.executors.job_model import JobModel
from luka_bot.executors.model import JobRules, ModelExecutor
from luka_bot.models.ids import JobId, UserId
from luka_bot.models.job import Job, JobFile, JobState
from luka_bot.models.stats import Spent
from luka_bot.services.jobs.work import Outcome, Work
from luka_bot.services.llm_service import ModelDefaults
from luka_bot.services.model_line import ModelLine
from luka_bot.services.tokens import Calibration
from luka_bot.workspaces.workspaces import Workspaces
from tests.scenario.model.asking import client_of

FOLDER = "users/tam"
TAM = UserId(7)
AT_ONCE = (0.0,) * 3
SALES = """\
date,product,quantity,revenue
2026-01-05,Tea,10,100.00
2026-01-20,Coffee,4,"1,200.50"
2026-02-03,Tea,20,200.00
2026-02-11,Cocoa,1,50.00
2026-03-01,Coffee,5,1500.00
2026-03-02,Honey <raw>,2,?
"""


def at_once(asked: Asked) -> Reply:
    """The demo's model without its human pace."""
    return replace(converse(asked), chunk=4096, delay_first=0.0, delay_between=0.0)


@dataclass
class Workshop:
    """told: the lines of progress. spent: what each job took."""

    model: ScriptedOllama
    workspaces: Workspaces
    executor: ModelExecutor
    spent: list[Spent]
    told: list[str] = field(default_factory=list)

    async def hand_in(self, name: str, content: str | bytes) -> JobFile:
        async def chunks() -> AsyncIterator[bytes]:
            yield content.encode() if isinstance(content, str) else content

        return await self.workspaces.receive(FOLDER, name, chunks(), 1_000_000)

    async def run(self, *thread: Job) -> Outcome:
        return await self.executor.run(Work(thread[-1], thread), self._tell)

    async def written(self, file: JobFile) -> str:
        return (await self.workspaces.read(FOLDER, file.path, 1_000_000)).decode()

    def heard(self, request: int = -1) -> list[dict[str, Any]]:
        """The messages that the model was sent."""
        messages: list[dict[str, Any]] = self.model.requests[request]["messages"]
        return messages

    async def _tell(self, line: str) -> None:
        self.told.append(line)


def job(number: int, prompt: str, *files: JobFile, **fields: Any) -> Job:  # noqa: ANN401 - a Job's
    state = JobState.COMPLETED if fields.get("output") else JobState.PROCESSING
    return Job(
        id=JobId(number),
        thread_id=JobId(1),
        owner=TAM,
        owner_name="tam",
        folder=FOLDER,
        prompt=prompt,
        files=files,
        **{"state": state, "created_at": float(number), **fields},
    )


def done(asked: Job, outcome: Outcome) -> Job:
    return replace(asked, state=JobState.COMPLETED, output=outcome.output, outputs=outcome.outputs)


@dataclass(frozen=True)
class Terms:
    num_ctx: int = 8192
    timeout: float = 60.0
    pauses: tuple[float, ...] = AT_ONCE
    gives_way: float = 60.0
    kinds: dict[str, JobType] = field(default_factory=dict)


@asynccontextmanager
async def workshop(
    workspaces: Workspaces,
    line: ModelLine,
    terms: Terms = Terms(),
    **model: Any,  # noqa: ANN401 - a server's
) -> AsyncIterator[Workshop]:
    """model: as ScriptedOllama.open has it."""
    await workspaces.prepare(FOLDER)
    defaults = ModelDefaults(lambda: "llama3.2", "Be kind.", terms.num_ctx)
    spent: list[Spent] = []
    rules = JobRules(terms.kinds, terms.timeout, defaults, Calibration(), spent.append)
    async with (
        ScriptedOllama.open(**{"reply": at_once, **model}) as scripted,
        client_of(scripted.url) as client,
    ):
        asked = JobModel(client, line, pauses=terms.pauses, gives_way=terms.gives_way)
        yield Workshop(scripted, workspaces, ModelExecutor(asked, workspaces, rules), spent)

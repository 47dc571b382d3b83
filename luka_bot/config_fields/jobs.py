"""Jobs: who lets them run, who does them, and how much of the machine they may have."""

import re
import shlex
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from luka_bot.config_fields.chat import Group
from luka_bot.config_types import lower

_TYPE = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}", re.ASCII)  # it must fit a button's 64 bytes
MB = 1_000_000
EXECUTORS = ("model", "command", "manual")


def _splits(line: str) -> str:
    try:
        shlex.split(line)
    except ValueError:
        raise PydanticCustomError("command", "has a quote that isn't closed") from None
    return line


CommandLine = Annotated[str, AfterValidator(_splits)]


class JobType(Group):
    title: str = Field(default="", description="As people see it. Empty: its name.")
    executor: Annotated[Literal["model", "command", "manual"], BeforeValidator(lower)] = Field(
        default="model",
        description="Who does it: `model`, `command` (see JOBS__COMMAND), or `manual`, which is a "
        "person with `luka-bot jobs`.",
    )
    model: str = Field(default="", description="Of `model`; empty: the one of the person's thread.")
    system_prompt: str = Field(default="", description="Of `model`; empty: the usual one.")
    command: CommandLine = Field(default="", description="Of `command`; empty: JOBS__COMMAND.")


class JobSettings(Group):
    command: CommandLine = Field(
        default="",
        description="What does jobs of executor `command`, as in a shell's line but run without a "
        "shell, such as `claude -p` or `codex exec -`. It works in the person's folder, and reads "
        "what is asked, with the whole thread, from its standard input.",
    )
    timeout: float = Field(
        default=900.0, gt=0, description="Seconds that a job may take; then it has failed."
    )
    network: bool = Field(
        default=False,
        description="Whether commands may use the network. Where it can't be kept from them, "
        "luka says so at its start and in `luka-bot doctor`.",
    )
    memory_mb: int = Field(default=2048, ge=64, description="Memory of a command, in MB.")
    processes: int = Field(default=64, ge=1, description="Processes that a command may have.")
    passed_env: str = Field(
        default="",
        description="Names of environment variables that commands are given, with commas, such as "
        "`ANTHROPIC_API_KEY`; they get no others.",
    )
    readable: str = Field(
        default="",
        description="Folders besides the system's that commands may read, with commas, such as "
        "where an agent was installed.",
    )
    waiting_per_person: int = Field(
        default=20, ge=1, description="Jobs of one person that may wait or run at once."
    )
    quota_mb: int = Field(default=1000, ge=1, description="A person's folder, in MB.")
    files: int = Field(default=1000, ge=1, description="Files that a person's folder may hold.")
    upload_mb: int = Field(default=50, ge=1, description="A file by the page, in MB.")
    telegram_mb: int = Field(
        default=20,
        ge=1,
        description="A file by Telegram, in MB; its own Bot API gives bots no more than 20.",
    )
    kinds: str = Field(
        default="txt,md,csv,tsv,json,jsonl,yaml,yml,toml,xml,html,css,js,ts,py,sh,sql,log,ini,rst,"
        "c,h,cpp,java,go,rs,rb,php,pdf,doc,docx,xls,xlsx,ppt,pptx,odt,ods,odp,rtf,epub,ipynb,"
        "png,jpg,jpeg,gif,webp,svg,bmp,tiff,zip,tar,gz,parquet,mp3,wav,ogg,mp4",
        description="Endings of files that people may hand in, with commas.",
    )

    @property
    def endings(self) -> frozenset[str]:
        """Small, without a dot."""
        return frozenset(part.strip(" .").lower() for part in self.kinds.split(",") if part.strip())


class Jobs(BaseModel):
    processing_mode: Annotated[Literal["manual", "auto"], BeforeValidator(lower)] = Field(
        default="manual",
        description="`manual`: an admin approves each job; `auto`: every job is approved at once.",
    )
    max_concurrent_jobs: int = Field(
        default=1, ge=1, description="Jobs that are done at once, over all workers."
    )
    worker: bool = Field(
        default=True,
        description="Whether `luka-bot run` does jobs, too; 0 where `luka-bot worker` does them.",
    )
    workspaces_dir: str = Field(
        default="",
        description="The folder of people's files. Empty: `workspaces` in DATA_DIR. Workers on "
        "other machines need the same one.",
    )
    jobs: JobSettings = Field(default=JobSettings(), description="How jobs are done.")
    job_types: dict[str, JobType] = Field(
        default={},
        description="The types of jobs that people choose from, by name, in config.yaml; the first "
        "is the usual one. None: `general`, which the model does.",
    )

    @field_validator("job_types")
    @classmethod
    def _named(cls, types: dict[str, JobType]) -> dict[str, JobType]:
        wrong = [name for name in types if not _TYPE.fullmatch(name)]
        if wrong:
            raise PydanticCustomError(
                "job_types", "need names of at most 16 of a-z 0-9 _ -, such as `general`"
            )
        return types

    @property
    def kinds_of_jobs(self) -> dict[str, JobType]:
        """By name; never empty, the usual one first."""
        return self.job_types or {"general": JobType()}

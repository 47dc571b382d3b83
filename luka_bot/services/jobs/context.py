"""A job as text for whoever does it: what is asked, and everything of its thread up to it."""

from collections.abc import Callable, Sequence

from luka_bot.models.job import Job, JobFile

RULE = "=" * 60

Where = Callable[[JobFile], str]
"""A file's full path, with what is to be said of it where it isn't there any more."""


def job_text(thread: Sequence[Job], where: Where) -> str:
    """thread: up to the job, which is the last, oldest first. Nothing is cut."""
    job = thread[-1]
    lines = [f"JOB #{job.id}", f"Type:        {job.job_type}", f"User:        {job.owner_name}"]
    if len(thread) > 1:
        lines.append(f"Thread:      Part of conversation (Job #{job.thread_id})")
        lines.append(f"             {len(thread)} message(s) in thread")
    lines += ["", "INSTRUCTIONS:", job.prompt]
    if len(thread) > 1:
        lines += ["", *_conversation(thread)]
    files = [line for one in thread for line in _paths(one, where)]
    if files:
        lines += ["", "FILES OF THE THREAD:" if len(thread) > 1 else "FILES:", *files]
    return "\n".join(lines) + "\n"


def _conversation(thread: Sequence[Job]) -> list[str]:
    lines = [
        "CONVERSATION THREAD CONTEXT:",
        RULE,
        "Claude Code: You are processing a job in a conversation thread.",
        "Below is the full conversation history to give you context.",
    ]
    for number, job in enumerate(thread, 1):
        lines += ["", *_message(job, number, len(thread))]
    last = "End of conversation history. Process the current job with this context."
    return [*lines, RULE, last]


def _message(job: Job, number: int, total: int) -> list[str]:
    current = number == total
    mark = " >>> CURRENT JOB <<<" if current else ""
    lines = [f"[Message {number}/{total}] Job #{job.id}{mark}", f"User: {job.owner_name}"]
    lines += ["Prompt:", *_indented(job.prompt)]
    if job.files:
        lines += ["Files:", *(f"  - {file.name}" for file in job.files)]
    if not current:
        lines += ["Claude's Response:", *_indented(job.output)]
        if job.outputs:
            lines += ["Output files:", *(f"  - {file.name}" for file in job.outputs)]
    return lines


def _paths(job: Job, where: Where) -> list[str]:
    kinds = (("input", job.files), ("output", job.outputs))
    return [f"  - {where(file)} ({kind} of Job #{job.id})" for kind, some in kinds for file in some]


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.splitlines()] or ["  "]

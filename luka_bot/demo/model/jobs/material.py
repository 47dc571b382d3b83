"""A job as the scripted model finds it in what it was sent: what is asked, and what files say."""

import re
from dataclasses import dataclass

from luka_bot.demo.model.reply import Asked
from luka_bot.llm.protocol import ChatMessage
from luka_bot.models.message import Role

WHOLE = re.compile(
    r"^--- File: ([^\n]+) \([^\n]+\) ---\n(.*?)\n?^--- End of \1 ---$", re.DOTALL | re.MULTILINE
)
OFFERED = re.compile(r"^File: (.+) \(.+\): [\d,]+ bytes; read it", re.MULTILINE)
FILES_BEGIN = re.compile(r"\n\n(?:--- )?File: ")
EARLIER = re.compile(r"^- (.+) \(.+, job #\d+\)$", re.MULTILINE)
PART = re.compile(
    r"^.+ from character \d+ to \d+; (?:the next part has offset (\d+)|this is its end):\n"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What read_file said. follows: where the next part begins, 0 at the end; text is None if it
    isn't known (any more)."""

    text: str | None
    follows: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """question: without the files. files: texts by name, oldest first. offered: names of those that
    have to be read. earlier_files: written in jobs before. parts, wrote: what reading said, and
    writing, in this job, by name."""

    question: str
    files: dict[str, str]
    offered: tuple[str, ...]
    earlier_files: tuple[str, ...]
    parts: dict[str, list[Part]]
    wrote: dict[str, str]


def material_of(asked: Asked) -> Material:
    people = [one.content for one in asked.earlier if one.role is Role.USER] + [asked.question]
    files = {name: text for told in people for name, text in WHOLE.findall(told)}
    results = [one for one in asked.since if one.answers is not None]
    calls = [call for one in asked.since for call in one.tool_calls]
    parts: dict[str, list[Part]] = {}
    wrote: dict[str, str] = {}
    for call, result in zip(calls, results, strict=False):
        name = str(call.arguments.get("name", ""))
        if call.name == "read_file":
            parts.setdefault(name, []).append(_part(result))
        elif call.name == "write_file":
            wrote[name] = result.content
    return Material(
        question=FILES_BEGIN.split(asked.question, maxsplit=1)[0],
        files=files,
        offered=tuple(name for told in people for name in OFFERED.findall(told)),
        earlier_files=tuple(EARLIER.findall(asked.system)),
        parts=parts,
        wrote=wrote,
    )


def _part(result: ChatMessage) -> Part:
    found = PART.match(result.content)
    if found is None:
        return Part(None)
    return Part(result.content[found.end() :], int(found[1] or 0))

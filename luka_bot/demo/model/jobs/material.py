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
NOTES = "Notes up to here:\n"
PARTIAL_NOTES = "Notes of a part up to here:\n"
PART = re.compile(
    r"^.+ from character \d+ to \d+; (?:the next part has offset (\d+)|this is its end):\n"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What read_file said. follows: where the next part begins, 0 at the end. is_text: or it said
    that there is none."""

    text: str
    follows: int = 0
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class Material:
    """question: without the files. files: texts by name, oldest first. offered: names of those that
    have to be read. earlier_files: written in jobs before. parts, wrote: what reading said, and
    writing, in this job, by name. notes: our own, of the parts before the last."""

    question: str
    files: dict[str, str]
    offered: tuple[str, ...]
    earlier_files: tuple[str, ...]
    parts: dict[str, list[Part]]
    wrote: dict[str, str]
    notes: str
    notes_whole: bool


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
    noted = [one.content for one in asked.since if one.content.startswith((NOTES, PARTIAL_NOTES))]
    notes = noted[-1] if noted else ""
    known = notes.removeprefix(PARTIAL_NOTES).removeprefix(NOTES).rstrip("\n")
    return Material(
        question=FILES_BEGIN.split(asked.question, maxsplit=1)[0],
        files=files,
        offered=tuple(name for told in people for name in OFFERED.findall(told)),
        earlier_files=tuple(EARLIER.findall(asked.system)),
        parts=parts,
        wrote=wrote,
        notes=f"{known}\n" if known else "",  # whoever told us may have left out a last line feed
        notes_whole=not notes.startswith(PARTIAL_NOTES),
    )


def _part(result: ChatMessage) -> Part:
    found = PART.match(result.content)
    if found is None:
        return Part("", is_text=False)
    return Part(result.content[found.end() :], int(found[1] or 0))

"""Which file a job is about, and its whole text: read in parts where it wasn't told."""

from dataclasses import dataclass

from luka_bot.demo.model.jobs.material import Material
from luka_bot.demo.model.reply import Reply
from luka_bot.models.events import ToolCall


@dataclass(frozen=True, slots=True)
class Source:
    """whole: whether all of it could be kept in mind."""

    name: str
    text: str
    whole: bool = True


def newest(material: Material, ending: str) -> Source | Reply | None:
    """The last file with this ending, a call for its next part, or None where there is none."""
    for name in reversed([*material.files, *material.offered]):
        if name.lower().endswith(ending):
            return read(material, name)
    return None


def read(material: Material, name: str) -> Source | Reply:
    if name in material.files:
        return Source(name, material.files[name])
    parts = material.parts.get(name, [])
    if not parts or parts[-1].follows:
        offset = parts[-1].follows if parts else 0
        return Reply(calls=(ToolCall("read_file", {"name": name, "offset": offset}),))
    known = [part.text for part in parts if part.text is not None]
    return Source(name, "".join(known), whole=len(known) == len(parts))

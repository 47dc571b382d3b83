"""Which file a job is about, and its whole text: read in parts where it wasn't told."""

from dataclasses import dataclass

from luka_bot.demo.model.jobs.condensing import condensed
from luka_bot.demo.model.jobs.material import NOTES, PARTIAL_NOTES, Material
from luka_bot.demo.model.reply import Reply
from luka_bot.models.events import ToolCall

NOTES_LIMIT = 3000  # characters that are kept in mind besides the part that was just read


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
    if not parts:
        return _call(name, 0)
    text, whole = material.notes + parts[-1].text, material.notes_whole and parts[-1].is_text
    if not parts[-1].follows:
        return Source(name, text, whole=whole)
    notes = condensed(text)
    if len(notes) > NOTES_LIMIT:
        notes, whole = notes[: notes.find("\n") + 1], False
    return _call(name, parts[-1].follows, (NOTES if whole else PARTIAL_NOTES) + notes)


def _call(name: str, offset: int, notes: str = "") -> Reply:
    return Reply(notes, calls=(ToolCall("read_file", {"name": name, "offset": offset}),))

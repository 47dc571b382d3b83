"""What happens when the model asks for a tool: files of the person's own folder, and no others."""

from collections.abc import Sequence

from luka_bot.executors import job_news, job_tools
from luka_bot.executors.thread_files import ThreadFile
from luka_bot.models.events import ToolCall
from luka_bot.models.job import Job, JobFile
from luka_bot.models.job_errors import (
    FileGone,
    FileRefused,
    FileTooBig,
    OutsideWorkspace,
    QuotaFull,
    TooManyFiles,
)
from luka_bot.services.jobs.work import Tell
from luka_bot.workspaces.workspaces import Workspaces

FILES = 50  # that one job may write
LISTED = 200
READABLE = 10_000_000  # characters; to read a part, all before it is read, too
TOPS = ("users/", "shared/", "/")  # how a path begins that isn't below the person's folder


class Desk:
    """Of one job. Whatever is refused goes to the model in words: it may do better then."""

    def __init__(
        self, workspaces: Workspaces, job: Job, files: Sequence[ThreadFile], tell: Tell
    ) -> None:
        self._workspaces = workspaces
        self._job = job
        self._files = files
        self._tell = tell
        self._written: dict[str, JobFile] = {}

    @property
    def written(self) -> tuple[JobFile, ...]:
        return tuple(self._written.values())

    async def serve(self, call: ToolCall, part: int) -> str:
        """The result, for the model. part: characters that may be read at once."""
        name = call.arguments.get("name")
        try:
            match call.name, name:
                case job_tools.LIST, _:
                    return await self._list()
                case ((job_tools.WRITE | job_tools.READ), (None | "")):
                    return "Nothing was done: `name` is missing."
                case job_tools.WRITE, _:
                    return await self._write(str(name), call.arguments.get("content"))
                case job_tools.READ, _:
                    return await self._read(str(name), _whole(call.arguments.get("offset")), part)
        except FileRefused as error:
            return _refusal(error)
        names = ", ".join(tool.name for tool in job_tools.TOOLS)
        return f"There is no tool {call.name}, only {names}."

    async def _write(self, name: str, content: object) -> str:
        if not isinstance(content, str):
            return "Nothing was written: `content` must be the file's text."
        if len(self._written) >= FILES and name not in {one.name for one in self.written}:
            return f"Nothing was written: {FILES} files are all that one job may write."
        await self._tell(job_news.writing(self._job, name))
        data = content.encode(errors="replace")
        file = await self._workspaces.write(self._job.folder, name, data)
        self._written[file.path] = file
        return f"Written: {file.name}, {file.size:,} bytes."

    async def _read(self, name: str, offset: int, part: int) -> str:
        await self._tell(job_news.reading(self._job, name))
        if offset > READABLE:
            return f"Refused: only the first {READABLE:,} characters of a file can be read."
        folder, path = self._job.folder, self._path_of(name)
        text = await self._workspaces.text(folder, path, offset + part + 1)
        if text is None:
            return f"{name} is no text."
        found, more = text[offset : offset + part], len(text) > offset + part
        if more and "\n" in found[part // 2 :]:
            found = found[: found.rindex("\n") + 1]
        end = offset + len(found)
        rest = f"the next part has offset {end}" if more else "this is its end"
        return f"{name} from character {offset} to {end}; {rest}:\n{found}"

    async def _list(self) -> str:
        shelved = await self._workspaces.listed(self._job.folder)
        lines = [f"{one.file.path} ({one.file.size:,} bytes)" for one in shelved[:LISTED]]
        if len(shelved) > LISTED:
            lines.append(f"… and {len(shelved) - LISTED} older ones")
        return "\n".join(lines) or "There are no files."

    def _path_of(self, name: str) -> str:
        """The newest of that name in this thread, else where it would lie in the folder."""
        known = [*(found.file for found in self._files), *self.written]
        for file in reversed(known):
            if name in {file.name, file.path, file.path.rpartition("/")[2]}:
                return file.path
        if name.startswith(TOPS):
            return name
        below = name if "/" in name else f"outputs/{name}"
        return f"{self._job.folder}/{below}"


def _whole(value: object) -> int:
    """Models write numbers as text, too."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return max(0, int(value)) if isinstance(value, int | float) and abs(value) < 1e12 else 0


def _refusal(error: FileRefused) -> str:
    match error:
        case OutsideWorkspace():
            return f"Refused: {error.name} lies outside of the workspace."
        case FileGone():
            return f"Not found: {error.name}. list_files says what there is."
        case QuotaFull(limit=limit):
            return f"Refused: the workspace may hold {limit:,} bytes, and is full."
        case TooManyFiles(limit=limit):
            return f"Refused: the workspace may hold {limit:,} files, and has them."
        case FileTooBig(limit=limit):
            return f"Refused: {error.name} is larger than {limit:,} bytes."
        case _:
            return f"Refused: {error.name} can't be such a file."

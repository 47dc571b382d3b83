"""What lies in a folder, however much that is, and whatever was put there to lead us astray."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from luka_bot.models.job_errors import FileRefused
from luka_bot.workspaces.names import sayable
from luka_bot.workspaces.places import step

DEPTH = 8  # folders within folders that are shown
UNDER_WAY = ".luka-incoming-"  # how the name of a file begins that isn't whole yet


@dataclass(frozen=True, slots=True)
class Lying:
    """path: below where the walk began. modified: nanoseconds since the epoch."""

    path: str
    size: int
    modified: int


class Walk:
    """At most so deep, and over so many entries. was_cut: there was more than that."""

    def __init__(self, depth: int, entries: int) -> None:
        self._depth = depth
        self._left = entries
        self.was_cut = False

    def over(self, folder: int, above: str = "") -> Iterator[tuple[str, os.stat_result]]:
        """Everything that is no folder, links as links."""
        yield from self._below(folder, above, self._depth)

    def plain_files(self, folder: int) -> Iterator[Lying]:
        """Those that can be read and told of: whole, in one place, by a name that can be said."""
        for path, info in self.over(folder):
            name = path.rpartition("/")[2]
            plain = stat.S_ISREG(info.st_mode) and info.st_nlink == 1
            if plain and not name.startswith(UNDER_WAY) and all(map(sayable, path.split("/"))):
                yield Lying(path, info.st_size, info.st_mtime_ns)

    def _below(self, folder: int, above: str, depth: int) -> Iterator[tuple[str, os.stat_result]]:
        if depth == 0:
            self.was_cut = True
            return
        with os.scandir(folder) as entries:
            for entry in entries:
                if self._left == 0:
                    self.was_cut = True
                    return
                self._left -= 1
                yield from self._of(folder, entry, above, depth)

    def _of(
        self, folder: int, entry: os.DirEntry[str], above: str, depth: int
    ) -> Iterator[tuple[str, os.stat_result]]:
        try:
            info = entry.stat(follow_symlinks=False)
        except OSError:  # gone since
            return
        if not stat.S_ISDIR(info.st_mode):
            yield above + entry.name, info
            return
        try:
            inner = step(folder, entry.name)
        except FileRefused:  # gone, swapped, or closed to us
            return
        try:
            yield from self._below(inner, f"{above}{entry.name}/", depth - 1)
        finally:
            os.close(inner)

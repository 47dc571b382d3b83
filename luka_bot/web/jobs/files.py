"""People's files: what there is, to be downloaded or deleted."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from itertools import groupby
from urllib.parse import quote

from aiohttp import hdrs, web

from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.press import Press, elsewhere, moment
from luka_bot.web.jobs.shelves import Shelves
from luka_bot.web.jobs.viewing import link_to

SHOWN = 500  # files on a page
NEWS = {"delete": "job_pages.done.delete_file"}
HEADERS = {
    # Whatever somebody handed in, it never runs as a page of ours.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    hdrs.CACHE_CONTROL: "no-store",
    hdrs.CONTENT_TYPE: "application/octet-stream",
}


class FilePages:
    def __init__(self, shelves: Shelves, press: Press) -> None:
        self._shelves = shelves
        self._press = press

    async def listed(self, request: web.Request, caller: Caller) -> web.Response:
        """Newest first, day by day of the reader's."""
        visit, shelves = caller.known, self._shelves
        folder = shelves.chosen(visit, request.query.get("of", ""))
        used = await shelves.used(folder)
        found = await shelves.listed(folder)
        days = groupby(found[:SHOWN], lambda one: moment(one.modified, caller.zone)[:10])
        return self._press.page(
            "job_files",
            caller,
            days=[(day, list(some)) for day, some in days],
            more=max(0, len(found) - SHOWN),
            folder=folder,
            is_own=folder == shelves.own(visit),
            used=used,
            quota=shelves.quota,
            link_to=link_to,
            news=NEWS.get(request.query.get("done", ""), ""),
        )

    async def download(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        path = request.match_info["path"]
        folder, workspaces = self._shelves.folder(caller.known, path), self._shelves.workspaces
        file = await workspaces.find(folder, path)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        response = web.StreamResponse(headers={**HEADERS, hdrs.CONTENT_DISPOSITION: disposition})
        response.content_length = file.size
        await response.prepare(request)
        async with aclosing(workspaces.stream(folder, path)) as pieces:
            await _send(response, pieces, file.size)
        return response

    async def delete(self, request: web.Request, caller: Caller) -> web.Response:
        path = str((await request.post()).get("file", ""))
        folder = self._shelves.folder(caller.known, path)
        await self._shelves.workspaces.delete(folder, path)
        is_own = folder == self._shelves.own(caller.known)
        of = "" if is_own else f"of={quote(folder)}&"
        return elsewhere(f"/jobs/files?{of}done=delete")


async def _send(response: web.StreamResponse, pieces: AsyncIterator[bytes], size: int) -> None:
    """As many bytes as were announced; the file may have grown since."""
    async for piece in pieces:
        await response.write(piece[:size])
        size -= min(size, len(piece))
        if not size:
            return

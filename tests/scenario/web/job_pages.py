"""Browsers of people who hand in jobs, in front of a luka that runs."""

import io
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from chaos.ports import free_port
from luka_bot.models.ids import JobId
from luka_bot.models.job import Job, JobFile, JobState
from luka_bot.models.person import Standing
from luka_bot.storage.job_codec import files_text
from luka_bot.storage.jobs import JobStore, Move
from tests.luka import running_luka
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, ANNA
from tests.scenario.web.admin_page import AdminPage, Browser, Shown, page_of

TAM, EVE, OLGA = 50, 51, 9
TOKEN = re.compile(r'name="token" value="([^"]+)"')
File = tuple[str, bytes]


@dataclass(slots=True)
class JobPages:
    page: AdminPage
    store: JobStore
    folder: Path

    async def job(self, job_id: int) -> Job:
        return await self.store.get(JobId(job_id))

    async def done(self, job_id: int, output: str, *outputs: JobFile) -> None:
        fields = {"token": "t", "worker": "w", "started_at": self.store.now}
        await self.store.move(JobId(job_id), Move(JobState.PROCESSING, lease="inf", fields=fields))
        fields = {"output": output, "outputs": files_text(outputs)}
        await self.store.move(JobId(job_id), Move(JobState.COMPLETED, token="t", fields=fields))


@asynccontextmanager
async def job_pages(folder: Path) -> AsyncIterator[JobPages]:
    """Tam and Eve are users, Olga is an admin. No worker takes a job."""
    opening = running_luka(
        folder,
        access="approval",
        admin_chat_id=ADMINS,
        allowed_ids=str(ANNA),
        web_port=free_port(),
        worker=False,
    )
    async with opening as luka:
        house = furnished(luka)
        await house.olga.writes("/start")
        await house.hears(house.olga, "Hi, Olga")
        async with page_of(house) as page:
            for person in (TAM, EVE):
                await page.stands(person, Standing.ALLOWED)
            yield JobPages(page, JobStore(page.storage, time.time), folder / "workspaces")


async def hand_in(browser: Browser, prompt: str, *files: File, parent: int = 0) -> Shown:
    """The form as a browser sends it without scripts."""
    form = await browser.get(f"/jobs/new?parent={parent}" if parent else "/jobs/new")
    found = TOKEN.search(form.text)
    return await send(browser, prompt, *files, token=found[1] if found else "t" * 20, parent=parent)


async def send(browser: Browser, prompt: str, *files: File, token: str, parent: int = 0) -> Shown:
    data = aiohttp.FormData()
    fields = {"csrf": browser.csrf, "token": token, "prompt": prompt, "type": "general"}
    fields |= {"priority": "5"} | ({"parent": str(parent)} if parent else {})
    for name, value in fields.items():
        data.add_field(name, value)
    for name, content in files or (("", b""),):
        data.add_field(
            "files", io.BytesIO(content), filename=name, content_type="application/octet-stream"
        )
    headers = {"Origin": browser.home}
    asking = browser.session.post(
        f"{browser.home}/jobs/new", data=data, headers=headers, allow_redirects=False
    )
    async with asking as answer:
        return Shown(answer.status, await answer.text(), dict(answer.headers))


def number_in(shown: Shown) -> int:
    """Of the job that a form has led to."""
    found = re.fullmatch(r"/jobs/(\d+)\?done=new", shown.leads_to)
    assert found is not None, (shown.status, shown.leads_to, shown.text[-600:])
    return int(found[1])

"""Files and results of jobs on their way to people."""

from collections.abc import Sequence

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.formatting import render
from luka_bot.delivery.letters import Keyboard
from luka_bot.delivery.outgoing import LARGEST, OutgoingFile
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.split import split
from luka_bot.delivery.target import Target
from luka_bot.locales import Words
from luka_bot.models.ids import JobId, MessageId
from luka_bot.models.job import JobFile, Spot
from luka_bot.models.job_errors import JobRefused
from luka_bot.storage.job_cards import JobCards
from luka_bot.workspaces.workspaces import Workspaces

MESSAGES = 4  # that a result may be; a longer one is a file


class JobSending:
    """Raises DeliveryError and StorageAway. What is sent by a target with an account is sent once;
    what can't be sent is told in its place."""

    def __init__(self, courier: Courier, workspaces: Workspaces, cards: JobCards) -> None:
        self._courier = courier
        self._workspaces = workspaces
        self._cards = cards

    async def text(self, target: Target, job_id: JobId, markdown: str) -> None:
        rendered = render(markdown)
        parts = (rendered,) if rendered.fits else split(rendered)
        if len(parts) > MESSAGES:
            whole = [OutgoingFile.of(f"job-{job_id}.md", markdown.encode())]
            parts = parts[:1]
            await self._leading(target, job_id, await self._courier.send_files(target, whole))
        for part in parts:
            await self.line(target, job_id, part)

    async def line(
        self,
        target: Target,
        job_id: JobId,
        body: Rendered | str,
        keyboard: Keyboard | None = None,
    ) -> MessageId:
        """One message that leads to the job; a str is HTML."""
        if isinstance(body, Rendered):
            message_id = await self._courier.send(target, body, keyboard)
        else:
            message_id = await self._courier.send_html(target, body, keyboard)
        await self._leading(target, job_id, [message_id])
        return message_id

    async def files(
        self,
        target: Target,
        words: Words,
        folder: str,
        files: Sequence[JobFile],
        job_id: JobId | None = None,
    ) -> None:
        """Those that are too big, empty or gone are named instead."""
        found = [(file.name, await self._outgoing(folder, file)) for file in files]
        good = [one for _, one in found if one is not None]
        bad = [name for name, one in found if one is None]
        if good:
            await self._leading(target, job_id, await self._courier.send_files(target, good))
        if bad:
            await self._courier.send_html(target, words.html("jobs.unsent", names=", ".join(bad)))

    async def _outgoing(self, folder: str, file: JobFile) -> OutgoingFile | None:
        try:
            found = await self._workspaces.find(folder, file.path)
        except JobRefused:
            return None
        if not 0 < found.size <= LARGEST:
            return None
        return OutgoingFile(
            file.name, found.size, lambda: self._workspaces.stream(folder, file.path)
        )

    async def _leading(
        self, target: Target, job_id: JobId | None, sent: Sequence[MessageId]
    ) -> None:
        for message_id in sent:
            if job_id is not None and message_id:
                await self._cards.spot(job_id, Spot(target.chat_id, message_id, target.topic_id))

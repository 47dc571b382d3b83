"""Where people hand in jobs: what they wrote and sent becomes one."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

from luka_bot.handlers.asker import Asker
from luka_bot.handlers.jobs.attachments import Attachment, Receiving, attached
from luka_bot.models.ids import ChatId, JobId, MessageId
from luka_bot.models.job import USUAL_PRIORITY, Job, NewJob, Spot, Viewer
from luka_bot.models.job_errors import NotYourJob
from luka_bot.models.people_errors import CheckFailed
from luka_bot.models.person import Person
from luka_bot.services.access import AccessService
from luka_bot.services.jobs.handing_in import HandingIn
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.wishes import read_wish
from luka_bot.services.thread_service import ThreadService
from luka_bot.workspaces.workspaces import Workspaces


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wrote and sent. parent: the job it replies to. request: a second run of it is
    the same job."""

    text: str
    files: tuple[Attachment, ...]
    parent: JobId | None
    request: str


@dataclass(frozen=True, slots=True)
class Client:
    """Who stands at the desk, and what they may see."""

    asker: Asker
    person: Person
    viewer: Viewer


class AtTheDesk(BaseMiddleware):
    """Gives handlers their `client`, once the gate knows who it is."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        data["client"] = await data["job_desk"].client(data["asker"], data["person"])
        return await handler(event, data)


class JobDesk:
    def __init__(
        self,
        service: JobService,
        workspaces: Workspaces,
        receiving: Receiving,
        access: AccessService,
        threads: ThreadService,
        folder_of: Callable[[Person], str],
    ) -> None:
        self.service = service
        self.workspaces = workspaces
        self.folder_of = folder_of
        self._handing_in = HandingIn(service, workspaces)
        self._receiving = receiving
        self._access = access
        self._threads = threads

    async def client(self, asker: Asker, person: Person) -> Client:
        """No admin where Telegram doesn't tell who is one."""
        is_admin = False
        with suppress(CheckFailed):
            is_admin = await self._access.is_admin(person)
        return Client(asker, person, Viewer(asker.user_id, asker.name, is_admin))

    async def order(
        self, message: Message, text: str, album: tuple[Message, ...], request: str
    ) -> Order:
        """What it replies to is its parent, or has a file for it."""
        files, replied = attached(album or (message,)), message.reply_to_message
        parent = await self.replied_job(message)
        if parent is None and replied is not None:
            files = (*attached([replied]), *files)
        return Order(text, files, parent, request)

    async def replied_job(self, message: Message) -> JobId | None:
        """The job whose card or result somebody replies to."""
        replied = message.reply_to_message
        if replied is None or replied.from_user is None or not replied.from_user.is_bot:
            return None
        return await self.service.at(spot_of(message, MessageId(replied.message_id)))

    async def submit(self, client: Client, order: Order) -> Job:
        """Raises JobRefused; then no file of it stays."""
        new = await self._new(client, order)
        incoming = self._receiving.incoming(order.files)
        return (await self._handing_in.hand_in(client.viewer, new, incoming))[0]

    async def again(self, client: Client, job_id: JobId) -> Job:
        """The same once more. Raises JobGone, NotYourJob, FileGone, TooManyJobs."""
        asker, viewer = client.asker, client.viewer
        job = await self.service.get(viewer, job_id)
        if job.owner != asker.user_id:
            raise NotYourJob(job_id)
        for file in job.files:
            await self.workspaces.find(job.folder, file.path)
        new = NewJob(
            origin=f"again:{job.id}",
            owner=job.owner,
            owner_name=asker.name,
            folder=job.folder,
            prompt=job.prompt,
            files=job.files,
            job_type=job.job_type,
            priority=job.priority,
            parent=job.parent_id,
            chat=Spot(asker.target.chat_id, asker.message_id, asker.target.topic_id),
            model=job.model,
            system_prompt=job.system_prompt,
            language=asker.words.language,
        )
        return (await self.service.submit(viewer, new))[0]

    async def _new(self, client: Client, order: Order) -> NewJob:
        """Without its files. Raises PromptInvalid before any of them is fetched."""
        asker, person = client.asker, client.person
        wish = read_wish(order.text, self.service.rules.types)
        wish.fields()
        thread = await self._threads.get_active_thread(asker.user_id)
        return NewJob(
            origin=f"tg:{order.request}",
            owner=asker.user_id,
            owner_name=asker.name,
            folder=self.folder_of(person),
            prompt=wish.prompt or "",
            job_type=self.service.type_named(wish.job_type or ""),
            priority=wish.priority or USUAL_PRIORITY,
            parent=order.parent,
            chat=Spot(asker.target.chat_id, asker.message_id, asker.target.topic_id),
            model=thread.model,
            system_prompt=thread.system_prompt,
            language=asker.words.language,
        )


def spot_of(message: Message, message_id: MessageId) -> Spot:
    """Another message of the same chat."""
    return Spot(ChatId(message.chat.id), message_id)

"""/export in private: all that is kept of a person, as files."""

from contextlib import aclosing

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.archive import Owner, archives
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.jobs.desk import JobDesk
from luka_bot.handlers.jobs.papers import papers
from luka_bot.models.person import Person
from luka_bot.models.rights import Action
from luka_bot.services.privacy import Privacy


def routes() -> Router:
    """After those of one thread."""
    router = Router(name="exporting")
    router.message.register(export_all, Command("export"), flags=does(Action.EXPORT_ALL))
    return router


async def export_all(
    _: Message,
    asker: Asker,
    person: Person,
    privacy: Privacy,
    job_desk: JobDesk,
    courier: Courier,
) -> None:
    """A second run sends those files that the first one didn't."""
    await courier.typing(asker.target)
    more = await papers(asker.words, person, job_desk)
    owner = Owner(person, await privacy.usage(asker.user_id), asker.words, more)
    number = 0
    kept = privacy.kept(asker.user_id)
    async with aclosing(kept), aclosing(archives(owner, kept)) as files:
        async for content in files:
            number += 1
            await courier.send_document(asker.target, *_named(asker, number, content))
    await privacy.exported(asker.user_id, asker.name)


def _named(asker: Asker, number: int, content: bytes) -> tuple[str, bytes, str]:
    if number == 1:
        return "luka.zip", content, asker.words("export.all")
    return f"luka-{number}.zip", content, asker.words("export.more", number=number)

"""/agents: who answers in this thread besides luka, or instead of it."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import agents_card
from luka_bot.handlers import sharing_taps as tap
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.sharing_desk import speaker, thread_here
from luka_bot.models.ids import MessageId, ThreadId
from luka_bot.models.rights import Action
from luka_bot.services.default_model import DefaultModel
from luka_bot.services.personas import Personas
from luka_bot.services.sharing import Sharing
from luka_bot.services.thread_service import ThreadService


class AgentsDesk:
    """default_model: of threads without one of their own."""

    def __init__(
        self,
        courier: Courier,
        sharing: Sharing,
        personas: Personas,
        default_model: DefaultModel,
    ) -> None:
        self._courier = courier
        self._sharing = sharing
        self._personas = personas
        self._default_model = default_model

    async def card(
        self, asker: Asker, thread_id: ThreadId, *, over: MessageId | None = None
    ) -> None:
        company = await self._sharing.look(asker.owner, thread_id)
        known, words = await self._personas.all(), asker.words
        html = agents_card.text(words, company, known, self._default_model.name)
        keyboard = agents_card.keyboard(words, company, known)
        if over is None:
            await self._courier.send_html(asker.target, html, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, html, keyboard)


def routes() -> Router:
    """After those of the admins' group, where the command shows all of them."""
    router = Router(name="agents")
    router.message.register(show_agents, Command("agents"), flags=does(Action.SEE_AGENTS))
    query = router.callback_query
    query.register(show_card, tap.Agents.filter(), flags=does(Action.SEE_AGENTS))
    query.register(add, tap.AgentAdd.filter(), flags=does(Action.CHANGE_AGENTS))
    query.register(remove, tap.AgentRemove.filter(), flags=does(Action.CHANGE_AGENTS))
    return router


async def show_agents(
    message: Message,
    asker: Asker,
    threads: ThreadService,
    sharing: Sharing,
    agents_desk: AgentsDesk,
) -> None:
    await agents_desk.card(asker, await thread_here(message, asker, threads, sharing))


async def show_card(
    query: CallbackQuery,
    callback_data: tap.Agents,
    asker: Asker,
    courier: Courier,
    agents_desk: AgentsDesk,
) -> None:
    await agents_desk.card(asker, callback_data.id, over=asker.message_id)
    await courier.toast(query.id)


async def add(
    query: CallbackQuery,
    callback_data: tap.AgentAdd,
    asker: Asker,
    sharing: Sharing,
    courier: Courier,
    agents_desk: AgentsDesk,
) -> None:
    await sharing.add_agent(speaker(asker), callback_data.id, callback_data.name)
    await courier.toast(query.id, asker.words("agents.added"))
    await agents_desk.card(asker, callback_data.id, over=asker.message_id)


async def remove(
    query: CallbackQuery,
    callback_data: tap.AgentRemove,
    asker: Asker,
    sharing: Sharing,
    courier: Courier,
    agents_desk: AgentsDesk,
) -> None:
    await sharing.remove_agent(speaker(asker), callback_data.id, callback_data.name)
    await courier.toast(query.id, asker.words("agents.removed"))
    await agents_desk.card(asker, callback_data.id, over=asker.message_id)

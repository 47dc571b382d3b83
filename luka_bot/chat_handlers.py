"""What handlers need of conversations, wired."""

from aiogram import Dispatcher

from luka_bot.chat_bridge import Talks
from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.front_chat import ChatParts, FrontChat, open_front_chat
from luka_bot.handlers.commands import offer_page
from luka_bot.handlers.group_card import GroupDesk
from luka_bot.handlers.group_sight import GroupSight
from luka_bot.handlers.group_threads import FollowsThreads
from luka_bot.handlers.weblink import ChatLinks
from luka_bot.household import Household
from luka_bot.models.agent import Agent
from luka_bot.services.conversations.direct_talk import DirectTalk
from luka_bot.services.conversations.group_talk import GroupTalk
from luka_bot.services.conversations.taking_back import TakingBack


def bring_talks(
    settings: Settings, services: Services, house: Household, talks: Talks, dispatcher: Dispatcher
) -> FrontChat:
    """Into the dispatcher's handlers, by the names by which they get them; and the page beside the
    field in which people write, where Telegram can open it. What the page's own door needs."""
    page = talks.shared.page
    if page.opens_in_telegram:
        services.background.spawn("offer the page", offer_page(talks.bot, page.address))
    _see_groups(house, talks, dispatcher)
    service, storage = talks.house.service, talks.house.storage
    follows = FollowsThreads(services.threads, service, storage)
    for observer in (dispatcher.message, dispatcher.callback_query):
        observer.middleware(follows)
    house.moves.followers.append(storage.move_chat)
    front = open_front_chat(settings, services, house, _parts(services, talks))
    dispatcher.workflow_data.update(
        talks.shared.injected,
        places=talks.places,
        agent_book=talks.house.agents,
        chat_links=ChatLinks(front.sessions, page),
        group_talk=GroupTalk(service, house.access),
        direct_talk=DirectTalk(service, services.threads, services.turns),
        taking_back=TakingBack(service, storage, house.access, services.audit),
    )
    return front


def _parts(services: Services, talks: Talks) -> ChatParts:
    house = talks.house

    async def agents() -> tuple[Agent, ...]:
        return house.agents.all

    return ChatParts(house.service, house.hub, house.storage, services.llm, agents)


def _see_groups(house: Household, talks: Talks, dispatcher: Dispatcher) -> None:
    sight = GroupSight(talks.bot, talks.courier, house.languages, house.group)
    desk = GroupDesk(talks.house.service, sight, house.screen)
    dispatcher.workflow_data.update(group_sight=sight, group_desk=desk)

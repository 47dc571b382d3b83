"""/agents in the admins' group: all agents there are, and those that admins make."""

import re
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from luka_bot.handlers import agents_card
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.locales import Words
from luka_bot.models.agent import Agent
from luka_bot.models.ids import AgentName
from luka_bot.models.rights import Action
from luka_bot.services.models_service import ModelsService
from luka_bot.services.personas import Personas, persona

ROOM = 3500  # characters of what is shown as one message

_ADD = re.compile(r"add\s+(\S+)\s+(\S+)\s+(\S+)\s+(.+)", re.DOTALL)
_REMOVE = re.compile(r"remove\s+(\S+)")


def routes() -> Router:
    router = Router(name="personas")
    router.message.filter(in_admin_group)
    change, command = does(Action.CHANGE_PERSONAS), Command("agents")
    router.message.register(add, command, asks_to_add, flags=change)
    router.message.register(remove, command, asks_to_remove, flags=change)
    router.message.register(explain, Command("agents", magic=F.args), flags=change)
    router.message.register(show, command, flags=does(Action.SEE_PERSONAS))
    return router


def asks_to_add(_: Message, command: CommandObject) -> bool | dict[str, Any]:
    """A filter: `add NAME MODEL POLICY PROMPT`; gives the `agent`."""
    match = _ADD.fullmatch((command.args or "").strip())
    agent = None if match is None else persona(*match.groups())
    return False if agent is None else {"agent": agent}


def asks_to_remove(_: Message, command: CommandObject) -> bool | dict[str, Any]:
    """A filter: `remove NAME`; gives its `agent_name`."""
    match = _REMOVE.fullmatch((command.args or "").strip())
    return False if match is None else {"agent_name": AgentName(match[1].lower())}


async def add(_: Message, agent: Agent, asker: Asker, personas: Personas, screen: Screen) -> None:
    await personas.add(agent, asker.user_id, asker.name)
    html = asker.words.html("personas.added", title=agent.title, name=agent.name)
    await screen.show(asker, html)


async def remove(
    _: Message, agent_name: AgentName, asker: Asker, personas: Personas, screen: Screen
) -> None:
    await personas.remove(agent_name, asker.user_id, asker.name)
    await screen.show(asker, asker.words.html("personas.removed", name=agent_name))


async def explain(_: Message, asker: Asker, screen: Screen) -> None:
    await screen.show(asker, asker.words.html("personas.usage"))


async def show(
    _: Message, asker: Asker, personas: Personas, models: ModelsService, screen: Screen
) -> None:
    known = await personas.all()
    for html in _listed(asker.words, known, models.default_name):
        await screen.show(asker, html)


def _listed(words: Words, known: tuple[Agent, ...], default_model: str) -> list[str]:
    """As few messages as have room for it."""
    paragraphs = [agents_card.described(words, agent, default_model) for agent in known]
    told = [words.html("personas.header")]
    for one in [*paragraphs, words.html("personas.usage")]:
        if len(told[-1]) + len(one) > ROOM:
            told.append(one)
        else:
            told[-1] += f"\n\n{one}"
    return told

"""All routes of conversations, each with who answers it."""

from dataclasses import dataclass

from aiohttp import web

from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.asking import Asking
from luka_bot.web.chat.conversations import Conversations
from luka_bot.web.chat.door import Answer, Door
from luka_bot.web.chat.failures import NotThere
from luka_bot.web.chat.signing_in import SigningIn
from luka_bot.web.chat.sockets import Sockets
from luka_bot.web.chat.table import CALLS, Call, Need
from luka_bot.web.chat.talk import Talk
from luka_bot.web.chat.watching import Watching

ELSE = ("/chat/{tail:.*}", "/auth/{tail:.*}")


@dataclass(frozen=True, slots=True)
class Rooms:
    """Who answers."""

    signing_in: SigningIn
    conversations: Conversations
    talk: Talk
    sockets: Sockets
    asking: Asking
    watching: Watching


def routes(door: Door, rooms: Rooms) -> list[web.RouteDef]:
    """The first that fits is asked."""
    named = answers(rooms)
    known = [door.route(call, named[call.name]) for call in CALLS]
    return known + [
        door.route(Call("*", path, "missing", "", Need.ANYBODY), _missing) for path in ELSE
    ]


def answers(rooms: Rooms) -> dict[str, Answer]:
    """By the names of table.py."""
    signing_in, conversations, talk = rooms.signing_in, rooms.conversations, rooms.talk
    watching = rooms.watching
    return {
        "sign_in_by_telegram": signing_in.by_telegram,
        "sign_in_by_link": signing_in.by_link,
        "sign_in_by_password": signing_in.by_password,
        "sign_out": signing_in.out,
        "create_conversation": conversations.create,
        "list_conversations": conversations.listed,
        "list_agents": conversations.agents,
        "open_socket": rooms.sockets.open,
        "join_conversation": conversations.join,
        "get_conversation": conversations.one,
        "change_conversation": conversations.change,
        "list_messages": talk.messages,
        "redact_message": talk.redact,
        "stop_agents": talk.stop,
        "create_invite": talk.invite,
        "list_invites": talk.invites,
        "revoke_invite": talk.revoke,
        "remove_participant": conversations.remove,
        "add_agent": conversations.add_agent,
        "remove_agent": conversations.remove_agent,
        "ask": rooms.asking.ask,
        "health": watching.health,
        "metrics": watching.metrics,
        "openapi": watching.openapi,
    }


async def _missing(_asked: Asked) -> None:
    raise NotThere

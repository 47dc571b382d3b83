"""Whoever opens the link of a shared thread: welcomed, and told what was said there."""

import re
from html import escape
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.formatting import render
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.chat_page import ChatPage
from luka_bot.handlers.doing import does
from luka_bot.handlers.sharing_card import arrived_keyboard
from luka_bot.locales import Words
from luka_bot.models.conversation import ChatMessage, Conversation
from luka_bot.models.conversation_errors import ParticipantLimit
from luka_bot.models.invite import SHARE_PREFIX
from luka_bot.models.participant import ParticipantType, human
from luka_bot.models.rights import Action
from luka_bot.services.conversations.saying import Speaker
from luka_bot.services.sharing import Arrival, Sharing

CITED = 700  # characters of a message
ROOM = 3500  # characters of several that are told as one
NAMED = 20  # people who are named

_PAYLOAD = re.compile(rf"{SHARE_PREFIX}([\w-]{{32}})", re.ASCII)


def routes() -> Router:
    router = Router(name="joining")
    router.message.register(
        join,
        F.chat.type == ChatType.PRIVATE,
        CommandStart(deep_link=True),
        follows_link,
        flags=does(Action.JOIN_CONVERSATION),
    )
    return router


def follows_link(_: Message, command: CommandObject) -> bool | dict[str, Any]:
    """A filter: gives the `token` of the link."""
    match = _PAYLOAD.fullmatch(command.args or "")
    return {"token": match[1]} if match else False


async def join(
    _: Message, token: str, asker: Asker, sharing: Sharing, courier: Courier, chat_page: ChatPage
) -> None:
    words = asker.words
    try:
        arrival = await sharing.join(token, Speaker(asker.user_id, asker.name))
    except ParticipantLimit as error:
        if not error.by_dm:
            raise
        await courier.send_html(asker.target, _full(words, error.limit, chat_page, token))
        return
    await courier.send_html(asker.target, _welcome(words, arrival, asker))
    for html in _caught_up(words, arrival.said):
        await courier.send_html(asker.target, html)
    keyboard = arrived_keyboard(words, arrival.conversation.conversation_id)
    await courier.send_html(asker.target, words.html("joining.from_now_on"), keyboard)


def _full(words: Words, limit: int, chat_page: ChatPage, token: str) -> str:
    """By direct messages; the page has room, if there is one."""
    address = chat_page.by_invite(token)
    if not address:
        return words.count("joining.full", limit)
    return words.count("joining.full_by_dm", limit, link=address)


def _welcome(words: Words, arrival: Arrival, asker: Asker) -> str:
    conversation = arrival.conversation
    key = "joining.welcome" if arrival.is_new else "joining.again"
    return words.html(key, name=conversation.name, here=_here(words, conversation, asker))


def _here(words: Words, conversation: Conversation, asker: Asker) -> str:
    """Plain text: who else is in."""
    names = [one.name for one in conversation.participants if one.id != human(asker.user_id)]
    shown = ", ".join(names[:NAMED])
    return f"{shown} …" if len(names) > NAMED else shown or words("joining.nobody")


def _caught_up(words: Words, said: tuple[ChatMessage, ...]) -> list[str]:
    """As few messages as have room for it; HTML."""
    if not said:
        return []
    told = [words.html("joining.said_before")]
    for one in said:
        cited = f"<b>{escape(one.sender_name, quote=False)}:</b> {escape(_cited(one), quote=False)}"
        if len(told[-1]) + len(cited) > ROOM:
            told.append(cited)
        else:
            told[-1] += f"\n\n{cited}"
    return told


def _cited(message: ChatMessage) -> str:
    """As chats show it, so an agent's answer is without its Markdown."""
    text = message.content[: 4 * CITED]
    if message.sender_type is ParticipantType.AGENT:
        text = render(text).text
    return text if len(text) <= CITED else text[:CITED].rstrip() + "…"

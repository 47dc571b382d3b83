"""/group: when luka speaks in a group, who takes part, and whether it hears everything."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.group_sight import GroupSight
from luka_bot.handlers.group_words import title_of
from luka_bot.handlers.groups import IN_GROUPS
from luka_bot.handlers.screen import Screen
from luka_bot.locales import Words
from luka_bot.models.conversation import Conversation, Policy
from luka_bot.models.ids import MessageId, ThreadId
from luka_bot.models.rights import Action
from luka_bot.services.conversations.conversation_service import ConversationService

NAMED = 20  # people whose names are shown
CHOSEN = "✓ "


class GroupPolicy(CallbackData, prefix="group_policy"):
    id: ThreadId
    policy: Policy


def routes() -> Router:
    router = Router(name="group_card")
    command, seen = Command("group"), does(Action.SEE_GROUP)
    router.message.register(show_group, IN_GROUPS, command, flags=seen)
    router.message.register(show_nothing, command, flags=seen)
    router.callback_query.register(choose, GroupPolicy.filter(), flags=does(Action.CHANGE_GROUP))
    return router


class GroupDesk:
    def __init__(
        self, conversations: ConversationService, sight: GroupSight, screen: Screen
    ) -> None:
        self._conversations = conversations
        self._sight = sight
        self._screen = screen

    async def show(self, asker: Asker, title: str) -> None:
        target = asker.target
        here = await self._conversations.in_group(target.chat_id, target.topic_id, title)
        await self._show(asker, here, None)

    async def choose(self, asker: Asker, thread_id: ThreadId, policy: Policy) -> None:
        here = await self._conversations.set_policy(asker.owner, thread_id, policy)
        await self._show(asker, here, asker.message_id)

    async def _show(self, asker: Asker, here: Conversation, over: MessageId | None) -> None:
        card = _card(asker.words, here, await self._sight.sees_all(asker.target.chat_id))
        await self._screen.show(asker, card, _buttons(asker.words, here), over=over)


async def show_group(message: Message, asker: Asker, group_desk: GroupDesk) -> None:
    await group_desk.show(asker, title_of(message))


async def show_nothing(_: Message, asker: Asker, screen: Screen) -> None:
    await screen.show(asker, asker.words.html("group.elsewhere"))


async def choose(
    query: CallbackQuery,
    callback_data: GroupPolicy,
    asker: Asker,
    group_desk: GroupDesk,
    courier: Courier,
) -> None:
    await group_desk.choose(asker, callback_data.id, callback_data.policy)
    await courier.toast(query.id, asker.words(f"group.now_{callback_data.policy.value}"))


def _card(words: Words, here: Conversation, sees_all: bool | None) -> str:  # noqa: FBT001
    people = [one.name for one in here.humans[:NAMED]]
    if len(here.humans) > NAMED:
        people.append(f"+{len(here.humans) - NAMED}")
    lines = [
        words.html("group.card", name=here.name),
        words.html(f"group.when_{_policy(here).value}"),
        "",
        words.html("group.agents", names=", ".join(one.name for one in here.agents) or "–"),
        words.html("group.people", names=", ".join(people) or "–"),
    ]
    if sees_all is not None:
        lines += ["", words.html("group.hears_all" if sees_all else "group.deaf")]
    return "\n".join(lines)


def _buttons(words: Words, here: Conversation) -> InlineKeyboardMarkup:
    rows = [
        InlineKeyboardButton(
            text=f"{CHOSEN if one is _policy(here) else ''}{words(f'button.group.{one.value}')}",
            callback_data=GroupPolicy(id=here.conversation_id, policy=one).pack(),
        )
        for one in Policy
    ]
    return InlineKeyboardMarkup(inline_keyboard=[rows[:2], rows[2:]])


def _policy(here: Conversation) -> Policy:
    return here.policy or Policy.MENTION
